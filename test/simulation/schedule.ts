/** One schedule: calls to Ann's group, people who press and type, callers who hang up, bad days and crashes; all from one seed. */
import { type Heard, type SourceEvent } from '../../src/source/source.ts'
import { type Traffic } from '../graph/pretend-call.ts'
import { type Facts, noFacts } from './facts.ts'
import { type Ground } from './ground.ts'
import { type PlantedFault } from './faults/planted.ts'
import { everybody, furnish, members, owner, People } from './people.ts'
import { violations } from './verdict.ts'
import { badDayMs, World } from './world.ts'

export type Outcome = { readonly story: readonly string[]; readonly wrong: readonly string[] }

/** Calls come in within the first ten seconds; in the end there is time for everything to come to its own. */
const arrivalsMs = 10_000
const tailMs = 600_000

/** Runs one schedule to its end and judges it. */
export async function run(
  seed: number,
  fault: PlantedFault | null = null,
  lines: 'telephony' | 'graph' = 'telephony',
  witness?: (seen: Traffic) => void,
  ground?: Ground,
): Promise<Outcome> {
  return new Schedule(seed, fault, lines, witness, ground).run()
}

class Schedule {
  readonly #world: World
  readonly #facts: Facts
  readonly #people: People

  constructor(
    seed: number,
    fault: PlantedFault | null,
    lines: 'telephony' | 'graph',
    witness?: (seen: Traffic) => void,
    ground?: Ground,
  ) {
    const told = {
      report: (event: SourceEvent) => {
        this.#report(event)
      },
      acknowledged: (id: string) => void this.#facts.heard.set(id, 'accepted'),
    }
    this.#world = new World(seed, fault, told, lines, witness, ground)
    this.#facts = noFacts(this.#world)
    this.#people = new People(this.#facts)
  }

  async run(): Promise<Outcome> {
    const { clock, story } = this.#world
    await this.#world.open()
    await clock.advance(10)
    await this.#plan()
    await clock.advance(badDayMs)
    this.#world.calmDown()
    await clock.advance(tailMs)
    const { bot } = this.#world.life
    return { story, wrong: bot ? await violations(this.#facts, bot) : ['the bot did not start again'] }
  }

  /** A group, and what will happen to it. */
  async #plan(): Promise<void> {
    const { dice, clock, life, channel } = this.#world
    if (!life.bot) return
    const furnished = furnish(life.bot, dice)
    await clock.advance(10)
    this.#world.tell(await furnished)
    if (dice.chance(0.2)) channel.gone.add(dice.pick(members))
    this.#world.trouble = dice.chance(0.5) ? dice.next() / 3 : 0
    this.#facts.isBadDay = this.#world.trouble > 0
    for (let left = 1 + dice.below(2); left > 0; left -= 1) {
      const at = dice.below(arrivalsMs)
      this.#world.at(at, () => {
        this.#offer(`call${left}`)
      })
    }
    this.#world.planCrashes()
    for (let edits = dice.chance(0.3) ? 1 + dice.below(3) : 0; edits > 0; edits -= 1)
      this.#world.at(dice.below(25_000), () => void this.#people.edit())
  }

  /** A call comes in; people see it and act, and perhaps the caller does not wait. */
  #offer(id: string): void {
    const { dice } = this.#world
    this.#world.tell(`${id} comes in`)
    this.#facts.calls.set(id, this.#world.clock.now())
    const caller = { kind: 'pstn', number: `+44207946000${id.slice(-1)}` } as const
    this.#world.telephony.callIn(id, `${owner}@contoso.com`, caller)
    for (const person of everybody)
      for (let clicks = dice.below(3); clicks > 0; clicks -= 1)
        this.#world.at(300 + dice.below(45_000), () => void this.#people.act(person))
    const hangsUp = dice.chance(0.4)
    const hangUp = () => {
      this.#world.tell(`the caller of ${id} hangs up`)
      this.#world.telephony.hangUp(id)
    }
    this.#crowd(hangsUp && dice.chance(0.5) ? hangUp : () => undefined)
    if (hangsUp) this.#world.at(dice.below(dice.chance(0.2) ? 300 : 40_000), hangUp)
  }

  /** Most of them in the same instant: none of them sees what came of the others. */
  #crowd(hangUp: () => void): void {
    const { dice } = this.#world
    const crowd = everybody.filter(() => dice.chance(0.7))
    const place = dice.below(crowd.length + 1)
    this.#world.at(dice.below(30_000), () => {
      crowd.forEach((person, index) => {
        if (index === place) hangUp()
        void this.#people.act(person)
      })
    })
  }

  /** The source repeats what was not acknowledged, as sources do. */
  #report(event: SourceEvent, tries = 0): void {
    const { life } = this.#world
    let isHeard = false
    const again = () => {
      if (!isHeard && tries < 60) this.#report(event, tries + 1)
    }
    if (!life.bot) {
      this.#world.at(500, again)
      return
    }
    life.bot.switchboard.hear(this.#world.telephony.name, event).then(
      (heard) => {
        isHeard = life.isAlive
        if (isHeard) this.#heard(event, heard)
      },
      () => undefined,
    )
    this.#world.at(2500, again)
  }

  #heard(event: SourceEvent, heard: Heard): void {
    if (event.is === 'offered' && heard !== 'repeated' && heard !== 'idUsed')
      this.#facts.heard.set(event.id, heard)
  }
}
