/** What becomes of the calls that ring now when people are taken out of groups. */
import assert from 'node:assert/strict'
import { callGroup } from '../../src/core/target.ts'
import { type MembershipChange, type Put } from '../../src/store/store.ts'
import { adds, meets, offered, sends } from './desk.ts'
import { type Ledger, openLedger } from './ledger.ts'

describe('People who are taken out of groups', () => {
  let ledger: Ledger
  beforeEach(async () => {
    ledger = await openLedger()
    await meets(ledger, 'ann', 'bo', 'cy', 'di', 'eve')
    for (const owner of ['ann', 'eve']) {
      await adds(ledger, owner, 'bo', 'cy')
      await sends(ledger, owner, 'immediate', callGroup)
    }
  })
  afterEach(() => ledger.close())

  const leave = (owner: string, member: string): MembershipChange => ({ change: 'leave', owner, member })
  const without = (...leaves: readonly MembershipChange[]) => ledger.switchboard.calls.withoutMembers(leaves)
  const putTo = (puts: readonly Put[] = [], kind: Put['kind'], id: string) =>
    puts.find((put) => put.kind === kind && put.id === id)?.doc
  const removed = (puts: readonly Put[] | undefined, id: string) => {
    const doc = putTo(puts, 'call', id)
    return doc && 'call' in doc ? doc.call.removed : null
  }

  it('are out of the calls of that owner, and of no other', async () => {
    await offered(ledger, 'one', 'ann')
    await offered(ledger, 'two', 'eve')
    const { puts } = await without(leave('ann', 'bo'), leave('eve', 'cy'))
    assert.deepEqual([removed(puts, 'pbx:one'), removed(puts, 'pbx:two')], [['bo'], ['cy']])
    assert.equal(puts?.length, 2, 'both go on ringing, so their lines stay as they are')
  })

  it('all see that the call is no longer theirs', async () => {
    await adds(ledger, 'ann', 'di')
    await offered(ledger, 'one', 'ann')
    const { effects = [] } = await without(leave('ann', 'bo'), leave('ann', 'di'))
    const shown = new Set(effects.map(({ work, lane }) => `${work.do} ${lane}`))
    for (const person of ['bo', 'di']) assert.ok(shown.has(`show card pbx:one ${person}`), person)
  })

  it('end the calls that ring nobody else, which are in line no more', async () => {
    await offered(ledger, 'one', 'ann')
    await offered(ledger, 'two', 'ann')
    await ledger.switchboard.decline('pbx:two', 'cy')
    const { puts, history = [] } = await without(leave('ann', 'bo'))
    assert.deepEqual(putTo(puts, 'line', 'ann'), { calls: ['pbx:one'] })
    assert.deepEqual(
      history.map(({ call, outcome }) => [call, outcome]),
      [['pbx:two', 'voicemail']],
    )
  })

  it('change nothing about calls that they have nothing to do with', async () => {
    await offered(ledger, 'one', 'ann')
    for (const leaves of [[leave('ann', 'di')], [leave('di', 'bo')], []])
      for (const part of Object.values(await without(...leaves))) assert.deepEqual(part, [])
  })

  it('are not kept from leaving by a line that names a call of which nothing is kept', async () => {
    await offered(ledger, 'one', 'ann')
    const line = await ledger.store.get('line', 'ann')
    const doc = { calls: ['pbx:gone', 'pbx:one'] }
    await ledger.store.commit({ puts: [{ kind: 'line', id: 'ann', expect: line?.rev ?? 0, doc }] })
    const calls = await ledger.switchboard.calls.to('ann')
    assert.deepEqual(
      calls.map(({ call }) => call.id),
      ['pbx:one'],
    )
    assert.deepEqual(removed((await without(leave('ann', 'bo'))).puts, 'pbx:one'), ['bo'])
  })
})
