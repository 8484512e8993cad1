/** Opens what everything is kept in: the database that DATABASE_URL names, or else the folder DATA_DIR. */
import { type Environment } from './environment.ts'
import { SettingsWrong } from './settings.ts'
import { type Clock, realClock } from './store/clock.ts'
import { openEmbedded } from './store/embedded.ts'
import { codeOf } from './store/files.ts'
import { type Tell } from './store/notice.ts'
import { type Store } from './store/store.ts'
import { type Together } from './store/together.ts'
import { StoreUnreadable } from './store/unreadable.ts'

export type Opened = {
  readonly store: Store
  /** The time that everything kept there goes by. */
  readonly clock: Clock
  /** What several instances agree on; absent when this is the only one. */
  readonly together?: Together
}

type Settings = Pick<Environment, 'database' | 'dataFolder' | 'historyDays' | 'auditDays'>

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
export async function openStore(settings: Settings, log: Tell): Promise<Opened> {
  const { database, dataFolder: folder, historyDays, auditDays } = settings
  if (database) {
    const { openPostgres } = await import('./store/postgres/postgres.ts')
    return openPostgres({ ...database, historyDays, auditDays, log })
  }
  try {
    return { store: await openEmbedded({ folder, historyDays, auditDays, log }), clock: realClock }
  } catch (error) {
    throw folderUnusable(error, folder)
  }
}

/** An error of the file system in words; any other stays as it is. */
function folderUnusable(error: unknown, folder: string): unknown {
  const code = codeOf(error)
  if (code === '' || error instanceof StoreUnreadable) return error
  const why = fileTroubles[code] ?? 'cannot be used'
  return new SettingsWrong(
    `DATA_DIR: the folder "${folder}" ${why} (${code}). Mend that, or set DATA_DIR to another folder.`,
  )
}
