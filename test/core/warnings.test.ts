import assert from 'node:assert/strict'
import { addDelegate } from '../../src/core/delegates.ts'
import { addMembers, removeMember } from '../../src/core/members.ts'
import { setNotification, setOverride } from '../../src/core/notifications.ts'
import { setRules } from '../../src/core/rules.ts'
import { callGroup, myDelegates, type Target, voicemail } from '../../src/core/target.ts'
import { delayThatReachesAll, warningsFor } from '../../src/core/warnings.ts'
import { annWith, annWithDelegate, bos, codes, forward, ifUnanswered, type Office } from './office.ts'

const warningsOf = (office: Office) => warningsFor(office.who('ann'), office.who)
const pat: Target = { is: 'person', person: 'pat' }

describe('a warning', () => {
  it('names the members whom an also-ring delay never reaches, until it is long enough', () => {
    const office = annWith(bos(3), 'inOrder')
    const rules = { ...forward('simultaneous', callGroup), ...ifUnanswered(voicemail, 30) }
    const change = office.keep(setRules(office.who('ann'), rules, office.who))
    assert.deepEqual(change.warnings, [{ code: 'W_ORDER_CUTOFF', unreachable: ['bo3'] }])
    assert.equal(change.sheets.size, 1)
    assert.equal(delayThatReachesAll(office.who('ann'), office.who), 50)
    const longer = office.keep(setRules(office.who('ann'), ifUnanswered(voicemail, 50), office.who))
    assert.deepEqual(longer.warnings, [])
  })

  it('cannot be mended by ringing longer when there are too many for the longest delay', () => {
    const office = annWith(bos(4), 'inOrder')
    office.keep(setRules(office.who('ann'), forward('simultaneous', callGroup), office.who))
    assert.equal(delayThatReachesAll(office.who('ann'), office.who), null)
  })

  it('goes with the member who was not reached', () => {
    const office = annWith(bos(2), 'inOrder')
    const rules = { ...forward('simultaneous', callGroup), ...ifUnanswered(voicemail, 20) }
    office.keep(setRules(office.who('ann'), rules, office.who))
    assert.deepEqual(removeMember(office.who('ann'), 'bo2', office.who).warnings, [])
    const unreachable = ['bo2', 'cy']
    assert.deepEqual(addMembers(office.who('ann'), ['cy'], office.who).warnings, [
      { code: 'W_ORDER_CUTOFF', unreachable },
    ])
  })

  it('tells that nobody is rung twice when both rules lead to the group', () => {
    const office = annWith(['bo'])
    for (const type of ['simultaneous', 'immediate'] as const) {
      const rules = { ...forward(type, callGroup), ...ifUnanswered(callGroup) }
      assert.deepEqual(codes(setRules(office.who('ann'), rules, office.who)), ['W_SAME_TARGET'])
    }
  })

  it('tells that nobody is rung twice when both rules lead to the delegates', () => {
    const office = annWithDelegate('di', ['receiveCalls'])
    const rules = { ...forward('simultaneous', myDelegates), ...ifUnanswered(myDelegates) }
    assert.deepEqual(codes(setRules(office.who('ann'), rules, office.who)), ['W_SAME_TARGET'])
  })

  it('is not needed for the same group where voicemail always comes first', () => {
    const office = annWith(['bo'])
    office.allow('ann', { allowVoicemail: 'alwaysEnabled' })
    const rules = { ...forward('simultaneous', callGroup), ...ifUnanswered(callGroup) }
    assert.deepEqual(codes(setRules(office.who('ann'), rules, office.who)), [])
  })

  it('is not needed for two different targets', () => {
    const office = annWith(['bo'])
    office.keep(addDelegate(office.who('ann'), 'di', ['receiveCalls'], office.who))
    const rules = { ...forward('simultaneous', callGroup), ...ifUnanswered(myDelegates) }
    assert.deepEqual(codes(setRules(office.who('ann'), rules, office.who)), [])
  })

  it('tells when nobody in the group would notice a call', () => {
    const office = annWith(['bo', 'cy', 'dee'])
    office.keep(setRules(office.who('ann'), forward('simultaneous', callGroup), office.who))
    office.keep(setNotification(office.who('bo'), 'ann', 'mute'))
    office.keep(setOverride(office.who('cy'), 'mute'))
    assert.deepEqual(warningsOf(office), [])
    office.equip('dee', { phoneSystem: false })
    assert.deepEqual(warningsOf(office), [
      { code: 'W_ALL_MUTED' },
      { code: 'W_STALE_TARGET', rule: 'forwarding' },
    ])
  })

  it('does not speak of a second round where there is no first', () => {
    const office = annWith(['bo'])
    const rules = { ...forward('simultaneous', callGroup), ...ifUnanswered(callGroup) }
    office.keep(setRules(office.who('ann'), rules, office.who))
    office.keep(setNotification(office.who('bo'), 'ann', 'mute'))
    assert.deepEqual(
      warningsOf(office).map(({ code }) => code),
      ['W_ALL_MUTED', 'W_STALE_TARGET', 'W_STALE_TARGET'],
    )
  })

  it('is not needed for a muted group that no call goes to', () => {
    const office = annWith(['bo'])
    office.keep(setNotification(office.who('bo'), 'ann', 'mute'))
    assert.deepEqual(warningsOf(office), [])
  })

  it('names the rule that lost its right', () => {
    const office = annWith(['bo'])
    office.keep(
      setRules(office.who('ann'), { ...forward('immediate', pat), ...ifUnanswered(callGroup) }, office.who),
    )
    office.allow('ann', { allowCallGroups: false })
    assert.deepEqual(warningsOf(office), [{ code: 'W_STALE_TARGET', rule: 'unanswered' }])
    office.allow('ann', { allowCallGroups: true, allowCallForwardingToUser: false })
    assert.deepEqual(warningsOf(office), [{ code: 'W_STALE_TARGET', rule: 'forwarding' }])
  })
})
