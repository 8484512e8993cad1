/** The calls within a person's reach: those they may see, those they may take, and those they were too late for. */
import { type Call, type CallId } from '../core/call.ts'
import { partyOf } from '../core/party.ts'
import { type PersonId } from '../core/person.ts'
import { namesIn } from '../core/ringing.ts'
import { mayClaim } from '../core/step.ts'
import { type CallRecord } from '../store/documents.ts'
import { type Store } from '../store/store.ts'
import { LiveCalls } from './live-calls.ts'

/** A call that somebody names when it no longer rings may have been over for this long: milliseconds. */
const justOverMs = 60_000

export class CallsInReach {
  readonly #store: Store
  readonly #now: () => number
  readonly #calls: LiveCalls

  constructor(store: Store, now: () => number) {
    this.#store = store
    this.#now = now
    this.#calls = new LiveCalls(store, now)
  }

  /** The call as it now is, for somebody who may see it. */
  async look(id: CallId, person: PersonId): Promise<CallRecord | null> {
    const kept = await this.#calls.get(id)
    return kept && concerns(kept.record.call, person) ? kept.record : null
  }

  /** The calls this person may take now, longest ringing first; only those to `owner` when given. */
  async ringingFor(person: PersonId, owner?: PersonId): Promise<readonly CallRecord[]> {
    const calls = owner === undefined ? await this.around(person) : await this.#calls.to(owner)
    return calls
      .filter(({ call }) => mayClaim(call, person))
      .sort((one, other) => one.call.arrivedAt - other.call.arrivedAt)
  }

  /** The call that this person could have taken until a moment ago, newest first; only one to `owner` when given. */
  async justOver(person: PersonId, owner?: PersonId): Promise<CallRecord | null> {
    // The owners' calls: one that rang others alone, since this person is muted, is not among their own.
    const owners = owner === undefined ? await this.#ownersAround(person) : [owner]
    // In this order: a call that ends in between is in the history by then.
    const live = await this.#callsTo(owners)
    const rows = await Promise.all(owners.map((one) => this.#store.history({ person: one, limit: 5 })))
    const ended = rows
      .flat()
      .filter(({ at }) => this.#now() - at < justOverMs)
      .sort((one, other) => other.at - one.at)
    const handedOver = live.filter(({ call }) => call.state.is === 'connecting')
    const ids = new Set([
      ...handedOver.map(({ call }) => call.id).reverse(),
      ...ended.map(({ call }) => call),
    ])
    const records = await Promise.all([...ids].map((id) => this.look(id, person)))
    return records.find((record) => record && (owner === undefined || record.call.owner === owner)) ?? null
  }

  /** The live calls to a person, to the owners of their groups, and to those they are a delegate of. */
  async around(person: PersonId): Promise<readonly CallRecord[]> {
    return this.#callsTo(await this.#ownersAround(person))
  }

  async #callsTo(owners: readonly PersonId[]): Promise<readonly CallRecord[]> {
    return (await Promise.all(owners.map((owner) => this.#calls.to(owner)))).flat()
  }

  /** Those whose calls may be this person's to take: their own, those of their groups, and of whom they answer for. */
  async #ownersAround(person: PersonId): Promise<readonly PersonId[]> {
    const [settings, groups] = await Promise.all([
      this.#store.get('settings', person),
      this.#store.groupsOf(person),
    ])
    return [...new Set([person, ...groups, ...(settings?.doc.managers ?? [])])]
  }
}

/** Whether this person was told of the call or could ever have taken it. */
export function concerns(call: Call, person: PersonId): boolean {
  const isPlanned = call.plan.rounds.some((round) =>
    round.lanes.some((lane) => namesIn(lane).includes(person)),
  )
  return person === call.owner || isPlanned || partyOf(call, person) !== undefined
}
