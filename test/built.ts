/**
 * The sources and the programs of the tests as JavaScript: a process of it starts in a quarter of the time that a TypeScript
 * loader needs. What has not changed since the last time is not made again.
 */
import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Like the project, with JavaScript for TypeScript. */
export const builtFolder = join(root, 'node_modules/.cache/call-pickup-bot')

/** What the bot reads beside its sources. */
const beside = ['appPackage', 'cards', 'dist', 'package.json']
/** The suites run in mocha's own processes, and the page in a browser: nobody starts these. */
const notStarted = /\.(?:test|heavy)\.ts$|\/playground\/page\/.*\.ts$/u
let making: Promise<void> | null = null

/** The file to give to node for a TypeScript file of this project. */
export async function built(path: string): Promise<string> {
  making ??= build(root, builtFolder)
  await making
  return join(builtFolder, javaScript(path))
}

/** Makes what is missing or has changed. Several processes may do so at once: each file is whole or not there. */
export async function build(from: string, to: string): Promise<void> {
  mkdirSync(to, { recursive: true })
  for (const name of beside) link(join(from, name), join(to, name))
  for (const folder of ['src', 'test']) {
    for (const entry of readdirSync(join(from, folder), { recursive: true, withFileTypes: true })) {
      const source = join(entry.parentPath, entry.name)
      if (entry.isFile() && !notStarted.test(source))
        await bring(source, join(to, javaScript(source.slice(from.length))))
    }
  }
}

function javaScript(path: string): string {
  return path.replace(/\.ts$/u, '.js')
}

function link(target: string, at: string): void {
  try {
    symlinkSync(target, at)
  } catch (error) {
    // It is there already.
    if (!lstatSync(at, { throwIfNoEntry: false })) throw error
  }
}

/** What is made bears the time of its source. */
async function bring(source: string, target: string): Promise<void> {
  const changed = new Date(Math.round(statSync(source).mtimeMs))
  const made = statSync(target, { throwIfNoEntry: false })
  if (made && Math.round(made.mtimeMs) === changed.getTime()) return
  mkdirSync(dirname(target), { recursive: true })
  const unfinished = `${target}.${process.pid}`
  if (source.endsWith('.ts')) writeFileSync(unfinished, await translated(source))
  else copyFileSync(source, unfinished)
  utimesSync(unfinished, changed, changed)
  renameSync(unfinished, target)
}

/** Types are checked elsewhere. */
async function translated(fileName: string): Promise<string> {
  // Loading the compiler takes longer than finding out that nothing has changed.
  const { default: typescript } = await import('typescript')
  const { outputText } = typescript.transpileModule(readFileSync(fileName, 'utf8'), {
    fileName,
    compilerOptions: {
      module: typescript.ModuleKind.ESNext,
      target: typescript.ScriptTarget.ES2023,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  })
  return outputText
}
