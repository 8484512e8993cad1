import assert from 'node:assert/strict'
import { addMembers } from '../../src/core/members.ts'
import { effectiveNotification } from '../../src/core/notification.ts'
import { setNotification, setOverride } from '../../src/core/notifications.ts'
import { annWith } from './office.ts'

describe('how a group notifies a member', () => {
  it('is chosen for each group on its own', () => {
    const office = annWith(['bo'])
    office.keep(addMembers(office.who('cy'), ['bo'], office.who))
    office.keep(setNotification(office.who('bo'), 'cy', 'banner'))
    assert.deepEqual(office.sheet('bo').memberships, [
      { owner: 'ann', notification: 'ring' },
      { owner: 'cy', notification: 'banner' },
    ])
    assert.equal(setNotification(office.who('bo'), 'cy', 'banner').sheets.size, 0)
  })

  it('cannot be chosen for a group one is not in', () => {
    const office = annWith(['bo'])
    assert.deepEqual(setNotification(office.who('cy'), 'ann', 'mute').refusals, [
      { code: 'E_NOT_MEMBER', owner: 'ann' },
    ])
  })

  it('has an override that can be cleared again', () => {
    const office = annWith(['bo'])
    office.keep(setOverride(office.who('bo'), 'mute'))
    assert.equal(office.sheet('bo').override, 'mute')
    office.keep(setOverride(office.who('bo'), null))
    assert.equal(office.sheet('bo').override, null)
  })

  it('is overridden by mute only', () => {
    for (const choice of ['ring', 'banner', 'mute'] as const) {
      for (const override of ['ring', 'banner', null] as const)
        assert.equal(effectiveNotification(choice, override), choice)
      assert.equal(effectiveNotification(choice, 'mute'), 'mute')
    }
  })
})
