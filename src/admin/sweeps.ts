/** Stale relationships, cleaning them up, taking that back, and who changed what. */
import { type PersonId } from '../core/person.ts'
import { policyName } from '../switchboard/rights.ts'
import { runOf, type Swept } from '../switchboard/sweeping.ts'
import { foundOfEach } from '../walk.ts'
import { type AdminParts, type AdminReply, type Asked, limitOf, ok, problem, type Route } from './api.ts'
import { readForm } from './form.ts'
import { readPeople } from './people-named.ts'
import { fieldsOf } from './schemas.ts'
import { wordsFor } from './somebody.ts'
import { addressesOf, whomNamed } from './whom.ts'

export const sweepRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/stale',
    does: 'Lists people whose relationships are stale: call groups turned off for them, or a requirement missing.',
    query: ['after', 'limit'],
    gives: [200, 'StaleList'],
    run: stale,
  },
  {
    method: 'post',
    path: '/sweep',
    does: 'Says what cleaning up would do, and does it when told to apply; all or nothing per person.',
    takes: 'SweepOrder',
    gives: [200, 'SweepList'],
    run: sweep,
  },
  {
    method: 'get',
    path: '/undo',
    does: 'Lists what was cleaned up in the last thirty days and can be undone.',
    query: ['after', 'limit'],
    gives: [200, 'UndoList'],
    run: undoable,
  },
  {
    method: 'post',
    path: '/undo/{id}',
    does: 'Undoes a whole clean-up, or what it did for one person, except what somebody has changed since.',
    gives: [200, 'Undone'],
    run: undo,
  },
  {
    method: 'get',
    path: '/audit',
    does: 'Lists who changed what, when and through which door, the newest first.',
    query: ['about', 'before', 'limit'],
    gives: [200, 'AuditList'],
    run: audit,
  },
]

async function stale({ parts, query }: Asked): Promise<AdminReply> {
  const limit = limitOf(query)
  const found: Array<{ id: PersonId; Why: string; CallGroupMembers: number; CallGroupMemberships: number }> =
    []
  for await (const { person, why, members, memberships } of parts.sweeping.stale(query.get('after') ?? '')) {
    found.push({ id: person, Why: why, CallGroupMembers: members, CallGroupMemberships: memberships })
    if (found.length === limit) break
  }
  const addressOf = await addressesOf(
    parts.directory,
    found.map(({ id }) => id),
  )
  const value = found.map(({ id, ...rest }) => ({ User: addressOf(id), ...rest }))
  return ok({ value, next: found.length === limit ? (found.at(-1)?.id ?? null) : null })
}

async function sweep({ parts, by, body }: Asked): Promise<AdminReply> {
  const whom = await whomNamed(parts.directory, body, ...usersIn(body))
  const order = readForm(body ?? {}, (form) => {
    form.only(fieldsOf('SweepOrder'))
    return {
      apply: form.flag('apply') ?? false,
      users: form.names.includes('users') ? readPeople(form, 'users', whom.personOf) : null,
    }
  })
  if ('error' in order) return problem(400, order.error.code, order.error.message)
  const swept = await parts.sweeping.sweep(by, order.users, order.apply)
  const [first] = swept
  const run = first?.undo ? runOf(first.undo) : null
  return ok({ applied: order.apply, undo: run, value: await inAddresses(parts, swept) })
}

function usersIn(body: unknown): readonly string[] {
  const users: unknown = typeof body === 'object' && body !== null && 'users' in body ? body.users : []
  return Array.isArray(users) ? users.filter((user) => typeof user === 'string') : []
}

async function inAddresses({ directory }: AdminParts, swept: readonly Swept[]) {
  const people = swept.flatMap(({ person, concerned }) => [person, ...concerned])
  const addressOf = await addressesOf(directory, people)
  return foundOfEach(swept, ({ person, why, concerned, undo }) => ({
    User: addressOf(person),
    Why: why,
    Concerned: concerned.map(addressOf),
    Undo: undo,
  }))
}

async function undoable({ parts, query }: Asked): Promise<AdminReply> {
  const limit = limitOf(query)
  const page = await parts.store.list('undo', { after: query.get('after') ?? '', limit })
  const addressOf = await addressesOf(
    parts.directory,
    page.map(({ doc }) => doc.person),
  )
  const value = page.map(({ id, doc }) => ({
    Undo: id,
    User: addressOf(doc.person),
    At: new Date(doc.at).toISOString(),
    Undone: doc.undone,
  }))
  return ok({ value, next: page.length === limit ? (page.at(-1)?.id ?? null) : null })
}

async function undo({ parts, by, params }: Asked): Promise<AdminReply> {
  const id = params['id'] ?? ''
  const undone = await parts.sweeping.undo(by, id)
  if (undone.is === 'unknown')
    return problem(404, 'E_NOT_FOUND', 'There is nothing to undo under this id: see GET /api/admin/undo.')
  const people = undone.is === 'undone' ? undone.people : []
  const addressOf = await addressesOf(parts.directory, people)
  const refusals = undone.is === 'undone' ? undone.refusals : []
  return ok({ undone: people.map(addressOf), notRestored: await wordsFor(parts, refusals) })
}

/** What rows say they are about: a person by any of their names, or a policy by its name as it is kept. */
async function subjectOf({ directory, rights }: AdminParts, about: string): Promise<string> {
  if (!about.startsWith(ofPolicy)) return (await directory.find(about)) ?? about
  const name = about.slice(ofPolicy.length)
  return `${ofPolicy}${(await rights.policy(name))?.name ?? policyName(name)}`
}

const ofPolicy = 'policy:'

async function audit({ parts, query }: Asked): Promise<AdminReply> {
  const limit = limitOf(query)
  const before = Number(query.get('before') ?? Infinity)
  const about = query.get('about')
  const rows = await parts.store.audit({
    limit,
    ...(Number.isNaN(before) ? {} : { before }),
    ...(about === null ? {} : { about: await subjectOf(parts, about) }),
  })
  const addressOf = await addressesOf(
    parts.directory,
    rows.flatMap(({ by, about: whose }) => (by === null ? [whose] : [by, whose])),
  )
  const value = rows.map(({ number, at, about: whose, by, door, parts: changed }) => ({
    Number: number,
    At: new Date(at).toISOString(),
    About: addressOf(whose),
    By: by === null ? null : addressOf(by),
    Door: door,
    Changes: changed.map(({ part, before: then, after }) => ({ Part: part, Before: then, After: after })),
  }))
  return ok({ value, next: rows.length === limit ? (rows.at(-1)?.number ?? null) : null })
}
