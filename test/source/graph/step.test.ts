import assert from 'node:assert/strict'
import { type Leg, type LegEvent, type LegStep, newLeg } from '../../../src/source/graph/leg.ts'
import { step } from '../../../src/source/graph/step.ts'

/** Feeds events one after the other; what was asked and told in all. */
function after(...events: readonly LegEvent[]): LegStep {
  let now: LegStep = { leg: newLeg(0), requests: [], news: [] }
  events.forEach((event, index) => {
    const next = step(now.leg, event, event.is === 'alarm' ? (now.leg.alarmAt ?? 0) : index)
    now = { leg: next.leg, requests: [...now.requests, ...next.requests], news: [...now.news, ...next.news] }
  })
  return now
}

const order = (...[what, to]: readonly [string, string?]): LegEvent => ({
  is: 'order',
  order: (to === undefined ? { do: what } : { do: what, to }) as Extract<LegEvent, { is: 'order' }>['order'],
})
const alarm: LegEvent = { is: 'alarm' }
const established: LegEvent = { is: 'established', failed: false }
const failed: LegEvent = { is: 'established', failed: true }
const ended = { is: 'terminated', transferred: false, failed: false } as const
const transferred: LegEvent = { is: 'terminated', transferred: true, failed: false }
const accepted = (what: 'redirect' | 'transfer'): LegEvent => ({ is: 'accepted', what })
const asked = ({ requests }: LegStep) =>
  requests.map((one) => ('to' in one ? `${one.ask} ${[one.to].flat().join(' ')}` : one.ask))
const told = ({ news }: LegStep) =>
  news.map((one) =>
    one.is === 'connected' ? `connected ${one.to}${one.isAssumed ? ', perhaps' : ''}` : one.is,
  )
const states = ({ leg }: LegStep): Leg['state'] => leg.state

describe('A call that Graph brings', () => {
  it('is redirected while Teams still rings, without having been answered', () => {
    const done = after(order('connect', 'bo'), accepted('redirect'), ended)
    assert.deepEqual(
      [asked(done), told(done), states(done)],
      [['redirect bo'], ['connected bo, perhaps'], 'over'],
    )
  })

  it('is answered after ten seconds, hears our ringback, and is transferred', () => {
    assert.equal(newLeg(0).alarmAt, 10_000)
    const held = after(alarm, established)
    assert.deepEqual([asked(held), states(held)], [['answer', 'play'], 'held'])
    const done = after(
      alarm,
      established,
      order('connect', 'bo'),
      accepted('transfer'),
      established,
      transferred,
    )
    assert.deepEqual(asked(done).slice(2), ['cancelMedia', 'transfer bo'])
    assert.deepEqual([told(done), states(done)], [['connected bo'], 'over'])
  })

  it('waits with an order until it is answered', () => {
    const done = after(alarm, order('connect', 'bo'), established)
    assert.deepEqual(asked(done), ['answer', 'cancelMedia', 'transfer bo'])
  })

  it('rings on when the transfer fails, and says so', () => {
    const done = after(alarm, established, order('connect', 'bo'), accepted('transfer'), failed)
    assert.deepEqual([asked(done).at(-1), told(done), states(done)], ['play', ['connectFailed'], 'held'])
  })

  it('lets the caller go when forwarding fails: nobody is left to ring', () => {
    const done = after(alarm, established, order('forward', '+4420'), accepted('transfer'), failed)
    assert.deepEqual([asked(done).at(-1), told(done), states(done)], ['hangUp', [], 'closing'])
  })

  it('ends for everybody when the caller hangs up, in whatever state', () => {
    for (const before of [[], [alarm], [alarm, established], [alarm, established, order('connect', 'bo')]])
      assert.deepEqual(told(after(...before, ended)), ['ended'])
  })

  it('is told busy or refused while it is unanswered, and hung up after that', () => {
    assert.deepEqual(after(order('busy')).requests, [{ ask: 'reject', reason: 'busy' }])
    assert.deepEqual(after(order('reject')).requests, [{ ask: 'reject', reason: 'none' }])
    assert.deepEqual(asked(after(alarm, established, order('missed'))).at(-1), 'hangUp')
    assert.deepEqual(told(after(order('missed'), ended)), [])
  })

  it('hears the ringback again when it ended, and is asked for while it is held', () => {
    const { leg } = after(alarm, established)
    const next = step(leg, { is: 'promptEnded', context: 'ringback 1' }, leg.playedAt + 120_000)
    assert.deepEqual([asked(next), next.leg.plays], [['play'], 2])
    const late = step(next.leg, { is: 'promptEnded', context: 'ringback 1' }, leg.playedAt + 130_000)
    assert.deepEqual(asked(late), [], 'the end of the ringback before is known as such')
    assert.deepEqual(asked(step(leg, alarm, leg.alarmAt ?? 0)), ['look'])
  })

  it('asks for ringback that cannot be played no more often than it looks at the call', () => {
    const { leg } = after(alarm, established)
    const mute = step(leg, { is: 'promptEnded', context: null }, leg.playedAt + 100)
    assert.deepEqual(asked(mute), [])
    assert.deepEqual(asked(step(mute.leg, alarm, mute.leg.alarmAt ?? 0)), ['look', 'play'])
  })

  it('is kept alive every fifteen minutes', () => {
    let { leg } = after(alarm, established)
    const all: string[] = []
    while ((leg.alarmAt ?? 0) <= 31 * 60_000) {
      const next = step(leg, alarm, leg.alarmAt ?? 0)
      all.push(...asked(next))
      leg = next.leg
    }
    assert.equal(all.filter((one) => one === 'keepAlive').length, 2)
  })

  it('takes a failure that comes again for one of before, and looks before it believes it', () => {
    const again = [alarm, established, order('connect', 'bo'), accepted('transfer'), failed] as const
    const second = after(...again, order('connect', 'cy'), accepted('transfer'), failed)
    assert.deepEqual([states(second), told(second)], ['handing', ['connectFailed']])
    const looked = step(second.leg, alarm, second.leg.alarmAt ?? 0)
    assert.deepEqual(asked(looked), ['look'])
    const seen = (state: string) => step(looked.leg, { is: 'seen', state }, 99)
    assert.deepEqual(told(seen('transferring')), [])
    assert.deepEqual(told(seen('established')), ['connectFailed'])
  })

  it('tells who has the caller, whatever was decided meanwhile', () => {
    const meanwhile = [alarm, established, order('connect', 'bo'), order('connect', 'cy')] as const
    assert.deepEqual(told(after(...meanwhile, transferred)), ['connected bo'])
    const next = after(...meanwhile, failed)
    assert.deepEqual([asked(next).at(-1), told(next)], ['transfer cy', []])
  })

  it('hears an order twice and does it once', () => {
    const twice = after(alarm, established, order('connect', 'bo'), order('connect', 'bo'), failed)
    assert.deepEqual(
      [asked(twice).filter((one) => one === 'transfer bo').length, told(twice)],
      [1, ['connectFailed']],
    )
  })

  it('is asked for after a restart, and given up when Graph will not say anything for long', () => {
    assert.deepEqual(asked(after({ is: 'resumed' })), ['look'])
    assert.deepEqual(after({ is: 'resumed' }).leg.alarmAt, 10_000)
    const no: LegEvent = { is: 'refused', what: 'look', gone: false }
    const known: LegEvent = { is: 'seen', state: 'incoming' }
    assert.deepEqual(told(after(...Array<LegEvent>(9).fill(no), known, no)), [])
    assert.deepEqual(told(after(...Array<LegEvent>(10).fill(no))), ['ended'])
  })

  it('F9 waits no longer than ever when the clock was set back since: what lies ahead too far is due now', () => {
    const hour = 3_600_000
    const atOnce = (...events: readonly LegEvent[]) => asked(step(after(...events).leg, alarm, -hour)).at(-1)
    assert.equal(atOnce(), 'answer')
    assert.equal(atOnce(alarm), 'look')
    const held = step(after(alarm, established).leg, alarm, -hour)
    assert.deepEqual(asked(held), ['look'])
    assert.deepEqual(asked(step(held.leg, alarm, -hour + 15 * 60_000)), ['keepAlive'])
    assert.equal(atOnce(alarm, established, order('connect', 'bo'), accepted('transfer')), 'look')
    const unknown: LegEvent = { is: 'seen', state: null }
    const waiting = after(alarm, established, order('connect', 'bo'), accepted('transfer'), unknown)
    const later = step(waiting.leg, unknown, -hour)
    assert.deepEqual([told(later), later.leg.alarmAt], [[], 10_000 - hour], 'the notice may be on its way')
    assert.deepEqual(told(step(later.leg, unknown, 10_000 - hour)), ['ended'])
  })

  describe('that Teams is to ring several people for', () => {
    const ring: LegEvent = { is: 'order', order: { do: 'ring', to: ['bo', 'cy'], seconds: 30 } }

    it('is redirected to all of them, and then left to Teams', () => {
      const done = after(ring, accepted('redirect'), accepted('redirect'), ended)
      assert.deepEqual(done.requests, [{ ask: 'redirect', to: ['bo', 'cy'], seconds: 30 }])
      assert.deepEqual([told(done), states(done)], [['leftToTeams'], 'over'])
    })

    it('is noted down however it ends: as left to Teams also when nobody knows whether it was', () => {
      const no: LegEvent = { is: 'refused', what: 'redirect', gone: false }
      const gone: LegEvent = { is: 'seen', state: null }
      assert.deepEqual(told(after(ring, ended)), ['leftToTeams'])
      assert.deepEqual(told(after(ring, gone)), ['leftToTeams'])
      assert.deepEqual(told(after(ring, no, gone)), ['notLeftToTeams', 'ended'])
      assert.deepEqual(told(after(ring, { ...ended, failed: true })), ['notLeftToTeams', 'ended'])
    })

    it('is rung by us when Teams will not, and when nobody knows that it will is asked again', () => {
      const no = after(
        ring,
        { is: 'refused', what: 'redirect', gone: false },
        { is: 'seen', state: 'incoming' },
      )
      assert.deepEqual([asked(no).at(-1), told(no)], ['answer', ['notLeftToTeams']])
      const doubt = (state: string) =>
        after(ring, { is: 'seen', state, inDoubt: { what: 'redirect', number: 1 } })
      assert.deepEqual(asked(doubt('incoming')), ['redirect bo cy', 'redirect bo cy'])
      assert.deepEqual(told(doubt('redirecting')), ['leftToTeams'])
    })
  })

  it('is looked at when Graph is silent for long', () => {
    const handing = [alarm, established, order('connect', 'bo'), accepted('transfer'), alarm] as const
    assert.equal(asked(after(...handing)).at(-1), 'look')
    const gone = after(...handing, { is: 'seen', state: null })
    assert.deepEqual(told(gone), [], 'the notice that it is done may be on its way')
    assert.deepEqual(told(step(gone.leg, transferred, 9)), ['connected bo'])
    const still = step(gone.leg, { is: 'seen', state: null }, gone.leg.alarmAt ?? 0)
    assert.deepEqual(told(still), ['ended'])
    assert.deepEqual(told(after(...handing, { is: 'seen', state: 'established' })), ['connectFailed'])
    assert.deepEqual(told(after(...handing, { is: 'seen', state: 'transferring' })), [])
  })

  it('takes a no for a no only when the call is still as it was', () => {
    const no: LegEvent = { is: 'refused', what: 'transfer', gone: false }
    const handing = [alarm, established, order('connect', 'bo'), no] as const
    assert.equal(asked(after(...handing)).at(-1), 'look')
    assert.deepEqual(told(after(...handing, { is: 'seen', state: 'transferring' }, transferred)), [
      'connected bo',
    ])
    assert.deepEqual(told(after(...handing, { is: 'seen', state: 'established' })), ['connectFailed'])
  })

  it('is asked again only when it is seen that the request did not arrive', () => {
    const inDoubt = (what: 'answer' | 'redirect' | 'transfer', state: string): LegEvent => ({
      is: 'seen',
      state,
      inDoubt: { what, number: 9 },
    })
    assert.deepEqual(asked(after(order('connect', 'bo'), inDoubt('redirect', 'incoming'))), [
      'redirect bo',
      'redirect bo',
    ])
    assert.deepEqual(asked(after(alarm, inDoubt('answer', 'establishing'))), ['answer'])
    assert.deepEqual(asked(after(alarm, inDoubt('answer', 'established'))), ['answer', 'play'])
    assert.deepEqual(
      asked(after(alarm, established, order('connect', 'bo'), inDoubt('transfer', 'transferring'))).length,
      4,
    )
  })

  it('is asked again once only for one request in doubt, however often that is looked into', () => {
    const doubt: LegEvent = { is: 'seen', state: 'incoming', inDoubt: { what: 'answer', number: 1 } }
    assert.deepEqual(asked(after(alarm, doubt, doubt)), ['answer', 'answer'])
    const next: LegEvent = { is: 'seen', state: 'incoming', inDoubt: { what: 'answer', number: 2 } }
    assert.deepEqual(asked(after(alarm, doubt, next)), ['answer', 'answer', 'answer'])
  })

  it('that Graph says it does not know is looked at, and goes on when it is there', () => {
    const unknown = (what: 'transfer' | 'play' | 'keepAlive' | 'hangUp'): LegEvent => ({
      is: 'refused',
      what,
      gone: true,
    })
    const [there, gone] = [
      { is: 'seen', state: 'established' },
      { is: 'seen', state: null },
    ] as const
    const handing = [alarm, established, order('connect', 'bo'), unknown('transfer')] as const
    assert.equal(asked(after(...handing)).at(-1), 'look', 'whom it does not know may be Bo')
    assert.deepEqual(told(after(...handing, there)), ['connectFailed'])
    for (const what of ['play', 'keepAlive'] as const) {
      const looked = after(alarm, established, unknown(what))
      assert.equal(asked(looked).at(-1), 'look', what)
      assert.deepEqual([told(step(looked.leg, there, 9)), told(step(looked.leg, gone, 9))], [[], ['ended']])
    }
    const closing = [alarm, established, order('missed'), unknown('hangUp'), alarm] as const
    assert.equal(asked(after(...closing)).at(-1), 'look')
    assert.equal(asked(after(...closing, there)).at(-1), 'hangUp', 'nobody is left hanging')
    assert.equal(states(after(...closing, gone)), 'over')
  })

  it('changes nothing any more once it is over', () => {
    const over = after(ended)
    for (const event of [alarm, established, failed, transferred, order('connect', 'bo')])
      assert.deepEqual(step(over.leg, event, 99_999), { leg: over.leg, requests: [], news: [] })
  })
})
