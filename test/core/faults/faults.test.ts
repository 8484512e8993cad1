import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { playedOut } from '../playing.ts'
import { type Machine } from '../pretend-office.ts'
import { story } from '../random-calls.ts'
import { plant } from './plant.ts'
import { type Fault, plantedFaults } from './planted.ts'

describe('the pretend office notices when', () => {
  let folder = ''

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'faults-'))
  })

  after(async () => {
    await rm(folder, { recursive: true })
  })

  plantedFaults.forEach((fault, index) => {
    it(fault.name, async () => {
      const { error } = watched(await plant(fault, join(folder, String(index))))
      assert.ok(error instanceof assert.AssertionError, `Found instead: ${String(error)}`)
    })
  })

  it('nothing, when nothing is wrong with a copy', async () => {
    const copy = await plant(unchanged('export function nextDue('), join(folder, 'sound'))
    assert.equal(watched(copy).error, null)
  })

  it('a fault can no longer be planted', async () => {
    const gone = unchanged('a line that nobody ever wrote')
    await assert.rejects(plant(gone, join(folder, 'gone')), /stands 0 times in call\.ts/)
  })
})

function unchanged(text: string): Fault {
  return { name: 'none', file: 'call.ts', right: text, wrong: text }
}

/** What the office objects to first in two thousand histories, the same ones every time. */
function watched(machine: Machine): { readonly error: unknown } {
  const property = fc.property(story, (told) => void playedOut(machine, told))
  const found = fc.check(property, { numRuns: 2000, endOnFailure: true, seed: 1 })
  return { error: found.errorInstance }
}
