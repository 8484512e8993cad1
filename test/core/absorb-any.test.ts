import assert from 'node:assert/strict'
import fc from 'fast-check'
import { absorb } from '../../src/core/absorb.ts'
import { type CallingSettings, neverConfigured, ruleOf } from '../../src/core/calling-settings.ts'
import { mostGroupsPerMember } from '../../src/core/notification.ts'
import { type PersonId } from '../../src/core/person.ts'
import { mismatches } from './mismatches.ts'
import { Office } from './office.ts'
import { anOperation, aPolicy } from './operations.ts'

/** The two records of one person come first: they are drawn most often. */
const [met, named] = ['bo-id', 'bo@contoso.com'] as const
const others = ['ann', 'cy', 'dee', 'eve'] as const
const people = [met, named, ...others]
const isBo = (person: PersonId) => person === met || person === named

/** What both records and everybody around them looked like before, and after the two were made one. */
type Told = { readonly before: Office; readonly after: Office }

function holdsForAny(check: (told: Told) => void): void {
  const history = fc.array(anOperation(people), { minLength: 10, maxLength: 50, size: 'max' })
  const policies = fc.array(aPolicy, { minLength: people.length, maxLength: people.length })
  fc.assert(
    fc.property(history, policies, (operations, policies) => {
      const [before, after] = [new Office(), new Office()]
      for (const office of [before, after]) {
        policies.forEach((policy, index) => office.allow(people[index] ?? '', policy))
        for (const { run } of operations) office.keep(run(office))
      }
      after.keep(absorb(after.who(met), after.who(named), after.who))
      check({ before, after })
    }),
    { numRuns: 150 },
  )
}

describe('any two records of one person', () => {
  it('leave all sheets in agreement, and nothing on the old one', () => {
    holdsForAny(({ after }) => {
      assert.deepEqual(mismatches(after.sheets()), [])
      assert.deepEqual(after.sheet(named), neverConfigured)
      for (const [id, sheet] of after.sheets())
        assert.ok(!placesOf(sheet).includes(named), `${id} still names the old record`)
    })
  })

  it('become one once: a second time changes nothing', () => {
    holdsForAny(({ after }) => {
      assert.equal(absorb(after.who(met), after.who(named), after.who).sheets.size, 0)
    })
  })

  it('are in every group that either was in, in the place of the person met, else of the old record', () => {
    holdsForAny(({ before, after }) => {
      for (const owner of others) {
        const [was, is] = [before, after].map((office) => office.members(owner))
        const both = was?.map((member) => (isBo(member) ? met : member)) ?? []
        const isTwice = was?.filter(isBo).length === 2
        const expected = isTwice ? was.filter((member) => member !== named) : both
        assert.deepEqual(is, expected, owner)
      }
    })
  })

  it('keep the choice of the person met where both chose, else the choice that was made', () => {
    holdsForAny(({ before, after }) => {
      const choice = (sheet: CallingSettings, of: PersonId) =>
        sheet.memberships.find(({ owner }) => owner === of)?.notification
      const [own, old, now] = [before.sheet(met), before.sheet(named), after.sheet(met)]
      for (const owner of others) assert.equal(choice(now, owner), choice(own, owner) ?? choice(old, owner))
      assert.equal(now.override, own.override ?? old.override)
      assert.ok(now.memberships.length <= mostGroupsPerMember)
    })
  })

  it('are nowhere in what they have set up themselves', () => {
    holdsForAny(({ after }) => {
      const sheet = after.sheet(met)
      assert.ok(!placesOf(sheet).some(isBo))
      for (const rule of [sheet.forwarding, sheet.unanswered]) {
        const to = ruleOf<{ readonly to: { readonly is: string; readonly person?: PersonId } }>(rule)?.to
        assert.ok(to?.person === undefined || !isBo(to.person))
      }
    })
  })

  it('have the group that one of them had set up, the person met before the old one', () => {
    holdsForAny(({ before, after }) => {
      const set = [met, named].find((id) => hasOwn(before.sheet(id))) ?? met
      const { members, order } = before.sheet(set).group
      assert.deepEqual(after.sheet(met).group, { members: members.filter((one) => !isBo(one)), order })
      assert.equal(after.sheet(met).busyOnBusy, before.sheet(set).busyOnBusy)
    })
  })

  it('change nothing between other people', () => {
    holdsForAny(({ before, after }) => {
      for (const id of others) {
        const [was, is] = [before, after].map((office) => withoutBo(office.sheet(id)))
        assert.deepEqual(is, was, id)
      }
    })
  })
})

/** Everybody a sheet lists. */
function placesOf({ group, delegates, managers, memberships }: CallingSettings): readonly PersonId[] {
  return [
    ...group.members,
    ...delegates.map(({ person }) => person),
    ...managers,
    ...memberships.map(({ owner }) => owner),
  ]
}

function hasOwn({ group, forwarding, unanswered, delegates, busyOnBusy }: CallingSettings): boolean {
  const isSet = forwarding.is !== 'neverSet' || unanswered.is !== 'neverSet' || busyOnBusy !== null
  return isSet || group.members.length > 0 || group.order !== 'simultaneous' || delegates.length > 0
}

/** A sheet without its rules, which may end with the last member, and without either record. */
function withoutBo({ group, delegates, managers, memberships, override, busyOnBusy }: CallingSettings) {
  return {
    group: { ...group, members: group.members.filter((member) => !isBo(member)) },
    delegates: delegates.filter(({ person }) => !isBo(person)),
    managers: managers.filter((manager) => !isBo(manager)),
    memberships: memberships.filter(({ owner }) => !isBo(owner)),
    override,
    busyOnBusy,
  }
}
