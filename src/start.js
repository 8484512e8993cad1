/**
 * `npm start`: builds what changed since the last build, and becomes the bot. One process, so that a signal reaches it. The
 * bot, and the page that it shows in a browser, are built side by side.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const built = new URL('../dist/index.js', import.meta.url)
const record = new URL('../dist/.tsbuildinfo', import.meta.url)

if (!isBuilt()) {
  console.error('Building the bot. That takes about 15 seconds, and only once until a source changes.')
  const began = new Date()
  const projects = ['.', 'src/playground/page'].filter((project) =>
    existsSync(new URL(`../${project}/tsconfig.json`, import.meta.url)),
  )
  const failed = (await Promise.all(projects.map(build))).find((code) => code !== 0)
  if (failed !== undefined) {
    rmSync(record, { force: true })
    process.exit(failed)
  }
  // The compiler leaves its record alone when only the page has changed.
  utimesSync(record, began, began)
}
await import(built.href)

/**
 * How the compiler ends.
 * @param {string} project
 * @returns {Promise<number>}
 */
async function build(project) {
  const compiler = fileURLToPath(import.meta.resolve('typescript/bin/tsc'))
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  const compiling = spawn(process.execPath, [compiler, '-p', project], { cwd, stdio: 'inherit' })
  const [code] = await once(compiling, 'exit')
  return typeof code === 'number' ? code : 1
}

/** Whether there is a build, and no source is newer than it. */
function isBuilt() {
  if (!existsSync(built) || !existsSync(record)) return false
  // Where types were checked alone (tsc --noEmit) the record is new, and says what was not written out.
  if (readFileSync(record, 'utf8').includes('"affectedFilesPendingEmit"')) return false
  const at = statSync(record).mtimeMs
  const sources = readdirSync(new URL('.', import.meta.url), { recursive: true, withFileTypes: true })
  return sources.every((entry) => statSync(`${entry.parentPath}/${entry.name}`).mtimeMs <= at)
}
