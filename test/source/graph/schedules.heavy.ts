/**
 * A thousand schedules of calls from Graph, and every request, answer and notice in them held against the official metadata,
 * which lies in SHARED_DATA, beside the project.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LegRequest } from '../../../src/source/graph/leg.ts'
import { requestFor } from '../../../src/source/graph/requests.ts'
import { contradictions } from '../../graph/call-traffic.ts'
import { readMetadata } from '../../graph/csdl.ts'
import { personId } from '../../graph/office.ts'
import { type Traffic } from '../../graph/pretend-call.ts'
import { run } from '../../simulation/schedule.ts'

const folder = process.env['SHARED_DATA'] ?? new URL('../../../../shared/data', import.meta.url).pathname
const metadata = readMetadata(readFileSync(join(folder, 'graph-calls-v1.0.csdl.xml'), 'utf8'))
const schedules = 1000
const actions = ['answer', 'cancelMediaProcessing', 'playPrompt', 'redirect', 'reject', 'transfer']

describe(`${schedules} schedules of calls from Graph`, () => {
  const traffic = new Map<string, Traffic>()
  const asked = new Set<string>()
  const witness = (seen: Traffic) => {
    if (seen.is === 'asked') asked.add(seen.action || seen.method)
    // Alike but for ids and names, it needs to be looked at once only.
    traffic.set(JSON.stringify(seen).replace(/call\d|operation\d+|ringback \d+/gu, ''), seen)
  }

  it('lose no caller, have one winner each, and leave no live button', async () => {
    for (let seed = 1; seed <= schedules; seed += 1) {
      const { wrong } = await run(seed, null, 'graph', witness)
      assert.deepEqual(wrong, [], `again: npm run simulate -- --graph --seed ${seed}`)
    }
  })

  it('ask of Graph only what its metadata has, and are told only what it may say', () => {
    for (const action of [...actions, 'GET', 'DELETE']) assert.ok(asked.has(action), action)
    assert.ok(traffic.size > 30)
    const problems = [...traffic.values()].flatMap((seen) => contradictions(metadata, seen))
    assert.deepEqual([...new Set(problems)], [])
  })

  it('may be asked anything the bot ever asks', () => {
    const people = Array.from({ length: 25 }, (_, index) => (index === 0 ? '+442079460000' : personId(index)))
    const all: readonly LegRequest[] = [
      { ask: 'answer' },
      { ask: 'play', context: 'ringback 1' },
      { ask: 'cancelMedia' },
      { ask: 'keepAlive' },
      { ask: 'reject', reason: 'busy' },
      { ask: 'redirect', to: people, seconds: 90 },
      { ask: 'transfer', to: '+442079460000' },
      { ask: 'transfer', to: personId(1) },
    ]
    const own = { callbackUri: 'https://contoso.com/calls', ringbackUri: 'https://contoso.com/ringback.wav' }
    for (const one of all) {
      const { method, path, body } = requestFor('id', one, own)
      const action = path.split('/').at(-1) ?? ''
      assert.deepEqual(contradictions(metadata, { is: 'asked', method, action, body }), [], one.ask)
    }
  })

  it('would not pass if they asked or told something else', () => {
    const bad: readonly Traffic[] = [
      {
        is: 'asked',
        method: 'POST',
        action: 'answer',
        body: { callbackUri: 'https://x', acceptedModalities: ['audio'] },
      },
      { is: 'asked', method: 'POST', action: 'redirect', body: { targets: [], timeOut: 20 } },
      { is: 'asked', method: 'POST', action: 'hold', body: {} },
      { is: 'answered', action: 'playPrompt', body: { status: 'singing' } },
      { is: 'notified', body: { value: [{ changeType: 'moved', resourceUrl: '/communications/calls/1' }] } },
    ]
    for (const one of bad) assert.notDeepEqual(contradictions(metadata, one), [], JSON.stringify(one))
  })
})
