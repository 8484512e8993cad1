/**
 * The only place where a live call changes: read it, let core decide, commit call, timers and effects in one piece,
 * and only then act. Of two who decide at once the store lets one through; the other decides again on what it finds.
 */
import { type CallEvent, type CallId } from '../core/call.ts'
import { type Caller, type Presence } from '../core/lane.ts'
import { partyOf } from '../core/party.ts'
import { type PersonId } from '../core/person.ts'
import { leftToTeams, ringInTeams, type RingInTeams } from '../core/ring-in-teams.ts'
import { type RingPlan, ringPlan } from '../core/ring-plan.ts'
import { begin, step, type Step } from '../core/step.ts'
import { type Subscribers } from '../core/subscriber.ts'
import { type CallSource, type Heard, type OrderMeant, type SourceEvent } from '../source/source.ts'
import { type CallRecord, type Leg } from '../store/documents.ts'
import { type Batch, type Reader, type Store, type Timer } from '../store/store.ts'
import { merged } from './batch.ts'
import { CallsInReach, concerns } from './calls-in-reach.ts'
import { type Directory } from './directory.ts'
import { shown } from './effects.ts'
import { forgotten } from './forget.ts'
import { callId, legAlarm } from './legs.ts'
import {
  callBatch,
  forgetTimer,
  type KeptCall,
  lineWith,
  lineWithout,
  LiveCalls,
  rememberedMs,
  timerAgain,
} from './live-calls.ts'
import { inPlaceOf, whyNotAfter, whyNotAgain } from './offered-again.ts'
import { askWith, sheetOf } from './sheets.ts'
import { Sweeping } from './sweeping.ts'

/** Asks who is in a call, away or not to be disturbed; people it does not name are available. */
export type PresenceOf = (people: readonly PersonId[]) => Promise<ReadonlyMap<PersonId, Presence>>

export type SwitchboardParts = {
  readonly store: Store
  readonly directory: Directory
  readonly now: () => number
  readonly presence: PresenceOf
  /** What the call sources can do, by their names. */
  readonly sources: ReadonlyArray<Pick<CallSource, 'name' | 'reportsConnection' | 'connectSeconds'>>
}

/** What became of somebody's wish to take a call. */
export type PickUp =
  | { readonly is: 'yours'; readonly record: CallRecord; readonly isNew: boolean }
  | { readonly is: 'tooLate'; readonly record: CallRecord; readonly by: PersonId; readonly msBefore: number }
  | { readonly is: 'notRinging' | 'declined'; readonly record: CallRecord }
  | { readonly is: 'notYours' }

export class Switchboard {
  readonly #parts: SwitchboardParts
  readonly calls: LiveCalls
  readonly inReach: CallsInReach

  constructor(parts: SwitchboardParts) {
    this.#parts = parts
    this.calls = new LiveCalls(parts.store, parts.now)
    this.inReach = new CallsInReach(parts.store, parts.now)
  }

  /** Hears a call source; resolves once what it said is kept. The same event again changes nothing. */
  async hear(source: string, event: SourceEvent): Promise<Heard> {
    const id = callId(source, event.id)
    if (event.is === 'offered') return this.#offered(source, id, event)
    const told = await this.#told(event)
    for (let now = id; ;) {
      const heard = await this.#decide(now, told)
      if (heard === null) return event.is === 'ended' ? this.#rememberEnd(id) : 'unknownCall'
      if (heard.changed) return 'accepted'
      if (heard.record.next === undefined) return 'repeated'
      now = heard.record.next
    }
  }

  /** Takes the call for this person if nobody else has it. Asking again gives the same answer. */
  async pickUp(id: CallId, person: PersonId): Promise<PickUp> {
    const now = this.#parts.now()
    const heard = await this.#decide(id, (at) => ({ is: 'claimed', by: person, at }))
    if (heard === null || !concerns(heard.record.call, person)) return { is: 'notYours' }
    return pickUpAnswer(heard, person, now)
  }

  /** Takes this person out of the call; the others ring on. Null when they have nothing to do with it. */
  async decline(id: CallId, person: PersonId): Promise<Decided | null> {
    const heard = await this.#decide(id, (at) => ({ is: 'declined', by: person, at }))
    return heard !== null && concerns(heard.record.call, person) ? heard : null
  }

  /** Posts the cards of calls that ring this person now and could not be posted before. */
  async showAgain(person: PersonId): Promise<void> {
    const calls = await this.inReach.around(person)
    const effects = calls.filter(({ call }) => partyOf(call, person)).map(({ call }) => shown(call, person))
    if (effects.length > 0) await this.#parts.store.commit({ effects })
  }

  /** What a due timer changes; committed by the store together with the timer. */
  async timer(timer: Timer, read: Reader): Promise<Batch> {
    const {
      due,
      event: { is, id },
    } = timer
    if (is === 'legAlarm') return legAlarm(timer)
    const calls = new LiveCalls(read, this.#parts.now)
    const kept = await calls.get(id)
    if (is === 'forget') return forgotten(read, id, kept, due)
    if (is === 'forgetUndo') return Sweeping.forgotten(read, id)
    if (!kept) return {}
    // Its time has come, also when a wall clock that was set back says otherwise.
    const at = Math.max(due, this.#parts.now())
    const taken = step(kept.record.call, { is: 'timeUp', at })
    return taken.call === kept.record.call ? timerAgain(kept) : stepBatch(read, kept, taken, at)
  }

  /** Who would ring if this caller called this person now. */
  async planFor(owner: PersonId, caller: Caller): Promise<RingPlan> {
    const { store, presence } = this.#parts
    const own = await sheetOf(store, owner)
    const present = await presence([owner, ...own.subscriber.settings.group.members])
    const presenceOf = (person: PersonId): Presence => present.get(person) ?? 'available'
    const plan = (people: Subscribers) => ringPlan(people(owner), caller, people, presenceOf)
    return (await askWith(store, plan, [own])).answer
  }

  /** Whom Teams is to ring by itself for a call of this caller; null when they are told by cards. */
  async ringInTeams(owner: string, caller: Caller): Promise<RingInTeams | null> {
    const { store, directory } = this.#parts
    const id = await directory.find(owner)
    if (id === null || (await store.get('settings', id))?.doc.group.isRungByTeams !== true) return null
    const plan = await this.planFor(id, await this.#known(caller))
    return (await askWith(store, (people) => ringInTeams(people(id), plan))).answer
  }

  async #offered(source: string, id: CallId, event: Extract<SourceEvent, { is: 'offered' }>): Promise<Heard> {
    const { store, directory, now, sources } = this.#parts
    const owner = await directory.find(event.owner)
    if (owner === null) return 'unknownOwner'
    const caller = await this.#known(event.caller)
    const find = () => Promise.all([this.#latest(id), store.get('endedEarly', id), store.get('line', owner)])
    // Asked for in one moment, all of it is one question to the database.
    const [planned, found] = await Promise.all([this.planFor(owner, caller), find()])
    const plan = event.isLeftToTeams === true ? leftToTeams(planned) : planned
    const { reportsConnection = false, connectSeconds } = sources.find((one) => one.name === source) ?? {}
    const how = { reportsConnection, ...(connectSeconds === undefined ? {} : { connectSeconds }) }
    for (let [before, end, line] = found; ; [before, end, line] = await find()) {
      const at = now()
      const no = before
        ? whyNotAgain(before, { owner, caller, said: event.said })
        : end && whyNotAfter(end, at)
      if (no !== null) return no
      const instead = before && inPlaceOf(before)
      const name = instead?.id ?? id
      const first = begin({ id: name, owner, caller, plan, ...how }, at)
      const leg: Leg = { ...event.remember, ...(event.said ? { said: event.said } : {}), id: event.id }
      const kept: KeptCall = { id: name, rev: 0, record: { source, leg, call: first.call } }
      const queued = first.call.state.is === 'ended' ? {} : lineWith(owner, line, name)
      const led = { puts: instead ? [instead.put] : [] }
      if ((await store.commit(merged(callBatch(kept, first, at), queued, led))) === 'committed')
        return 'accepted'
    }
  }

  /** The call that has this name at its source by now. */
  async #latest(id: CallId): Promise<KeptCall | null> {
    for (let kept = await this.calls.get(id); ;) {
      const next = kept?.record.next === undefined ? null : await this.calls.get(kept.record.next)
      if (next === null) return kept
      kept = next
    }
  }

  /** What a source told, as the call takes it. */
  async #told(event: Exclude<SourceEvent, { is: 'offered' }>): Promise<(at: number) => CallEvent> {
    if (event.is === 'ended') return (at) => ({ is: 'callerHungUp', at })
    const order = await this.#meant(event.order)
    if (event.is === 'connectFailed') return (at) => ({ is: 'connectFailed', at, ...order })
    const { to, isAssumed } = event
    const by = to === undefined ? null : await this.#parts.directory.find(to)
    return (at) => ({
      is: 'connected',
      at,
      ...(by === null ? {} : { by }),
      ...(isAssumed ? { isAssumed } : {}),
      ...order,
    })
  }

  /** Somebody nobody knows has no part in the call. */
  async #meant(order: OrderMeant | undefined): Promise<{ readonly order?: OrderMeant }> {
    if (order?.to === undefined) return order ? { order } : {}
    return { order: { ...order, to: (await this.#parts.directory.find(order.to)) ?? order.to } }
  }

  /** A caller the bot knows is shown by the name it knows. */
  async #known(caller: Caller): Promise<Caller> {
    if (caller.id === undefined) return caller
    const id = (await this.#parts.directory.find(caller.id)) ?? caller.id
    const { name } = await this.#parts.directory.person(id)
    return { ...caller, id, name: caller.name ?? name }
  }

  /** An end that overtook its beginning: the call must not ring when its beginning arrives. */
  async #rememberEnd(id: CallId): Promise<Heard> {
    const { store, now } = this.#parts
    const at = now()
    const forget = { key: forgetTimer(id), due: at + rememberedMs, event: { is: 'forget', id } }
    const batch: Batch = { puts: [{ kind: 'endedEarly', id, expect: 0, doc: { at } }], setTimers: [forget] }
    return (await store.commit(batch)) === 'committed' ? 'accepted' : 'repeated'
  }

  /** Reads, steps, commits, and again when somebody else was first. Null when there is no such call. */
  async #decide(id: CallId, event: (at: number) => CallEvent): Promise<Decided | null> {
    const { store, now } = this.#parts
    for (;;) {
      const kept = await this.calls.get(id)
      if (!kept) return null
      const taken = step(kept.record.call, event(now()))
      if (taken.call === kept.record.call) return { record: kept.record, changed: false }
      if ((await store.commit(await stepBatch(store, kept, taken, now()))) === 'committed') {
        return { record: { ...kept.record, call: taken.call }, changed: true }
      }
    }
  }
}

/** A call after an event, and whether the event changed it. */
export type Decided = { readonly record: CallRecord; readonly changed: boolean }

async function stepBatch(read: Reader, kept: KeptCall, taken: Step, now: number): Promise<Batch> {
  const { owner, state } = taken.call
  const line = state.is === 'ended' ? lineWithout(owner, await read.get('line', owner), [kept.id]) : {}
  return merged(callBatch(kept, taken, now), line)
}

function pickUpAnswer({ record, changed }: Decided, person: PersonId, now: number): PickUp {
  const { call } = record
  if (call.state.is === 'ringing')
    return partyOf(call, person)?.standing === 'declined' ? { is: 'declined', record } : { is: 'notYours' }
  const { by, at } = call.state
  if (by === undefined) return { is: 'notRinging', record }
  return by === person
    ? { is: 'yours', record, isNew: changed }
    : { is: 'tooLate', record, by, msBefore: Math.max(0, now - at) }
}
