/** One journal file that can be appended to. After a failure it is as long as before, or it takes no more. */
import { codeOf, type Files, type OpenFile } from './files.ts'
import { headerLine, journalName, unfinished } from './format.ts'
import { type StoreTrouble } from './store.ts'

export type AppendFailed = { readonly trouble: StoreTrouble; readonly error: unknown }

export class Journal {
  readonly number: number
  readonly #file: OpenFile
  #length: number
  /** What a failed append may have left behind could not be cut off yet. */
  #isRagged = false
  #isBroken = false

  private constructor(number: number, file: OpenFile, length: number) {
    this.number = number
    this.#file = file
    this.#length = length
  }

  /** Begins an empty journal; nobody ever sees it without its header. */
  static async begin(files: Files, number: number): Promise<Journal> {
    const name = journalName(number)
    const header = headerLine()
    const file = await files.open(unfinished(name), 'new')
    try {
      await file.append(header)
      await file.datasync()
      await files.rename(unfinished(name), name)
      await files.syncNames()
    } catch (error) {
      await file.close()
      throw error
    }
    return new Journal(number, file, header.length)
  }

  /** Goes on after the last good line; what lies behind it is cut off. */
  static async resume(files: Files, number: number, length: number): Promise<Journal> {
    const file = await files.open(journalName(number), 'existing')
    const journal = new Journal(number, file, length)
    await journal.#cut()
    return journal
  }

  get length(): number {
    return this.#length
  }

  /** Once a datasync has failed nobody knows what the disk holds, so nothing more is written. */
  get isBroken(): boolean {
    return this.#isBroken
  }

  /** Resolves once the line is durable, or says why it was not kept. */
  async append(line: Uint8Array): Promise<AppendFailed | null> {
    if (this.#isBroken) return { trouble: 'writeFailed', error: new Error('an earlier sync failed') }
    try {
      if (this.#isRagged) await this.#cut()
      this.#isRagged = true
      await this.#file.append(line)
      await this.#sync()
    } catch (error) {
      await this.#tryToCut()
      return { trouble: this.#isBroken ? 'writeFailed' : troubleOf(error), error }
    }
    this.#isRagged = false
    this.#length += line.length
    return null
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  async #sync(): Promise<void> {
    try {
      await this.#file.datasync()
    } catch (error) {
      this.#isBroken = true
      throw error
    }
  }

  async #cut(): Promise<void> {
    await this.#file.truncate(this.#length)
    await this.#sync()
    this.#isRagged = false
  }

  async #tryToCut(): Promise<void> {
    try {
      await this.#cut()
    } catch {
      // Cut before the next append instead; a restart takes it for a torn tail.
    }
  }
}

function troubleOf(error: unknown): StoreTrouble {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'diskFull'
    case 'EROFS':
      return 'readOnly'
    default:
      return 'writeFailed'
  }
}
