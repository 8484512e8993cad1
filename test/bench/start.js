/** `npm run bench`: builds bot and bench side by side, as a user's bot is built, and becomes the bench. */
import { spawnSync } from 'node:child_process'
import { existsSync, symlinkSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../../', import.meta.url)
const built = new URL('built/bench/', root)

// Types are checked by `npm run check`.
const compiler = fileURLToPath(import.meta.resolve('typescript/bin/tsc'))
const { status } = spawnSync(process.execPath, [compiler, '-p', 'test/bench', '--noCheck'], {
  cwd: fileURLToPath(root),
  stdio: 'inherit',
})
if (status !== 0) process.exit(status ?? 1)
for (const name of ['cards', 'src/store/postgres/migrations']) {
  const link = new URL(name, built)
  if (!existsSync(link)) symlinkSync(fileURLToPath(new URL(name, root)), link)
}
await import(new URL('test/bench/bench.js', built).href)
