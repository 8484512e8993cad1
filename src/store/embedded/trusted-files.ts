/**
 * The files of the folder, for as long as they can be trusted: the folder is ours, and every sync so far has succeeded. After
 * a failed one nobody knows what the disk holds, and what the system shows of it may never get there. Then no step changes
 * anything any more, and whoever runs the store is told once: it has to be opened anew, and then holds what is durable.
 */
import { type Files, type OpenFile } from './files.ts'
import { type Hold } from './hold.ts'
import { StoreLost } from './unreadable.ts'

/** Why nothing can be kept any more. */
export type Broken = 'syncFailed' | 'folderLost'

export class TrustedFiles implements Files {
  readonly #files: Files
  readonly #hold: Hold
  readonly #onBroken: () => void
  #hasFailed = false

  /** `onBroken` is told when a sync has failed; the hold tells when it is lost. */
  constructor(files: Files, hold: Hold, onBroken: () => void) {
    this.#files = files
    this.#hold = hold
    this.#onBroken = onBroken
  }

  /** Whether nothing can be kept any more. */
  get isBroken(): boolean {
    return this.#hasFailed || this.#hold.isLost
  }

  /** Null when the folder is surely ours; otherwise resolves once it is known to be, and throws StoreLost when it is not. */
  unsure(): Promise<void> | null {
    return this.#hold.isSure() ? null : this.#hold.ensure()
  }

  list(): Promise<readonly string[]> {
    return this.#files.list()
  }

  read(name: string): Promise<Buffer> {
    return this.#files.read(name)
  }

  async open(name: string, how: 'new' | 'existing' | 'unique'): Promise<OpenFile> {
    await this.#mayChange()
    const file = await this.#files.open(name, how)
    return {
      append: async (bytes) => {
        await this.#mayChange()
        await file.append(bytes)
      },
      datasync: () => this.#sync(() => file.datasync()),
      // Also after a failed sync: what was not kept must not be found by the next start.
      truncate: async (length) => {
        await this.unsure()
        await file.truncate(length)
      },
      close: () => file.close(),
    }
  }

  async rewrite(name: string, bytes: Uint8Array): Promise<void> {
    await this.#mayChange()
    await this.#files.rewrite(name, bytes)
  }

  async touch(name: string, at: number): Promise<void> {
    await this.#mayChange()
    await this.#files.touch(name, at)
  }

  touchedAt(name: string): Promise<number> {
    return this.#files.touchedAt(name)
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#mayChange()
    await this.#files.rename(from, to)
  }

  async remove(name: string): Promise<void> {
    await this.#mayChange()
    await this.#files.remove(name)
  }

  syncNames(): Promise<void> {
    return this.#sync(() => this.#files.syncNames())
  }

  async #mayChange(): Promise<void> {
    if (this.#hasFailed) throw new Error('an earlier sync failed')
    await this.unsure()
  }

  /** What is durable is acknowledged next, so the folder must be ours still, or whoever has it may have missed it. */
  async #sync(sync: () => Promise<void>): Promise<void> {
    await this.#mayChange()
    try {
      await sync()
    } catch (error) {
      if (!(error instanceof StoreLost)) this.#fail()
      throw error
    }
    await this.unsure()
  }

  #fail(): void {
    if (this.#hasFailed) return
    this.#hasFailed = true
    this.#onBroken()
  }
}
