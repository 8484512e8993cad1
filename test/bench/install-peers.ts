/** The other frameworks are no part of the bot: they are installed for the measurement only, where there is a network. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The folder of the peers' servers, once their packages are there; null when these cannot be had. */
export function peersFolder(root: URL): URL | null {
  const folder = new URL('test/bench/peers/', root)
  if (existsSync(new URL('node_modules/.package-lock.json', folder))) return folder
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error'], {
    cwd: fileURLToPath(folder),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status === 0) return folder
  process.stderr.write('The other frameworks could not be installed; their rows are left out.\n')
  return null
}
