import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type PersonId } from '../../src/core/person.ts'
import { keep } from '../../src/core/change.ts'
import { addDelegate } from '../../src/core/delegates.ts'
import { addMembers } from '../../src/core/members.ts'
import { setRules } from '../../src/core/rules.ts'
import { myDelegates } from '../../src/core/target.ts'
import { mismatches } from './mismatches.ts'
import { annWith, bos, forward, Office } from './office.ts'
import { anOperation, aPolicy, type Operation } from './operations.ts'

/** The first two of each list are drawn most often: what goes wrong mostly needs several changes to the same people. */
const eight = ['ann', 'bo', 'cy', 'dee', 'eve', 'fay', 'gus', 'hal']
const atTheLimits = ['ann', 'bo', 'c1', 'c24', 'c25', 'c26', 'o1', 'o25', 'o26']

describe('any sequence of changes', () => {
  it('leaves the sheets of eight people in agreement', () => {
    holdsFor(eight, () => new Office())
  })

  it('keeps the limits of 25 where nearly all places are taken', () => {
    const crowded = crowdedOffice().sheets()
    holdsFor(atTheLimits, () => {
      const office = new Office()
      office.keep(keep(crowded))
      return office
    })
  })

  it('keeps an order of five, and somebody who takes the calls that go to delegates', () => {
    holdsFor(['ann', 'di', 'bo1', 'bo6', 'bo7'], () => {
      const office = annWith(bos(5), 'inOrder')
      office.keep(addDelegate(office.who('ann'), 'di', ['receiveCalls'], office.who))
      office.keep(setRules(office.who('ann'), forward('simultaneous', myDelegates), office.who))
      return office
    })
  })
})

/** One place is left in ann's group and among her delegates, and one for bo among his groups and his managers. */
function crowdedOffice(): Office {
  const office = new Office()
  for (let index = 1; index <= 24; index++) {
    office.keep(addMembers(office.who('ann'), [`c${index}`], office.who))
    office.keep(addMembers(office.who(`o${index}`), ['bo'], office.who))
    office.keep(addDelegate(office.who('ann'), `c${index}`, ['receiveCalls'], office.who))
    office.keep(addDelegate(office.who(`o${index}`), 'bo', ['receiveCalls'], office.who))
  }
  return office
}

function holdsFor(people: readonly PersonId[], start: () => Office): void {
  const history = fc.array(anOperation(people), { minLength: 30, maxLength: 60, size: 'max' })
  const policies = fc.array(aPolicy, { minLength: people.length, maxLength: people.length })
  fc.assert(
    fc.property(history, policies, (operations, policies) => {
      const office = start()
      policies.forEach((policy, index) => office.allow(people[index] ?? '', policy))
      for (const operation of operations) {
        checkOne(office, operation)
        assert.deepEqual(mismatches(office.sheets()), [], operation.text)
      }
    }),
    { numRuns: 120 },
  )
}

function checkOne(office: Office, { text, run, isBatch, isRepeatable }: Operation): void {
  const change = run(office)
  if (!isBatch && change.refusals.length > 0)
    assert.equal(change.sheets.size, 0, `${text}: refused, so nothing is kept`)
  for (const [id, sheet] of change.sheets)
    assert.notDeepEqual(sheet, office.sheet(id), `${text}: nothing new for ${id}`)
  office.keep(change)
  if (!isRepeatable) return
  for (const [id, sheet] of run(office).sheets)
    assert.deepEqual(sheet, office.sheet(id), `${text}: twice is more than once for ${id}`)
}
