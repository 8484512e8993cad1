/** T18: what is installed is known, pinned, free of known faults, and needs no script to run. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

type Locked = {
  readonly version?: string
  readonly license?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly hasInstallScript?: boolean
  readonly resolved?: string
}

const root = new URL('../../', import.meta.url)
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, root), 'utf8'))
const { packages } = read('package-lock.json') as { packages: Readonly<Record<string, Locked>> }
const { dependencies, devDependencies, overrides } = read('package.json') as Readonly<
  Record<'dependencies' | 'devDependencies' | 'overrides', Readonly<Record<string, string>>>
>
const installed = Object.entries(packages).filter(([path]) => path !== '')
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** The first version of each package without a known fault, and where that fault is told. */
const faultless: Readonly<Record<string, { readonly from: string; readonly fault: string }>> = {
  'find-my-way': { from: '8.2.2', fault: 'GHSA-rrr8-f88r-h8q6' },
  send: { from: '0.19.0', fault: 'GHSA-m6fv-jmcg-4jfg' },
  uuid: { from: '11.1.1', fault: 'moderate, see SECURITY.md' },
  axios: { from: '1.16.1', fault: 'several, see SECURITY.md' },
}

const free = [
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  '(AFL-2.1 OR BSD-3-Clause)',
  'Unlicense',
]
/** Free as well, and used by the tests only: a table of browsers, and readers of configuration. */
const freeForTests = ['CC-BY-4.0', 'PSF-2.0', 'Python-2.0']
/** Both are MIT by a file beside their package.json, which names no licence. */
const freeByFile = ['escape-regexp-component', 'jspath']

/** Whether one version is not older than another. */
function isAtLeast(version: string, from: string): boolean {
  const [one, other] = [version, from].map((text) => text.split('.').map(Number))
  const place = other?.findIndex((part, index) => part !== one?.[index]) ?? -1
  return place < 0 || (one?.[place] ?? 0) > (other?.[place] ?? 0)
}

describe('T18 The packages', () => {
  it('T18 are pinned to one version each', () => {
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies, ...overrides }))
      assert.match(version, /^\d+\.\d+\.\d+$/u, name)
  })

  it('T18 have none with a known fault', () => {
    for (const [path, { version = '' }] of installed) {
      const known = faultless[nameOf(path)]
      if (known) assert.ok(isAtLeast(version, known.from), `${path} ${version}: ${known.fault}`)
    }
  })

  it('T18 run no script when they are installed', () => {
    assert.match(readFileSync(new URL('.npmrc', root), 'utf8'), /^ignore-scripts=true$/mu)
    const needed = installed.filter(([, one]) => one.hasInstallScript && !one.optional && !one.dev)
    assert.deepEqual(needed, [])
  })

  it('T18 are free to be used', () => {
    for (const [path, { license = '', dev }] of installed) {
      const isFree = free.includes(license) || freeByFile.includes(nameOf(path))
      assert.ok(isFree || (dev === true && freeForTests.includes(license)), `${path}: ${license}`)
    }
  })

  it('T18 are locked without naming a host', () => {
    assert.deepEqual(
      installed.filter(([, { resolved }]) => resolved !== undefined),
      [],
    )
  })

  it('T18 are listed by npm sbom', () => {
    const text = execFileSync('npm', ['run', '-s', 'sbom'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 1e8,
    })
    const { components } = JSON.parse(text.toString('utf8')) as {
      components: ReadonlyArray<{ name: string }>
    }
    for (const name of Object.keys(dependencies))
      assert.ok(
        components.some((one) => one.name === name),
        name,
      )
  })
})
