// Slack's Bolt behind its HTTP receiver, with Slack's signature checked and each event answered once it was dealt with.
import boltPackage from '@slack/bolt'

const { App, HTTPReceiver, LogLevel } = boltPackage

export async function serve(service) {
  const receiver = new HTTPReceiver({
    signingSecret: 'the-secret',
    endpoints: '/slack/events',
    processBeforeResponse: true,
    logLevel: LogLevel.ERROR,
  })
  const app = new App({
    receiver,
    authorize: () => Promise.resolve({ botToken: 'xoxb-1', botId: 'B1', botUserId: 'U1' }),
    clientOptions: { slackApiUrl: `${service}/api/` },
    logLevel: LogLevel.ERROR,
  })
  app.message(async ({ message, say }) => {
    await say(message.text)
  })
  const server = await app.start({ port: 0, host: '127.0.0.1' })
  return server.address().port
}
