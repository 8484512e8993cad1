/**
 * The store in one process and one folder: lowdb holds everything in memory, and each commit is durable before it is
 * acknowledged. Nobody is ever shown what is not on disk yet.
 */
import { type Low } from 'lowdb'
import { type Clock } from '../../clock.ts'
import { type PersonId } from '../../core/person.ts'
import { type Archive } from '../archive.ts'
import {
  auditKey,
  type Change,
  changeOf,
  documentKey,
  groupsKey,
  historyKey,
  isEmpty,
  keysOf,
  listKey,
  readChange,
} from '../change.ts'
import { type Tell } from '../store-event.ts'
import {
  type AuditEntry,
  type AuditQuery,
  type Batch,
  type Committed,
  type Handlers,
  type HistoryQuery,
  type HistoryRow,
  type Kept,
  type Kind,
  type Listed,
  type Page,
  type Store,
  StoreFailed,
  type StoreTrouble,
  type Timer,
} from '../store.ts'
import { Timers } from './timers.ts'
import { EmbeddedArchive } from './embedded-archive.ts'
import { deepFrozen } from './frozen.ts'
import { type Hold } from './hold.ts'
import { type JournalAdapter } from './journal-adapter.ts'
import { Effects } from './effects.ts'
import { type Memory } from './memory.ts'
import { type TrustedFiles } from './trusted-files.ts'

/** A timer's decision that conflicts this often in a row is left alone for a while. */
const mostAsked = 10

export type EmbeddedParts = {
  readonly low: Low<Memory>
  readonly adapter: JournalAdapter
  readonly clock: Clock
  readonly random: () => number
  readonly tell: Tell
  readonly files: TrustedFiles
  readonly hold: Hold
}

export class EmbeddedStore implements Store {
  readonly #parts: EmbeddedParts
  readonly #timers: Timers
  readonly #effects: Effects
  readonly archive: Archive
  #isClosed = false

  constructor(parts: EmbeddedParts) {
    this.#parts = parts
    const { clock, random, tell, low, adapter } = parts
    this.#timers = new Timers({ clock, random, tell, timers: low.data.timers })
    this.#effects = new Effects({ clock, random, tell, onDone: (number) => this.#performed(number) })
    for (const [number, effect] of [...low.data.effects].sort(([one], [other]) => one - other)) {
      this.#effects.add({ number, effect })
    }
    this.archive = new EmbeddedArchive({
      memory: low.data,
      settled: () => adapter.write(),
      keep: async (held) => {
        this.#refuse()
        await this.#keep(held)
      },
    })
    adapter.watch({ onKept: (changes) => this.#begin(changes), onUndone: () => this.#timers.renew() })
  }

  get<K extends Kind>(kind: K, id: string): Promise<Kept<K> | null> {
    return this.#read(documentKey(kind, id), (memory) => memory.get(kind, id))
  }

  groupsOf(member: PersonId): Promise<readonly PersonId[]> {
    return this.#read(groupsKey(member), (memory) => memory.groupsOf(member))
  }

  audit(query: AuditQuery): Promise<readonly AuditEntry[]> {
    return this.#read(auditKey, (memory) => memory.audit.page(query).map(deepFrozen))
  }

  async list<K extends Kind>(kind: K, page: Page): Promise<ReadonlyArray<Listed<K>>> {
    const { low, adapter, files } = this.#parts
    const unsure = files.unsure()
    if (unsure) await unsure
    for (;;) {
      const found = low.data.list(kind, page)
      const keys = found.map(({ id }) => documentKey(kind, id))
      if ((await adapter.commits.unsettled([listKey(kind), ...keys])) ?? true) return found
    }
  }

  history(query: HistoryQuery): Promise<readonly HistoryRow[]> {
    return this.#read(historyKey(query.person), (memory) => memory.history.page(query).map(deepFrozen))
  }

  commit(batch: Batch): Promise<Committed> {
    return this.#commitWhile(batch, () => true)
  }

  start({ onTimer, onEffect }: Handlers): Promise<void> {
    this.#effects.run((effect) => onEffect(deepFrozen(effect)))
    this.#timers.run((timer) => this.#fire(deepFrozen(timer), onTimer))
    return Promise.resolve()
  }

  async stop(): Promise<void> {
    await Promise.all([this.#effects.pause(), this.#timers.pause()])
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    await this.stop()
    this.#isClosed = true
    await this.#parts.adapter.close()
    await this.#parts.hold.release()
  }

  trouble(): StoreTrouble | null {
    if (this.#isClosed) return 'closed'
    const { files, adapter } = this.#parts
    return files.isBroken ? 'writeFailed' : adapter.commits.trouble
  }

  /** Reads memory, and waits until what was read is on disk; when it never gets there, reads again. */
  async #read<T>(key: string, read: (memory: Memory) => T): Promise<T> {
    const { low, adapter, files } = this.#parts
    // What somebody else has changed since is not here.
    const unsure = files.unsure()
    if (unsure) await unsure
    for (;;) {
      const answer = read(low.data)
      const unsettled = adapter.commits.unsettled([key])
      if (unsettled === null || (await unsettled)) return answer
    }
  }

  async #commitWhile(batch: Batch, mayCommit: () => boolean): Promise<Committed> {
    const { low, adapter } = this.#parts
    const puts = batch.puts ?? []
    for (;;) {
      this.#refuse()
      if (isEmpty(batch)) return 'committed'
      if (!mayCommit()) return 'conflict'
      if (low.data.isAsExpected(puts)) {
        await this.#keep(changeOf(batch, low.data.nextNumber))
        return 'committed'
      }
      const keys = puts.map(({ kind, id }) => documentKey(kind, id))
      // Whoever was first may still be undone; then there is no conflict.
      if ((await adapter.commits.unsettled(keys)) ?? true) return 'conflict'
    }
  }

  /** Changes memory at once, so that whoever decides next decides on this; resolves when it is durable. */
  #keep(given: Change): Promise<void> {
    const { low, adapter } = this.#parts
    const json = JSON.stringify(given)
    // Read back, so that memory holds a copy of its own, just as a restart would read it.
    const change = readChange(json)
    return low.update((memory) => {
      adapter.commits.stage({ json, change, undo: memory.apply(change), keys: keysOf(change) })
    })
  }

  #refuse(): void {
    if (this.#isClosed) throw new StoreFailed('closed')
    if (this.#parts.files.isBroken) throw new StoreFailed('writeFailed')
  }

  /** Begins what has become durable. */
  #begin(changes: readonly Change[]): void {
    for (const { setTimers = [], effects = [] } of changes) {
      for (const timer of setTimers) this.#timers.add(timer)
      for (const effect of effects) this.#effects.add(effect)
    }
  }

  /** Nobody waits for this to be durable: an effect may be performed again after a crash. */
  #performed(number: number): void {
    const { low, adapter } = this.#parts
    low.data.effects.delete(number)
    adapter.commits.stageLate(JSON.stringify({ performed: [number] } satisfies Change))
  }

  /** The timer goes in the same commit as what it decides. Set anew or cancelled in the meantime, it decides nothing. */
  async #fire(timer: Timer, onTimer: Handlers['onTimer']): Promise<void> {
    const isSet = () => this.#parts.low.data.timers.get(timer.key) === timer
    for (let asked = 0; isSet(); asked += 1) {
      if (asked === mostAsked) throw new Error('the decision of a timer keeps conflicting')
      const batch = await onTimer(timer, this)
      const whole = { ...batch, cancelTimers: [timer.key, ...(batch.cancelTimers ?? [])] }
      if ((await this.#commitWhile(whole, isSet)) === 'committed') return
    }
  }
}
