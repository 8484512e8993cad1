/** What one step of a call writes down: the call, what is due next, what is left to be done, and the row of the log. */
import assert from 'node:assert/strict'
import { type Call, type CallEvent } from '../../src/core/call.ts'
import { ringPlan } from '../../src/core/ring-plan.ts'
import { setRules } from '../../src/core/rules.ts'
import { begin, step, type Step } from '../../src/core/step.ts'
import { type Target } from '../../src/core/target.ts'
import { type Batch, type EffectWork } from '../../src/store/store.ts'
import { shown } from '../../src/switchboard/effects.ts'
import {
  callBatch,
  callerName,
  type KeptCall,
  lineWith,
  lineWithout,
  rememberedMs,
  timerAgain,
} from '../../src/switchboard/live-calls.ts'
import { annWith, forward } from '../core/office.ts'
import { carl } from './desk.ts'

const at = 1_700_000_000_000
const id = 'pbx:one'
const ringsUntil = at + 30_000

/** A call to Ann, which goes here at once. */
function offered(to: Target = { is: 'group' }): Step {
  const office = annWith(['bo', 'cy'])
  office.keep(setRules(office.who('ann'), forward('immediate', to), office.who))
  const plan = ringPlan(office.who('ann'), carl, office.who, () => 'available')
  return begin({ id, owner: 'ann', caller: carl, plan, reportsConnection: true }, at)
}

function kept(call: Call, rev = 1): KeptCall {
  return { id, rev, record: { source: 'pbx', leg: { id: 'one' }, call } }
}

/** The last of these events, and what it makes the store keep. */
function after(...events: readonly CallEvent[]): { readonly call: Call; readonly batch: Batch } {
  let { call } = offered()
  let batch: Batch = {}
  for (const event of events) {
    const taken = step(call, event)
    batch = callBatch(kept(call), taken, event.at)
    call = taken.call
  }
  return { call, batch }
}

const claimed = { is: 'claimed', by: 'bo', at: at + 5000 } as const
const connected = { is: 'connected', at: at + 6000 } as const
const timeUp = (due: number) => [{ key: `time up ${id}`, due, event: { is: 'timeUp', id }, within: due - at }]
const forget = (now: number) => [
  { key: `forget ${id}`, due: now + rememberedMs, event: { is: 'forget', id } },
]
const chat = (person: string, priority: 1 | 2, work: EffectWork) => ({
  lane: `chat ${person}`,
  work,
  priority,
})
const show = (person: string, priority: 1 | 2, version: number) => ({
  lane: `card ${id} ${person}`,
  work: { do: 'show', id, person, version },
  priority,
})
const report = chat('ann', 2, { do: 'reportUnreached', id, person: 'ann' })

describe('What is kept of a call', () => {
  it('that comes in: until when it rings, and whom it shows itself to', () => {
    const first = offered()
    assert.deepEqual(callBatch(kept(first.call, 0), first, at), {
      puts: [{ kind: 'call', id, expect: 0, doc: { source: 'pbx', leg: { id: 'one' }, call: first.call } }],
      setTimers: timeUp(ringsUntil),
      cancelTimers: [],
      effects: [show('bo', 1, 1), show('cy', 1, 1)],
      history: [],
    })
  })

  it('that somebody took: first the hand-over, then their card, then those of the others', () => {
    const { batch } = after(claimed)
    const order = { lane: `call ${id}`, work: { do: 'order', id, version: 2 }, priority: 0 }
    assert.deepEqual(batch.effects, [order, show('bo', 1, 2), show('cy', 2, 2)])
    assert.deepEqual(batch.setTimers, [
      { key: `time up ${id}`, due: at + 35_000, event: { is: 'timeUp', id }, within: 30_000 },
    ])
    assert.deepEqual([batch.cancelTimers, batch.history], [[], []])
  })

  it('that was answered: nothing is due any more but to forget it, and it stands in the log', () => {
    const { call, batch } = after(claimed, connected)
    assert.deepEqual(batch, {
      puts: [{ kind: 'call', id, expect: 1, doc: { source: 'pbx', leg: { id: 'one' }, call } }],
      setTimers: forget(connected.at),
      cancelTimers: [`time up ${id}`],
      effects: [show('bo', 2, 3), show('cy', 2, 3), report],
      history: [
        {
          at: claimed.at,
          call: id,
          owner: 'ann',
          people: ['ann', 'bo', 'cy'],
          caller: 'Carl',
          outcome: 'answered',
          by: 'bo',
          secondsRung: 5,
        },
      ],
    })
  })

  it('that nobody took: its owner hears of it, and nobody stands in the log as having taken it', () => {
    const { batch } = after({ is: 'callerHungUp', at: at + 3000 })
    const missed = chat('ann', 2, { do: 'tellMissed', id, person: 'ann' })
    assert.deepEqual(batch.effects, [show('bo', 2, 2), show('cy', 2, 2), missed, report])
    const [row] = batch.history ?? []
    assert.deepEqual([row?.outcome, row?.secondsRung], ['abandoned', 3])
    assert.ok(row && !('by' in row))
  })

  it('that went on at once: where it went, and no timer is taken back that was never set', () => {
    for (const [to, by] of [
      [{ is: 'number', number: '4711' }, '4711'],
      [{ is: 'person', person: 'zoe' }, 'zoe'],
    ] as const) {
      const first = offered(to)
      const batch = callBatch(kept(first.call, 0), first, at)
      assert.deepEqual(batch.setTimers, forget(at))
      assert.deepEqual(batch.cancelTimers, [])
      assert.deepEqual([batch.history?.[0]?.outcome, batch.history?.[0]?.by], ['forwarded', by])
      assert.deepEqual(batch.history?.[0]?.people, ['ann'])
    }
  })

  it('waits no longer than any part of a call can last, when the wall clock was set back', () => {
    const first = offered()
    const { setTimers = [] } = callBatch(kept(first.call, 0), first, at - 3_600_000)
    assert.deepEqual(
      setTimers.map(({ due, within }) => [due, within]),
      [[ringsUntil, 150_000]],
    )
  })

  it('is due again when its timer came too early, and never once it is over', () => {
    assert.deepEqual(timerAgain(kept(offered().call)), {
      setTimers: [{ key: `time up ${id}`, due: ringsUntil, event: { is: 'timeUp', id } }],
    })
    assert.deepEqual(timerAgain(kept(after(claimed, connected).call)), {})
  })

  it('is shown before other news to those who can still act on it', () => {
    const urgent = (call: Call) => ['bo', 'cy'].map((person) => shown(call, person).priority)
    assert.deepEqual(urgent(offered().call), [1, 1])
    assert.deepEqual(urgent(after(claimed).call), [1, 2])
    assert.deepEqual(urgent(after(claimed, connected).call), [2, 2])
  })
})

describe('The line of calls to somebody', () => {
  const line = { rev: 4, doc: { calls: ['one', 'two', 'three'] } }

  it('grows at its end', () => {
    assert.deepEqual(lineWith('ann', null, 'one'), {
      puts: [{ kind: 'line', id: 'ann', expect: 0, doc: { calls: ['one'] } }],
    })
    assert.deepEqual(lineWith('ann', line, 'four'), {
      puts: [{ kind: 'line', id: 'ann', expect: 4, doc: { calls: ['one', 'two', 'three', 'four'] } }],
    })
  })

  it('loses the calls that are over, and is gone with the last of them', () => {
    assert.deepEqual(lineWithout('ann', line, ['three', 'one']), {
      puts: [{ kind: 'line', id: 'ann', expect: 4, doc: { calls: ['two'] } }],
    })
    assert.deepEqual(lineWithout('ann', line, ['one', 'two', 'three']), {
      puts: [{ kind: 'line', id: 'ann', expect: 4, doc: null }],
    })
  })

  it('is not written when nothing is over, or nobody rings there', () => {
    assert.deepEqual(lineWithout('ann', line, []), {})
    assert.deepEqual(lineWithout('ann', null, ['one']), {})
  })
})

describe('A caller', () => {
  it('is called by their name, else their number, else their id', () => {
    const all = { name: 'Carl', number: '4711', id: 'carl@contoso.com' }
    assert.equal(callerName({ kind: 'pstn', ...all }), 'Carl')
    assert.equal(callerName({ kind: 'pstn', number: all.number, id: all.id }), '4711')
    assert.equal(callerName({ kind: 'pstn', id: all.id }), 'carl@contoso.com')
    assert.equal(callerName({ kind: 'pstn' }), 'Unknown caller')
  })
})
