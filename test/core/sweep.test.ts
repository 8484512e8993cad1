import assert from 'node:assert/strict'
import fc from 'fast-check'
import { addDelegate } from '../../src/core/delegates.ts'
import { addMembers } from '../../src/core/members.ts'
import { setNotification } from '../../src/core/notifications.ts'
import { removePerson } from '../../src/core/remove-person.ts'
import { setRules } from '../../src/core/rules.ts'
import { staleness, sweep } from '../../src/core/sweep.ts'
import { callGroup, voicemail } from '../../src/core/target.ts'
import { restore, type SweptSheet } from '../../src/core/undo.ts'
import { type Change } from '../../src/core/change.ts'
import { mismatches } from './mismatches.ts'
import { annWith, bos, codes, forward, ifUnanswered, Office } from './office.ts'
import { anOperation, aPolicy } from './operations.ts'

/** Keeps a change and gives what an undo would be made of. */
function swept(office: Office, change: Change): readonly SweptSheet[] {
  const sheets = [...change.sheets].map(([id, after]) => ({ id, before: office.sheet(id), after }))
  office.keep(change)
  return sheets
}

const undone = (office: Office, sheets: readonly SweptSheet[]) => office.keep(restore(sheets, office.who))

/** Ann shares her calls with bo and cy and is in dee's group; cy is the only one in fay's. */
function sharing(): Office {
  const office = annWith(['bo', 'cy'])
  const rules = { ...forward('simultaneous', callGroup), ...ifUnanswered(callGroup, 30) }
  office.keep(setRules(office.who('ann'), rules, office.who))
  office.keep(addMembers(office.who('dee'), ['ann', 'bo'], office.who))
  office.keep(addMembers(office.who('fay'), ['cy'], office.who))
  office.keep(setNotification(office.who('cy'), 'ann', 'banner'))
  return office
}

describe('sweeping', () => {
  it('finds nothing stale where everybody may share', () => {
    const office = sharing()
    for (const [id] of office.sheets()) {
      assert.equal(staleness(office.who(id)), null)
      assert.equal(sweep(office.who(id), office.who).sheets.size, 0)
    }
  })

  it('ends the sharing of an owner whose call groups were turned off, and nothing else', () => {
    const office = sharing()
    office.allow('ann', { allowCallGroups: false })
    assert.equal(staleness(office.who('ann')), 'callGroupsOff')
    swept(office, sweep(office.who('ann'), office.who))
    const ann = office.sheet('ann')
    assert.deepEqual(ann.group.members, [])
    assert.equal(ann.forwarding.is, 'off')
    assert.deepEqual(ann.unanswered, { is: 'on', rule: { to: voicemail, after: 30 } })
    assert.deepEqual(office.members('dee'), ['ann', 'bo'])
    assert.deepEqual(office.sheet('cy').memberships, [{ owner: 'fay', notification: 'ring' }])
    assert.equal(staleness(office.who('ann')), null)
    assert.equal(sweep(office.who('ann'), office.who).sheets.size, 0)
  })

  it('finds stale whoever has members, is one, or has a rule that leads to the group, and nobody else', () => {
    const office = annWith(['bo'])
    for (const person of ['ann', 'bo', 'cy']) office.equip(person, { phoneSystem: false })
    const found = (id: string) => staleness(office.who(id))
    assert.deepEqual(['ann', 'bo', 'cy'].map(found), ['notEligible', 'notEligible', null])
    for (const person of ['ann', 'bo', 'cy']) {
      office.equip(person, { phoneSystem: true })
      office.allow(person, { allowCallGroups: false })
    }
    assert.deepEqual(['ann', 'bo', 'cy'].map(found), ['callGroupsOff', null, null])
    const { settings, ...cy } = office.who('cy')
    for (const rules of [forward('immediate', callGroup), ifUnanswered(callGroup)])
      assert.equal(staleness({ ...cy, settings: { ...settings, ...rules } }), 'callGroupsOff')
    const elsewhere = { ...settings, ...forward('immediate', voicemail) }
    assert.equal(staleness({ ...cy, settings: elsewhere }), null)
  })

  it('takes somebody who lacks a requirement out of every group, and leaves delegations alone', () => {
    const office = sharing()
    office.keep(addDelegate(office.who('gus'), 'cy', ['receiveCalls'], office.who))
    office.equip('cy', { phoneSystem: false })
    assert.equal(staleness(office.who('cy')), 'notEligible')
    swept(office, sweep(office.who('cy'), office.who))
    assert.deepEqual([office.members('ann'), office.members('fay')], [['bo'], []])
    assert.deepEqual(office.sheet('cy').managers, ['gus'])
    assert.equal(staleness(office.who('cy')), null)
  })

  it('lets rules of others go that led to a group it emptied', () => {
    const office = sharing()
    office.keep(setRules(office.who('fay'), forward('immediate', callGroup), office.who))
    office.equip('cy', { teamsOnly: false })
    const sheets = swept(office, sweep(office.who('cy'), office.who))
    assert.equal(office.sheet('fay').forwarding.is, 'off')
    undone(office, sheets)
    assert.equal(office.sheet('fay').forwarding.is, 'on')
  })

  it('is undone to the letter when nothing was changed since', () => {
    const people = ['ann', 'bo', 'cy', 'dee', 'eve']
    const history = fc.array(anOperation(people), { minLength: 10, maxLength: 50, size: 'max' })
    fc.assert(
      fc.property(history, fc.constantFrom(...people), fc.boolean(), (operations, one, leaves) => {
        const office = new Office()
        for (const { run } of operations) office.keep(run(office))
        const before = JSON.stringify(people.map((id) => office.sheet(id)))
        office.equip(one, { phoneSystem: false })
        const rule = leaves ? removePerson : sweep
        const sheets = swept(office, rule(office.who(one), office.who))
        undone(office, sheets)
        assert.deepEqual(mismatches(office.sheets()), [])
        assert.equal(JSON.stringify(people.map((id) => office.sheet(id))), before)
        assert.equal(undone(office, sheets).sheets.size, 0)
      }),
      { numRuns: 500 },
    )
  })

  it('is undone as far as it fits when much was changed since', () => {
    const people = ['ann', 'bo', 'cy', 'dee', 'eve', 'fay']
    const history = fc.array(anOperation(people), { minLength: 10, maxLength: 30, size: 'max' })
    fc.assert(
      fc.property(history, history, aPolicy, fc.constantFrom(...people), (first, then, policy, one) => {
        const office = new Office()
        for (const { run } of first) office.keep(run(office))
        const sheets = swept(office, removePerson(office.who(one), office.who))
        office.allow(one, policy)
        for (const { run } of then) office.keep(run(office))
        undone(office, sheets)
        assert.deepEqual(mismatches(office.sheets()), [])
      }),
      { numRuns: 200 },
    )
  })

  it('names who cannot come back, and leaves what was changed since', () => {
    const office = annWith(['bo', 'cy'])
    office.keep(setRules(office.who('ann'), forward('immediate', callGroup), office.who))
    office.allow('ann', { allowCallGroups: false })
    const sheets = swept(office, sweep(office.who('ann'), office.who))
    office.allow('ann', { allowCallGroups: true })
    office.keep(setRules(office.who('ann'), forward('immediate', voicemail), office.who))
    office.keep(addMembers(office.who('ann'), bos(24), office.who))
    assert.deepEqual(codes(undone(office, sheets)), ['E_GROUP_FULL'])
    assert.deepEqual(office.members('ann'), ['bo', ...bos(24)])
    assert.deepEqual(office.sheet('ann').forwarding, forward('immediate', voicemail).forwarding)
  })
})
