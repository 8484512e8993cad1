import { openPostgres } from '../../src/store/postgres/postgres.ts'
import { dropSchema, newSchema, type Server, someServer } from '../postgres/server.ts'
import { describeStore, type Opened } from './conformance.ts'

let server: Server
before(async () => {
  server = await someServer()
})
after(() => server.stop())

describeStore('PostgreSQL', async (): Promise<Opened> => {
  const { url } = server
  const schema = newSchema()
  const open = () => openPostgres({ url, schema })
  let { store, archive } = await open()
  return {
    store,
    archive,
    reopen: async () => {
      await store.close()
      ;({ store, archive } = await open())
      return { store, archive }
    },
    destroy: async () => {
      await store.close()
      await dropSchema(url, schema)
    },
  }
})
