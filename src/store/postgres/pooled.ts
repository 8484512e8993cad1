/** Behind a pooler a session is somebody else's a moment later: what every session must be like, the role says. */
import { type ClientBase } from 'pg'
import { idleInTransactionMs, statementMs } from './database.ts'
import { DatabaseUnusable } from './unusable.ts'

/** Throws DatabaseUnusable, with what to do, when sessions are not as the bot needs them. */
export async function checkSession(client: ClientBase, schema: string): Promise<void> {
  const text = `select current_schema() is not distinct from $1 and exists (
      select from pg_settings where name = 'idle_in_transaction_session_timeout' and setting::int between 1 and $2
    ) as "isRight"`
  const { rows } = await client.query<{ isRight: boolean }>(text, [schema, idleInTransactionMs])
  if (rows[0]?.isRight === true) return
  throw new DatabaseUnusable(
    'session',
    `with DATABASE_POOLER the role must bring its settings along: "alter role ... set search_path = ${schema}; alter role ... set statement_timeout = ${statementMs}; alter role ... set idle_in_transaction_session_timeout = ${idleInTransactionMs}". Then let the pooler connect anew`,
  )
}
