/** Who may see and take which calls, and what somebody hears who is too late for one. */
import assert from 'node:assert/strict'
import { addDelegate } from '../../src/core/delegates.ts'
import { setNotification } from '../../src/core/notifications.ts'
import { callGroup } from '../../src/core/target.ts'
import { themselves } from '../../src/switchboard/author.ts'
import { adds, carl, meets, offered, sends } from './desk.ts'
import { type Ledger, openLedger } from './ledger.ts'

describe('Somebody who is too late for a call', () => {
  let ledger: Ledger
  beforeEach(async () => {
    ledger = await openLedger()
    await meets(ledger, 'ann', 'bo', 'cy', 'di', 'zoe')
    await adds(ledger, 'ann', 'bo', 'cy')
    await sends(ledger, 'ann', 'immediate', callGroup)
    await ledger.settings.change(themselves('bo'), (who) => setNotification(who('bo'), 'ann', 'mute'))
  })
  afterEach(() => ledger.close())

  const rings = (id: string, owner = 'ann') => offered(ledger, id, owner)
  const takes = (id: string, by: string) => ledger.switchboard.pickUp(`pbx:${id}`, by)
  const connects = (id: string) => ledger.switchboard.hear('pbx', { is: 'connected', id })
  const isOver = async (id: string, by = 'cy') => {
    await rings(id)
    await takes(id, by)
    await connects(id)
  }
  const justOver = async (person: string, owner?: string) =>
    (await ledger.switchboard.inReach.justOver(person, owner))?.call.id ?? null

  it('hears of it, told of the call or not, by the name of its owner or without', async () => {
    await isOver('one')
    for (const person of ['ann', 'bo', 'cy'])
      assert.deepEqual(
        [await justOver(person), await justOver(person, 'ann')],
        ['pbx:one', 'pbx:one'],
        person,
      )
  })

  it('hears of it while the winner is being connected, too', async () => {
    await rings('one')
    assert.equal(await justOver('bo'), null, 'it still rings')
    await takes('one', 'cy')
    assert.deepEqual([await justOver('bo'), await justOver('bo', 'ann')], ['pbx:one', 'pbx:one'])
  })

  it('does not hear of the calls of others, nor of calls to another owner than they named', async () => {
    await isOver('one')
    assert.deepEqual([await justOver('zoe'), await justOver('zoe', 'ann')], [null, null])
    assert.deepEqual([await justOver('bo', 'cy'), await justOver('cy', 'bo')], [null, null])
  })

  it('hears of the last of several, of those that are being handed over first', async () => {
    await isOver('one')
    await ledger.clock.advance(10)
    await isOver('two')
    assert.equal(await justOver('bo'), 'pbx:two')
    await ledger.clock.advance(10)
    for (const id of ['three', 'four']) {
      await rings(id)
      await takes(id, 'cy')
    }
    assert.equal(await justOver('bo'), 'pbx:four')
  })

  it('hears of the last one, whoever was called', async () => {
    await adds(ledger, 'zoe', 'bo', 'cy')
    await sends(ledger, 'zoe', 'immediate', callGroup)
    for (const [id, owner] of [
      ['one', 'zoe'],
      ['two', 'ann'],
      ['three', 'zoe'],
    ] as const) {
      await rings(id, owner)
      await takes(id, 'cy')
      await connects(id)
      assert.equal(await justOver('bo'), `pbx:${id}`)
      await ledger.clock.advance(10)
    }
  })

  it('hears of it for a minute', async () => {
    await isOver('one')
    await ledger.clock.advance(59_999)
    assert.equal(await justOver('bo'), 'pbx:one')
    await ledger.clock.advance(1)
    assert.equal(await justOver('bo'), null)
  })

  it('hears of calls to those they are a delegate of', async () => {
    await ledger.settings.change(themselves('ann'), (who) =>
      addDelegate(who('ann'), 'di', ['receiveCalls'], who),
    )
    await sends(ledger, 'ann', 'immediate', { is: 'delegates' })
    await isOver('one', 'di')
    assert.equal(await justOver('di'), 'pbx:one')
    assert.equal(await justOver('bo'), null, 'it was not for the group')
  })

  it('of whose own call it was hears that it was taken by somebody the plan did not name', async () => {
    await rings('one')
    await takes('one', 'ann')
    await connects('one')
    assert.deepEqual([await justOver('ann'), await justOver('cy', 'ann')], ['pbx:one', 'pbx:one'])
    assert.equal((await ledger.switchboard.inReach.look('pbx:one', 'bo'))?.call.caller.name, carl.name)
  })
})
