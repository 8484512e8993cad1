import assert from 'node:assert/strict'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { callGroup, type Target } from '../../src/core/target.ts'
import { openEmbedded } from '../../src/store/embedded/embedded.ts'
import { type Effect, type EffectWork } from '../../src/store/store.ts'
import { perform } from '../../src/switchboard/perform.ts'
import { until } from '../until.ts'
import { adds, type Desk, meets, offered, openDesk, sends } from './desk.ts'

describe('Performing what was decided', () => {
  let desk: Desk
  beforeEach(async () => {
    desk = await openDesk()
    await meets(desk, 'ann', 'bo', 'cy')
    await adds(desk, 'ann', 'bo', 'cy')
    await sends(desk, 'ann', 'immediate', callGroup)
  })
  afterEach(() => desk.close())

  const orders = (count: number) =>
    until(`${count} orders`, () => desk.source.orders.length >= count).then(() => desk.source.orders)
  const effect = (work: EffectWork): Effect => ({ lane: 'test', work, priority: 2 })
  const parts = () => ({ ...desk, sources: [desk.source] })
  const stateOf = async (id: string) => (await desk.switchboard.calls.get(`pbx:${id}`))?.record.call.state

  it('has the decision on disk, with all that is left to do, before the source is told', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'pickup-'))
    desk.source.meanwhile = () =>
      cp(desk.folder, copy, { recursive: true, filter: (path) => !basename(path).startsWith('lock') })
    await offered(desk, 'one', 'ann')
    await desk.switchboard.pickUp('pbx:one', 'bo')
    await orders(1)
    const again: Effect[] = []
    const store = await openEmbedded({ folder: copy })
    try {
      const kept = await store.get('call', 'pbx:one')
      assert.ok(kept?.doc.call.state.is === 'connecting')
      assert.equal(kept.doc.call.state.by, 'bo')
      await store.start({
        onTimer: () => Promise.resolve({}),
        onEffect: (effect) => {
          again.push(effect)
          return Promise.resolve({ is: 'done' })
        },
      })
      await until('the order is due again', () => again.some(({ work }) => work.do === 'order'))
      await store.stop()
    } finally {
      await store.close()
      await rm(copy, { recursive: true, force: true })
    }
  })

  it('tells the source a person’s address, or their id when they have none, or the number', async () => {
    const targets: readonly Target[] = [
      { is: 'person', person: 'bo' },
      { is: 'person', person: 'o-eve' },
      { is: 'number', number: '+442079460001' },
    ]
    for (const [index, target] of targets.entries()) {
      await sends(desk, 'ann', 'immediate', target)
      await offered(desk, String(index), 'ann')
    }
    assert.deepEqual([...(await orders(3))].sort(), [
      '0: forward bo@contoso.com',
      '1: forward o-eve',
      '2: forward +442079460001',
    ])
  })

  it('rings again when the source refuses to connect', async () => {
    desk.source.answers.push({ is: 'refused' })
    await offered(desk, 'one', 'ann')
    await desk.switchboard.pickUp('pbx:one', 'bo')
    await until('it rings again', async () => (await stateOf('one'))?.is === 'ringing')
    assert.deepEqual((await desk.switchboard.calls.get('pbx:one'))?.record.call.notConnected, ['bo'])
    await desk.switchboard.pickUp('pbx:one', 'cy')
    assert.deepEqual(await orders(2), ['one: connect bo@contoso.com', 'one: connect cy@contoso.com'])
  })

  it('leaves a refused end as it is: there is nothing to go back to', async () => {
    desk.source.answers.push({ is: 'refused' })
    await sends(desk, 'ann', 'immediate', { is: 'number', number: '4711' })
    await offered(desk, 'one', 'ann')
    await orders(1)
    const state = await stateOf('one')
    assert.ok(state?.is === 'ended' && state.outcome === 'forwarded')
  })

  it('tells the source again when it was not ready', async () => {
    desk.source.answers.push({ is: 'later', afterMs: 5000 })
    await offered(desk, 'one', 'ann')
    await desk.switchboard.pickUp('pbx:one', 'bo')
    await orders(1)
    desk.clock.jump(6)
    assert.deepEqual(await orders(2), ['one: connect bo@contoso.com', 'one: connect bo@contoso.com'])
  })

  it('tells the source that was not ready only what still holds then', async () => {
    desk.source.answers.push({ is: 'later', afterMs: 5000 })
    await offered(desk, 'one', 'ann')
    await desk.switchboard.pickUp('pbx:one', 'bo')
    await orders(1)
    await desk.switchboard.hear('pbx', { is: 'connectFailed', id: 'one' })
    await desk.switchboard.pickUp('pbx:one', 'cy')
    assert.equal(desk.source.orders.length, 1, 'nothing goes before an order that waits')
    desk.clock.jump(6)
    assert.deepEqual((await orders(2)).slice(0, 2), [
      'one: connect bo@contoso.com',
      'one: connect cy@contoso.com',
    ])
  })

  it('gives no order about a call that waits for nothing, is forgotten, or came from a source that is gone', async () => {
    const order = (id: string) => perform(effect({ do: 'order', id, version: 1 }), parts())
    await offered(desk, 'one', 'ann')
    await desk.switchboard.hear('sip', { is: 'offered', id: 'two', owner: 'ann', caller: { kind: 'pstn' } })
    await desk.switchboard.pickUp('sip:two', 'bo')
    for (const id of ['pbx:one', 'sip:two', 'pbx:never'])
      assert.deepEqual(await order(id), { is: 'done' }, id)
    assert.deepEqual(desk.source.orders, [])
  })

  it('shows, tells and reports each thing to the one it is meant for', async () => {
    await offered(desk, 'one', 'ann')
    await until('the cards are shown', () => desk.announcer.said.length >= 4)
    desk.announcer.said.length = 0
    const works: readonly EffectWork[] = [
      { do: 'show', id: 'pbx:one', person: 'bo', version: 1 },
      { do: 'tellMissed', id: 'pbx:one', person: 'ann' },
      { do: 'reportUnreached', id: 'pbx:one', person: 'ann' },
      { do: 'tell', id: 'cy', what: 'added', about: 'ann' },
      { do: 'somethingOfAnOlderVersion', id: 'pbx:one' },
      { do: 'show', id: 'pbx:never', person: 'bo', version: 1 },
    ]
    for (const work of works) assert.deepEqual(await perform(effect(work), parts()), { is: 'done' })
    assert.deepEqual(desk.announcer.said, ['show bo', 'missed ann', 'report ann', 'tell cy added ann'])
  })
})
