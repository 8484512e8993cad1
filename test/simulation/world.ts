/** What surrounds the bot in a schedule: time, what the store stands on, a chat service, a telephone system; and the lives of the bot in it. */
import { type SourceEvent } from '../../src/source/source.ts'
import { type Traffic } from '../graph/pretend-call.ts'
import { Audit } from './audit.ts'
import { Channel } from './channel.ts'
import { Dice } from './dice.ts'
import { type PlantedFault } from './faults/planted.ts'
import { begin, Life } from './life.ts'
import { SeededClock } from './seeded-clock.ts'
import { DiskGround, type Ground } from './ground.ts'
import { GraphLines } from './graph-lines.ts'
import { type Lines } from './lines.ts'
import { Telephony } from './telephony.ts'

/** While bad things happen; then everything has time to end. */
export const badDayMs = 60_000
/** How often it is looked whether the ground has given way under the bot. */
const lookMs = 500
/** How far a wall clock may be off after a restart; never so far that calls of now would be forgotten. */
const jumps = [-3_600_000, -60_000, 60_000, 3_600_000, 80_000_000] as const

export class World {
  readonly dice: Dice
  readonly clock: SeededClock
  readonly audit: Audit
  readonly channel: Channel
  readonly telephony: Lines
  readonly story: string[] = []
  life = new Life()
  /** How often requests go wrong, from 0 to 1. */
  trouble = 0
  /** How long no bot was there, in milliseconds. */
  away = 0
  isSetAhead = false
  isSetBack = false
  readonly #ground: Ground
  readonly #fault: PlantedFault | null
  readonly #begun: number
  #skew = 0

  constructor(
    seed: number,
    fault: PlantedFault | null,
    told: { report: (event: SourceEvent) => void; acknowledged: (id: string) => void },
    lines: 'telephony' | 'graph' = 'telephony',
    witness?: (seen: Traffic) => void,
    ground: Ground = new DiskGround(),
  ) {
    this.dice = new Dice(seed)
    this.#ground = ground
    this.clock = new SeededClock(this.dice.another(), ground.quiet)
    this.#begun = this.clock.now()
    this.#fault = fault
    const parts = {
      dice: this.dice,
      now: () => this.clock.now(),
      after: (ms: number, run: () => void) => this.clock.after(ms, run),
      tell: (line: string) => {
        this.tell(line)
      },
      trouble: () => this.trouble,
    }
    this.audit = new Audit(parts.now)
    this.channel = new Channel(parts)
    const source = () => this.life.bot?.source ?? null
    const all = { ...parts, ...told, source }
    this.telephony = lines === 'graph' ? new GraphLines(all, witness) : new Telephony(all)
  }

  /** One line of the story. */
  tell(line: string): void {
    this.story.push(`${((this.clock.now() - this.#begun) / 1000).toFixed(3).padStart(8)} s  ${line}`)
  }

  at(ms: number, run: () => void): void {
    this.clock.after(ms, run)
  }

  /** A new life of the bot, on what is kept. */
  async open(): Promise<void> {
    this.life = new Life(this.#skew)
    const { clock, dice, channel, telephony, audit } = this
    const [ground, fault] = [this.#ground, this.#fault]
    await begin(this.life, { clock, ground, dice, channel, telephony, fault, audit })
  }

  /** Some crashes in the time to come, or none; some of them in the middle of a commit. */
  planCrashes(): void {
    for (let crashes = this.dice.chance(0.5) ? 1 + this.dice.below(2) : 0; crashes > 0; crashes -= 1)
      this.at(this.dice.below(45_000), () => void this.crash())
    if (!this.dice.chance(0.3)) return
    this.at(this.dice.below(20_000), () => {
      this.#ground.breakAfter(this.dice.below(12))
      this.#lookAtGround()
    })
  }

  /** From now on nothing goes wrong any more. */
  calmDown(): void {
    this.trouble = 0
    this.#ground.breakAfter(Infinity)
  }

  /** Ends a life. What was not synced may be lost; after a while the next life begins. */
  async crash(): Promise<void> {
    if (!this.life.isAlive) return
    this.life.isAlive = false
    this.life.bot = null
    this.channel.died()
    this.#ground.end(this.dice)
    this.tell('the bot dies')
    const away = 100 + this.dice.below(3000)
    this.away += away + lookMs
    await new Promise<void>((done) => this.clock.after(away, done))
    if (this.dice.chance(0.2)) this.#setClock(this.dice.pick(jumps))
    this.tell('the bot starts again')
    await this.open()
  }

  #lookAtGround(): void {
    if (this.#ground.isBroken) void this.crash()
    else if (this.clock.now() < this.#begun + badDayMs + lookMs)
      this.at(lookMs, () => {
        this.#lookAtGround()
      })
  }

  #setClock(ms: number): void {
    if (this.isSetAhead && ms > 0) return
    this.#skew += ms
    if (ms > 0) this.isSetAhead = true
    else this.isSetBack = true
    this.tell(`the wall clock is set ${ms > 0 ? 'ahead' : 'back'} by ${Math.abs(ms) / 1000} s`)
  }
}
