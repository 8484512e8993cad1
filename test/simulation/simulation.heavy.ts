import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'
import { built } from '../built.ts'

const schedules = 20_000
const groupSchedules = 2000
const graphSchedules = 2000
const processes = Math.max(2, Math.min(4, availableParallelism()))

/** Half of the seeds are always the same, the other half are new every day. */
function batches(count: number): ReadonlyArray<readonly [from: number, seeds: number]> {
  const today = Math.floor(Date.now() / 86_400_000) * schedules
  const each = Math.ceil(count / processes)
  return Array.from({ length: processes }, (_, index) => [
    index < processes / 2 ? 1 + index * each : today + index * each,
    each,
  ])
}

/** Runs them in several processes; what any of them prints about a schedule that failed. */
async function failuresIn(count: number, ...more: string[]): Promise<readonly string[]> {
  const run = promisify(execFile)
  const simulate = await built('test/simulation/simulate.ts')
  const runs = batches(count).map(async ([from, seeds]) => {
    const args = [simulate, ...more, '--seeds', `${seeds}`, '--from', `${from}`]
    const failed = (error: { stdout?: string }) => ({ stdout: `failed:\n${error.stdout ?? ''}` })
    const { stdout } = await run(process.execPath, args).catch(failed)
    return stdout.includes(`${seeds} of ${seeds} schedules kept every promise`) ? [] : [stdout]
  })
  return (await Promise.all(runs)).flat()
}

describe('Many schedules', () => {
  it(`keep every promise in ${schedules} of them`, async () => {
    assert.deepEqual(await failuresIn(schedules), [])
  })

  it(`keep to the limits in ${groupSchedules} of groups`, async () => {
    assert.deepEqual(await failuresIn(groupSchedules, '--groups'), [])
  })

  it(`lose no call of Microsoft Graph in ${graphSchedules} of them`, async () => {
    assert.deepEqual(await failuresIn(graphSchedules, '--graph'), [])
  })
})
