/** People: who is known, what they may do, and letting go of those who have left. */
import { type PersonId } from '../core/person.ts'
import { type AdminParts, type AdminReply, type Asked, limitOf, ok, problem, type Route } from './api.ts'
import { readForm } from './form.ts'
import { eligibilityOn } from './policy.ts'
import { isSet } from './query.ts'
import { fieldsOf } from './schemas.ts'
import { anybody, known } from './somebody.ts'
import { addressesOf, identityOf } from './whom.ts'

export const userRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/users',
    does: 'Lists the people the bot knows, by id.',
    query: ['after', 'limit'],
    gives: [200, 'UserList'],
    run: list,
  },
  {
    method: 'delete',
    path: '/users/{user}',
    does: 'Cleans up after somebody who has left: out of every group and delegation, their own sharing off.',
    query: ['dryRun'],
    gives: [200, 'Swept'],
    run: leave,
  },
  {
    method: 'get',
    path: '/users/{user}/policy',
    does: 'Says which calling policy counts for somebody, and where that comes from.',
    gives: [200, 'UserPolicy'],
    run: (asked) => known(asked, (user) => rightsReply(asked.parts, user)),
  },
  {
    method: 'put',
    path: '/users/{user}/policy',
    does: 'Gives somebody a calling policy; null takes it away again.',
    takes: 'PolicyChoice',
    gives: [200, 'UserPolicy'],
    run: assignPolicy,
  },
  {
    method: 'get',
    path: '/users/{user}/eligibility',
    does: 'Says whether somebody is in Teams Only mode and has a Phone System licence.',
    gives: [200, 'UserPolicy'],
    run: (asked) => known(asked, (user) => rightsReply(asked.parts, user)),
  },
  {
    method: 'put',
    path: '/users/{user}/eligibility',
    does: 'Says by hand whether somebody is in Teams Only mode and has a Phone System licence.',
    takes: 'Eligibility',
    gives: [200, 'UserPolicy'],
    run: setEligibility,
  },
  {
    method: 'delete',
    path: '/users/{user}/eligibility',
    does: 'Leaves the eligibility of somebody to Microsoft Graph, and to the default without it.',
    gives: [200, 'UserPolicy'],
    run: (asked) =>
      known(asked, async (user) => {
        await asked.parts.rights.setEligibility(asked.by, user, null)
        return rightsReply(asked.parts, user)
      }),
  },
]

async function list({ parts, query }: Asked): Promise<AdminReply> {
  const limit = limitOf(query)
  const page = await parts.store.list('person', { after: query.get('after') ?? '', limit })
  const value = await Promise.all(
    page.map(async ({ id, doc }) => {
      const { group, memberships } = await parts.settings.settingsOf(id)
      const rights = await rightsOf(parts, id)
      const counts = { CallGroupMembers: group.members.length, CallGroupMemberships: memberships.length }
      return { ...identityOf(doc), IsReached: doc.reach !== undefined, ...counts, ...rights }
    }),
  )
  return ok({ value, next: page.length === limit ? (page.at(-1)?.id ?? null) : null })
}

async function leave(asked: Asked): Promise<AdminReply> {
  return known(asked, async (user) => {
    const { sweeping, directory } = asked.parts
    const swept = await sweeping.left(asked.by, user, !isSet(asked.query, 'dryRun'))
    const addressOf = await addressesOf(directory, [user, ...(swept?.concerned ?? [])])
    return ok({
      User: addressOf(user),
      Why: 'left',
      Concerned: swept?.concerned.map(addressOf) ?? [],
      Undo: swept?.undo ?? null,
    })
  })
}

async function assignPolicy(asked: Asked): Promise<AdminReply> {
  const { parts, by, body } = asked
  const read = readForm(body, (form) => {
    form.only(fieldsOf('PolicyChoice'))
    if (!form.names.includes('Policy')) form.complain('Policy', 'must name a policy, or be null')
    const name = form.value('Policy')
    return typeof name === 'string' || name === null ? name : form.complain('Policy', 'must be a name')
  })
  if (typeof read === 'object' && read !== null) return problem(400, read.error.code, read.error.message)
  return anybody(asked, async (user, whom) => {
    if (read !== null && (await parts.rights.policy(read)) === null)
      return problem(
        404,
        'E_NOT_FOUND',
        `There is no policy ${read}. Make it first: PUT /api/admin/policies/…`,
      )
    await whom.keepNew()
    await parts.rights.assign(by, user, read)
    return rightsReply(parts, user)
  })
}

async function setEligibility(asked: Asked): Promise<AdminReply> {
  const { parts, by, body } = asked
  const read = readForm(body, (form) => {
    form.only(fieldsOf('Eligibility'))
    return eligibilityOn(form)
  })
  if ('error' in read) return problem(400, read.error.code, read.error.message)
  return anybody(asked, async (user, whom) => {
    await whom.keepNew()
    await parts.rights.setEligibility(by, user, read)
    return rightsReply(parts, user)
  })
}

async function rightsReply(parts: AdminParts, user: PersonId): Promise<AdminReply> {
  return ok({ ...identityOf(await parts.directory.person(user)), ...(await rightsOf(parts, user)) })
}

async function rightsOf({ rights }: AdminParts, user: PersonId) {
  const now = await rights.of(user)
  return {
    TeamsOnly: now.eligibility.teamsOnly,
    PhoneSystem: now.eligibility.phoneSystem,
    EligibilityFrom: now.eligibilityFrom,
    Policy: now.policy,
    PolicyFrom: now.policyFrom,
  }
}
