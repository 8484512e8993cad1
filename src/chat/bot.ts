/** From an activity to its answer: reads it, knows who spoke, runs the command or click, and answers the channel's way. */
import { type TurnContext } from 'botbuilder'
import { type PersonRecord } from '../store/documents.ts'
import { StoreFailed } from '../store/store.ts'
import { type Sender } from '../switchboard/directory.ts'
import { runClick } from './clicks.ts'
import { runText } from './commands.ts'
import { type Answer, say } from './draw/answer.ts'
import { forChannel } from './draw/card.ts'
import { type InvokeAnswer } from './gate/adapter.ts'
import { type Clicked, type Incoming, readActivity } from './gate/incoming.ts'
import { type Mention, type Office, type Turn } from './turn.ts'

export type BotParts = Office & {
  readonly log: { error(event: string, fields?: Readonly<Record<string, string | number | boolean>>): void }
  /** Counts turns by what they were and how they went. */
  readonly count: (kind: string, result: string) => void
}

const personalOnly = 'I work in a private chat: open me there, and I will help with your calls.'

/** The bot's one entrance. Whatever goes wrong below becomes the adapter's one-line log and a friendly sentence. */
export function createBot(parts: BotParts): (context: TurnContext) => Promise<InvokeAnswer | undefined> {
  return async (context) => {
    const incoming = readActivity(context.activity)
    const answer = await answerTo(parts, incoming).catch((error: unknown) => failed(parts, error))
    parts.count(incoming.is, answer === null ? 'nothing' : answer.is)
    if (incoming.is === 'click' && incoming.isInvoke)
      return invokeAnswer(answer ?? say('Done.'), incoming.sender)
    if (answer !== null) await send(context, incoming, answer)
    return undefined
  }
}

/** A turn that failed changed nothing, and says so; what could not be saved is the one failure people can understand. */
function failed({ log }: BotParts, error: unknown): Answer {
  log.error('turnFailed', { error: error instanceof Error ? error.name : 'unknown' })
  if (!(error instanceof StoreFailed))
    return say('That did not work, and nothing was changed. Please try again.')
  switch (error.trouble) {
    case 'unreachable':
      // Whether it was kept may be unknown; asking again tells.
      return say('That did not work: my database does not answer. Please try again in a moment.')
    case 'diskFull':
      return notSaved(`the bot’s disk is full`)
    case 'closed':
      return notSaved('the bot is being stopped')
    case 'readOnly':
    case 'writeFailed':
      return notSaved('the bot cannot write to its disk')
  }
}

function notSaved(why: string): Answer {
  return say(
    `I could not save that: ${why}. Nothing was changed. Please tell your admin, and try again later.`,
  )
}

async function answerTo(parts: BotParts, incoming: Incoming): Promise<Answer | null> {
  switch (incoming.is) {
    case 'text':
      return runText(await turnOf(parts, incoming.sender, incoming.mentions), incoming.text)
    case 'click':
      return runClick(await turnOf(parts, incoming.sender, [], true), incoming)
    case 'opened':
      await parts.arrivals.opened(incoming.sender)
      return null
    case 'removed':
      await parts.arrivals.removed(incoming.sender)
      return null
    case 'notPersonal':
      return say(personalOnly)
    case 'nothing':
      return null
  }
}

async function turnOf(
  parts: BotParts,
  sender: Sender,
  mentions: readonly Mention[],
  isClick = false,
): Promise<Turn> {
  const person: PersonRecord = await parts.arrivals.met(sender, isClick)
  return { ...parts, person, sender, mentions, channel: sender.reach.channel }
}

/** The answer inside an invoke: the card that takes the clicked one's place, or a line shown with it. */
function invokeAnswer(answer: Answer, sender: Sender): InvokeAnswer {
  const body =
    answer.is === 'card'
      ? {
          type: 'application/vnd.microsoft.card.adaptive',
          value: forChannel(answer.card, sender.reach.channel),
        }
      : { type: 'application/vnd.microsoft.activity.message', value: answer.text }
  return { status: 200, body: { statusCode: 200, ...body } }
}

async function send(context: TurnContext, incoming: Incoming, answer: Answer): Promise<void> {
  const clicked = incoming.is === 'click' ? incoming : null
  if (answer.is === 'text') {
    await context.sendActivity({ type: 'message', text: answer.text, textFormat: 'plain' })
    return
  }
  const { channelId } = context.activity
  if (answer.isPostedAnyway === true && (channelId !== 'msteams' || !clicked))
    return sayPosted(context, answer.summary)
  const activity = {
    type: 'message',
    summary: answer.summary,
    attachments: [
      { contentType: 'application/vnd.microsoft.card.adaptive', content: forChannel(answer.card, channelId) },
    ],
  }
  if (clicked && canBeRedrawn(clicked, channelId))
    await context.updateActivity({ ...activity, id: clicked.card })
  else await context.sendActivity(activity)
}

/**
 * The card itself is brought up to date, so a second one would only go stale. In Teams that may be far up the chat, where
 * whoever typed does not look: a line says it too.
 */
async function sayPosted(context: TurnContext, summary: string): Promise<void> {
  if (context.activity.channelId !== 'msteams') return
  await context.sendActivity({ type: 'message', text: summary, textFormat: 'plain' })
}

/** Only Teams shows an updated activity; elsewhere it answers 200 and the screen stays as it was. */
function canBeRedrawn({ card }: Clicked, channel: string): boolean {
  return channel === 'msteams' && card !== undefined
}
