/** A store that throws as a bug would: at the nth access, or in the next effect or timer. */
import {
  type AuditQuery,
  type Batch,
  type Handlers,
  type HistoryQuery,
  type Kept,
  type Kind,
  type Page,
  type Store,
} from '../../src/store/store.ts'

export class ThrowingStore implements Store {
  readonly #store: Store
  #left = Infinity
  #next: 'effect' | 'timer' | null = null
  /** How often it has thrown. */
  thrown = 0

  constructor(store: Store) {
    this.#store = store
  }

  /** Throws once, at this access from now; never when it is Infinity. */
  throwAt(access: number): void {
    this.#left = access
  }

  throwInNext(handler: 'effect' | 'timer'): void {
    this.#next = handler
  }

  async get<K extends Kind>(kind: K, id: string): Promise<Kept<K> | null> {
    this.#access()
    return this.#store.get(kind, id)
  }

  async groupsOf(member: string) {
    this.#access()
    return this.#store.groupsOf(member)
  }

  async history(query: HistoryQuery) {
    this.#access()
    return this.#store.history(query)
  }

  async audit(query: AuditQuery) {
    this.#access()
    return this.#store.audit(query)
  }

  async list<K extends Kind>(kind: K, page: Page) {
    this.#access()
    return this.#store.list(kind, page)
  }

  async commit(batch: Batch) {
    this.#access()
    return this.#store.commit(batch)
  }

  start({ onTimer, onEffect }: Handlers): Promise<void> {
    return this.#store.start({
      onTimer: async (timer, read) => {
        this.#handle('timer')
        return onTimer(timer, read)
      },
      onEffect: async (effect) => {
        this.#handle('effect')
        return onEffect(effect)
      },
    })
  }

  stop() {
    return this.#store.stop()
  }

  close() {
    return this.#store.close()
  }

  trouble() {
    return this.#store.trouble()
  }

  #access(): void {
    this.#left -= 1
    if (this.#left === 0) this.#throw()
  }

  #handle(handler: 'effect' | 'timer'): void {
    if (this.#next !== handler) return
    this.#next = null
    this.#throw()
  }

  #throw(): never {
    this.thrown += 1
    throw new TypeError('ordered')
  }
}
