/** As much of the SDK's connector client as a turn uses, over our connector. */
import { type ConnectorClient } from 'botframework-connector'
import { type Connector } from '../send/connector.ts'

/** A message of a turn that could not be sent. */
export class SendFailed extends Error {
  constructor(reason: string) {
    super(`not sent: ${reason}`)
    this.name = 'SendFailed'
  }
}

/** The client for one service. Somebody waits for what a turn sends, so it goes before everything else. */
export function turnClient(connector: Connector, serviceUrl: string): ConnectorClient {
  const post = (conversation: string, activity: object) =>
    sent(connector.sendActivity(serviceUrl, conversation, activity, 0))
  const conversations = {
    sendToConversation: post,
    replyToActivity: (conversation: string, _to: string, activity: object) => post(conversation, activity),
    updateActivity: (conversation: string, id: string, activity: object) =>
      sent(connector.updateActivity(serviceUrl, conversation, id, activity, 0)),
    deleteActivity: (conversation: string, id: string) =>
      sent(connector.deleteActivity(serviceUrl, conversation, id, 0)),
  }
  return { conversations } as unknown as ConnectorClient
}

/** The SDK wants failures thrown. */
async function sent(sending: ReturnType<Connector['sendActivity']>): Promise<{ readonly id: string }> {
  const result = await sending
  if (result.is !== 'sent') throw new SendFailed(result.is)
  return { id: result.id }
}
