/** Who has to do with a call, who is shown it, and what is remembered of calls that never ring. */
import assert from 'node:assert/strict'
import { addDelegate } from '../../src/core/delegates.ts'
import { type Caller } from '../../src/core/lane.ts'
import { setRingOrder } from '../../src/core/members.ts'
import { setRules } from '../../src/core/rules.ts'
import { callGroup } from '../../src/core/target.ts'
import { themselves } from '../../src/switchboard/author.ts'
import { perform } from '../../src/switchboard/perform.ts'
import { rememberedMs } from '../../src/switchboard/live-calls.ts'
import { ifUnanswered } from '../core/office.ts'
import { adds, carl, meets, offered, sends } from './desk.ts'
import { type Ledger, openLedger } from './ledger.ts'
import { NotingAnnouncer, NotingSource } from './noting.ts'

describe('A call', () => {
  let ledger: Ledger
  beforeEach(async () => {
    ledger = await openLedger()
    await meets(ledger, 'ann', 'bo', 'cy', 'di', 'zoe')
    await adds(ledger, 'ann', 'bo', 'cy')
  })
  afterEach(() => ledger.close())

  const one = 'pbx:one'
  const hear = (is: 'ended' | 'connected' | 'connectFailed') =>
    ledger.switchboard.hear('pbx', { is, id: 'one' })
  const shown = async () =>
    (await ledger.effects()).filter(({ work }) => work.do === 'show').map(({ lane }) => lane)
  const rungIn = async (owner: string) =>
    (await ledger.switchboard.planFor(owner, carl)).rounds.map(({ lanes }) =>
      lanes.flatMap((lane) => (lane.ring === 'phone' ? [] : lane.alerts.map(({ person }) => person))),
    )
  const toGroupIfUnanswered = () =>
    ledger.settings.change(themselves('ann'), (who) => setRules(who('ann'), ifUnanswered(callGroup), who))
  const makesDelegate = (owner: string, person: string) =>
    ledger.settings.change(themselves(owner), (who) => addDelegate(who(owner), person, ['receiveCalls'], who))

  it('hears of a hand-over once, however often it is told', async () => {
    await sends(ledger, 'ann', 'immediate', callGroup)
    await offered(ledger, 'one', 'ann')
    assert.equal(await hear('connectFailed'), 'repeated', 'there is nothing to fail yet')
    await ledger.switchboard.pickUp(one, 'bo')
    assert.deepEqual([await hear('connectFailed'), await hear('connectFailed')], ['accepted', 'repeated'])
    await ledger.switchboard.pickUp(one, 'cy')
    assert.deepEqual([await hear('connected'), await hear('connected')], ['accepted', 'repeated'])
    assert.equal(await hear('ended'), 'repeated')
    assert.equal(await ledger.store.get('endedEarly', one), null)
  })

  it('rings on when the source refuses to hand it over, and that order is done with', async () => {
    await sends(ledger, 'ann', 'immediate', callGroup)
    await offered(ledger, 'one', 'ann')
    const [source, announcer] = [new NotingSource(), new NotingAnnouncer()]
    const order = () =>
      perform(
        { lane: `call ${one}`, work: { do: 'order', id: one, version: 1 }, priority: 0 },
        { ...ledger, sources: [source], announcer },
      )
    assert.deepEqual(await order(), { is: 'done' }, 'there is nothing to order yet')
    await ledger.switchboard.pickUp(one, 'bo')
    source.answers.push({ is: 'later', afterMs: 5 }, { is: 'refused' })
    assert.deepEqual(await order(), { is: 'later', afterMs: 5 })
    assert.deepEqual(await order(), { is: 'done' })
    assert.deepEqual(source.orders, ['one: connect bo@contoso.com', 'one: connect bo@contoso.com'])
    assert.deepEqual((await ledger.switchboard.calls.get(one))?.record.call.notConnected, ['bo'])
    assert.deepEqual(await order(), { is: 'done' })
    assert.equal(source.orders.length, 2, 'it rings again')
  })

  it('may be looked at by those it would ring later, who cannot take it yet', async () => {
    await toGroupIfUnanswered()
    await offered(ledger, 'one', 'ann')
    assert.ok(await ledger.switchboard.inReach.look(one, 'bo'))
    assert.equal((await ledger.switchboard.pickUp(one, 'bo')).is, 'notYours')
    assert.equal(await ledger.switchboard.inReach.look(one, 'zoe'), null)
    const declined = await ledger.switchboard.decline(one, 'bo')
    assert.equal(declined?.changed, false)
    assert.deepEqual(await ledger.switchboard.inReach.ringingFor('bo'), [])
  })

  it('may be looked at by each of those who ring together', async () => {
    await sends(ledger, 'ann', 'simultaneous', callGroup)
    await offered(ledger, 'one', 'ann')
    for (const person of ['ann', 'bo', 'cy'])
      assert.ok(await ledger.switchboard.inReach.look(one, person), person)
    assert.equal(await ledger.switchboard.inReach.look(one, 'zoe'), null)
  })

  it('may be looked at by those whose turn comes later', async () => {
    await ledger.settings.change(themselves('ann'), (who) => setRingOrder(who('ann'), 'inOrder', who))
    await sends(ledger, 'ann', 'simultaneous', callGroup)
    await offered(ledger, 'one', 'ann')
    const kept = await ledger.switchboard.calls.get(one)
    assert.deepEqual(
      kept?.record.call.parties.map(({ person }) => person),
      ['ann', 'bo'],
    )
    assert.ok(await ledger.switchboard.inReach.look(one, 'cy'))
  })

  it('may be taken by delegates, and is nothing to those who never set up anything', async () => {
    await makesDelegate('ann', 'di')
    await sends(ledger, 'ann', 'immediate', { is: 'delegates' })
    await offered(ledger, 'one', 'ann')
    const ringing = async (person: string) =>
      (await ledger.switchboard.inReach.ringingFor(person)).map(({ call }) => call.id)
    assert.deepEqual(await ringing('di'), [one])
    assert.deepEqual(await ringing('zoe'), [])
    assert.deepEqual(await ringing('nobody'), [])
  })

  it('is left to Teams where the owner wants that and the group is rung first, and by nobody else', async () => {
    const whomTeamsRings = async (owner: string) => {
      const ring = await ledger.switchboard.ringInTeams(owner, carl)
      return ring?.targets.map((to) => (to.is === 'person' ? to.person : to.number)) ?? null
    }
    await sends(ledger, 'ann', 'immediate', callGroup)
    assert.deepEqual([await whomTeamsRings('ann'), await whomTeamsRings('nobody')], [null, null])
    await ledger.settings.change(themselves('ann'), (who) => setRingOrder(who('ann'), 'byTeams', who))
    assert.deepEqual(await whomTeamsRings('ann@contoso.com'), ['bo', 'cy'])
    assert.equal(await whomTeamsRings('bo'), null)
    const event = { is: 'offered', id: 'one', owner: 'ann', caller: carl, isLeftToTeams: true } as const
    await ledger.switchboard.hear('pbx', event)
    const state = (await ledger.switchboard.calls.get(one))?.record.call.state
    assert.equal(state?.is === 'ended' && state.outcome, 'leftToTeams')
    assert.deepEqual(await shown(), [])
  })

  it('belongs to whom the source put through, as far as it is sure', async () => {
    await sends(ledger, 'ann', 'immediate', callGroup)
    await offered(ledger, 'one', 'ann')
    await ledger.switchboard.pickUp(one, 'bo')
    await ledger.switchboard.hear('pbx', {
      is: 'connected',
      id: 'one',
      to: 'cy@contoso.com',
      isAssumed: true,
    })
    const state = (await ledger.switchboard.calls.get(one))?.record.call.state
    assert.deepEqual(state?.is === 'ended' && [state.by, state.isAssumed], ['cy', true])
  })

  it('is shown again to somebody who can be reached at last, and to nobody else', async () => {
    await sends(ledger, 'ann', 'immediate', callGroup)
    await offered(ledger, 'one', 'ann')
    const before = await ledger.effects()
    for (const person of ['zoe', 'ann', 'nobody']) await ledger.switchboard.showAgain(person)
    assert.deepEqual(await ledger.effects(), before)
    await ledger.switchboard.showAgain('bo')
    const [again, ...others] = (await ledger.effects()).slice(before.length)
    assert.deepEqual(others, [])
    assert.deepEqual(again, {
      lane: `card ${one} bo`,
      work: { do: 'show', id: one, person: 'bo', version: 1 },
      priority: 1,
    })
  })

  it('rings whoever is there: nobody who is away, and the group when its owner is in a call', async () => {
    await sends(ledger, 'ann', 'simultaneous', callGroup)
    assert.deepEqual(await rungIn('ann'), [['ann', 'bo', 'cy']])
    ledger.presences.set('bo', 'offline').set('zoe', 'inACall')
    assert.deepEqual(await rungIn('ann'), [['ann', 'cy']])
    ledger.presences.set('ann', 'doNotDisturb')
    assert.deepEqual(await rungIn('ann'), [['cy']])
    assert.deepEqual(await rungIn('di'), [['di']])
  })

  it('that goes on at once stands in nobody’s line', async () => {
    await sends(ledger, 'ann', 'immediate', { is: 'number', number: '4711' })
    assert.equal(await offered(ledger, 'one', 'ann'), 'accepted')
    assert.deepEqual(await ledger.ids('line'), [])
    assert.deepEqual(await ledger.ids('call'), [one])
    assert.deepEqual(await shown(), [])
  })

  it('whose end came first is remembered as ended for a day', async () => {
    assert.equal(await hear('ended'), 'accepted')
    const now = ledger.clock.now()
    assert.deepEqual((await ledger.store.get('endedEarly', one))?.doc, { at: now })
    assert.deepEqual(await ledger.timers(), [
      { key: `forget ${one}`, due: now + rememberedMs, event: { is: 'forget', id: one } },
    ])
    assert.equal(await offered(ledger, 'one', 'ann'), 'repeated')
  })

  describe('whose id comes again', () => {
    const eve: Caller = { kind: 'pstn', number: '+4915112345678' }
    const again = (owner: string, caller = carl) => offered(ledger, 'one', owner, caller)
    const ringing = async (owner: string) =>
      (await ledger.switchboard.calls.to(owner)).map(({ call }) => call.caller.number)
    beforeEach(() => sends(ledger, 'ann', 'immediate', callGroup))

    it('while it goes on is the same call told twice, or none that can be told from it', async () => {
      await again('ann')
      assert.equal(await again('ann'), 'repeated')
      assert.deepEqual([await again('bo'), await again('ann', eve)], ['idInUse', 'idInUse'])
      assert.deepEqual([await ringing('ann'), await ringing('bo')], [[carl.number], []])
    })

    it('when it is over is another call where somebody else calls or is called, and else may be the same', async () => {
      await again('ann')
      await hear('ended')
      assert.equal(await again('ann', eve), 'accepted')
      assert.deepEqual(await ringing('ann'), [eve.number])
      await hear('ended')
      assert.equal(await again('ann', eve), 'idUsed')
      for (const [owner, caller] of [
        ['bo', eve],
        ['ann', carl],
      ] as const) {
        assert.equal(await again(owner, caller), 'accepted', owner)
        assert.deepEqual(await ringing(owner), [caller.number])
        assert.equal(await hear('ended'), 'accepted')
        assert.deepEqual(await ringing(owner), [])
      }
      await ledger.clock.advance(rememberedMs - 1)
      assert.equal(await again('ann'), 'idUsed')
    })

    it('is no other call when it is a copy of the same words, however late', async () => {
      const tell = (said: string) =>
        ledger.switchboard.hear('pbx', { is: 'offered', id: 'one', owner: 'ann', caller: carl, said })
      assert.equal(await tell('1700000000'), 'accepted')
      await hear('ended')
      await ledger.clock.advance(200_000)
      assert.deepEqual([await tell('1700000000'), await tell('1700000001')], ['repeated', 'idUsed'])
      assert.deepEqual(await ringing('ann'), [])
    })

    it('keeps the clicks and events of each apart', async () => {
      await again('ann')
      await hear('ended')
      await again('ann', eve)
      assert.equal((await ledger.switchboard.pickUp(one, 'bo')).is, 'notRinging', 'the card of the first')
      const [record] = await ledger.switchboard.calls.to('ann')
      assert.ok(record)
      assert.deepEqual(record.leg, { id: 'one' }, 'the source hears of it by its own id')
      assert.equal((await ledger.switchboard.pickUp(record.call.id, 'bo')).is, 'yours')
      assert.equal(await hear('connected'), 'accepted')
    })

    it('leads to the call that goes on, also when the first is forgotten', async () => {
      await again('ann')
      await hear('ended')
      await ledger.clock.advance(rememberedMs - 1000)
      await again('ann', eve)
      await ledger.clock.advance(1000)
      const due = (await ledger.timers()).filter(({ key }) => key === `forget ${one}`)
      const forget = due[0] ?? assert.fail()
      assert.deepEqual((await ledger.switchboard.timer(forget, ledger.store)).puts, undefined)
      assert.equal(await hear('ended'), 'accepted')
      const batch = await ledger.switchboard.timer(forget, ledger.store)
      assert.ok(batch.puts?.some(({ kind, id }) => kind === 'call' && id === one))
    })

    it('is not taken in silence for one that was over before it began, once that is long ago', async () => {
      await hear('ended')
      await ledger.clock.advance(299_999)
      assert.equal(await again('ann'), 'repeated')
      await ledger.clock.advance(1)
      assert.equal(await again('ann'), 'idUsed')
      assert.deepEqual(await ringing('ann'), [])
    })
  })

  it('tells a late click how late it was, and never less than not at all', async () => {
    await sends(ledger, 'ann', 'immediate', callGroup)
    await offered(ledger, 'one', 'ann')
    await ledger.clock.advance(4000)
    await ledger.switchboard.pickUp(one, 'bo')
    await ledger.clock.advance(1500)
    const late = await ledger.switchboard.pickUp(one, 'cy')
    assert.ok(late.is === 'tooLate')
    assert.deepEqual([late.by, late.msBefore], ['bo', 1500])
    await ledger.clock.advance(-5000)
    const earlier = await ledger.switchboard.pickUp(one, 'cy')
    assert.ok(earlier.is === 'tooLate')
    assert.equal(earlier.msBefore, 0)
  })
})
