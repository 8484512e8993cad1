/** One schedule: two calls to Ann's group, people who press and type, callers who hang up, bad days and crashes; all from one seed. */
import { addMembers, removeMember, setRingOrder } from '../../src/core/members.ts'
import { type PersonId } from '../../src/core/person.ts'
import { setRules } from '../../src/core/rules.ts'
import { callGroup, voicemail } from '../../src/core/target.ts'
import { type SourceEvent } from '../../src/source/source.ts'
import { type PickUp } from '../../src/switchboard/switchboard.ts'
import { HandClock } from '../store/hand-clock.ts'
import { PretendDisk } from '../store/pretend-disk.ts'
import { callIn, Channel } from './channel.ts'
import { Dice } from './dice.ts'
import { begin, type Bot, Life } from './life.ts'
import { type PlantedFault } from './planted.ts'
import { Telephony } from './telephony.ts'
import { type Facts, violations } from './verdict.ts'

export type Outcome = { readonly story: readonly string[]; readonly wrong: readonly string[] }

export const owner = 'ann'
const members = ['bo', 'cy', 'di'] as const
const everybody = [owner, ...members] as const
/** Calls come in within the first ten seconds; then there is time for everything to end. */
const arrivals = 10_000
const tail = 180_000

/** Runs one schedule to its end and judges it. */
export async function run(seed: number, fault: PlantedFault | null = null): Promise<Outcome> {
  const schedule = new Schedule(seed, fault)
  return schedule.run()
}

class Schedule {
  readonly #dice: Dice
  readonly #clock = new HandClock()
  readonly #disk = new PretendDisk()
  readonly #channel: Channel
  readonly #telephony: Telephony
  readonly #fault: PlantedFault | null
  readonly #story: string[] = []
  readonly #facts: Facts
  readonly #begun: number
  #life = new Life()
  #trouble = 0

  constructor(seed: number, fault: PlantedFault | null) {
    this.#dice = new Dice(seed)
    this.#fault = fault
    this.#begun = this.#clock.now()
    const parts = {
      dice: this.#dice,
      now: () => this.#clock.now(),
      after: (ms: number, run: () => void) => this.#clock.after(ms, run),
      tell: (line: string) => {
        this.#tell(line)
      },
      trouble: () => this.#trouble,
    }
    this.#channel = new Channel(parts)
    this.#telephony = new Telephony({
      ...parts,
      report: (event) => {
        this.#report(event)
      },
    })
    this.#facts = {
      calls: [],
      yours: [],
      losers: [],
      removed: new Set(),
      declined: new Set(),
      wronged: [],
      channel: this.#channel,
      telephony: this.#telephony,
    }
  }

  async run(): Promise<Outcome> {
    await this.#start()
    await this.#furnish()
    this.#trouble = this.#dice.chance(0.5) ? this.#dice.next() / 3 : 0
    const calls = 1 + this.#dice.below(2)
    for (let index = 1; index <= calls; index += 1)
      this.#at(this.#dice.below(arrivals), () => {
        this.#offer(`call${index}`)
      })
    this.#crashes()
    this.#edits()
    await this.#clock.advance(60_000)
    this.#trouble = 0
    await this.#clock.advance(tail)
    const bot = this.#life.bot
    const wrong = bot ? await violations(this.#facts, bot, owner) : ['the bot did not start again']
    return { story: this.#story, wrong }
  }

  /** Opens the store on what the disk holds; a life that dies meanwhile is followed by another. */
  async #start(): Promise<void> {
    const life = new Life()
    this.#life = life
    const { dice, disk, channel, telephony, fault } = {
      dice: this.#dice,
      disk: this.#disk,
      channel: this.#channel,
      telephony: this.#telephony,
      fault: this.#fault,
    }
    const started = begin(life, { clock: this.#clock, disk, dice, channel, telephony, fault })
    await Promise.race([started, this.#clock.advance(0).then(() => undefined)])
    for (let tries = 0; tries < 200 && !life.bot && life.isAlive; tries += 1) await this.#clock.advance(0)
  }

  /** The group, and how it rings: drawn, and undisturbed. */
  async #furnish(): Promise<void> {
    const bot = this.#bot()
    for (const person of everybody)
      await bot.directory.meet({
        user: person,
        name: person,
        address: `${person}@contoso.com`,
        reach: {
          channel: 'msteams',
          serviceUrl: 'https://smba.trafficmanager.net/',
          conversation: `with ${person}`,
          bot: 'bot',
          user: person,
        },
      })
    const inOrder = this.#dice.chance(0.5)
    await bot.settings.change(owner, (who) => addMembers(who(owner), members, who))
    if (inOrder) await bot.settings.change(owner, (who) => setRingOrder(who(owner), 'inOrder', who))
    const type = this.#dice.pick(['simultaneous', 'immediate'] as const)
    const after = this.#dice.pick([10, 20, 40] as const)
    await bot.settings.change(owner, (who) =>
      setRules(
        who(owner),
        {
          forwarding: { is: 'on', rule: { type, to: callGroup } },
          unanswered: { is: 'on', rule: { to: voicemail, after } },
        },
        who,
      ),
    )
    if (this.#dice.chance(0.2)) this.#channel.gone.add(this.#dice.pick(members))
    this.#tell(`the group rings ${inOrder ? 'in order' : 'all at once'}, ${type}, voicemail after ${after} s`)
  }

  /** A call comes in; people see it and act, and perhaps the caller does not wait. */
  #offer(id: string): void {
    this.#tell(`${id} comes in`)
    this.#facts.calls.push(id)
    this.#report({
      is: 'offered',
      id,
      owner: `${owner}@contoso.com`,
      caller: { kind: 'pstn', number: '+442079460000' },
    })
    if (this.#dice.chance(0.3))
      this.#report({
        is: 'offered',
        id,
        owner: `${owner}@contoso.com`,
        caller: { kind: 'pstn', number: '+442079460000' },
      })
    for (const person of everybody) {
      const clicks = this.#dice.below(3)
      for (let click = 0; click < clicks; click += 1)
        this.#at(300 + this.#dice.below(45_000), () => void this.#act(person))
    }
    const crowd = this.#dice.below(30_000)
    const inCrowd = everybody.filter(() => this.#dice.chance(0.7))
    const hangsUp = this.#dice.chance(0.4)
    const hangUp = () => {
      this.#tell(`the caller of ${id} hangs up`)
      this.#report({ is: 'ended', id })
    }
    // All in the same instant: none of them sees what came of the others.
    this.#at(crowd, () => {
      const place = this.#dice.below(inCrowd.length + 1)
      inCrowd.forEach((person, index) => {
        if (hangsUp && index === place) hangUp()
        void this.#act(person)
      })
    })
    if (hangsUp && this.#dice.chance(0.5)) this.#at(this.#dice.below(40_000), hangUp)
  }

  /** What somebody does with the newest card they see, live or not. */
  async #act(person: PersonId): Promise<void> {
    const call = this.#channel.cards.findLast(
      (card) => card.person === person && callIn(card.json) !== '',
    )?.call
    const { bot } = this.#life
    if (call === undefined || call === '' || !bot) return
    const life = this.#life
    if (this.#dice.chance(0.25)) {
      this.#tell(`${person} declines`)
      this.#facts.declined.add(`${call} ${person}`)
      await bot.switchboard.decline(call, person).catch(() => null)
      return
    }
    const at = this.#clock.now()
    const answer = await bot.switchboard.pickUp(call, person).catch(() => null)
    if (life.isAlive && answer) this.#told(person, call, answer, at)
  }

  #told(person: PersonId, call: string, answer: PickUp, at: number): void {
    this.#tell(
      `${person} presses Pick up and hears: ${answer.is}${answer.is === 'tooLate' ? `, ${answer.by} has it` : ''}`,
    )
    if (answer.is === 'declined' && !this.#facts.declined.has(`${call} ${person}`))
      this.#facts.wronged.push(person)
    if (answer.is === 'yours') this.#facts.yours.push({ person, call, at })
    if (answer.is === 'tooLate' || answer.is === 'notYours' || answer.is === 'notRinging')
      this.#facts.losers.push({ person, call, answer })
  }

  /** The source repeats what was not acknowledged, as sources do. */
  #report(event: SourceEvent, tries = 0): void {
    const life = this.#life
    const again = () => {
      if (tries < 60)
        this.#at(500, () => {
          this.#report(event, tries + 1)
        })
    }
    if (!life.bot) {
      again()
      return
    }
    let isHeard = false
    life.bot.switchboard.hear('telephony', event).then(
      () => {
        isHeard = life.isAlive
      },
      () => undefined,
    )
    this.#at(2000, () => {
      if (!isHeard) again()
    })
  }

  #crashes(): void {
    const crashes = this.#dice.chance(0.5) ? 1 + this.#dice.below(2) : 0
    for (let crash = 0; crash < crashes; crash += 1)
      this.#at(this.#dice.below(45_000), () => void this.#crash())
    if (this.#dice.chance(0.3))
      this.#at(this.#dice.below(20_000), () => {
        this.#disk.killAt(this.#disk.steps.length + 1 + this.#dice.below(12))
      })
    for (let look = 500; look < 60_000; look += 500)
      this.#at(look, () => {
        if (this.#disk.isKilled && !this.#facts.isKilledSeen) {
          this.#facts.isKilledSeen = true
          void this.#crash()
        }
      })
  }

  async #crash(): Promise<void> {
    if (!this.#life.isAlive) return
    this.#life.isAlive = false
    this.#life.bot = null
    this.#channel.died()
    const surviving = this.#dice.pick(['nothing', 'half', 'all'] as const)
    if (this.#dice.chance(0.5)) this.#disk.cutPower(surviving)
    else this.#disk.kill()
    this.#tell('the bot dies')
    await new Promise<void>((done) => this.#clock.after(100 + this.#dice.below(3000), done))
    this.#tell('the bot starts again')
    await this.#reopen()
  }

  async #reopen(): Promise<void> {
    const life = new Life()
    this.#life = life
    await begin(life, {
      clock: this.#clock,
      disk: this.#disk,
      dice: this.#dice,
      channel: this.#channel,
      telephony: this.#telephony,
      fault: this.#fault,
    })
  }

  /** Somebody is taken out of the group while it rings. */
  #edits(): void {
    if (!this.#dice.chance(0.3)) return
    const person = this.#dice.pick(members)
    this.#at(this.#dice.below(25_000), () => {
      this.#facts.removed.add(person)
      this.#tell(`ann removes ${person}`)
      void this.#life.bot?.settings
        .change(owner, (who) => removeMember(who(owner), person, who))
        .catch(() => null)
    })
  }

  #at(ms: number, run: () => void): void {
    this.#clock.after(ms, run)
  }

  #bot(): Bot {
    if (!this.#life.bot) throw new Error('the bot has not started')
    return this.#life.bot
  }

  #tell(line: string): void {
    this.#story.push(`${((this.#clock.now() - this.#begun) / 1000).toFixed(3).padStart(8)} s  ${line}`)
  }
}
