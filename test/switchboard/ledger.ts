/** A store on a pretended disk: it keeps what it is told and does none of it, so that all of it can be read. */
import { type Presence } from '../../src/core/lane.ts'
import { type PersonId } from '../../src/core/person.ts'
import { type Effect, type Kind, type Timer } from '../../src/store/store.ts'
import { type Desks, desksOver } from '../../src/switchboard/desks.ts'
import { Switchboard } from '../../src/switchboard/switchboard.ts'
import { keptBy, openOn } from '../store/embedded/kept.ts'
import { PretendDisk } from '../store/embedded/pretend-disk.ts'
import { HandClock } from '../store/hand-clock.ts'

export type Ledger = Desks & {
  readonly switchboard: Switchboard
  /** Who is busy or away; everybody else is there. */
  readonly presences: Map<PersonId, Presence>
  readonly clock: HandClock
  /** What is left to be done, in the order it was decided. */
  readonly effects: () => Promise<readonly Effect[]>
  readonly timers: () => Promise<readonly Timer[]>
  /** The ids of all documents of a kind. */
  readonly ids: (kind: Kind) => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

type Line = { readonly number: number; readonly effect: Effect }

export async function openLedger(): Promise<Ledger> {
  const clock = new HandClock()
  const store = await openOn(new PretendDisk(), { clock })
  const now = () => clock.now()
  const presences = new Map<PersonId, Presence>()
  let runs = 0
  const desks = desksOver(store, now, () => `run${++runs}`)
  const switchboard = new Switchboard({
    store,
    directory: desks.directory,
    now,
    presence: (people) =>
      Promise.resolve(new Map([...presences].filter(([person]) => people.includes(person)))),
    sources: [{ name: 'pbx', reportsConnection: true }],
  })
  const lines = async () => (await keptBy(store)).map((line) => JSON.parse(line) as object)
  return {
    ...desks,
    switchboard,
    presences,
    clock,
    effects: async () =>
      (await lines())
        .filter((line): line is Line => 'effect' in line)
        .sort((one, other) => one.number - other.number)
        .map(({ effect }) => effect),
    timers: async () => (await lines()).filter((line): line is Timer => 'due' in line),
    ids: async (kind) => (await store.list(kind, { limit: 1000 })).map(({ id }) => id),
    close: () => store.close(),
  }
}
