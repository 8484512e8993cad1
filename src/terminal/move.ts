/** Moves everything that is kept from the folder into the database, or back. */
import { randomUUID } from 'node:crypto'
import { openDatabase, type Opened, openFolder } from '../assemble/open-store.ts'
import { type Environment } from '../environment/environment.ts'
import { sections } from '../store/documents.ts'
import { type Moved, moveAll, totalOf } from '../store/move.ts'
import { StoreFailed } from '../store/store.ts'
import { Failed } from './failed.ts'
import { line, note } from './output.ts'
import { Progress } from './progress.ts'
import { noteWaiting } from './waiting.ts'

export type Destination = 'database' | 'folder'

/** Nothing is forgotten on the way, however old it is. */
const forEver = { historyDays: 36_500, auditDays: 36_500 }

export async function move({ database, dataFolder }: Environment, to: Destination): Promise<number> {
  if (database === null)
    throw new Failed(
      'DATABASE_URL is not set. Set it to the database, and DATA_DIR to the folder: everything is moved between these two.',
    )
  const folderSide = await openFolder(dataFolder, forEver, noteWaiting)
  try {
    const databaseSide = await openDatabase(database, forEver, () => undefined)
    try {
      const [from, into] = to === 'database' ? [folderSide, databaseSide] : [databaseSide, folderSide]
      tell(await moved(from, into), from, into)
      return 0
    } finally {
      await databaseSide.store.close()
    }
  } finally {
    await folderSide.store.close()
  }
}

async function moved(from: Opened, to: Opened): Promise<Moved> {
  const progress = new Progress(process.stderr)
  let told = ''
  const onProgress = (step: 'copy' | 'compare', done: number, of: number) => {
    if (step !== told) {
      progress.clear()
      if (step === 'copy' && done > 0)
        note(`Going on with a move that was broken off at ${number(done)} of ${number(of)}.`)
      if (step === 'compare') note('Everything is there. Reading both sides again to compare them.')
      told = step
    }
    progress.show(done, of)
  }
  try {
    return await moveAll({ from, to, now: () => to.clock.now(), newId: randomUUID, onProgress })
  } catch (error) {
    if (!(error instanceof StoreFailed)) throw error
    throw new Failed(
      `It stopped: ${from.name} or ${to.name} could not be used any more (${error.trouble}). Run the same command again: it goes on where it stopped.`,
    )
  } finally {
    progress.clear()
  }
}

function tell({ counts }: Moved, from: Opened, to: Opened): void {
  const each = sections.map((section) => `${number(counts[section])} ${words[section]}`)
  line(`Moved ${number(totalOf(counts))} things from ${from.name} to ${to.name}: ${each.join(', ')}.`)
  line('Both sides were read again and hold the same.')
  note(
    `From now on the bot runs on ${to.name} only. ${from.name} stays as it is, as a copy; nothing starts on it.`,
  )
}

const words = {
  documents: 'documents',
  memberships: 'memberships',
  timers: 'timers',
  effects: 'effects',
  history: 'ended calls',
  audit: 'changes of settings',
} as const

const number = (count: number) => count.toLocaleString('en')
