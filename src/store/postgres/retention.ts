/** Forgets calls and changes that are older than they are kept for, and makes room for the coming months. */
import { type Database } from './database.ts'

export type Kept = { readonly historyMs: number; readonly auditMs: number }

/** Several instances may ask at once; one of them does it. */
export async function forgetOld(database: Database, { historyMs, auditMs }: Kept): Promise<void> {
  await database.apart((client) =>
    client.query('select keep_history(now_ms() - $1::bigint, now_ms() - $2::bigint)', [historyMs, auditMs]),
  )
}
