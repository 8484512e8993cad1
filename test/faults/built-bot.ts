/** The bot as JavaScript, for processes of it. */
import { rmSync } from 'node:fs'
import { cp, mkdtemp, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { built, builtFolder } from '../built.ts'

export type BuiltBot = {
  readonly folder: string
  readonly index: string
  /** What makes files fail, for --import. */
  readonly preload: string
}

export async function builtBot(): Promise<BuiltBot> {
  return {
    folder: builtFolder,
    index: await built('src/index.ts'),
    preload: await built('test/faults/preload.ts'),
  }
}

/** The version that comes after this one: the same bot, whose schema has one migration more. */
export async function nextVersion(migration: string): Promise<BuiltBot> {
  const now = await builtBot()
  const folder = await mkdtemp(join(tmpdir(), 'pickup-next-'))
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true })
  })
  await symlink(join(now.folder, '../..'), join(folder, 'node_modules'))
  for (const name of ['cards', 'package.json']) await symlink(join(now.folder, name), join(folder, name))
  await cp(join(now.folder, 'src'), join(folder, 'src'), { recursive: true })
  await writeFile(join(folder, 'src/store/postgres/migrations/9000_of_the_next_version.sql'), migration)
  return { ...now, folder, index: join(folder, 'src/index.js') }
}
