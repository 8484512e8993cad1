import assert from 'node:assert/strict'
import { removeMember } from '../../src/core/members.ts'
import { callGroup } from '../../src/core/target.ts'
import { until } from '../until.ts'
import { adds, type Desk, meets, offered, openDesk, sender, sends } from './desk.ts'
import { themselves } from '../../src/switchboard/author.ts'

describe('The switchboard', () => {
  let desk: Desk
  beforeEach(async () => {
    desk = await openDesk()
    await meets(desk, 'ann', 'bo', 'cy', 'di')
    await adds(desk, 'ann', 'bo', 'cy', 'di')
    await sends(desk, 'ann', 'immediate', callGroup)
  })
  afterEach(() => desk.close())

  const hear = (is: 'ended' | 'connected' | 'connectFailed', id: string) =>
    desk.switchboard.hear('pbx', { is, id })
  const state = async (id: string) => (await desk.switchboard.calls.get(`pbx:${id}`))?.record.call.state.is
  const outcome = async (id: string) => {
    const state = (await desk.switchboard.calls.get(`pbx:${id}`))?.record.call.state
    return state?.is === 'ended' ? state.outcome : state?.is
  }
  const linedUp = async () => (await desk.switchboard.calls.to('ann')).map(({ call }) => call.id).sort()

  describe('of several who decide at once', () => {
    it('gives the call to one, and the same to that one as often as they ask', async () => {
      await offered(desk, 'one', 'ann')
      const people = ['bo', 'cy', 'di', 'bo', 'cy', 'di', 'ann']
      const answers = await Promise.all(people.map((one) => desk.switchboard.pickUp('pbx:one', one)))
      const winners = people.filter((_, index) => answers[index]?.is === 'yours')
      const [winner] = winners
      assert.equal(new Set(winners).size, 1)
      assert.equal(answers.filter((answer) => answer.is === 'yours' && answer.isNew).length, 1)
      for (const answer of answers) if (answer.is === 'tooLate') assert.equal(answer.by, winner)
      assert.equal(answers.filter(({ is }) => is === 'yours' || is === 'tooLate').length, people.length)
      await until('the source is told', () => desk.source.orders.length > 0)
      assert.deepEqual(desk.source.orders, [`one: connect ${winner ?? ''}@contoso.com`])
    })

    it('lets a caller who hangs up and a click agree on what happened', async () => {
      for (const id of ['1', '2', '3', '4', '5', '6']) {
        await offered(desk, id, 'ann')
        const click = desk.switchboard.pickUp(`pbx:${id}`, 'bo')
        const [picked] = Number(id) % 2 ? await Promise.all([click, hear('ended', id)]) : [await click]
        await hear('ended', id)
        assert.equal(await outcome(id), 'abandoned')
        assert.ok(picked.is === 'yours' || picked.is === 'notRinging', picked.is)
        const again = await desk.switchboard.pickUp(`pbx:${id}`, 'bo')
        assert.equal(again.is, 'notRinging')
      }
      assert.deepEqual(await linedUp(), [])
    })

    it('gives the call to a member who is removed, or not, and never half', async () => {
      await offered(desk, 'one', 'ann')
      const [picked] = await Promise.all([
        desk.switchboard.pickUp('pbx:one', 'bo'),
        desk.settings.change(themselves('ann'), (who) => removeMember(who('ann'), 'bo', who)),
      ])
      assert.equal(await state('one'), picked.is === 'yours' ? 'connecting' : 'ringing')
      assert.deepEqual((await desk.settings.settingsOf('ann')).group.members, ['cy', 'di'])
    })

    it('lines up all calls that come in at once, each of them once', async () => {
      const ids = ['1', '2', '3', '4', '5', '6', '7', '8']
      const heard = await Promise.all([...ids, ...ids].map((id) => offered(desk, id, 'ann')))
      assert.equal(heard.filter((one) => one === 'accepted').length, ids.length)
      assert.equal(heard.filter((one) => one === 'repeated').length, ids.length)
      assert.deepEqual(
        await linedUp(),
        ids.map((id) => `pbx:${id}`),
      )
      await Promise.all(ids.map((id) => hear('ended', id)))
      assert.deepEqual(await linedUp(), [])
      assert.equal(await desk.store.get('line', 'ann'), null)
    })
  })

  it('never rings a call whose end came first, however often either is told', async () => {
    assert.equal(await hear('ended', 'one'), 'accepted')
    assert.equal(await hear('ended', 'one'), 'repeated')
    assert.equal(await offered(desk, 'one', 'ann'), 'repeated')
    assert.equal(await hear('connected', 'one'), 'unknownCall')
    assert.equal(await desk.switchboard.calls.get('pbx:one'), null)
    assert.deepEqual(
      desk.announcer.said.filter((said) => said.startsWith('show')),
      [],
    )
  })

  it('keeps calls of two sources and calls with odd names apart', async () => {
    await desk.switchboard.hear('pbx', { is: 'offered', id: 'a b:c', owner: 'ann', caller: { kind: 'pstn' } })
    await desk.switchboard.hear('sip', { is: 'offered', id: 'a b:c', owner: 'ann', caller: { kind: 'pstn' } })
    assert.equal(await hear('ended', 'a b:c'), 'accepted')
    assert.deepEqual(await linedUp(), ['sip:a%20b%3Ac'])
    assert.equal(await hear('ended', 'a%20b%3Ac'), 'accepted')
    assert.deepEqual(await linedUp(), ['sip:a%20b%3Ac'])
  })

  it('does not know calls to people it has never heard of', async () => {
    assert.equal(await offered(desk, 'one', 'nobody@contoso.com'), 'unknownOwner')
    assert.equal(await hear('connected', 'one'), 'unknownCall')
    assert.equal(await desk.switchboard.decline('pbx:one', 'bo'), null)
    assert.equal((await desk.switchboard.pickUp('pbx:one', 'bo')).is, 'notYours')
  })

  it('shows a caller it knows by the name it knows, unless the source tells one', async () => {
    await desk.directory.change('di', (before) => ({ ...before, name: 'Di Ash' }))
    const callerOf = async (id: string, name?: string) => {
      const caller = { kind: 'internal', id: 'di@contoso.com', ...(name ? { name } : {}) } as const
      await offered(desk, id, 'ann', caller)
      return (await desk.switchboard.calls.get(`pbx:${id}`))?.record.call.caller
    }
    assert.deepEqual(await callerOf('one'), { kind: 'internal', id: 'di', name: 'Di Ash' })
    assert.deepEqual(await callerOf('two', 'Diana'), { kind: 'internal', id: 'di', name: 'Diana' })
    assert.deepEqual(
      (await desk.switchboard.inReach.ringingFor('di')).map(({ call }) => call.id),
      [],
      'nobody is rung by their own call',
    )
  })

  it('lists what rings for somebody, the longest ringing first, also for another owner', async () => {
    await adds(desk, 'cy', 'bo')
    await sends(desk, 'cy', 'simultaneous', callGroup)
    await offered(desk, 'one', 'ann')
    desk.clock.jump(1)
    await offered(desk, 'two', 'cy')
    desk.clock.jump(1)
    await offered(desk, 'three', 'ann')
    const ringing = async (person: string, owner?: string) =>
      (await desk.switchboard.inReach.ringingFor(person, owner)).map(({ call }) => call.id)
    assert.deepEqual(await ringing('bo'), ['pbx:one', 'pbx:two', 'pbx:three'])
    assert.deepEqual(await ringing('bo', 'ann'), ['pbx:one', 'pbx:three'])
    assert.deepEqual(await ringing('di', 'cy'), [])
    await desk.switchboard.decline('pbx:one', 'bo')
    assert.deepEqual(await ringing('bo'), ['pbx:two', 'pbx:three'])
  })

  it('lets only those who have to do with a call look at it', async () => {
    await offered(desk, 'one', 'ann')
    for (const person of ['ann', 'bo'])
      assert.ok(await desk.switchboard.inReach.look('pbx:one', person), person)
    assert.equal(await desk.switchboard.inReach.look('pbx:one', 'eve'), null)
    assert.equal(await desk.switchboard.decline('pbx:one', 'eve'), null)
    assert.equal((await desk.switchboard.pickUp('pbx:one', 'eve')).is, 'notYours')
    await desk.switchboard.pickUp('pbx:one', 'bo')
    assert.equal((await desk.switchboard.pickUp('pbx:one', 'eve')).is, 'notYours', 'nor who has it')
  })

  it('rings the person who was called, whoever their old channel user says they are now', async () => {
    await desk.directory.meet(sender('u1'))
    await desk.directory.giveAddress('u1', { address: 'fay@contoso.com', name: 'Fay' })
    await desk.directory.become(sender('u1'), 'gus@contoso.com')
    assert.equal(await desk.directory.nameOf('u1'), 'fay@contoso.com')
    for (const owner of ['fay@contoso.com', 'gus@contoso.com']) await offered(desk, owner, owner)
    const ownerOf = async (id: string) =>
      (await desk.switchboard.calls.get(`pbx:${encodeURIComponent(id)}`))?.record.call.owner
    assert.equal(await ownerOf('fay@contoso.com'), 'u1')
    assert.equal(await ownerOf('gus@contoso.com'), 'gus@contoso.com')
  })

  it('waits on when a timer comes before its time', async () => {
    await offered(desk, 'one', 'ann')
    const event = { is: 'timeUp', id: 'pbx:one' }
    const early = { key: 'time up pbx:one', due: desk.clock.now(), event }
    const { setTimers = [], puts = [] } = await desk.switchboard.timer(early, desk.store)
    assert.deepEqual(puts, [])
    assert.ok(setTimers.length === 1 && setTimers[0] && setTimers[0].due > early.due)
    assert.deepEqual([setTimers[0].key, setTimers[0].event], [early.key, event])
    assert.deepEqual(
      await desk.switchboard.timer({ ...early, event: { ...event, id: 'no' } }, desk.store),
      {},
    )
  })
})
