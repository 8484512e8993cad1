/**
 * A chat service with bad days: slow, refusing, throttling, and sometimes taking a message without saying so. What it
 * shows outlives the bot, as screens do.
 */
import { type Message, type Messenger, type SendFailure, type Sent } from '../../src/chat/send/messenger.ts'
import { type PersonId } from '../../src/core/person.ts'
import { type Reach } from '../../src/store/documents.ts'
import { type Dice } from './dice.ts'
import { type Life } from './life.ts'

export type Card = {
  readonly id: string
  readonly person: PersonId
  readonly call: string
  json: string
  /** Whether the bot may not know of it: the answer to its POST got lost, or came to a bot that was dying. */
  isOrphan: boolean
  /** When the answer to its POST came, by the clock of the schedule. */
  answeredAt: number
}

export type ChannelParts = {
  readonly dice: Dice
  readonly now: () => number
  readonly after: (ms: number, run: () => void) => unknown
  readonly tell: (line: string) => void
  /** How often something goes wrong, from 0 to 1. */
  readonly trouble: () => number
}

/** How long a request is under way at most, in milliseconds. */
const slowest = 400
/** A bot whose disk has died may go on for so long before the schedule notices. */
const justNow = 600

export class Channel {
  readonly cards: Card[] = []
  /** People whose conversation is closed to the bot. */
  readonly gone = new Set<PersonId>()
  /** Cards that went back from an end to ringing. */
  readonly revived: string[] = []
  readonly #parts: ChannelParts
  #next = 1

  constructor(parts: ChannelParts) {
    this.#parts = parts
  }

  /** The channel as one life of the bot reaches it. */
  messenger(life: Life): Messenger {
    const failed: SendFailure = { is: 'unreachable' }
    return {
      post: (to, message) => this.#request(life, to, message, (lost) => this.#post(to, message, lost)),
      update: (to, id, message) => this.#request(life, to, message, () => this.#update(id, message)),
      delete: (to, id) => this.#request(life, to, {}, () => this.#remove(id)),
      open: () => Promise.resolve(failed),
      member: () => Promise.resolve(failed),
    }
  }

  /** The newest card of a call on somebody's screen, live or not. */
  shown(person: PersonId, call?: string): Card | undefined {
    return this.cards.findLast((card) => card.person === person && (call === undefined || card.call === call))
  }

  /** The bot has died: what it was told just now it may not have kept. */
  died(): void {
    for (const card of this.cards) if (card.answeredAt > this.#parts.now() - justNow) card.isOrphan = true
  }

  #request(
    life: Life,
    to: Reach,
    _: Message,
    accept: (isLost: boolean) => Sent | SendFailure,
  ): Promise<Sent | SendFailure> {
    const { dice, after, trouble } = this.#parts
    return new Promise((resolve) => {
      const isBad = dice.chance(trouble())
      const way = dice.pick(['throttled', 'transient', 'lost', 'lostAfterAccepting', 'slow'])
      after(1 + dice.below(isBad && way === 'slow' ? 10 * slowest : slowest), () => {
        // What was under way when the bot died may arrive all the same.
        if (!life.isAlive && dice.chance(0.5)) return
        const answer = this.gone.has(to.user)
          ? { is: 'unreachable' as const }
          : this.#answer(isBad ? way : 'fine', !life.isAlive, accept)
        const card = answer.is === 'sent' ? this.cards.find(({ id }) => id === answer.id) : undefined
        after(1 + dice.below(slowest), () => {
          if (card) card.answeredAt = this.#parts.now()
          if (life.isAlive) resolve(answer)
          else if (card) card.isOrphan = true
        })
      })
    })
  }

  #answer(way: string, isDead: boolean, accept: (isLost: boolean) => Sent | SendFailure): Sent | SendFailure {
    if (way === 'throttled') return { is: 'throttled', retryAfterMs: 500 + this.#parts.dice.below(2000) }
    if (way === 'transient') return { is: 'transient' }
    if (way === 'lost') return { is: 'unknown' }
    if (way === 'lostAfterAccepting') {
      accept(true)
      return { is: 'unknown' }
    }
    return accept(isDead)
  }

  #post(to: Reach, { card, text = '' }: Message, isOrphan: boolean): Sent {
    const id = `m${this.#next}`
    this.#next += 1
    const json = JSON.stringify(card ?? {})
    this.#parts.tell(
      `${to.user} gets ${id}: ${gist(json) || text} ${callIn(json)}${isOrphan ? ' (the bot does not hear of it)' : ''}`,
    )
    this.cards.push({ id, person: to.user, call: callIn(json), json, isOrphan, answeredAt: Infinity })
    return { is: 'sent', id }
  }

  #update(id: string, { card }: Message): Sent | SendFailure {
    const old = this.cards.find((one) => one.id === id)
    if (!old) return { is: 'gone' }
    const json = JSON.stringify(card ?? {})
    if (isFinal(old.json) && isLive(json)) this.revived.push(`${id} of ${old.person}`)
    old.json = json
    this.#parts.tell(`${old.person} sees ${id} change: ${gist(json)}`)
    return { is: 'sent', id }
  }

  #remove(id: string): Sent | SendFailure {
    const place = this.cards.findIndex((one) => one.id === id)
    if (place < 0) return { is: 'gone' }
    this.cards.splice(place, 1)
    return { is: 'sent', id }
  }
}

export function isLive(json: string): boolean {
  return json.includes('"verb":"pick-up"')
}

/** Whether a card tells the end of its call, after which nothing rings. */
export function isFinal(json: string): boolean {
  return /The caller hung up|went to|Missed:|are connected/u.test(json)
}

export function callIn(json: string): string {
  return /"call":"([^"]+)"/u.exec(json)?.[1] ?? ''
}

function gist(json: string): string {
  if (isLive(json)) return 'ringing'
  return (
    /"text":"((?:✓ |)[^"]*(?:picked up|hung up|declined|Nobody|Missed|no longer|moved on)[^"]*)"/u.exec(
      json,
    )?.[1] ?? ''
  )
}
