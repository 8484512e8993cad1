/** One person at their chat client: types, clicks what the client would let them click, and sees what it would draw. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type CardJson } from '../../src/chat/draw/card.ts'
import {
  bot,
  drawInvoke,
  envelope,
  installed,
  pressed,
  removed,
  typed,
} from '../../src/playground/chat-client.ts'
import { isTooBig } from '../../src/playground/chat-service.ts'
import { type Shown } from '../../src/playground/screens.ts'
import { until } from '../until.ts'
import { type Peer } from './peer.ts'

export type PersonOptions = {
  readonly name: string
  readonly address: string
  /** Their id in the channel; a random one unless given. */
  readonly user?: string
  /** Their mail address, where that is another one. */
  readonly mail?: string
}

export type Button = {
  readonly title: string
  readonly action: CardJson
  readonly shown: Shown
}

/** A request as it went to the bot, and what came back. */
export type Sent = { readonly activity: Readonly<Record<string, unknown>>; readonly clicked: Clicked }

export type Clicked = { readonly status: number; readonly body: unknown }

export class Person {
  /** As the directory has them now. */
  name: string
  address: string
  mail: string
  readonly objectId = randomUUID()
  readonly user: string
  readonly conversation: string
  isRemoved = false
  #sent: Sent | undefined
  readonly #peer: Peer

  constructor(peer: Peer, { name, address, user, mail = address }: PersonOptions) {
    this.#peer = peer
    this.name = name
    this.address = address
    this.mail = mail
    const id = randomUUID()
    this.user = user ?? (peer.flavour === 'msteams' ? `29:${id}` : id)
    this.conversation = peer.flavour === 'msteams' ? `a:${randomUUID()}` : `${randomUUID()}|livechat`
  }

  /** Opens the bot for the first time, as the client tells it. */
  async open(): Promise<void> {
    if (this.#peer.flavour === 'msteams') for (const activity of installed) await this.send(activity)
    else
      await this.send({
        type: 'conversationUpdate',
        membersAdded: [this.#bot(), { id: this.user, name: 'User' }],
      })
  }

  async removeApp(): Promise<void> {
    await this.send(removed)
    this.isRemoved = true
  }

  async say(text: string): Promise<Clicked> {
    const { service } = this.#peer
    const said = { id: service.newId(), from: 'person', text, card: null, summary: '', alert: false } as const
    service.screens.post(this.conversation, said)
    return this.send(typed(text))
  }

  /** Presses the newest button with this title once there is one; `inputs` are what was filled in on that card before. */
  async click(title: string, inputs: Readonly<Record<string, string>> = {}): Promise<Clicked> {
    const newest = () => this.buttons().findLast((one) => one.title === title)
    await this.waitFor(() => newest() !== undefined, `for a button "${title}"`)
    const button = newest()
    assert.ok(button)
    return this.press(button, inputs)
  }

  /** Does what this client does with a button. In the Emulator an Action.Execute does nothing at all. */
  async press({ action, shown }: Button, inputs: Readonly<Record<string, string>> = {}): Promise<Clicked> {
    const filled = { ...inputValues(shown.card), ...inputs }
    const data = { ...filled, ...(action['data'] as object | undefined) }
    if (action['type'] === 'Action.Execute') {
      assert.equal(this.#peer.flavour, 'msteams', 'Action.Execute is dead in the Emulator')
      const verb = String(action['verb'])
      return this.#invoke(pressed({ type: 'Action.Execute', verb, data, shown: shown.id }), shown)
    }
    assert.equal(action['type'], 'Action.Submit')
    if (this.#peer.flavour === 'msteams')
      return this.send(pressed({ type: 'Action.Submit', verb: '', data, shown: shown.id }))
    return this.send({ type: 'message', value: data, channelData: { postBack: true } })
  }

  /** A click that no button of ours made: any verb, any data. */
  async forge(verb: string, data: Readonly<Record<string, unknown>>, trigger = 'manual'): Promise<Clicked> {
    if (this.#peer.flavour !== 'msteams') return this.send({ type: 'message', value: { ...data, verb } })
    const value = { action: { type: 'Action.Execute', verb, data }, trigger }
    return this.send({ type: 'invoke', name: 'adaptiveCard/action', value })
  }

  /** What Teams does by itself when a live card comes into view. */
  async refresh(shown: Shown): Promise<Clicked> {
    const refresh = shown.card?.['refresh'] as { action: CardJson } | undefined
    assert.ok(refresh, 'the card has no refresh')
    const { verb, data } = refresh.action
    const value = { action: { type: 'Action.Execute', verb, data }, trigger: 'automatic' }
    return this.#invoke({ type: 'invoke', name: 'adaptiveCard/action', value, replyToId: shown.id }, shown)
  }

  /** Everything on the screen, oldest first. */
  screen(): readonly Shown[] {
    return this.#peer.screen(this.conversation)
  }

  /** All words on the screen or of one message, each message one line. */
  words(shown: readonly Shown[] = this.screen()): string {
    return shown
      .map(({ text, card }) => [text, ...wordsOf(card)].filter((word) => word !== '').join(' '))
      .join('\n')
  }

  /** The words of the newest message of the bot. */
  last(): string {
    const newest = this.screen().findLast(({ from }) => from === 'bot')
    return newest ? this.words([newest]) : ''
  }

  buttons(): readonly Button[] {
    return this.screen().flatMap((shown) =>
      actionsOf(shown.card).map((action) => ({ title: titleOf(action), action, shown })),
    )
  }

  titles(): readonly string[] {
    return this.buttons().map(({ title }) => title)
  }

  /** Waits until the screen shows these words somewhere. */
  async sees(words: string | RegExp): Promise<void> {
    const fits = () => (typeof words === 'string' ? this.words().includes(words) : words.test(this.words()))
    await this.waitFor(fits, `to see ${String(words)}`)
  }

  /** Waits until the screen shows these words or has shown them: for what soon gives way to something else. */
  async saw(words: string | RegExp): Promise<void> {
    const fits = (said: string) => (typeof words === 'string' ? said.includes(words) : words.test(said))
    const all = () => this.#peer.everShown(this.conversation)
    await this.waitFor(
      () => all().some((shown) => fits(this.words([shown]))),
      `to have seen ${String(words)}`,
    )
  }

  async waitFor(holds: () => boolean, what: string): Promise<void> {
    await until(() => `${this.name} waits ${what}; the screen says:\n${this.words()}`, holds)
  }

  async send(activity: Readonly<Record<string, unknown>>): Promise<Clicked> {
    const whole = { ...this.#envelope(), ...activity }
    const response = await fetch(`${this.#peer.botUrl}/api/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(whole),
    })
    const text = await response.text()
    const clicked = { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) }
    this.#sent = { activity: whole, clicked }
    return clicked
  }

  /** The last request this person sent. */
  newest(): Sent {
    assert.ok(this.#sent, `${this.name} has sent nothing yet`)
    return this.#sent
  }

  async #invoke(activity: Readonly<Record<string, unknown>>, shown: Shown): Promise<Clicked> {
    const clicked = await this.send(activity)
    assert.equal(clicked.status, 200, 'an invoke is answered with 200 always')
    assert.ok(!isTooBig(clicked.body ?? {}), 'Teams draws nothing that is longer than 28 KB')
    drawInvoke(this.#peer.service, this.conversation, shown.id, clicked)
    return clicked
  }

  #bot(): object {
    return this.#peer.flavour === 'msteams' ? bot : { id: 'bot', name: 'Bot' }
  }

  #envelope(): Readonly<Record<string, unknown>> {
    const { flavour, serviceUrl } = this.#peer
    if (flavour === 'msteams')
      return envelope(this, { serviceUrl, id: randomUUID(), at: Date.now(), zone: 'Europe/London' })
    return {
      id: randomUUID(),
      timestamp: new Date().toISOString(),
      channelId: flavour,
      serviceUrl,
      recipient: this.#bot(),
      from: { id: this.user, name: 'User', role: 'user' },
      conversation: { id: this.conversation },
    }
  }
}

/** Every action a person can press that reaches the bot: buttons, rows that act when touched; no hidden fallbacks. */
function actionsOf(card: unknown): readonly CardJson[] {
  if (Array.isArray(card)) return card.flatMap(actionsOf)
  if (!isCard(card)) return []
  const visible = Object.entries(card).filter(([key]) => key !== 'refresh' && key !== 'fallback')
  if (card['type'] === 'Action.ShowCard') return actionsOf(card['card'])
  if (card['type'] === 'Action.ToggleVisibility') return []
  if (typeof card['type'] === 'string' && card['type'].startsWith('Action.')) return [card]
  return visible.flatMap(([, inner]) => actionsOf(inner))
}

function titleOf(action: CardJson): string {
  return typeof action['title'] === 'string' ? action['title'] : ''
}

/** What the inputs of a card hold when nobody touches them. */
function inputValues(card: unknown): Readonly<Record<string, string>> {
  if (Array.isArray(card)) return Object.assign({}, ...card.map(inputValues)) as Record<string, string>
  if (!isCard(card)) return {}
  const { type, id, value } = card
  if (typeof type === 'string' && type.startsWith('Input.') && typeof id === 'string') {
    return { [id]: typeof value === 'string' ? value : '' }
  }
  return Object.assign({}, ...Object.values(card).map(inputValues)) as Record<string, string>
}

/** All the words a card draws. */
function wordsOf(card: unknown): readonly string[] {
  if (Array.isArray(card)) return card.flatMap(wordsOf)
  if (!isCard(card)) return []
  const { type, text, title, label, items, body, columns, inlines, choices, actions } = card
  const own =
    type === 'TextBlock' || type === 'TextRun' ? text : type === undefined ? title : (label ?? title)
  const words = typeof own === 'string' ? [own] : []
  return [...words, ...[body, items, columns, inlines, choices, actions].flatMap(wordsOf)]
}

function isCard(value: unknown): value is CardJson {
  return typeof value === 'object' && value !== null
}
