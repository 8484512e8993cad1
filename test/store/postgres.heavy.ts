import { openPostgres } from '../../src/store/postgres/postgres.ts'
import { dropSchema, newSchema, type Server, someServer } from '../postgres/server.ts'
import { describeStore, type Place } from './conformance.ts'

let server: Server
before(async () => {
  server = await someServer()
})
after(() => server.stop())

describeStore('PostgreSQL', (): Promise<Place> => {
  const { url } = server
  const schema = newSchema()
  return Promise.resolve({
    open: () => openPostgres({ url, schema }),
    remove: () => dropSchema(url, schema),
  })
})
