/** The admin API: who may use it, and which route a request takes. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { type Author } from '../switchboard/author.ts'
import { brokenIn, isWhole, notWhole } from '../core/whole.ts'
import { type AdminParts, type AdminReply, type Method, ok, problem, type Route } from './api.ts'
import { shownNames } from './import-row.ts'
import { openApi } from './open-api.ts'
import { policyRoutes } from './policies.ts'
import { isSet, queryProblem } from './query.ts'
import { resourceAccountRoutes } from './resource-accounts.ts'
import { sweepRoutes } from './sweeps.ts'
import { transferRoutes } from './transfer.ts'
import { settingsRoutes } from './user-settings.ts'
import { userRoutes } from './users.ts'

/** A request below /api/admin. */
export type AdminRequest = {
  readonly method: string
  /** Behind /api/admin, as it was sent: still encoded. */
  readonly path: string
  readonly query: URLSearchParams
  readonly authorization: string
  /** The body as JSON; a reply when it cannot be read. */
  readonly json: () => Promise<{ readonly value: unknown } | AdminReply>
  /** The body as text, for what is longer than JSON may be. */
  readonly text: () => Promise<{ readonly text: string } | AdminReply>
}

export const routes: readonly Route[] = [
  ...userRoutes,
  ...settingsRoutes,
  ...policyRoutes,
  ...resourceAccountRoutes,
  ...sweepRoutes,
  ...transferRoutes,
  {
    method: 'get',
    path: '/openapi.json',
    does: 'Describes all of this as OpenAPI 3.1.',
    gives: [200, 'OpenApi'],
    run: () => Promise.resolve(ok(openApi(routes))),
  },
]

export class Admin {
  readonly #parts: AdminParts
  readonly #key: Buffer

  constructor(parts: AdminParts, key: string) {
    this.#parts = parts
    this.#key = digest(`Bearer ${key}`)
  }

  /** Answers a request; whoever does not have the key learns nothing. */
  async handle(request: AdminRequest): Promise<AdminReply> {
    if (!timingSafeEqual(digest(request.authorization), this.#key))
      return problem(401, 'unauthorized', 'Send the admin key: Authorization: Bearer <ADMIN_API_KEY>.')
    return answer(this.#parts, { person: null, door: 'http' }, request)
  }
}

/** Answers a request of somebody who may ask; the terminal comes in here too. */
export async function answer(
  parts: AdminParts,
  by: Author,
  { method, path, query, json, text }: Omit<AdminRequest, 'authorization'>,
): Promise<AdminReply> {
  const there = routes.flatMap((route) => {
    const params = matched(route.path, path)
    return params === null ? [] : [{ route, params }]
  })
  const found = there.find(({ route }) => route.method === (method.toLowerCase() as Method))
  if (there.length === 0)
    return problem(404, 'notFound', 'There is nothing here. See /api/admin/openapi.json.')
  if (!found) return problem(405, 'methodNotAllowed', 'Not with this method. See /api/admin/openapi.json.')
  const { route, params } = found
  const bad = paramProblem(params) ?? queryProblem(route, query)
  if (bad) return bad
  const isQuiet = isSet(query, 'quiet')
  const asked = { parts, by: { ...by, isQuiet }, params, query }
  if (route.takes === undefined) return route.run({ ...asked, body: undefined })
  const body = route.takes === 'text' ? await text() : await json()
  if ('status' in body) return body
  if ('text' in body) return route.run({ ...asked, body: body.text })
  const broken = brokenIn(body.value, shownNames)
  if (broken !== null) return problem(400, 'badText', `${broken} ${notWhole}`)
  return route.run({ ...asked, body: body.value })
}

function paramProblem(params: Readonly<Record<string, string>>): AdminReply | null {
  const [broken] = Object.entries(params).find(([, value]) => !isWhole(value)) ?? []
  return broken === undefined ? null : problem(400, 'badText', `{${broken}} ${notWhole}`)
}

/** The filled-in parts of a path; null when it is not this one. */
function matched(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  if (wanted.length !== given.length) return null
  const params = new Map<string, string>()
  for (const [index, part] of wanted.entries()) {
    const value = decoded(given[index] ?? '')
    if (value === null) return null
    if (part.startsWith('{') && value !== '') params.set(part.slice(1, -1), value)
    else if (part !== value) return null
  }
  return Object.fromEntries(params)
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}

/** Equally long, so that comparing tells nothing. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
