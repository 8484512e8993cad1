/** Live calls as the store keeps them: what one step of a call puts, arms, cancels and leaves to be done. */
import { type CallEffect } from '../core/call-effects.ts'
import { type Call, type CallEvent, type CallId, type Ended, nextDue, secondsRung } from '../core/call.ts'
import { usualConnectSeconds } from '../core/hand-over.ts'
import { type Caller } from '../core/lane.ts'
import { type PersonId } from '../core/person.ts'
import { step, type Step } from '../core/step.ts'
import { type CallRecord } from '../store/documents.ts'
import {
  type Batch,
  type Effect,
  type HistoryRow,
  type Kept,
  type MembershipChange,
  type Put,
  type Reader,
} from '../store/store.ts'
import { merged } from './batch.ts'
import { ordered, shown, toldMissed, unreachedReported } from './effects.ts'

/** How long an ended call is remembered, so that a late click still hears who took it: milliseconds. */
export const rememberedMs = 24 * 60 * 60 * 1000

/** No part of a call lasts longer: a hundred seconds of ringing in order, put off by a hand-over that failed. */
const longestPartMs = 120_000

/** What a timer of ours means: time is up for a call, or an ended call can be forgotten. */
export const timeUpTimer = (id: CallId) => `time up ${id}`
export const forgetTimer = (id: CallId) => `forget ${id}`

export type KeptCall = { readonly id: CallId; readonly rev: number; readonly record: CallRecord }

export class LiveCalls {
  readonly #reader: Reader
  readonly #now: () => number

  constructor(reader: Reader, now: () => number) {
    this.#reader = reader
    this.#now = now
  }

  async get(id: CallId): Promise<KeptCall | null> {
    const kept = await this.#reader.get('call', id)
    return kept && { id, rev: kept.rev, record: kept.doc }
  }

  /** The live calls to one person, in the order they came in. */
  async to(owner: PersonId): Promise<readonly CallRecord[]> {
    return (await this.#keptTo(owner)).map(({ record }) => record)
  }

  async #keptTo(owner: PersonId): Promise<readonly KeptCall[]> {
    const line = await this.#reader.get('line', owner)
    const calls = await Promise.all((line?.doc.calls ?? []).map((id) => this.get(id)))
    return calls.filter((call) => call !== null)
  }

  /** What taking these people out of these groups does to the calls that ring now. */
  async withoutMembers(leaves: readonly MembershipChange[]): Promise<Batch> {
    const owners = [...new Set(leaves.map(({ owner }) => owner))]
    const batches = await Promise.all(
      owners.map(async (owner) => {
        const members = leaves.filter((leave) => leave.owner === owner).map(({ member }) => member)
        return this.#removals(owner, members)
      }),
    )
    return merged(...batches)
  }

  async #removals(owner: PersonId, members: readonly PersonId[]): Promise<Batch> {
    const at = this.#now()
    const line = await this.#reader.get('line', owner)
    const steps = (await this.#keptTo(owner))
      .map((kept) => ({
        kept,
        step: stepAll(
          kept.record.call,
          members.map((person) => ({ is: 'removed', person, at })),
        ),
      }))
      .filter(({ kept, step: { call } }) => call !== kept.record.call)
    const over = steps.filter(({ step: { call } }) => call.state.is === 'ended').map(({ kept }) => kept.id)
    return merged(
      ...steps.map(({ kept, step: taken }) => callBatch(kept, taken, at)),
      lineWithout(owner, line, over),
    )
  }
}

/** The batch that keeps one step of a call, without its owner's line. */
export function callBatch(kept: KeptCall, { call, effects }: Step, now: number): Batch {
  const record: CallRecord = { ...kept.record, call }
  const due = nextDue(call)
  const timer = timeUpTimer(kept.id)
  const over = call.state.is === 'ended'
  const event = { is: 'timeUp', id: kept.id }
  const forget = { key: forgetTimer(kept.id), due: now + rememberedMs, event: { is: 'forget', id: kept.id } }
  return {
    puts: [{ kind: 'call', id: kept.id, expect: kept.rev, doc: record }],
    setTimers: [
      ...(due === null ? [] : [{ key: timer, due, event, within: Math.min(due - now, longestPart(call)) }]),
      ...(over ? [forget] : []),
    ],
    cancelTimers: due === null && kept.rev > 0 ? [timer] : [],
    effects: [...effects.map((effect) => toBeDone(call, effect)), ...(over ? [unreachedReported(call)] : [])],
    history: call.state.is === 'ended' ? [historyRow(call, call.state)] : [],
  }
}

function longestPart({ connectSeconds = usualConnectSeconds }: Call): number {
  return longestPartMs + connectSeconds * 1000
}

/** A timer that came too early is set again. */
export function timerAgain({ id, record }: KeptCall): Batch {
  const due = nextDue(record.call)
  return due === null ? {} : { setTimers: [{ key: timeUpTimer(id), due, event: { is: 'timeUp', id } }] }
}

/** The owner's line with one call more. */
export function lineWith(owner: PersonId, line: Kept<'line'> | null, id: CallId): Batch {
  return linePut(owner, line, [...(line?.doc.calls ?? []), id])
}

/** The owner's line without the calls that are over. */
export function lineWithout(owner: PersonId, line: Kept<'line'> | null, over: readonly CallId[]): Batch {
  if (!line || over.length === 0) return {}
  return linePut(
    owner,
    line,
    line.doc.calls.filter((id) => !over.includes(id)),
  )
}

function linePut(owner: PersonId, line: Kept<'line'> | null, calls: readonly CallId[]): Batch {
  const put: Put = {
    kind: 'line',
    id: owner,
    expect: line?.rev ?? 0,
    doc: calls.length === 0 ? null : { calls },
  }
  return { puts: [put] }
}

function stepAll(call: Call, events: readonly CallEvent[]): Step {
  return events.reduce<Step>(
    (before, event) => {
      const next = step(before.call, event)
      return { call: next.call, effects: [...before.effects, ...next.effects] }
    },
    { call, effects: [] },
  )
}

/** An effect of the core as the store keeps it. */
function toBeDone(call: Call, effect: CallEffect): Effect {
  switch (effect.do) {
    case 'order':
      return ordered(call)
    case 'show':
      return shown(call, effect.person)
    case 'tellMissed':
      return toldMissed(call, effect.person)
  }
}

function historyRow(call: Call, end: Ended): HistoryRow {
  const { owner } = call
  const to = end.to?.is === 'number' ? end.to.number : end.to?.person
  const by = end.by ?? to
  return {
    at: end.at,
    call: call.id,
    owner,
    people: [...new Set([owner, ...call.parties.map((party) => party.person)])],
    caller: callerName(call.caller),
    outcome: end.outcome,
    ...(by === undefined ? {} : { by }),
    secondsRung: secondsRung(call, end.at),
  }
}

/** What a caller is called: their name, else their number, else their id. */
export function callerName({ name, number, id }: Caller): string {
  return name ?? number ?? id ?? 'Unknown caller'
}
