import assert from 'node:assert/strict'
import { addMembers } from '../../src/core/members.ts'
import { effectiveNotification } from '../../src/core/notification.ts'
import {
  setNotification,
  setNotifications,
  setNotificationsWhereMember,
  setOverride,
} from '../../src/core/notifications.ts'
import { annWith, codes } from './office.ts'

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

  it('is chosen for several groups all at once or not at all, or else for those one is in', () => {
    const office = annWith(['bo'])
    office.keep(addMembers(office.who('cy'), ['bo'], office.who))
    const choices = [
      { owner: 'ann', notification: 'mute' },
      { owner: 'zoe', notification: 'mute' },
      { owner: 'cy', notification: 'banner' },
    ] as const
    const none = office.keep(setNotifications(office.who('bo'), choices, office.who))
    assert.deepEqual([none.sheets.size, codes(none)], [0, ['E_NOT_MEMBER']])
    const some = office.keep(setNotificationsWhereMember(office.who('bo'), choices, office.who))
    assert.deepEqual(some.refusals, [{ code: 'E_NOT_MEMBER', owner: 'zoe' }])
    assert.deepEqual(office.sheet('bo').memberships, [choices[0], choices[2]])
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
