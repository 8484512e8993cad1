/** Under which licences others' work may be part of this, and which packages keep theirs in a file of their own. */
import { type Package } from './tree.ts'

const free = [
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0'],
  ...['CC0-1.0', 'Unlicense', 'Zlib'],
]
/** Free as well, and used by the tests only: a table of browsers, checks of accessibility, and readers of configuration. */
const freeForTests = ['CC-BY-4.0', 'MPL-2.0', 'PSF-2.0', 'Python-2.0']

/** Packages whose package.json names no licence, in just this version, and where they name it. */
const elsewhere: Readonly<Record<string, { readonly licence: string; readonly said: string }>> = {
  'escape-regexp-component 1.0.2': { licence: 'MIT', said: 'Readme.md' },
  'jspath 0.4.0': { licence: 'MIT', said: 'LICENSE' },
}

/** The licence of a package, wherever it names it; empty when it names none. */
export function licenceOf({ name, version, licence }: Package): string {
  return licence || (elsewhere[`${name} ${version}`]?.licence ?? '')
}

/** Packages that may not be used, a line each; none when all may. */
export function refusedLicences(packages: readonly Package[]): readonly string[] {
  return packages
    .filter((one) => !isFree(licenceOf(one), one.isDev ? [...free, ...freeForTests] : free))
    .map((one) => `${one.name} ${one.version} (${one.path}): ${licenceOf(one) || 'no licence'}`)
}

/** Whether a licence is one of these, or an expression that leaves one of them to choose (SPDX, Annex D). */
function isFree(expression: string, allowed: readonly string[]): boolean {
  const plain = expression.trim()
  const inner = /^\(([^()]*)\)$/u.exec(plain)?.[1] ?? plain
  const choices = inner.split(' OR ').map((choice) => choice.split(' AND '))
  return choices.some((parts) => parts.every((part) => allowed.includes(part.trim())))
}
