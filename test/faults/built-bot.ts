/** The bot as JavaScript in a folder of its own, made once: a process of it starts in half the time that tsx needs. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { cp, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import typescript from 'typescript'

export type BuiltBot = {
  readonly folder: string
  readonly index: string
  /** What makes files fail, for --import. */
  readonly preload: string
}

const root = fileURLToPath(new URL('../../', import.meta.url))
let built: Promise<BuiltBot> | null = null

/** Builds the bot at the first call; removed when this process ends. */
export function builtBot(): Promise<BuiltBot> {
  built ??= build()
  return built
}

/** The version that comes after this one: the same bot, whose schema has one migration more. */
export async function nextVersion(migration: string): Promise<BuiltBot> {
  const now = await builtBot()
  const folder = await newFolder()
  for (const name of ['node_modules', 'cards', 'package.json', 'preload.js'])
    await symlink(join(now.folder, name), join(folder, name))
  const migrations = 'src/store/postgres/migrations'
  await cp(join(root, migrations), join(folder, migrations), { recursive: true })
  await writeFile(join(folder, migrations, '9000_of_the_next_version.sql'), migration)
  await cp(join(now.folder, 'dist'), join(folder, 'dist'), { recursive: true })
  return { folder, index: join(folder, 'dist/index.js'), preload: join(folder, 'preload.js') }
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pickup-built-'))
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

async function build(): Promise<BuiltBot> {
  const folder = await newFolder()
  for (const name of ['node_modules', 'cards', 'src', 'package.json'])
    await symlink(join(root, name), join(folder, name))
  const preload = join(folder, 'preload.js')
  await Promise.all([compile(join(folder, 'dist')), transpile('preload.ts', preload)])
  return { folder, index: join(folder, 'dist/index.js'), preload }
}

/** Types are checked elsewhere. */
async function compile(to: string): Promise<void> {
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const options = ['--outDir', to, '--noCheck', '--incremental', 'false', '--tsBuildInfoFile', 'null']
  const child = spawn(process.execPath, [compiler, ...options], { cwd: root, stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  assert.equal(code, 0, 'the bot could not be built')
}

async function transpile(name: string, to: string): Promise<void> {
  const source = await readFile(new URL(name, import.meta.url), 'utf8')
  const compilerOptions = {
    module: typescript.ModuleKind.ESNext,
    target: typescript.ScriptTarget.ES2023,
  }
  await writeFile(to, typescript.transpileModule(source, { compilerOptions }).outputText)
}
