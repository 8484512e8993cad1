/** What happened in a schedule, as people and the telephone system saw it. The verdict is spoken on this. */
import { type CallId } from '../../src/core/call.ts'
import { type PersonId } from '../../src/core/person.ts'
import { type Heard } from '../../src/source/source.ts'
import { type PickUp } from '../../src/switchboard/switchboard.ts'
import { type World } from './world.ts'

export type Told = { readonly person: PersonId; readonly call: CallId; readonly answer: PickUp }

export type Facts = {
  /** The calls that came in: the telephone system's ids, and when, by the clock of the schedule. */
  readonly calls: Map<string, number>
  /** What the bot said last to the offer of a call. */
  readonly heard: Map<string, Heard>
  readonly told: Told[]
  /** People who were taken out of the group at some time, for whom a click may come to nothing. */
  readonly removed: Set<PersonId>
  /** Calls and who declined them. */
  readonly declined: Set<string>
  /** Whether requests went wrong. */
  isBadDay: boolean
  readonly world: World
}

export function noFacts(world: World): Facts {
  return {
    calls: new Map(),
    heard: new Map(),
    told: [],
    removed: new Set(),
    declined: new Set(),
    isBadDay: false,
    world,
  }
}
