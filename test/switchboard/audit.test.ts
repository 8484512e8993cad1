import assert from 'node:assert/strict'
import { type CallingSettings, neverConfigured } from '../../src/core/calling-settings.ts'
import { addMembers } from '../../src/core/members.ts'
import { setNotification } from '../../src/core/notifications.ts'
import { auditRow, changedParts, differing } from '../../src/switchboard/audit.ts'
import { themselves } from '../../src/switchboard/author.ts'
import { adds } from './desk.ts'
import { type Ledger, openLedger } from './ledger.ts'

const inGroups = (...memberships: CallingSettings['memberships']): CallingSettings => ({
  ...neverConfigured,
  memberships,
})
const ring = (owner: string) => ({ owner, notification: 'ring' }) as const
const mute = (owner: string) => ({ owner, notification: 'mute' }) as const

describe('What is written down about a change', () => {
  it('is each part that differs, as it was and as it is', () => {
    assert.deepEqual(differing({ a: 1, b: { c: [2] }, d: 4 }, { a: 1, b: { c: [3] }, e: 5 }), [
      { part: 'b', before: { c: [2] }, after: { c: [3] } },
      { part: 'd', before: 4, after: null },
      { part: 'e', before: null, after: 5 },
    ])
    assert.deepEqual(differing({ a: 1 }, { a: 1 }), [])
  })

  it('is every part of a sheet that its owner decides', () => {
    const after: CallingSettings = {
      ...neverConfigured,
      forwarding: { is: 'off' },
      busyOnBusy: 'ringUser',
      override: 'mute',
    }
    assert.deepEqual(changedParts(neverConfigured, after), [
      { part: 'forwarding', before: { is: 'neverSet' }, after: { is: 'off' } },
      { part: 'busyOnBusy', before: null, after: 'ringUser' },
      { part: 'override', before: null, after: 'mute' },
    ])
  })

  it('is how somebody is told by a group they stay in, and not that they came or went', () => {
    assert.deepEqual(changedParts(inGroups(ring('ann'), ring('eve')), inGroups(mute('ann'), ring('dee'))), [
      { part: 'notification ann', before: 'ring', after: 'mute' },
    ])
    assert.deepEqual(changedParts(inGroups(), inGroups(ring('ann'))), [])
    assert.deepEqual(changedParts(inGroups(ring('ann')), inGroups()), [])
  })

  it('is not whom somebody is a delegate of: that stands with whoever made them one', () => {
    assert.deepEqual(changedParts(neverConfigured, { ...neverConfigured, managers: ['ann'] }), [])
  })

  it('says when, about whom, by whom and through which door', () => {
    const parts = [{ part: 'a', before: 1, after: 2 }]
    assert.deepEqual(auditRow(7, { person: 'dee', door: 'delegate', isQuiet: true }, 'ann', parts), {
      at: 7,
      about: 'ann',
      by: 'dee',
      door: 'delegate',
      parts,
    })
  })

  describe('in the store', () => {
    let ledger: Ledger
    beforeEach(async () => {
      ledger = await openLedger()
    })
    afterEach(() => ledger.close())

    const rows = async () =>
      (await ledger.store.audit({ limit: 9 })).map(({ number: _, ...row }) => row).reverse()

    it('is one row for each sheet that its owner would call changed', async () => {
      const at = ledger.clock.now()
      await adds(ledger, 'ann', 'bo', 'cy')
      await ledger.settings.change(themselves('bo'), (who) => setNotification(who('bo'), 'ann', 'mute'))
      const before = { members: [], order: 'simultaneous' }
      const after = { members: ['bo', 'cy'], order: 'simultaneous' }
      assert.deepEqual(await rows(), [
        { at, about: 'ann', by: 'ann', door: 'chat', parts: [{ part: 'group', before, after }] },
        {
          at,
          about: 'bo',
          by: 'bo',
          door: 'chat',
          parts: [{ part: 'notification ann', before: 'ring', after: 'mute' }],
        },
      ])
    })

    it('is nothing for a change that is refused', async () => {
      await ledger.settings.change(themselves('ann'), (who) => addMembers(who('ann'), ['ann'], who))
      assert.deepEqual(await rows(), [])
    })
  })
})
