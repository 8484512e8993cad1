// grammY behind its webhook, with Telegram's secret in the header checked.
import { once } from 'node:events'
import http from 'node:http'
import { Bot, webhookCallback } from 'grammy'

export async function serve(service) {
  const botInfo = { id: 1, is_bot: true, first_name: 'Echo', username: 'echo_bot' }
  const bot = new Bot('1:token', { botInfo, client: { apiRoot: service, canUseWebhookReply: () => false } })
  bot.on('message:text', (context) => context.reply(context.message.text))
  const server = http.createServer(webhookCallback(bot, 'http', { secretToken: 'the-secret' }))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server.address().port
}
