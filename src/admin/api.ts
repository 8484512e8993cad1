/** What the admin API is made of: requests, answers, and the parts of the bot that its routes work with. */
import { type PersonId } from '../core/person.ts'
import { type Refusal, type Warning } from '../core/refusal.ts'
import { type Author } from '../switchboard/author.ts'
import { type Desks } from '../switchboard/desks.ts'

export type AdminParts = Desks & {
  /** The words of the chat for a refusal or a warning. */
  readonly inWords: (told: Refusal | Warning, nameOf: (person: PersonId) => string) => string
}

/** A file that an answer is meant to be kept in: what is in it, as Content-Type says it, and its name. */
export type FileKind = { readonly type: string; readonly name: string }

/** A body that comes piece by piece is JSON lines, unless it is a file of something else. */
export type AdminReply = {
  readonly status: number
  readonly body?: object | AsyncIterable<string>
  readonly file?: FileKind
}

/** One request as a route sees it: the filled-in parts of the path, the query, the body. */
export type Asked = {
  readonly parts: AdminParts
  readonly by: Author
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** JSON; a text where a route takes one; undefined where it takes nothing. */
  readonly body: unknown
}

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** One row of the table that requests are routed by and the OpenAPI document is made from. */
export type Route = {
  readonly method: Method
  /** Below /api/admin; parts in braces are filled in. */
  readonly path: string
  /** One sentence. */
  readonly does: string
  readonly query?: readonly QueryName[]
  /** The schema of the body; `text` is for what is longer than JSON may be. */
  readonly takes?: string
  /** The status of success, and the schema of what it says. */
  readonly gives: readonly [status: number, schema: string | null]
  /** Where what it says is a file of something else than JSON. */
  readonly file?: FileKind
  readonly run: (asked: Asked) => Promise<AdminReply>
}

export type QueryName = 'limit' | 'after' | 'before' | 'about' | 'dryRun' | 'quiet'

/** The answer to a request that was refused or cannot be understood. */
export function problem(
  status: number,
  code: string,
  message: string,
  details?: readonly object[],
): AdminReply {
  return { status, body: { error: { code, message, ...(details ? { details } : {}) } } }
}

export function ok(body: object, status = 200): AdminReply {
  return { status, body }
}

const mostPerPage = 200
const usualPage = 50

/** How many are asked for: fifty unless said, 200 at most. */
export function limitOf(query: URLSearchParams): number {
  return Math.min(Number(query.get('limit') ?? usualPage), mostPerPage)
}
