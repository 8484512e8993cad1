/** What a clean-up took away comes back only as far as the limits still allow, one more at most and not two. */
import assert from 'node:assert/strict'
import { mostCharacters, mostInOrder } from '../../src/core/call-group.ts'
import { addDelegate } from '../../src/core/delegates.ts'
import { addMembers, setRingOrder } from '../../src/core/members.ts'
import { type PersonId } from '../../src/core/person.ts'
import { removePerson } from '../../src/core/remove-person.ts'
import { restore, type SweptSheet } from '../../src/core/undo.ts'
import { annWith, annWithDelegate, bos, type Office } from './office.ts'

const most = 25

/** Takes somebody out of everything, and gives what an undo is made of. */
function takenOut(office: Office, person: PersonId): readonly SweptSheet[] {
  const change = removePerson(office.who(person), office.who)
  const sheets = [...change.sheets].map(([id, after]) => ({ id, before: office.sheet(id), after }))
  office.keep(change)
  return sheets
}

const refusalsOf = (office: Office, sheets: readonly SweptSheet[]) =>
  office.keep(restore(sheets, office.who)).refusals

/** Somebody becomes a member of, or a delegate for, these people. */
const joins = (office: Office, person: PersonId, owners: readonly PersonId[]) => {
  for (const owner of owners) office.keep(addMembers(office.who(owner), [person], office.who))
}
const actsFor = (office: Office, person: PersonId, owners: readonly PersonId[]) => {
  for (const owner of owners)
    office.keep(addDelegate(office.who(owner), person, ['receiveCalls'], office.who))
}

describe('undoing a clean-up, and the limits', () => {
  for (const [others, order] of [
    [mostInOrder - 1, 'inOrder'],
    [mostInOrder, 'simultaneous'],
  ] as const)
    it(`rings ${others + 1} members ${order}, if they rang in order before`, () => {
      const office = annWith(['cy'], 'inOrder')
      const sheets = takenOut(office, 'cy')
      office.keep(addMembers(office.who('ann'), bos(others), office.who))
      office.keep(setRingOrder(office.who('ann'), 'inOrder', office.who))
      assert.deepEqual(refusalsOf(office, sheets), [])
      assert.equal(office.members('ann').length, others + 1)
      assert.equal(office.sheet('ann').group.order, order)
    })

  it('brings the ring order back, unless six would ring in order', () => {
    const office = annWith(['cy'], 'inOrder')
    const [sheet, ...rest] = takenOut(office, 'cy')
    assert.ok(sheet)
    office.keep(setRingOrder(office.who('ann'), 'simultaneous', office.who))
    const asSwept = [sheet, ...rest].map((one) =>
      one.id === 'ann' ? { ...one, after: { ...one.after, group: office.sheet('ann').group } } : one,
    )
    office.keep(addMembers(office.who('ann'), bos(mostInOrder), office.who))
    office.keep(restore(asSwept, office.who))
    assert.equal(office.sheet('ann').group.order, 'simultaneous')
    const five = annWith(['cy'], 'inOrder')
    takenOut(five, 'cy')
    five.keep(setRingOrder(five.who('ann'), 'simultaneous', five.who))
    five.keep(addMembers(five.who('ann'), bos(mostInOrder - 1), five.who))
    five.keep(restore(asSwept, five.who))
    assert.equal(five.sheet('ann').group.order, 'inOrder')
  })

  it('leaves a ring order that was chosen since', () => {
    const office = annWith(['cy', 'bo'], 'inOrder')
    const sheets = takenOut(office, 'cy')
    office.keep(setRingOrder(office.who('ann'), 'simultaneous', office.who))
    office.keep(restore(sheets, office.who))
    assert.equal(office.sheet('ann').group.order, 'simultaneous')
  })

  for (const [groups, refusals] of [
    [most - 1, []],
    [most, [{ code: 'E_MEMBER_QUOTA', person: 'cy' }]],
  ] as const)
    it(`lets somebody who is in ${groups} groups ${refusals.length === 0 ? '' : 'not '}into one more`, () => {
      const office = annWith(['cy'])
      const sheets = takenOut(office, 'cy')
      joins(office, 'cy', bos(groups))
      assert.deepEqual(refusalsOf(office, sheets), refusals)
    })

  it('lets somebody into a group who fits to the last character, and not with one more', () => {
    const long = 'x'.repeat(mostCharacters - '["",""]'.length - 'cy'.length)
    for (const [name, refusals] of [
      [long, []],
      [`${long}x`, [{ code: 'E_GROUP_CHARS', person: 'cy', size: mostCharacters + 1 }]],
    ] as const) {
      const office = annWith(['cy'])
      const sheets = takenOut(office, 'cy')
      office.keep(addMembers(office.who('ann'), [name], office.who))
      assert.deepEqual(refusalsOf(office, sheets), refusals)
    }
  })

  for (const [count, isTooMany] of [
    [most - 1, false],
    [most, true],
  ] as const) {
    const limit = (side: string) => (isTooMany ? [{ code: 'E_DELEGATE_LIMIT', person: 'cy', side }] : [])
    it(`gives somebody with ${count} delegates ${isTooMany ? 'none' : 'one'} back`, () => {
      const office = annWithDelegate('cy', ['receiveCalls'])
      const sheets = takenOut(office, 'cy')
      for (const person of bos(count)) actsFor(office, person, ['ann'])
      assert.deepEqual(refusalsOf(office, sheets), limit('delegates'))
    })

    it(`lets a delegate of ${count} people ${isTooMany ? 'not ' : ''}act for one more again`, () => {
      const office = annWithDelegate('cy', ['receiveCalls'])
      const sheets = takenOut(office, 'cy')
      actsFor(office, 'cy', bos(count))
      assert.deepEqual(refusalsOf(office, sheets), limit('managers'))
    })
  }

  it('makes nobody a delegate of their own delegate', () => {
    const office = annWithDelegate('cy', ['receiveCalls'])
    const sheets = takenOut(office, 'cy')
    actsFor(office, 'ann', ['cy'])
    assert.deepEqual(refusalsOf(office, sheets), [{ code: 'E_DELEGATE_CIRCLE', person: 'cy' }])
  })
})
