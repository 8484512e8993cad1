/** A real folder, through node:fs. */
import {
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from '../code-of.ts'
import { type Files, type OpenFile } from './files.ts'

const flags = { new: 'w', existing: 'r+', unique: 'wx' }

/** The files of one folder; the folder is made when it is not there. Only its owner may look inside. */
export async function diskFiles(folder: string): Promise<Files> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const at = (name: string) => join(folder, name)
  return {
    list: () => readdir(folder),
    read: (name) => readFile(at(name)),
    open: async (name, how) => openFile(await open(at(name), flags[how], 0o600)),
    rewrite: (name, bytes) => writeFile(at(name), bytes, { flag: 'r+' }),
    touch: (name, time) => utimes(at(name), time / 1000, time / 1000),
    touchedAt: (name) => touchedAt(at(name)),
    rename: (from, to) => rename(at(from), at(to)),
    remove: (name) => rm(at(name), { force: true }),
    syncNames: () => syncFolder(folder),
  }
}

/** Network file systems ask the server when a file is opened; when only its name is asked about, they may guess. */
async function touchedAt(path: string): Promise<number> {
  const handle = await open(path, 'r')
  try {
    return (await handle.stat()).mtimeMs
  } finally {
    await handle.close()
  }
}

async function openFile(handle: FileHandle): Promise<OpenFile> {
  let length = (await handle.stat()).size
  return {
    append: async (bytes) => {
      await writeAll(handle, bytes, length)
      length += bytes.length
    },
    datasync: () => handle.datasync(),
    truncate: async (to) => {
      await handle.truncate(to)
      length = to
    },
    close: () => handle.close(),
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    const rest = bytes.length - written
    const { bytesWritten } = await handle.write(bytes, written, rest, position + written)
    // Some file systems take nothing and call that no error; asking on and on would never end.
    if (bytesWritten === 0) throw Object.assign(new Error('nothing was written'), { code: 'EIO' })
    written += bytesWritten
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder; there renames need no such sync.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    // Some network file systems cannot sync a folder and say so.
    if (codeOf(error) !== 'EINVAL') throw error
  } finally {
    await handle.close()
  }
}
