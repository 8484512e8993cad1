/** T18: what is installed is known, pinned, free of known faults, and needs no script to run. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { refusedLicences } from '../packages/licences.ts'
import { givenUp, whyGivenUp } from '../packages/maintained.ts'
import { packageTree } from '../packages/tree.ts'

type Locked = {
  readonly version?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly hasInstallScript?: boolean
  readonly resolved?: string
}

type Component = {
  readonly name: string
  readonly version: string
  readonly 'bom-ref': string
  readonly licenses: readonly object[]
  readonly properties: ReadonlyArray<{ readonly name: string; readonly value: string }>
}

const root = new URL('../../', import.meta.url)
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, root), 'utf8'))
const { packages } = read('package-lock.json') as { packages: Readonly<Record<string, Locked>> }
const { dependencies, devDependencies, overrides, scripts } = read('package.json') as Readonly<
  Record<'dependencies' | 'devDependencies' | 'overrides' | 'scripts', Readonly<Record<string, string>>>
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
    assert.deepEqual(refusedLicences(packageTree()), [])
  })

  it('T18 are named with version and path where their licence is none of those', () => {
    const one = {
      path: 'node_modules/a/node_modules/b',
      name: 'b',
      version: '1.0.0',
      licence: 'MIT',
      isDev: false,
    }
    const told = (licence: string, more: object = {}) => refusedLicences([{ ...one, ...more, licence }])
    for (const licence of ['MIT', '(AFL-2.1 OR BSD-3-Clause)', 'MIT AND Apache-2.0', 'GPL-3.0 OR ISC'])
      assert.deepEqual(told(licence), [])
    for (const licence of [
      'GPL-3.0',
      'MIT AND GPL-3.0',
      'UNLICENSED',
      'SEE LICENSE IN LICENSE',
      'mit',
      'Python-2.0',
    ])
      assert.deepEqual(told(licence), [`b 1.0.0 (node_modules/a/node_modules/b): ${licence}`])
    assert.deepEqual(told(''), ['b 1.0.0 (node_modules/a/node_modules/b): no licence'])
    assert.deepEqual(told('Python-2.0', { isDev: true }), [])
    assert.deepEqual(told('', { name: 'jspath', version: '0.4.0' }), [])
    assert.equal(told('', { name: 'jspath', version: '0.4.1' }).length, 1, 'another version is another word')
  })

  it('T18 are checked for it by npm run check', () => {
    assert.match(scripts['check'] ?? '', /npm run -s licences$/u)
    execFileSync('npm', ['run', '-s', 'licences'], { cwd: root })
  })

  it('T18 are locked without naming a host', () => {
    assert.deepEqual(
      installed.filter(([, { resolved }]) => resolved !== undefined),
      [],
    )
  })

  it('T18 are all listed by npm run sbom, with version, licence and whether somebody looks after them', () => {
    const text = execFileSync('npm', ['run', '-s', 'sbom'], { cwd: root, maxBuffer: 1e8 })
    const { components } = JSON.parse(text.toString('utf8')) as { components: readonly Component[] }
    assert.deepEqual(
      components.map((one) => [one['bom-ref'], one.version]),
      installed.map(([path, { version }]) => [path, version]),
    )
    for (const { name, licenses } of components) assert.equal(licenses.length, 1, name)
    const isMaintained = ({ properties }: Component) =>
      properties.some(({ name, value }) => name === 'call-pickup:maintained' && value === 'as far as known')
    const givenUpNow = components.filter((one) => !isMaintained(one)).map(({ name }) => name)
    assert.deepEqual(
      [...new Set(givenUpNow)].sort(),
      Object.keys(givenUp).sort(),
      'and the table has no others',
    )
    for (const { name, properties } of components.filter((one) => !isMaintained(one)))
      assert.match(properties[1]?.value ?? '', /\w+ \w+ \w+/u, name)
  })

  it('T18 count as given up where their authors say so when they are installed', () => {
    const one = { path: 'node_modules/a', name: 'a', version: '1.0.0', licence: 'MIT', isDev: false }
    assert.equal(whyGivenUp(one), null)
    assert.equal(whyGivenUp({ ...one, notice: 'use b' }), 'use b')
    assert.match(whyGivenUp({ ...one, name: 'botbuilder' }) ?? '', /archived/u)
  })
})
