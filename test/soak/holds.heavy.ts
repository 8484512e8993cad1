/** How long an admin's requests hold the event loop with ten thousand people, beside writing an export in one piece. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { start, type Running } from '../../src/assemble/assemble.ts'
import { realClock } from '../../src/clock.ts'
import { readEnvironment } from '../../src/environment/environment.ts'
import { createLog } from '../../src/log.ts'
import { openEmbedded } from '../../src/store/embedded/embedded.ts'
import { seed } from '../bench/people.ts'
import { adminKey } from '../flows/office.ts'

const people = 10_000
/** Times what it takes to write the rows of an export in one piece on the machine as it is. */
const mostTimes = 2

type Question = {
  readonly method: string
  readonly path: string
  readonly type: string
  readonly body?: string
}

/** Asks in a thread of its own, so that only the bot's side holds this one. */
const client = `
  const { parentPort, workerData } = require('node:worker_threads')
  parentPort.on('message', async ({ method, path, type, body }) => {
    const headers = { Authorization: 'Bearer ' + workerData.adminKey, 'Content-Type': type }
    const response = await fetch(workerData.url + path, { method, headers, body })
    parentPort.postMessage({ status: response.status, text: await response.text() })
  })`

describe('With ten thousand people', () => {
  let folder: string
  let running: Running
  let worker: Worker
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holds-'))
    const store = await openEmbedded({ folder })
    await seed(store, people, 5)
    const environment = readEnvironment({ PORT: '0', CALL_SOURCES: 'simulated', ADMIN_API_KEY: adminKey })
    running = await start({
      environment,
      store,
      clock: realClock,
      log: createLog('error', () => realClock.now()),
    })
    const url = `http://127.0.0.1:${running.port}/api/admin`
    worker = new Worker(client, { eval: true, workerData: { adminKey, url } })
  })
  after(async () => {
    await worker.terminate()
    await running.stop()
    await rm(folder, { recursive: true })
  })

  const ask = (question: Question) =>
    new Promise<{ readonly status: number; readonly text: string }>((resolve) => {
      worker.once('message', resolve)
      worker.postMessage(question)
    })

  it('no request of an admin holds up the others for long', async () => {
    const lines = 'application/json'
    await ask({ method: 'GET', path: '/policies', type: lines })
    const exported = await ask({ method: 'GET', path: '/export', type: lines })
    const rows = exported.text
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    assert.equal(rows.length, people)
    const began = performance.now()
    assert.ok(JSON.stringify(rows).length > 1_000_000)
    const oneMs = performance.now() - began
    const denied = JSON.stringify({ AllowCallGroups: false })
    const questions: readonly Question[] = [
      { method: 'GET', path: '/export', type: lines },
      { method: 'GET', path: '/export.ps1', type: lines },
      { method: 'GET', path: '/users?limit=200', type: lines },
      { method: 'GET', path: '/stale?limit=200', type: lines },
      { method: 'POST', path: '/import?dryRun=true', type: 'text/plain', body: exported.text },
      { method: 'PUT', path: '/policies/Global', type: lines, body: denied },
      { method: 'GET', path: '/stale?limit=200', type: lines },
      { method: 'POST', path: '/sweep', type: lines, body: '{}' },
    ]
    const held: string[] = []
    for (const question of questions) {
      const ms = await longestHold(async () => assert.equal((await ask(question)).status, 200))
      const what = `${question.method} ${question.path}: ${ms.toFixed(0)} ms, ${(ms / oneMs).toFixed(1)} times`
      console.log(`      ${what}`)
      if (ms > mostTimes * oneMs) held.push(what)
    }
    assert.deepEqual(held, [], `an export in one piece takes ${oneMs.toFixed(0)} ms`)
  })
})

/** The longest time between two turns of the event loop while this goes on. */
async function longestHold(run: () => Promise<void>): Promise<number> {
  let most = 0
  let last = performance.now()
  let isOver = false
  const turn = () => {
    const now = performance.now()
    most = Math.max(most, now - last)
    last = now
    if (!isOver) setImmediate(turn)
  }
  setImmediate(turn)
  await run()
  isOver = true
  return most
}
