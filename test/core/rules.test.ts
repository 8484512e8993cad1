import assert from 'node:assert/strict'
import { mayTarget, refusedRules, setRules } from '../../src/core/rules.ts'
import { callGroup, myDelegates, type Target, voicemail } from '../../src/core/target.ts'
import { annWith, annWithDelegate, codes, forward, ifUnanswered, Office } from './office.ts'

const pat: Target = { is: 'person', person: 'pat' }
const phone: Target = { is: 'number', number: '+442079460000' }

describe('setting the rules for calls', () => {
  it('keeps both rules and the busy option of one submission', () => {
    const office = new Office()
    const rules = { ...forward('immediate', pat), ...ifUnanswered(phone, 5), busyOnBusy: 'ringUser' } as const
    office.keep(setRules(office.who('ann'), rules, office.who))
    const { forwarding, unanswered, busyOnBusy } = office.sheet('ann')
    assert.deepEqual({ forwarding, unanswered, busyOnBusy }, rules)
  })

  it('keeps neither when one of them is refused, and says which', () => {
    const office = new Office()
    const rules = { ...forward('immediate', pat), ...ifUnanswered(callGroup) }
    const change = setRules(office.who('ann'), rules, office.who)
    assert.deepEqual([change.sheets.size, codes(change)], [0, ['E_EMPTY_GROUP']])
    assert.deepEqual(refusedRules(office.who('ann'), rules), { unanswered: { code: 'E_EMPTY_GROUP' } })
  })

  it('leaves alone what is not named', () => {
    const office = new Office()
    office.keep(setRules(office.who('ann'), forward('immediate', pat), office.who))
    office.keep(setRules(office.who('ann'), { busyOnBusy: 'playBusySignal' }, office.who))
    office.keep(setRules(office.who('ann'), ifUnanswered(voicemail), office.who))
    assert.deepEqual(office.sheet('ann').forwarding, forward('immediate', pat).forwarding)
    assert.equal(office.sheet('ann').busyOnBusy, 'playBusySignal')
  })

  it('clears the busy option', () => {
    const office = new Office()
    office.keep(setRules(office.who('ann'), { busyOnBusy: 'playBusySignal' }, office.who))
    office.keep(setRules(office.who('ann'), { busyOnBusy: null }, office.who))
    assert.equal(office.sheet('ann').busyOnBusy, null)
  })

  it('remembers a rule that goes off, also when it goes off twice', () => {
    const office = new Office()
    office.keep(
      setRules(office.who('ann'), { ...forward('immediate', pat), ...ifUnanswered(phone, 30) }, office.who),
    )
    for (let times = 1; times <= 2; times++) {
      const off = { forwarding: { is: 'off' }, unanswered: { is: 'off' } } as const
      office.keep(setRules(office.who('ann'), off, office.who))
      const { forwarding, unanswered } = office.sheet('ann')
      assert.deepEqual(forwarding, { is: 'off', kept: { type: 'immediate', to: pat } })
      assert.deepEqual(unanswered, { is: 'off', kept: { to: phone, after: 30 } })
    }
  })

  it('asks nothing of a rule that is off', () => {
    const office = new Office()
    const rules = { forwarding: { is: 'off', kept: { type: 'simultaneous', to: callGroup } } } as const
    assert.deepEqual(codes(setRules(office.who('ann'), rules, office.who)), [])
  })

  it('changes nothing when all is so already', () => {
    const office = new Office()
    office.keep(setRules(office.who('ann'), ifUnanswered(pat), office.who))
    assert.equal(setRules(office.who('ann'), ifUnanswered(pat), office.who).sheets.size, 0)
    assert.equal(setRules(office.who('ann'), {}, office.who).sheets.size, 0)
  })

  it('lets voicemail ring neither with somebody nor at once without the right to it', () => {
    const office = new Office()
    assert.deepEqual(codes(setRules(office.who('ann'), forward('simultaneous', voicemail), office.who)), [
      'E_VM_SIMULTANEOUS',
    ])
    office.allow('ann', { allowVoicemail: 'alwaysDisabled' })
    assert.deepEqual(codes(setRules(office.who('ann'), forward('immediate', voicemail), office.who)), [
      'E_POLICY_VM',
    ])
  })

  it('saves where unanswered calls go although AlwaysEnabled voicemail comes first', () => {
    const office = new Office()
    office.allow('ann', { allowVoicemail: 'alwaysEnabled' })
    office.keep(setRules(office.who('ann'), ifUnanswered(pat), office.who))
    assert.deepEqual(office.sheet('ann').unanswered, ifUnanswered(pat).unanswered)
  })
})

describe('where calls may go', () => {
  const rights = [
    [pat, { allowCallForwardingToUser: false }, 'E_POLICY_USER'],
    [phone, { allowCallForwardingToPhone: false }, 'E_POLICY_PHONE'],
    [voicemail, { allowVoicemail: 'alwaysDisabled' }, 'E_POLICY_VM'],
    [callGroup, { allowCallGroups: false }, 'E_POLICY_GROUPS'],
  ] as const
  for (const [target, policy, code] of rights) {
    it(`${target.is} is refused with ${code}, and only that`, () => {
      const office = annWith(['bo'])
      assert.equal(mayTarget(office.who('ann'), target), null)
      office.allow('ann', policy)
      for (const [other] of rights)
        assert.deepEqual(mayTarget(office.who('ann'), other), other === target ? { code } : null)
    })
  }

  it('delegates need the right to them and one who takes calls', () => {
    const office = annWithDelegate('di', ['makeCalls', 'manageSettings'])
    assert.deepEqual(mayTarget(office.who('ann'), myDelegates), { code: 'E_NO_DELEGATE' })
    const other = annWithDelegate('di', ['receiveCalls'])
    assert.equal(mayTarget(other.who('ann'), myDelegates), null)
    other.allow('ann', { allowDelegation: false })
    assert.deepEqual(mayTarget(other.who('ann'), myDelegates), { code: 'E_POLICY_DELEG' })
  })

  it('a group needs a member, and an owner with licence and mode', () => {
    const office = new Office()
    assert.deepEqual(mayTarget(office.who('ann'), callGroup), { code: 'E_EMPTY_GROUP' })
    office.equip('ann', { phoneSystem: false })
    assert.deepEqual(mayTarget(office.who('ann'), callGroup), { code: 'E_NO_LICENCE', person: 'ann' })
    office.equip('ann', { teamsOnly: false })
    assert.deepEqual(mayTarget(office.who('ann'), callGroup), { code: 'E_NOT_TEAMS_ONLY', person: 'ann' })
  })

  it('not to oneself', () => {
    const office = new Office()
    const ann: Target = { is: 'person', person: 'ann' }
    assert.deepEqual(mayTarget(office.who('ann'), ann), { code: 'E_SELF', person: 'ann' })
  })

  it('nowhere at all without calling', () => {
    const office = annWith(['bo'])
    office.allow('ann', { allowPrivateCalling: false })
    for (const target of [pat, phone, voicemail, callGroup, myDelegates])
      assert.deepEqual(mayTarget(office.who('ann'), target), { code: 'E_POLICY_CALLING' })
  })
})
