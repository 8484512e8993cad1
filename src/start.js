/** `npm start`: builds what changed since the last build, and becomes the bot. One process, so that a signal reaches it. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const built = new URL('../dist/index.js', import.meta.url)
const record = new URL('../dist/.tsbuildinfo', import.meta.url)

if (!isBuilt()) {
  const compiler = fileURLToPath(import.meta.resolve('typescript/bin/tsc'))
  const { status } = spawnSync(process.execPath, [compiler], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
  })
  if (status !== 0) {
    rmSync(record, { force: true })
    process.exit(status ?? 1)
  }
}
await import(built.href)

/** Whether there is a build, and no source is newer than it. */
function isBuilt() {
  if (!existsSync(built) || !existsSync(record)) return false
  // Where types were checked alone (tsc --noEmit) the record is new, and says what was not written out.
  if (readFileSync(record, 'utf8').includes('"affectedFilesPendingEmit"')) return false
  const at = statSync(record).mtimeMs
  const sources = readdirSync(new URL('.', import.meta.url), { recursive: true, withFileTypes: true })
  return sources.every((entry) => statSync(`${entry.parentPath}/${entry.name}`).mtimeMs <= at)
}
