/** What the playground keeps in its folder: one JSON file per name, each written whole, so that a restart shows it again. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export class KeptFiles {
  readonly #folder: string
  /** What is still to be written, and the writing that is under way, by name. */
  readonly #next = new Map<string, () => unknown>()
  readonly #writing = new Map<string, Promise<void>>()

  private constructor(folder: string) {
    this.#folder = folder
  }

  /** The folder is made when it is not there; only its owner may look inside. */
  static async open(folder: string): Promise<KeptFiles> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return new KeptFiles(folder)
  }

  /** What was kept under a name; null when nothing was. A file that cannot be read is put aside under another name. */
  async read(name: string): Promise<unknown> {
    const path = this.#path(name)
    const text = await readFile(path, 'utf8').catch(() => null)
    if (text === null) return null
    try {
      return JSON.parse(text)
    } catch {
      await rename(path, `${path}.unreadable`)
      return null
    }
  }

  /** Keeps what `value` gives when its turn comes; resolves once that is on disk. Many at once become one writing. */
  async write(name: string, value: () => unknown): Promise<void> {
    this.#next.set(name, value)
    await this.#writing.get(name)?.catch(() => undefined)
    const next = this.#next.get(name)
    if (!next) return this.#writing.get(name)
    this.#next.delete(name)
    const writing = this.#written(name, next).finally(() => {
      if (this.#writing.get(name) === writing) this.#writing.delete(name)
    })
    this.#writing.set(name, writing)
    return writing
  }

  /** Resolves once nothing is left to be written. */
  async settled(): Promise<void> {
    while (this.#next.size + this.#writing.size > 0) await Promise.allSettled(this.#writing.values())
  }

  async #written(name: string, value: () => unknown): Promise<void> {
    const path = this.#path(name)
    await writeFile(`${path}.new`, JSON.stringify(value()), { mode: 0o600 })
    await rename(`${path}.new`, path)
  }

  #path(name: string): string {
    return join(this.#folder, `${name}.json`)
  }
}
