// The Microsoft 365 Agents SDK on Express, as its samples show it, without authentication.
import { once } from 'node:events'
import express from 'express'
import { ActivityHandler, CloudAdapter } from '@microsoft/agents-hosting'

export async function serve() {
  const adapter = new CloudAdapter({})
  const bot = new ActivityHandler()
  bot.onMessage(async (context, next) => {
    await context.sendActivity(context.activity.text)
    await next()
  })
  const app = express()
  app.use(express.json())
  app.post('/api/messages', async (request, response) => {
    request.user ??= {}
    await adapter.process(request, response, (context) => bot.run(context))
  })
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server.address().port
}
