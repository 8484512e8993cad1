/** What an error of the database, or of the way to it, means for what was asked. */
import { StoreFailed, type StoreTrouble } from '../store.ts'

/**
 * `again`: the same request may work in a moment. `no`: it will not, and nothing has changed. `bug`: it is wrong itself.
 * A connection that is lost, or that may still be busy, is not used again.
 */
export type Failure =
  | { readonly is: 'again'; readonly trouble: StoreTrouble; readonly isConnectionLost: boolean }
  | { readonly is: 'no'; readonly trouble: StoreTrouble }
  | { readonly is: 'bug' }

/** The database, or the way to it, failed; `cause` is what it said. */
export class DatabaseFailed extends Error {
  readonly failure: Failure

  constructor(cause: unknown) {
    super('the database failed', { cause })
    this.name = 'DatabaseFailed'
    this.failure = failureSaid(cause)
  }
}

/** What is not the database's failure is a bug here. */
export function failureOf(error: unknown): Failure {
  if (error instanceof StoreFailed) return { is: 'no', trouble: error.trouble }
  return error instanceof DatabaseFailed ? error.failure : { is: 'bug' }
}

/** Codes of PostgreSQL (appendix A of its manual) by what they come to. */
const rolledBack = ['40001', '40P01', '55P03']
const stopped = ['57014', '25P03', '25P04', '53300']
const full = '53100'
const readOnly = '25006'

function failureSaid(error: unknown): Failure {
  const code = sqlState(error)
  if (code === full) return { is: 'no', trouble: 'diskFull' }
  // A server that has become a standby: after a failover another one takes what is written.
  if (code === readOnly) return { is: 'again', trouble: 'readOnly', isConnectionLost: true }
  if (code !== null && rolledBack.includes(code))
    return { is: 'again', trouble: 'writeFailed', isConnectionLost: false }
  const isLost = code === null || stopped.includes(code) || code.startsWith('08') || code.startsWith('57P')
  return isLost ? { is: 'again', trouble: 'unreachable', isConnectionLost: true } : { is: 'bug' }
}

/** Five signs that the server itself said; null when it was not reached, or went away. */
function sqlState(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('severity' in error) || !('code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}
