/** Resource accounts of Teams, as New-CsOnlineApplicationInstance makes them: whose calls each of them takes. */
import { isObjectId, type PersonId, plainAddress } from '../core/person.ts'
import { type Author } from '../switchboard/author.ts'
import { type AdminParts, type AdminReply, type Asked, limitOf, ok, problem, type Route } from './api.ts'
import { readForm } from './form.ts'
import { fieldsOf } from './schemas.ts'
import { addressesOf, whomNamed } from './whom.ts'

export const resourceAccountRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/resource-accounts',
    does: 'Lists the resource accounts and whose calls they take, by object id.',
    query: ['after', 'limit'],
    gives: [200, 'ResourceAccountList'],
    run: list,
  },
  {
    method: 'put',
    path: '/resource-accounts/{account}',
    does: 'Says whose calls a resource account takes; the account is named by object id.',
    takes: 'ResourceAccountOwner',
    gives: [200, 'ResourceAccount'],
    run: write,
  },
  {
    method: 'delete',
    path: '/resource-accounts/{account}',
    does: 'Takes the owner away: calls to this account go to GRAPH_DEFAULT_OWNER, or are turned away.',
    gives: [204, null],
    run: remove,
  },
]

async function list({ parts, query }: Asked): Promise<AdminReply> {
  const limit = limitOf(query)
  const page = await parts.accounts.list({ after: query.get('after') ?? '', limit })
  const owners = await Promise.all(
    page.map(async ({ id, doc }) => (await parts.accounts.ownerOf(id)) ?? doc.owner),
  )
  const addresses = await addressesOf(parts.directory, owners)
  return ok({
    value: page.map(({ id }, index) => ({ Id: id, Owner: addresses(owners[index] ?? '') })),
    next: page.length === limit ? (page.at(-1)?.id ?? null) : null,
  })
}

async function write({ parts, by, params, body }: Asked): Promise<AdminReply> {
  const account = plainAddress(params['account'] ?? '')
  if (!isObjectId(account))
    return problem(
      400,
      'E_FORMAT',
      'A resource account is named by its object id: Get-CsOnlineApplicationInstance shows it.',
    )
  const named = readForm(body, (form) => {
    form.only(fieldsOf('ResourceAccountOwner'))
    const owner = form.value('Owner')
    return typeof owner === 'string' ? owner : form.complain('Owner', 'must be an address or object id')
  })
  if (named !== null && typeof named === 'object') return problem(400, named.error.code, named.error.message)
  const owner = await nameOwner(parts, by, account, named ?? '')
  if (owner === null) return problem(400, 'E_FORMAT', nobodyCalled(named ?? ''))
  const addresses = await addressesOf(parts.directory, [owner])
  return ok({ Id: account, Owner: addresses(owner) })
}

/** Says whose calls an account takes, also where the bot has not met them yet; null when nobody can be called so. */
export async function nameOwner(
  { directory, accounts }: AdminParts,
  by: Author,
  account: string,
  named: string,
): Promise<PersonId | null> {
  const whom = await whomNamed(directory, null, named)
  const owner = whom.personOf(plainAddress(named))
  if (owner === null) return null
  await whom.keepNew()
  await accounts.setOwner(by, account, owner)
  return owner
}

/** What is said when nobody can be called so. */
export function nobodyCalled(named: string): string {
  return `Nobody can be called "${named}". Write an address.`
}

async function remove({ parts, by, params }: Asked): Promise<AdminReply> {
  const account = plainAddress(params['account'] ?? '')
  return (await parts.accounts.setOwner(by, account, null))
    ? { status: 204 }
    : problem(
        404,
        'E_NOT_FOUND',
        'No owner was named for this account. GET /api/admin/resource-accounts lists all.',
      )
}
