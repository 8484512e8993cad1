/** Bots as processes of their own on one database, behind a balancer; people and a telephone system that use them. */
import { tmpdir } from 'node:os'
import { Memory } from '../../src/store/embedded/memory.ts'
import { openPostgres, type Postgres } from '../../src/store/postgres/postgres.ts'
import { BotProcess } from '../faults/bot-process.ts'
import { builtBot, type BuiltBot } from '../faults/built-bot.ts'
import { Phone, phoneSettings } from '../faults/phone.ts'
import { Peer } from '../peer/peer.ts'
import { type Button, type Clicked, type Person } from '../peer/person.ts'
import { until } from '../until.ts'
import { Balancer } from './balancer.ts'
import { dropSchema, newSchema } from './server.ts'

type FleetParts = {
  readonly url: string
  readonly schema: string
  readonly here: Postgres
  readonly balancer: Balancer
  readonly peer: Peer
  readonly phone: Phone
}

export class Fleet {
  readonly peer: Peer
  readonly phone: Phone
  readonly #parts: FleetParts
  readonly #started: BotProcess[] = []

  private constructor(parts: FleetParts) {
    this.#parts = parts
    this.peer = parts.peer
    this.phone = parts.phone
  }

  /** So many bots; everybody named has opened the bot, and the first of them has said these things to it. */
  static async open(
    url: string,
    bots: number,
    names: readonly string[],
    sayings: readonly string[],
  ): Promise<Fleet> {
    const schema = newSchema()
    const here = await openPostgres({ url, schema, connections: 2 })
    const balancer = await Balancer.open()
    const botUrl = balancer.url
    const [peer, phone] = [await Peer.start('msteams', botUrl), await Phone.start(botUrl)]
    const fleet = new Fleet({ url, schema, here, balancer, peer, phone })
    await Promise.all(Array.from({ length: bots }, () => fleet.start()))
    for (const name of names) await peer.person({ name, address: `${name.toLowerCase()}@contoso.com` }).open()
    for (const text of sayings) await fleet.people[0]?.say(text)
    await fleet.rests()
    return fleet
  }

  get people(): readonly Person[] {
    return this.peer.people
  }

  /** Those that have not ended, the one that was started first before the others. */
  get bots(): readonly BotProcess[] {
    return this.#started.filter((bot) => !bot.isGone)
  }

  /** One more; resolves when it listens, and is asked from then on. */
  async start(built?: BuiltBot): Promise<BotProcess> {
    const { url, schema } = this.#parts
    const bot = new BotProcess({
      built: built ?? (await builtBot()),
      folder: tmpdir(),
      port: 0,
      env: { ...phoneSettings, DATABASE_URL: url, DATABASE_SCHEMA: schema, DATABASE_CONNECTIONS: '4' },
    })
    this.#started.push(bot)
    await bot.listens()
    this.routeTo(this.#started.filter((one) => !one.isGone && one.logged('listening') > 0))
    return bot
  }

  /** From now on requests go to these only, as when a balancer has found the others to be ill. */
  routeTo(bots: readonly BotProcess[]): void {
    this.#parts.balancer.targets = bots.map(({ port }) => port)
  }

  /** How many requests this one was sent so far. */
  sentTo({ port }: BotProcess): number {
    return this.#parts.balancer.sent.get(port) ?? 0
  }

  /** A call for the first of all, told until some bot has taken it; how often that was. The caller is called as the call is. */
  async offer(id: string): Promise<number> {
    const caller = { kind: 'pstn', name: id, number: '+442079460000' }
    const { replyUrl } = this.phone
    const owner = this.people[0]?.address
    return this.#insist({ id, event: 'offered', owner, caller, replyUrl })
  }

  /** The caller hears whoever picked up, once the phone was told to put them through. */
  async putThrough(id: string): Promise<void> {
    await until('the phone is told whom to connect', () => this.phone.orders.some((order) => order.id === id))
    await this.#insist({ id, event: 'connected' })
  }

  async #insist(event: object): Promise<number> {
    let tries = 0
    await this.phone.insist(() => {
      tries += 1
      return this.phone.tell(event)
    })
    return tries
  }

  /** Tells what one of them is told, while it alone is there: the others are frozen, and cannot take anything from it. */
  async alone(bot: BotProcess, run: () => Promise<void>): Promise<void> {
    const others = this.bots.filter((one) => one !== bot)
    for (const other of others) other.freeze()
    this.routeTo([bot])
    await run()
    this.routeTo([bot, ...others])
    for (const other of others) other.thaw()
  }

  /** All that is in the database now. */
  async kept(): Promise<Memory> {
    const memory = new Memory()
    for await (const { held } of this.#parts.here.archive.pieces(null)) memory.apply(held)
    return memory
  }

  /** Waits until nothing is left to be done. */
  async rests(): Promise<void> {
    await until('everything is done', async () => (await this.#parts.here.archive.counts()).effects === 0)
  }

  async close(): Promise<void> {
    await Promise.all(this.#started.map((bot) => bot.ends('SIGKILL')))
    const { peer, phone, balancer, here, url, schema } = this.#parts
    await Promise.all([peer.stop(), phone.stop(), balancer.close(), here.store.close()])
    await dropSchema(url, schema)
  }
}

/** What somebody was told when they pressed, and how often they had to. */
export type Pressed = { readonly by: Person; readonly answer: string; readonly tries: number }

/** Presses Pick up on the card of this caller until there is an answer, as people do, or nothing is left to press. */
export async function picksUp(by: Person, caller: string): Promise<Pressed> {
  let answer = ''
  let tries = 0
  await until(`${by.name} gets an answer`, async () => {
    const button = pickUpButton(by, caller)
    if (!button) return true
    tries += 1
    const clicked: Clicked | null = await by.press(button).catch(() => null)
    answer = JSON.stringify(clicked?.body ?? null)
    return clicked !== null && !answer.includes('Please try again')
  })
  return { by, answer, tries }
}

/** Where somebody can pick up the call of this caller. */
export function pickUpButton(person: Person, caller: string): Button | undefined {
  return person
    .buttons()
    .findLast(({ title, shown }) => title === 'Pick up' && person.words([shown]).includes(caller))
}
