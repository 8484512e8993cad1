import assert from 'node:assert/strict'
import { callGroup } from '../../src/core/target.ts'
import { until } from '../until.ts'
import { adds, type Desk, meets, offered, openDesk, sends } from './desk.ts'

const day = 24 * 60 * 60
const posted = { activity: 'a', conversation: 'c', version: 1, alerts: 1 }

describe('The switchboard after a restart', () => {
  let desk: Desk
  beforeEach(async () => {
    desk = await openDesk()
    await meets(desk, 'ann', 'bo', 'cy')
    await adds(desk, 'ann', 'bo', 'cy')
    await sends(desk, 'ann', 'immediate', callGroup)
  })
  afterEach(() => desk.close())

  const hear = (is: 'ended' | 'connected', id: string) => desk.switchboard.hear('pbx', { is, id })
  const state = async (id: string) => (await desk.switchboard.calls.get(`pbx:${id}`))?.record.call.state
  const documents = async (id: string) =>
    Promise.all((['call', 'endedEarly'] as const).map((kind) => desk.store.get(kind, `pbx:${id}`)))

  it('rings nobody for a call that waited too long, and says that it was missed', async () => {
    await offered(desk, 'one', 'ann')
    await desk.restart(30 + 31)
    await until('the call is over', async () => (await state('one'))?.is === 'ended')
    const end = await state('one')
    assert.ok(end?.is === 'ended' && end.outcome === 'missed')
    for (const what of ['missed ann', 'report ann'])
      await until(`${what} is said`, () => desk.announcer.said.includes(what))
    assert.deepEqual(desk.source.orders, ['one: missed'])
  })

  it('rings again when the source never told how the hand-over went', async () => {
    await offered(desk, 'one', 'ann')
    await desk.switchboard.pickUp('pbx:one', 'bo')
    await until('the source is told', () => desk.source.orders.length > 0)
    await desk.restart(30)
    await until('it rings again', async () => (await state('one'))?.is === 'ringing')
    assert.equal((await desk.switchboard.pickUp('pbx:one', 'cy')).is, 'yours')
  })

  it('still tells a late click who took the call, for a day, and then knows nothing of it', async () => {
    await offered(desk, 'one', 'ann')
    await hear('ended', 'two')
    await desk.switchboard.pickUp('pbx:one', 'bo')
    await hear('connected', 'one')
    await desk.restart(day - 60)
    assert.equal((await desk.switchboard.pickUp('pbx:one', 'cy')).is, 'tooLate')
    await desk.restart(60)
    await until('both are forgotten', async () =>
      [...(await documents('one')), ...(await documents('two'))].every((kept) => kept === null),
    )
    assert.equal((await desk.switchboard.pickUp('pbx:one', 'cy')).is, 'notYours')
  })

  it('forgets the cards of a call with the call, and nothing of other calls', async () => {
    for (const id of ['one', 'two']) {
      await offered(desk, id, 'ann')
      for (const person of ['bo', 'cy'])
        await desk.store.commit({
          puts: [{ kind: 'card', id: `pbx:${id} ${person}`, expect: 0, doc: posted }],
        })
    }
    await hear('ended', 'one')
    await desk.restart(10)
    await hear('ended', 'two')
    desk.clock.jump(day - 5)
    await until('the first is forgotten', async () => (await documents('one'))[0] === null)
    for (const person of ['bo', 'cy']) {
      assert.equal(await desk.store.get('card', `pbx:one ${person}`), null)
      assert.ok(await desk.store.get('card', `pbx:two ${person}`))
    }
    assert.ok((await documents('two'))[0])
  })
})
