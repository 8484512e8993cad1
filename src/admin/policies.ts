/** Calling policies by name, as New-, Set-, Get- and Remove-CsTeamsCallingPolicy handle them. */
import { isPolicyName, longestPolicyName, policyId } from '../switchboard/rights.ts'
import { type AdminReply, type Asked, limitOf, ok, problem, type Route } from './api.ts'
import { readForm } from './form.ts'
import { policyOn, writePolicy } from './policy.ts'
import { fieldsOf } from './schemas.ts'

export const policyRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/policies',
    does: 'Lists the calling policies by name.',
    query: ['after', 'limit'],
    gives: [200, 'PolicyList'],
    run: list,
  },
  {
    method: 'get',
    path: '/policies/{name}',
    does: 'Reads one calling policy.',
    gives: [200, 'Policy'],
    run: read,
  },
  {
    method: 'put',
    path: '/policies/{name}',
    does: 'Writes a calling policy whole; what is left out is as Teams has it by default.',
    takes: 'Policy',
    gives: [200, 'PolicyWritten'],
    run: write,
  },
  {
    method: 'delete',
    path: '/policies/{name}',
    does: 'Removes a calling policy that nobody was given; Global goes back to what Teams has by default.',
    gives: [204, null],
    run: remove,
  },
]

async function list({ parts, query }: Asked): Promise<AdminReply> {
  const limit = limitOf(query)
  const page = await parts.rights.policies({ after: policyId(query.get('after') ?? ''), limit })
  const last = page.at(-1)
  return ok({
    value: page.map(writePolicy),
    next: last && page.length === limit ? policyId(last.name) : null,
  })
}

async function read({ parts, params }: Asked): Promise<AdminReply> {
  const name = params['name'] ?? ''
  const policy = await parts.rights.policy(name)
  return policy === null ? unknown(name) : ok(writePolicy(policy))
}

/** A policy without call groups leaves relationships behind: how many, and what to do about them, is part of the answer. */
async function write({ parts, by, params, body }: Asked): Promise<AdminReply> {
  const name = params['name'] ?? ''
  if (!isPolicyName(name))
    return problem(400, 'E_FORMAT', `The name of a policy has 1 to ${longestPolicyName} characters.`)
  const policy = readForm(body, (form) => {
    form.only(fieldsOf('Policy'))
    return policyOn(form)
  })
  if ('error' in policy) return problem(400, policy.error.code, policy.error.message)
  await parts.rights.setPolicy(by, name, policy)
  const written = await parts.rights.policy(name)
  const stale = policy.allowCallGroups && policy.allowPrivateCalling ? 0 : await staleNow(parts)
  const advice =
    stale === 0 ? null : 'Some people still share calls without being allowed to. See GET /api/admin/stale.'
  return ok({ ...(written ? writePolicy(written) : {}), Stale: stale, Advice: advice })
}

async function staleNow({ sweeping }: Asked['parts']): Promise<number> {
  let count = 0
  for await (const { person } of sweeping.stale()) if (person !== '') count += 1
  return count
}

async function remove({ parts, by, params }: Asked): Promise<AdminReply> {
  const name = params['name'] ?? ''
  switch (await parts.rights.removePolicy(by, name)) {
    case 'removed':
      return { status: 204 }
    case 'unknown':
      return unknown(name)
    case 'inUse':
      return problem(409, 'inUse', `Somebody has the policy ${name}. Give them another one first.`)
  }
}

function unknown(name: string): AdminReply {
  return problem(404, 'E_NOT_FOUND', `There is no policy ${name}. GET /api/admin/policies lists them.`)
}
