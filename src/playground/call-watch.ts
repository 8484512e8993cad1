/** Watches the calls to the page's people as the bot keeps them: those that are live, and what happened to the last one. */
import { callerWords } from '../chat/calls/pickup-card.ts'
import { listOf, type NameOf, targetWords } from '../chat/draw/sentences.ts'
import { namesOf } from '../chat/said/people.ts'
import { type Call } from '../core/call.ts'
import { type PersonId } from '../core/person.ts'
import { type RingPlan } from '../core/ring-plan.ts'
import { type CallRecord } from '../store/documents.ts'
import { type Store } from '../store/store.ts'
import { type Directory } from '../switchboard/directory.ts'
import { type LiveCalls } from '../switchboard/live-calls.ts'
import { type StoryLine, toldBy } from './story.ts'
import { ahead } from './timeline.ts'

/** A live call as the page draws it. */
export type CallView = {
  readonly id: string
  readonly caller: string
  readonly owner: string
  readonly is: 'ringing' | 'connecting'
  /** Where it stands, in a sentence. */
  readonly words: string
  readonly parts: ReadonlyArray<{ readonly who: string; readonly from: number; readonly until: number }>
  /** What follows when nobody takes it. */
  readonly end: string
}

/** What happened to the call that came in last. */
export type Story = { readonly call: string; readonly title: string; readonly lines: readonly StoryLine[] }

export type CallWatchParts = {
  readonly store: Pick<Store, 'history'>
  readonly calls: LiveCalls
  readonly directory: Directory
  readonly now: () => number
  /** Told of every change of a call, live or over; `before` is null for one that was not seen before. */
  readonly seen: (before: Call | null, record: CallRecord) => void
}

/** So many of the last calls to each person are looked at: more do not begin and end between two looks. */
const lastCalls = 3
const mostLines = 60

export class CallWatch {
  readonly #parts: CallWatchParts
  readonly #since: number
  #live: ReadonlyMap<string, CallRecord> = new Map()
  /** Calls that were told of to their end. */
  #over: ReadonlySet<string> = new Set()
  #nameOf: NameOf = (id) => id
  #story: Story | null = null

  constructor(parts: CallWatchParts) {
    this.#parts = parts
    this.#since = parts.now()
  }

  live(): readonly CallRecord[] {
    return [...this.#live.values()]
  }

  find(id: string): CallRecord | undefined {
    return this.#live.get(id)
  }

  story(): Story | null {
    return this.#story
  }

  /** Puts back what was told before. */
  restore(story: Story | null): void {
    this.#story = story
  }

  /** Looks at every call to these people, as the bot knows them. */
  async look(people: readonly PersonId[]): Promise<void> {
    const { calls, directory } = this.#parts
    const live = (await Promise.all(people.map((id) => calls.to(id)))).flat()
    const isLive = new Set(live.map(({ call }) => call.id))
    const ended = new Set([...this.#live.keys(), ...(await this.#endedLately(people))])
    const fresh = [...ended].filter((id) => !isLive.has(id) && !this.#over.has(id))
    const over = await Promise.all(fresh.map((id) => calls.get(id)))
    const records = [...over.flatMap((kept) => (kept ? [kept.record] : [])), ...live]
    this.#nameOf = await namesOf(
      { directory },
      records.flatMap(({ call }) => peopleOf(call)),
    )
    for (const record of records.sort((one, other) => one.call.arrivedAt - other.call.arrivedAt))
      this.#see(record)
    this.#live = new Map(live.map((record) => [record.call.id, record]))
    this.#over = new Set([...ended].filter((id) => !isLive.has(id)))
  }

  views(): readonly CallView[] {
    return this.live().map(({ call }) => callView(call, this.#nameOf, this.#parts.now()))
  }

  /** How a call's caller and owner are called. */
  namesIn({ caller, owner }: Call): { readonly caller: string; readonly owner: string } {
    return { caller: callerWords(caller), owner: this.#nameOf(owner) }
  }

  async #endedLately(people: readonly PersonId[]): Promise<readonly string[]> {
    const rows = await Promise.all(
      people.map((person) => this.#parts.store.history({ person, limit: lastCalls })),
    )
    return rows.flat().flatMap(({ at, call }) => (at >= this.#since ? [call] : []))
  }

  #see(record: CallRecord): void {
    const { call } = record
    const before = this.#live.get(call.id)?.call ?? null
    if (before?.version === call.version) return
    const { now, seen } = this.#parts
    const { caller, owner } = this.namesIn(call)
    const isToldOf = this.#story?.call === call.id
    const lines = toldBy(before, call, caller, this.#nameOf, now())
    if (before === null && !isToldOf) this.#story = { call: call.id, title: `${caller} for ${owner}`, lines }
    else if (this.#story && isToldOf) {
      // A call that was told of before the bot was restarted goes on where its story ended.
      const more =
        before === null ? lines.filter(({ at }) => at > (this.#story?.lines.at(-1)?.at ?? 0)) : lines
      this.#story = { ...this.#story, lines: [...this.#story.lines, ...more].slice(-mostLines) }
    }
    seen(before, record)
  }
}

function callView(call: Call, nameOf: NameOf, at: number): CallView {
  const { state, plan } = call
  const parts = state.is === 'ringing' ? ahead(call, state, at) : []
  const named = parts.map(({ who, from, until }) => ({ who: listOf(who.map(nameOf), 4), from, until }))
  return {
    id: call.id,
    caller: callerWords(call.caller),
    owner: nameOf(call.owner),
    is: state.is === 'ringing' ? 'ringing' : 'connecting',
    words:
      state.is === 'connecting'
        ? `${nameOf(state.by)} picked up and is being connected.`
        : ringsAt(named[0]?.who),
    parts: named.map((part, index) => (index === 0 ? { ...part, from: startOf(call, at) } : part)),
    end: endLabel(plan, nameOf),
  }
}

/** The part that rings now began with the call, with its turn, or with its round. */
function startOf({ state, arrivedAt, plan }: Call, at: number): number {
  if (state.is !== 'ringing') return at
  const seconds = state.slotEndsAt === null ? (plan.rounds[state.round]?.seconds ?? 0) : 20
  return Math.max(arrivedAt, (state.slotEndsAt ?? state.roundEndsAt) - seconds * 1000)
}

function ringsAt(who: string | undefined): string {
  return who === undefined || who === 'nobody' ? 'Nobody rings now.' : `Rings at ${who}.`
}

function endLabel({ end }: RingPlan, nameOf: NameOf): string {
  switch (end.is) {
    case 'voicemail':
      return 'Voicemail'
    case 'missed':
      return 'Missed'
    case 'busy':
      return 'Busy tone'
    case 'reject':
      return 'Turned away'
    case 'leftToTeams':
      return 'Left to Teams'
    case 'transfer':
      return targetWords(end.to, nameOf)
  }
}

/** Everybody whose name a call's story and timeline need. */
function peopleOf(call: Call): readonly PersonId[] {
  const planned = call.plan.rounds.flatMap(({ lanes }) =>
    lanes.flatMap((lane) => (lane.ring === 'phone' ? [] : [...lane.alerts, ...lane.silent])),
  )
  const { state, plan } = call
  const by = state.is === 'ringing' || state.by === undefined ? [] : [state.by]
  const end = plan.end.is === 'transfer' && plan.end.to.is === 'person' ? [plan.end.to.person] : []
  const told = call.parties.map(({ person }) => person)
  return [
    call.owner,
    ...planned.map(({ person }) => person),
    ...told,
    ...by,
    ...end,
    ...call.notConnected,
    ...call.removed,
  ]
}
