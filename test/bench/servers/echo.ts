/** A bot as the SDK's own samples build it: restify, CloudAdapter, authentication on, an answer to every message. */
import {
  type AdaptiveCardInvokeResponse,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  TeamsActivityHandler,
} from 'botbuilder'
import { once } from 'node:events'
import restify from 'restify'
import { identity } from './identity.ts'

class Echo extends TeamsActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      await context.sendActivity(context.activity.text)
      await next()
    })
  }

  protected override onAdaptiveCardInvoke(): Promise<AdaptiveCardInvokeResponse> {
    const type = 'application/vnd.microsoft.card.adaptive'
    return Promise.resolve({
      statusCode: 200,
      type,
      value: { type: 'AdaptiveCard', version: '1.5', body: [] },
    })
  }
}

export async function serve(): Promise<number> {
  const { appType, appId, appPassword, tenantId } = identity
  const settings = {
    MicrosoftAppType: appType,
    MicrosoftAppId: appId,
    MicrosoftAppPassword: appPassword,
    MicrosoftAppTenantId: tenantId,
  }
  const credentials = new ConfigurationServiceClientCredentialFactory(settings)
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(settings, credentials))
  const bot = new Echo()
  const server = restify.createServer()
  server.use(restify.plugins.bodyParser())
  server.post('/api/messages', async (request, response) => {
    await adapter.process(request, response, (context) => bot.run(context))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server.address().port
}
