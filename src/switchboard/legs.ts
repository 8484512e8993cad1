/** Keeps the notes of a call source, and the work and alarms that go with them, with the store's promises. */
import { type CallId } from '../core/call.ts'
import { type LegBook, type LegEntry, type LegNotes, type LegWork } from '../source/source.ts'
import { type Batch, type Effect, type Store, type Timer } from '../store/store.ts'
import { worked } from './effects.ts'
import { every } from './every.ts'

export class Legs implements LegBook {
  readonly #store: Store
  readonly #now: () => number
  readonly #source: string

  constructor(store: Store, now: () => number, source: string) {
    this.#store = store
    this.#now = now
    this.#source = source
  }

  async read(id: string): Promise<Readonly<Record<string, unknown>> | null> {
    return (await this.#store.get('leg', callId(this.#source, id)))?.doc.notes ?? null
  }

  async change(id: string, decide: Parameters<LegBook['change']>[1]): Promise<void> {
    const call = callId(this.#source, id)
    for (;;) {
      const kept = await this.#store.get('leg', call)
      const at = this.#now()
      const decided = decide(kept?.doc.notes ?? null, at)
      if (decided === null) return
      const batch = this.#batch(id, kept?.rev ?? 0, decided, at)
      if ((await this.#store.commit(batch)) === 'committed') return
    }
  }

  async admit(id: string, decide: Parameters<LegBook['admit']>[1]): Promise<void> {
    for (;;) {
      // Read first: a call that is taken in after this makes the commit below a conflict.
      const last = await this.#store.get('legAdmitted', this.#source)
      const [all, at] = [await this.all(), this.#now()]
      if (all.some((one) => one.id === id)) return
      const decided = decide(all, at)
      if (decided === null) return
      const { puts = [], ...batch } = this.#batch(id, 0, decided, at)
      const admitted = { kind: 'legAdmitted', id: this.#source, expect: last?.rev ?? 0, doc: { at } } as const
      if ((await this.#store.commit({ ...batch, puts: [...puts, admitted] })) === 'committed') return
    }
  }

  async leave(id: string, ...works: readonly LegWork[]): Promise<void> {
    if (works.length > 0) await this.#store.commit({ effects: works.map((work) => this.#effect(id, work)) })
  }

  async all(): Promise<readonly LegEntry[]> {
    const found: LegEntry[] = []
    for await (const { id: call, doc } of every(this.#store, 'leg')) {
      const { source, id } = sourceOf(call)
      if (source === this.#source) found.push({ id, notes: doc.notes })
    }
    return found
  }

  #batch(id: string, rev: number, { notes, works, alarmAt }: LegNotes, at: number): Batch {
    const call = callId(this.#source, id)
    const doc = notes === null ? null : { notes }
    const isNothing = rev === 0 && doc === null
    const key = alarmKey(call)
    return {
      puts: isNothing ? [] : [{ kind: 'leg', id: call, expect: rev, doc }],
      setTimers:
        alarmAt === null
          ? []
          : [{ key, due: alarmAt, event: { is: 'legAlarm', id: call }, within: Math.max(0, alarmAt - at) }],
      cancelTimers: alarmAt === null ? [key] : [],
      effects: works.map((work) => this.#effect(id, work)),
    }
  }

  #effect(id: string, work: LegWork): Effect {
    return worked(callId(this.#source, id), work)
  }
}

/** What a due alarm leaves to be done. */
export function legAlarm({ event: { id } }: Timer): Batch {
  return { effects: [worked(id, { do: 'alarm' })] }
}

/** A source's name for a call as ours; blanks and colons in it are escaped. */
export function callId(source: string, id: string): CallId {
  return `${source}:${encodeURIComponent(id)}`
}

/** The name of a call whose source gives it the id that this call had before; no id of a source looks like this. */
export function callIdAfter(id: CallId): CallId {
  const [first = id, times = '1'] = id.split('+')
  return `${first}+${Number(times) + 1}`
}

/** The source's name and its own id of a call. */
export function sourceOf(id: CallId): { readonly source: string; readonly id: string } {
  const end = id.indexOf(':')
  return { source: id.slice(0, end), id: decodeURIComponent(id.slice(end + 1)) }
}

function alarmKey(call: CallId): string {
  return `leg ${call}`
}
