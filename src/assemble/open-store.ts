/** Opens what everything is kept in: the database that DATABASE_URL names, or else the folder DATA_DIR. */
import { type Clock, realClock } from '../clock.ts'
import { type DatabaseSettings } from '../environment/database.ts'
import { type Environment } from '../environment/environment.ts'
import { SettingsWrong } from '../environment/read.ts'
import { type Archive } from '../store/archive.ts'
import { codeOf } from '../store/code-of.ts'
import { openEmbedded } from '../store/embedded/embedded.ts'
import { type Broken } from '../store/embedded/trusted-files.ts'
import { StoreUnreadable } from '../store/embedded/unreadable.ts'
import { checkNotMoved } from '../store/moved.ts'
import { type Tell } from '../store/store-event.ts'
import { type Store } from '../store/store.ts'
import { type Instances } from '../store/instances.ts'

export type Opened = {
  readonly store: Store
  /** The time that everything kept there goes by. */
  readonly clock: Clock
  /** What several instances agree on; absent when this is the only one. */
  readonly instances?: Instances
  /** Which one it is, in words. */
  readonly name: string
  readonly archive: Archive
}

/** Told once when nothing can be kept any more, however long the process goes on. */
type OnBroken = (why: Broken) => void
type Days = { readonly historyDays: number; readonly auditDays: number }
type Settings = Days & Pick<Environment, 'database' | 'dataFolder'>

/** What an error code of the file system says about a folder. */
const fileTroubles: Readonly<Record<string, string>> = {
  ENOSPC: 'is on a full disk',
  EROFS: 'is on a disk that cannot be written to',
  EACCES: 'may not be used by this user',
  EPERM: 'may not be used by this user',
  EEXIST: 'is a file',
  ENOTDIR: 'is in a file',
}

/** Throws an error whose message says in a sentence what to do, when it cannot be opened. */
export async function openStore(
  settings: Settings,
  log: Tell,
  onBroken: OnBroken = () => undefined,
): Promise<Opened> {
  const { database, dataFolder } = settings
  const opened = database
    ? await openDatabase(database, settings, log)
    : await openFolder(dataFolder, settings, log, onBroken)
  try {
    await checkNotMoved(opened.store, opened.name)
    return opened
  } catch (error) {
    await opened.store.close()
    throw error
  }
}

/** Also when it is being moved, or was. */
export async function openDatabase(database: DatabaseSettings, days: Days, log: Tell): Promise<Opened> {
  const { openPostgres } = await import('../store/postgres/postgres.ts')
  const opened = await openPostgres({ ...database, ...daysIn(days), log })
  return { ...opened, name: `the database's schema "${database.schema}"` }
}

/** Also when it is being moved, or was. */
export async function openFolder(
  folder: string,
  days: Days,
  log: Tell,
  onBroken: OnBroken = () => undefined,
): Promise<Opened> {
  try {
    const store = await openEmbedded({ folder, ...daysIn(days), log, onBroken })
    return { store, archive: store.archive, clock: realClock, name: `the folder "${folder}"` }
  } catch (error) {
    throw folderUnusable(error, folder)
  }
}

const daysIn = ({ historyDays, auditDays }: Days): Days => ({ historyDays, auditDays })

/** An error of the file system in words; any other stays as it is. */
function folderUnusable(error: unknown, folder: string): unknown {
  const code = codeOf(error)
  if (code === '' || error instanceof StoreUnreadable) return error
  const why = fileTroubles[code] ?? 'cannot be used'
  return new SettingsWrong(
    `DATA_DIR: the folder "${folder}" ${why} (${code}). Fix that, or set DATA_DIR to another folder.`,
  )
}
