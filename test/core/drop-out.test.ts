import assert from 'node:assert/strict'
import { addMembers, leaveGroup, turnSharingOff } from '../../src/core/members.ts'
import { setNotification } from '../../src/core/notifications.ts'
import { setRules } from '../../src/core/rules.ts'
import { callGroup, voicemail } from '../../src/core/target.ts'
import { annWith, forward, ifUnanswered } from './office.ts'

describe('leaving a group', () => {
  it('is refused to those who are not in it', () => {
    const office = annWith(['bo'])
    assert.deepEqual(leaveGroup(office.who('cy'), 'ann', office.who).refusals, [
      { code: 'E_NOT_MEMBER', owner: 'ann' },
    ])
    const other = annWith(['bo'])
    other.keep(addMembers(other.who('di'), ['cy'], other.who))
    assert.deepEqual(leaveGroup(other.who('cy'), 'ann', other.who).refusals, [
      { code: 'E_NOT_MEMBER', owner: 'ann' },
    ])
  })

  it('is never refused: what led to the emptied group leads there no more', () => {
    const office = annWith(['bo'])
    const rules = { ...forward('simultaneous', callGroup), ...ifUnanswered(callGroup, 40) }
    office.keep(setRules(office.who('ann'), rules, office.who))
    office.keep(leaveGroup(office.who('bo'), 'ann', office.who))
    const { group, forwarding, unanswered } = office.sheet('ann')
    assert.deepEqual(group.members, [])
    assert.equal(forwarding.is, 'off')
    assert.deepEqual(unanswered, ifUnanswered(voicemail, 40).unanswered)
    assert.deepEqual(office.sheet('bo').memberships, [])
  })

  it('leaves the rules alone while others remain', () => {
    const office = annWith(['bo', 'cy'])
    office.keep(setRules(office.who('ann'), forward('immediate', callGroup), office.who))
    office.keep(leaveGroup(office.who('bo'), 'ann', office.who))
    assert.deepEqual(office.sheet('ann').forwarding, forward('immediate', callGroup).forwarding)
  })
})

describe('turning sharing off', () => {
  it('empties the group and sends no call there, in one step', () => {
    const office = annWith(['bo', 'cy'], 'inOrder')
    office.keep(setNotification(office.who('bo'), 'ann', 'mute'))
    const rules = { ...forward('immediate', callGroup), ...ifUnanswered(callGroup, 15) }
    office.keep(setRules(office.who('ann'), rules, office.who))
    office.keep(turnSharingOff(office.who('ann'), office.who))
    const { group, forwarding, unanswered } = office.sheet('ann')
    assert.deepEqual(group, { members: [], order: 'inOrder' })
    assert.equal(forwarding.is, 'off')
    assert.deepEqual(unanswered, ifUnanswered(voicemail, 15).unanswered)
    assert.deepEqual([office.sheet('bo').memberships, office.sheet('cy').memberships], [[], []])
  })

  it('leaves unanswered calls nowhere to go where voicemail is not allowed', () => {
    const office = annWith(['bo'])
    office.keep(setRules(office.who('ann'), ifUnanswered(callGroup), office.who))
    office.allow('ann', { allowVoicemail: 'alwaysDisabled' })
    office.keep(turnSharingOff(office.who('ann'), office.who))
    assert.deepEqual(office.sheet('ann').unanswered, { is: 'off' })
  })

  it('leaves rules alone that lead elsewhere, and the groups that ann is in', () => {
    const office = annWith(['bo'])
    office.keep(addMembers(office.who('cy'), ['ann'], office.who))
    const rules = { ...forward('immediate', { is: 'person', person: 'dee' }), ...ifUnanswered(voicemail) }
    office.keep(setRules(office.who('ann'), rules, office.who))
    office.keep(turnSharingOff(office.who('ann'), office.who))
    const { forwarding, unanswered, memberships } = office.sheet('ann')
    assert.deepEqual({ forwarding, unanswered }, rules)
    assert.deepEqual(memberships, [{ owner: 'cy', notification: 'ring' }])
  })

  it('works without the right to a group, which is when it is needed', () => {
    const office = annWith(['bo'])
    office.allow('ann', { allowCallGroups: false })
    assert.deepEqual(turnSharingOff(office.who('ann'), office.who).refusals, [])
  })

  it('changes nothing the second time', () => {
    const office = annWith(['bo'])
    office.keep(setRules(office.who('ann'), forward('immediate', callGroup), office.who))
    office.keep(turnSharingOff(office.who('ann'), office.who))
    assert.equal(turnSharingOff(office.who('ann'), office.who).sheets.size, 0)
  })
})
