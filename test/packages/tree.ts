/** Every package that is installed, as the lock file and the packages themselves have it; the network is not asked. */
import { existsSync, readFileSync } from 'node:fs'

export type Package = {
  /** Where it lies, below the root. */
  readonly path: string
  readonly name: string
  readonly version: string
  /** As it says itself; empty when it does not. */
  readonly licence: string
  /** For tests only, and not part of what runs. */
  readonly isDev: boolean
  /** What its authors say to whoever installs it: that they gave it up. */
  readonly notice?: string
}

type Locked = {
  readonly version?: string
  readonly license?: unknown
  readonly licenses?: unknown
  readonly dev?: boolean
  readonly deprecated?: string
}

const root = new URL('../../', import.meta.url)

/** The tree of the lock file. Packages for other systems are in it too, though they are not there. */
export function packageTree(): readonly Package[] {
  const { packages } = read('package-lock.json') as { packages: Readonly<Record<string, Locked>> }
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, locked]) => packageAt(path, locked))
}

function packageAt(path: string, locked: Locked): Package {
  const own = `${path}/package.json`
  const written = existsSync(new URL(own, root)) ? (read(own) as Locked) : {}
  const notice = locked.deprecated ?? written.deprecated
  return {
    path,
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version: locked.version ?? '',
    licence: licenceIn(locked) || licenceIn(written),
    isDev: locked.dev === true,
    ...(notice === undefined ? {} : { notice }),
  }
}

/** Old packages have an object, or a list of them, where today's have a text. */
function licenceIn({ license, licenses }: Locked): string {
  const [said] = [license ?? licenses].flat() as readonly unknown[]
  if (typeof said === 'string') return said
  return typeof said === 'object' && said !== null && 'type' in said ? String(said.type) : ''
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, root), 'utf8'))
}
