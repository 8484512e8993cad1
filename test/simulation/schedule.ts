/** One schedule: calls to Ann's group, people who press and type, callers who hang up, bad days and crashes; all from one seed. */
import { type SourceEvent } from '../../src/source/source.ts'
import { PretendDisk } from '../store/pretend-disk.ts'
import { Audit } from './audit.ts'
import { Channel } from './channel.ts'
import { Dice } from './dice.ts'
import { type Facts, noFacts } from './facts.ts'
import { begin, Life } from './life.ts'
import { everybody, furnish, members, owner, People } from './people.ts'
import { type PlantedFault } from './planted.ts'
import { SeededClock } from './seeded-clock.ts'
import { Telephony } from './telephony.ts'
import { violations } from './verdict.ts'

export type Outcome = { readonly story: readonly string[]; readonly wrong: readonly string[] }

/** Calls come in within the first ten seconds; then there is time for everything to end. */
const arrivalsMs = 10_000
const badDayMs = 60_000
const tailMs = 400_000
/** How often the disk is looked at, whether it has died under the bot. */
const lookMs = 500
/** How far a wall clock may be off after a restart; never so far that calls of now would be forgotten. */
const jumps = [-3_600_000, -60_000, 60_000, 3_600_000, 80_000_000] as const

/** Runs one schedule to its end and judges it. */
export async function run(seed: number, fault: PlantedFault | null = null): Promise<Outcome> {
  return new Schedule(seed, fault).run()
}

class Schedule {
  readonly #dice: Dice
  readonly #clock: SeededClock
  readonly #disk = new PretendDisk()
  readonly #channel: Channel
  readonly #telephony: Telephony
  readonly #people: People
  readonly #fault: PlantedFault | null
  readonly #facts: Facts
  readonly #story: string[] = []
  readonly #begun: number
  #life = new Life()
  #trouble = 0
  #skew = 0

  constructor(seed: number, fault: PlantedFault | null) {
    const dice = new Dice(seed)
    const clock = new SeededClock(dice.another())
    const tell = (line: string) => {
      this.#story.push(`${((clock.now() - this.#begun) / 1000).toFixed(3).padStart(8)} s  ${line}`)
    }
    const now = () => clock.now()
    const after = (ms: number, run: () => void) => clock.after(ms, run)
    const parts = { dice, now, after, tell, trouble: () => this.#trouble }
    const report = (event: SourceEvent) => {
      this.#report(event)
    }
    this.#dice = dice
    this.#clock = clock
    this.#begun = clock.now()
    this.#fault = fault
    this.#channel = new Channel(parts)
    this.#telephony = new Telephony({ ...parts, report })
    this.#facts = noFacts({ channel: this.#channel, telephony: this.#telephony, audit: new Audit(now) })
    this.#people = new People({ dice, facts: this.#facts, tell, life: () => this.#life })
    this.#tell = tell
  }

  readonly #tell: (line: string) => void

  async run(): Promise<Outcome> {
    await this.#open()
    await this.#clock.advance(10)
    await this.#plan()
    await this.#clock.advance(badDayMs)
    this.#trouble = 0
    this.#disk.killAt(Infinity)
    await this.#clock.advance(tailMs)
    const { bot } = this.#life
    const wrong = bot ? await violations(this.#facts, bot) : ['the bot did not start again']
    return { story: this.#story, wrong }
  }

  /** A group, and what will happen to it. */
  async #plan(): Promise<void> {
    const { bot } = this.#life
    if (!bot) return
    const furnished = furnish(bot, this.#dice)
    await this.#clock.advance(10)
    this.#tell(await furnished)
    if (this.#dice.chance(0.2)) this.#channel.gone.add(this.#dice.pick(members))
    this.#trouble = this.#dice.chance(0.5) ? this.#dice.next() / 3 : 0
    this.#facts.isBadDay = this.#trouble > 0
    for (let left = 1 + this.#dice.below(2); left > 0; left -= 1) {
      const at = this.#dice.below(arrivalsMs)
      this.#at(at, () => {
        this.#offer(`call${left}`)
      })
    }
    this.#planCrashes()
    for (let edits = this.#dice.chance(0.3) ? 1 + this.#dice.below(3) : 0; edits > 0; edits -= 1)
      this.#at(this.#dice.below(25_000), () => void this.#people.edit())
  }

  /** A call comes in; people see it and act, and perhaps the caller does not wait. */
  #offer(id: string): void {
    this.#tell(`${id} comes in`)
    this.#facts.calls.set(id, this.#clock.now())
    const caller = { kind: 'pstn', number: '+442079460000' } as const
    for (let copies = this.#dice.chance(0.3) ? 2 : 1; copies > 0; copies -= 1)
      this.#at(this.#dice.below(300), () => {
        this.#report({ is: 'offered', id, owner: `${owner}@contoso.com`, caller })
      })
    for (const person of everybody)
      for (let clicks = this.#dice.below(3); clicks > 0; clicks -= 1)
        this.#at(300 + this.#dice.below(45_000), () => void this.#people.act(person))
    const hangsUp = this.#dice.chance(0.4)
    const hangUp = () => {
      this.#tell(`the caller of ${id} hangs up`)
      this.#report({ is: 'ended', id })
    }
    this.#crowd(hangsUp && this.#dice.chance(0.5) ? hangUp : () => undefined)
    if (hangsUp) this.#at(this.#dice.below(this.#dice.chance(0.2) ? 300 : 40_000), hangUp)
  }

  /** Most of them in the same instant: none of them sees what came of the others. */
  #crowd(hangUp: () => void): void {
    const crowd = everybody.filter(() => this.#dice.chance(0.7))
    const place = this.#dice.below(crowd.length + 1)
    this.#at(this.#dice.below(30_000), () => {
      crowd.forEach((person, index) => {
        if (index === place) hangUp()
        void this.#people.act(person)
      })
    })
  }

  /** The source repeats what was not acknowledged, as sources do. */
  #report(event: SourceEvent, tries = 0): void {
    const life = this.#life
    const again = (ms: number) => {
      if (tries < 60)
        this.#at(ms, () => {
          this.#report(event, tries + 1)
        })
    }
    if (!life.bot) {
      again(500)
      return
    }
    let isHeard = false
    const hear = async (heard: ReturnType<typeof life.bot.switchboard.hear>) => {
      const answer = await heard
      isHeard = life.isAlive
      if (isHeard && event.is === 'offered' && answer !== 'repeated') this.#facts.heard.set(event.id, answer)
    }
    hear(life.bot.switchboard.hear('telephony', event)).catch(() => undefined)
    this.#at(2000, () => {
      if (!isHeard) again(500)
    })
  }

  #planCrashes(): void {
    for (let crashes = this.#dice.chance(0.5) ? 1 + this.#dice.below(2) : 0; crashes > 0; crashes -= 1)
      this.#at(this.#dice.below(45_000), () => void this.#crash())
    if (!this.#dice.chance(0.3)) return
    this.#at(this.#dice.below(20_000), () => {
      this.#disk.killAt(this.#disk.steps.length + 1 + this.#dice.below(12))
      this.#lookAtDisk()
    })
  }

  #lookAtDisk(): void {
    if (this.#disk.isKilled) void this.#crash()
    else if (this.#clock.now() < this.#begun + badDayMs + lookMs)
      this.#at(lookMs, () => {
        this.#lookAtDisk()
      })
  }

  async #crash(): Promise<void> {
    if (!this.#life.isAlive) return
    this.#life.isAlive = false
    this.#life.bot = null
    this.#channel.died()
    if (this.#dice.chance(0.5)) this.#disk.cutPower(this.#dice.pick(['nothing', 'half', 'all']))
    else this.#disk.kill()
    this.#tell('the bot dies')
    const away = 100 + this.#dice.below(3000)
    this.#facts.away += away + lookMs
    await new Promise<void>((done) => this.#clock.after(away, done))
    if (this.#dice.chance(0.2)) this.#setClock(this.#dice.pick(jumps))
    this.#tell('the bot starts again')
    await this.#open()
  }

  #setClock(ms: number): void {
    if (this.#facts.isSetAhead && ms > 0) return
    this.#skew += ms
    if (ms > 0) this.#facts.isSetAhead = true
    else this.#facts.isSetBack = true
    this.#tell(`the wall clock is set ${ms > 0 ? 'ahead' : 'back'} by ${Math.abs(ms) / 1000} s`)
  }

  /** A new life of the bot, on what the disk holds. */
  async #open(): Promise<void> {
    this.#life = new Life(this.#skew)
    await begin(this.#life, {
      clock: this.#clock,
      disk: this.#disk,
      dice: this.#dice,
      channel: this.#channel,
      telephony: this.#telephony,
      fault: this.#fault,
      audit: this.#facts.audit,
    })
  }

  #at(ms: number, run: () => void): void {
    this.#clock.after(ms, run)
  }
}
