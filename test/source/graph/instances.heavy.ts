/** The stories of calls from Graph, told again to three instances on one database, behind a balancer. */
import { keepIn } from '../../flows/keeping.ts'
import { inDatabase } from '../../postgres/keeping.ts'
import { type Server, someServer } from '../../postgres/server.ts'

let server: Server
before(async () => {
  server = await someServer()
  keepIn(() => inDatabase(server.url, 3))
})
after(() => server.stop())

await import('../../flows/graph.test.ts')
