import assert from 'node:assert/strict'
import { absorb } from '../../src/core/absorb.ts'
import { neverConfigured } from '../../src/core/calling-settings.ts'
import { addDelegate } from '../../src/core/delegates.ts'
import { addMembers } from '../../src/core/members.ts'
import { setNotification, setOverride } from '../../src/core/notifications.ts'
import { setRules } from '../../src/core/rules.ts'
import { callGroup } from '../../src/core/target.ts'
import { mismatches } from './mismatches.ts'
import { annWith, forward, ifUnanswered, Office } from './office.ts'

/** Bo was named by address; Bo is also somebody the bot has met. */
const named = 'bo@contoso.com'
const met = 'bo-id'

const merged = (office: Office) => {
  office.keep(absorb(office.who(met), office.who(named), office.who))
  assert.deepEqual(mismatches(office.sheets()), [])
  assert.deepEqual(office.sheet(named), neverConfigured)
  return office.sheet(met)
}

describe('two records of one person', () => {
  it('become one in each group, at the same place, with the choice made there', () => {
    const office = annWith(['al', named, 'cy'])
    office.keep(setNotification(office.who(named), 'ann', 'banner'))
    office.keep(setOverride(office.who(named), 'mute'))
    const sheet = merged(office)
    assert.deepEqual(office.members('ann'), ['al', met, 'cy'])
    assert.deepEqual(sheet.memberships, [{ owner: 'ann', notification: 'banner' }])
    assert.equal(sheet.override, 'mute')
  })

  it('are one member where both were in, as the person met had chosen', () => {
    const office = annWith([met, 'cy', named])
    office.keep(setNotification(office.who(met), 'ann', 'mute'))
    merged(office)
    assert.deepEqual(office.members('ann'), [met, 'cy'])
    assert.deepEqual(office.sheet(met).memberships, [{ owner: 'ann', notification: 'mute' }])
  })

  it('are never members of their own group', () => {
    const office = new Office()
    office.keep(addMembers(office.who(met), [named, 'cy'], office.who))
    merged(office)
    assert.deepEqual(office.members(met), ['cy'])
  })

  it('end a rule that led to a group with nobody but themselves', () => {
    const office = new Office()
    office.keep(addMembers(office.who(met), [named], office.who))
    office.keep(setRules(office.who(met), forward('immediate', callGroup), office.who))
    assert.equal(merged(office).forwarding.is, 'off')
  })

  it('no longer send calls on to themselves, even if the old record counted for nobody', () => {
    const office = new Office()
    const toOld = { is: 'person', person: named } as const
    office.keep(setRules(office.who(met), forward('immediate', toOld), office.who))
    office.keep(setRules(office.who(met), ifUnanswered(toOld), office.who))
    const sheet = merged(office)
    assert.deepEqual([sheet.forwarding, sheet.unanswered], [{ is: 'neverSet' }, { is: 'neverSet' }])
  })

  it('keep what was set up for the old record when the person has set up nothing', () => {
    const office = new Office()
    office.keep(addMembers(office.who(named), ['al', 'cy'], office.who))
    office.keep(setRules(office.who(named), forward('simultaneous', callGroup), office.who))
    office.keep(addDelegate(office.who(named), 'di', ['receiveCalls'], office.who))
    const sheet = merged(office)
    assert.deepEqual(sheet.group.members, ['al', 'cy'])
    assert.deepEqual(sheet.forwarding, forward('simultaneous', callGroup).forwarding)
    assert.deepEqual(office.sheet('al').memberships, [{ owner: met, notification: 'ring' }])
    assert.deepEqual(office.sheet('di').managers, [met])
  })

  it('keep what the person has set up, and let the rest go', () => {
    const office = new Office()
    office.keep(addMembers(office.who(named), ['al'], office.who))
    office.keep(addDelegate(office.who(named), 'di', ['receiveCalls'], office.who))
    office.keep(addMembers(office.who(met), ['cy'], office.who))
    assert.deepEqual(merged(office).group.members, ['cy'])
    assert.deepEqual(office.sheet('al').memberships, [])
    assert.deepEqual(office.sheet('di').managers, [])
  })

  it('leave the other delegates of those they act for as they are', () => {
    const office = new Office()
    for (const person of ['cy', named]) office.keep(addDelegate(office.who('ann'), person, [], office.who))
    merged(office)
    assert.deepEqual(
      office.sheet('ann').delegates.map(({ person }) => person),
      ['cy', met],
    )
  })

  it('act for everybody they acted for, but not round in a circle', () => {
    const office = new Office()
    office.keep(addDelegate(office.who('ann'), named, ['makeCalls'], office.who))
    office.keep(addDelegate(office.who('eve'), named, ['receiveCalls'], office.who))
    office.keep(addDelegate(office.who(met), 'eve', ['receiveCalls'], office.who))
    const sheet = merged(office)
    assert.deepEqual(sheet.managers, ['ann'])
    assert.deepEqual(office.sheet('ann').delegates, [{ person: met, may: ['makeCalls'] }])
    assert.deepEqual(office.sheet('eve').delegates, [])
  })

  it('take no delegate over for whom they act themselves', () => {
    const office = new Office()
    office.keep(addDelegate(office.who(named), 'eve', ['receiveCalls'], office.who))
    office.keep(addDelegate(office.who(named), 'di', ['receiveCalls'], office.who))
    office.keep(addDelegate(office.who('eve'), met, ['receiveCalls'], office.who))
    const sheet = merged(office)
    assert.deepEqual(sheet.managers, ['eve'])
    assert.deepEqual(sheet.delegates, [{ person: 'di', may: ['receiveCalls'] }])
  })

  it('are nobody’s delegates, or members, only because the other record was', () => {
    for (const [owner, other] of [
      [met, named],
      [named, met],
    ] as const) {
      const office = new Office()
      office.keep(addMembers(office.who(owner), [other, 'al'], office.who))
      office.keep(addDelegate(office.who(owner), other, ['makeCalls'], office.who))
      const { group, delegates, memberships, managers } = merged(office)
      assert.deepEqual([group.members, delegates, memberships, managers], [['al'], [], [], []])
    }
  })

  it('act for 25 people at most, and no more for the rest on both sides', () => {
    const office = new Office()
    for (let index = 0; index < 24; index += 1)
      office.keep(addDelegate(office.who(`o${index}`), met, ['makeCalls'], office.who))
    for (const owner of ['ann', 'eve'])
      office.keep(addDelegate(office.who(owner), named, ['makeCalls'], office.who))
    assert.equal(merged(office).managers.length, 25)
    assert.deepEqual(office.sheet('ann').delegates, [{ person: met, may: ['makeCalls'] }])
    assert.deepEqual(office.sheet('eve').delegates, [])
  })

  it('are in 25 groups at most, and out of the rest on both sides', () => {
    const office = new Office()
    for (let index = 0; index < 24; index += 1)
      office.keep(addMembers(office.who(`o${index}`), [met], office.who))
    for (const owner of ['ann', 'eve']) office.keep(addMembers(office.who(owner), [named], office.who))
    const sheet = merged(office)
    assert.equal(sheet.memberships.length, 25)
    assert.deepEqual(office.members('ann'), [met])
    assert.deepEqual(office.members('eve'), [])
  })

  it('change nothing when the old record counts for nobody', () => {
    const office = annWith([met])
    assert.equal(absorb(office.who(met), office.who(named), office.who).sheets.size, 0)
    assert.equal(absorb(office.who(met), office.who(met), office.who).sheets.size, 0)
  })
})
