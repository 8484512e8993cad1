// The Teams SDK as its samples show it, without authentication.
import { once } from 'node:events'
import { createServer } from 'node:net'
import { App } from '@microsoft/teams.apps'

const silent = { error() {}, warn() {}, info() {}, debug() {}, log() {}, child: () => silent }

export async function serve() {
  const app = new App({ skipAuth: true, logger: silent })
  app.on('message', async ({ send, activity }) => {
    await send(activity.text)
  })
  const port = await freePort()
  await app.start(port)
  return port
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}
