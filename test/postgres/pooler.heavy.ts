/** The store behind PgBouncer in transaction mode, where a session is lent for one transaction. */
import assert from 'node:assert/strict'
import { migrateDatabase, openPostgres } from '../../src/store/postgres/postgres.ts'
import { describeStore, type Place } from '../store/conformance.ts'
import { type Pooler, pooler } from './pooler.ts'
import { ask, dropSchema, ownServer, type Server } from './server.ts'

const schema = 'call_pickup'
const settings = [
  `alter role postgres set search_path = ${schema}`,
  'alter role postgres set statement_timeout = 2000',
  'alter role postgres set idle_in_transaction_session_timeout = 1500',
]

describe('A role behind a pooler that does not bring its settings along', () => {
  it('is told which', async () => {
    const server = await ownServer()
    const pooled = await pooler(server.url)
    await migrateDatabase({ url: server.url, schema })
    await assert.rejects(openPostgres({ url: pooled.url, schema, isPooled: true }), {
      code: 'session',
      message: /set search_path = call_pickup.*set idle_in_transaction_session_timeout = 1500/u,
    })
    await pooled.stop()
    await server.stop()
  })
})

let server: Server
let pooled: Pooler
before(async () => {
  server = await ownServer()
  for (const setting of settings) await ask(server.url, setting)
  pooled = await pooler(server.url)
})
after(async () => {
  await pooled.stop()
  await server.stop()
})

describeStore('PostgreSQL behind a pooler', async (): Promise<Place> => {
  await migrateDatabase({ url: server.url, schema })
  return {
    open: () => openPostgres({ url: pooled.url, schema, isPooled: true }),
    remove: () => dropSchema(server.url, schema),
  }
})
