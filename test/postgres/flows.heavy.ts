/** The stories of test/flows, told again to a bot that keeps everything in PostgreSQL. */
import { keepIn } from '../flows/keeping.ts'
import { inDatabase } from './keeping.ts'
import { type Server, someServer } from './server.ts'

let server: Server
before(async () => {
  server = await someServer()
  keepIn(() => inDatabase(server.url, 1))
})
after(() => server.stop())

await import('../flows/pickup.test.ts')
await import('../flows/ringing.test.ts')
await import('../flows/faults.test.ts')
await import('../flows/settings.test.ts')
await import('../flows/webhook.test.ts')
await import('../flows/administration.test.ts')
await import('../flows/graph.test.ts')
