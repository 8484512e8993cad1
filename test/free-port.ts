/** Ports for servers that are other processes, which have to be told theirs. */
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below the ports that the system gives to whoever connects (32768 and up, ip(7)): no request of a test is in the way. */
const ports = { from: 20_000, to: 32_000 }

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const port = randomInt(ports.from, ports.to)
  const server = createServer().listen(port, '127.0.0.1')
  const isFree = await once(server, 'listening').then(
    () => true,
    () => false,
  )
  if (!isFree) return freePort()
  server.close()
  await once(server, 'close')
  return port
}
