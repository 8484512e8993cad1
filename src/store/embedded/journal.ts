/** One journal file that can be appended to. After a failure it is as long as before, or it takes no more. */
import { codeOf } from '../code-of.ts'
import { type StoreTrouble } from '../store.ts'
import { type OpenFile } from './files.ts'
import { headerLine, journalName, journalNumbers, unfinished } from './format.ts'
import { type TrustedFiles } from './trusted-files.ts'

export type AppendFailed = { readonly trouble: StoreTrouble; readonly error: unknown }

export class Journal {
  readonly number: number
  readonly #files: TrustedFiles
  readonly #file: OpenFile
  #length: number
  /** What a failed append may have left behind could not be cut off yet. */
  #isRagged = false

  private constructor(files: TrustedFiles, number: number, file: OpenFile, length: number) {
    this.number = number
    this.#files = files
    this.#file = file
    this.#length = length
  }

  /** Begins an empty journal; nobody ever sees it without its header. */
  static async begin(files: TrustedFiles, number: number): Promise<Journal> {
    const header = headerLine()
    return new Journal(files, number, await whole(files, journalName(number), header), header.length)
  }

  /** Goes on after the last good line; what lies behind it is cut off. */
  static async resume(files: TrustedFiles, number: number, length: number): Promise<Journal> {
    const file = await files.open(journalName(number), 'existing')
    const journal = new Journal(files, number, file, length)
    await journal.#cut()
    return journal
  }

  get length(): number {
    return this.#length
  }

  /** Nothing more can be written. */
  get isBroken(): boolean {
    return this.#files.isBroken
  }

  /** Resolves once the line is durable, or says why it was not kept. */
  async append(line: Uint8Array): Promise<AppendFailed | null> {
    try {
      if (this.#isRagged) await this.#cut()
      this.#isRagged = true
      await this.#file.append(line)
      await this.#file.datasync()
    } catch (error) {
      await this.#tryToCut()
      return { trouble: this.isBroken ? 'writeFailed' : troubleOf(error), error }
    }
    this.#isRagged = false
    this.#length += line.length
    return null
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  async #cut(): Promise<void> {
    await this.#file.truncate(this.#length)
    await this.#file.datasync()
    this.#isRagged = false
  }

  async #tryToCut(): Promise<void> {
    try {
      await this.#cut()
    } catch {
      // Cut before the next append instead, if there is one; a restart takes it for a torn tail.
    }
  }
}

/**
 * Puts a copy in place of the last journal. Its last holder may be asleep in the middle of a write: what they still write
 * then goes into a file that nobody reads.
 */
export async function detachLast(files: TrustedFiles): Promise<void> {
  const last = journalNumbers(await files.list()).at(-1)
  if (last === undefined) return
  const name = journalName(last)
  await (await whole(files, name, await files.read(name))).close()
}

/** A file that nobody ever sees without these bytes, still open. */
async function whole(files: TrustedFiles, name: string, bytes: Uint8Array): Promise<OpenFile> {
  const file = await files.open(unfinished(name), 'new')
  try {
    await file.append(bytes)
    await file.datasync()
    await files.rename(unfinished(name), name)
    await files.syncNames()
    return file
  } catch (error) {
    await file.close()
    throw error
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
