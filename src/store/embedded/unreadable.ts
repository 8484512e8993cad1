/** What keeps the embedded store from opening, or from staying open; each says in a sentence what to do. */

export type Unreadable = 'foreign' | 'version' | 'damaged' | 'missing'

/** A file that cannot be trusted. Nothing was changed. */
export class StoreUnreadable extends Error {
  readonly code: Unreadable
  readonly file: string

  constructor(code: Unreadable, file: string, place = '') {
    super(`The store's file ${file} ${sentences[code]}${place}. Nothing was changed; ${advice[code]}.`)
    this.name = 'StoreUnreadable'
    this.code = code
    this.file = file
  }
}

/** Another process that still lives has the store open. */
export class StoreLocked extends Error {
  readonly file: string

  /** `host`: where that process lives, when it does not live here. */
  constructor(file: string, pid: string, host = '') {
    const where = host === '' ? '' : ` on ${host}`
    super(
      `The store is in use by process ${pid}${where}. Stop that process first; if there is none, delete the file ${file}.`,
    )
    this.name = 'StoreLocked'
    this.file = file
  }
}

/** Another process has taken the store over. */
export class StoreLost extends Error {
  constructor() {
    super(
      'The store now belongs to another process, because this one stood still for too long. This process saves nothing more and stops. Run only one bot on this folder.',
    )
    this.name = 'StoreLost'
  }
}

const sentences: Readonly<Record<Unreadable, string>> = {
  foreign: 'was not written by this program',
  version: 'was written by another version of this program',
  damaged: 'is damaged',
  missing: 'is missing, though other files need it',
}

const copies = 'put back a copy of the whole folder, or move the folder away to begin with an empty store'

const advice: Readonly<Record<Unreadable, string>> = {
  foreign: copies,
  version: 'start the version that wrote it, or move the folder away to begin with an empty store',
  damaged: copies,
  missing: copies,
}
