import assert from 'node:assert/strict'
import { addDelegate } from '../../src/core/delegates.ts'
import { addMembers } from '../../src/core/members.ts'
import { removePerson } from '../../src/core/remove-person.ts'
import { setRules } from '../../src/core/rules.ts'
import { callGroup, myDelegates, voicemail } from '../../src/core/target.ts'
import { mismatches } from './mismatches.ts'
import { annWith, annWithDelegate, forward, ifUnanswered, Office } from './office.ts'

describe('removing a person', () => {
  it('takes them out of every group and empties their own', () => {
    const office = annWith(['bo', 'cy'])
    office.keep(addMembers(office.who('bo'), ['ann', 'dee'], office.who))
    office.keep(setRules(office.who('bo'), forward('simultaneous', callGroup), office.who))
    office.keep(removePerson(office.who('bo'), office.who))
    assert.deepEqual(office.members('ann'), ['cy'])
    assert.deepEqual(office.members('bo'), [])
    assert.equal(office.sheet('bo').forwarding.is, 'off')
    for (const person of ['ann', 'bo', 'dee']) assert.deepEqual(office.sheet(person).memberships, [])
    assert.deepEqual(mismatches(office.sheets()), [])
  })

  it('ends the sharing of an owner whose last member they were, and of no other', () => {
    const office = annWith(['bo'])
    office.keep(addMembers(office.who('cy'), ['bo', 'dee'], office.who))
    for (const owner of ['ann', 'cy'])
      office.keep(setRules(office.who(owner), ifUnanswered(callGroup, 10), office.who))
    office.keep(removePerson(office.who('bo'), office.who))
    assert.deepEqual(office.sheet('ann').unanswered, ifUnanswered(voicemail, 10).unanswered)
    assert.deepEqual(office.sheet('cy').unanswered, ifUnanswered(callGroup, 10).unanswered)
  })

  it('ends delegation both ways, and what led to delegates who are gone', () => {
    const office = annWithDelegate('di', ['receiveCalls'])
    office.keep(addDelegate(office.who('ann'), 'ed', ['makeCalls'], office.who))
    office.keep(addDelegate(office.who('di'), 'ed', ['receiveCalls'], office.who))
    for (const owner of ['ann', 'di'])
      office.keep(setRules(office.who(owner), forward('immediate', myDelegates), office.who))
    office.keep(removePerson(office.who('di'), office.who))
    assert.deepEqual(office.sheet('ann').delegates, [{ person: 'ed', may: ['makeCalls'] }])
    assert.equal(office.sheet('ann').forwarding.is, 'off')
    assert.equal(office.sheet('di').forwarding.is, 'off')
    assert.deepEqual(office.sheet('ed').managers, ['ann'])
    assert.deepEqual(mismatches(office.sheets()), [])
  })

  it('leaves calls with the delegates while another of them takes calls', () => {
    const office = annWithDelegate('di', ['receiveCalls'])
    office.keep(addDelegate(office.who('ann'), 'ed', ['receiveCalls'], office.who))
    const rules = { ...forward('simultaneous', myDelegates), ...ifUnanswered(voicemail) }
    office.keep(setRules(office.who('ann'), rules, office.who))
    office.keep(removePerson(office.who('di'), office.who))
    const { forwarding, unanswered } = office.sheet('ann')
    assert.deepEqual({ forwarding, unanswered }, rules)
  })

  it('changes nothing for somebody nobody counts on, nor the second time', () => {
    const office = new Office()
    assert.equal(removePerson(office.who('ann'), office.who).sheets.size, 0)
    office.keep(addMembers(office.who('ann'), ['bo'], office.who))
    office.keep(removePerson(office.who('ann'), office.who))
    assert.equal(removePerson(office.who('ann'), office.who).sheets.size, 0)
  })
})
