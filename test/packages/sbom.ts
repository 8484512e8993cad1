/** Prints every package of the tree, with its licence and whether somebody looks after it, as CycloneDX 1.5. */
import { print, unlessNobodyReadsOn } from '../../src/terminal/output.ts'
import { licenceOf } from './licences.ts'
import { whyGivenUp } from './maintained.ts'
import { type Package, packageTree } from './tree.ts'

process.stdout.on('error', unlessNobodyReadsOn)
print({
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  components: packageTree().map(component),
})

function component(one: Package): object {
  const { name, version, path, isDev } = one
  const why = whyGivenUp(one)
  const licence = licenceOf(one)
  return {
    type: 'library',
    name,
    version,
    'bom-ref': path,
    scope: isDev ? 'excluded' : 'required',
    licenses: licence === '' ? [] : [licenceChoice(licence)],
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    properties: [
      { name: 'call-pickup:maintained', value: why === null ? 'as far as known' : 'no' },
      ...(why === null ? [] : [{ name: 'call-pickup:givenUp', value: why }]),
    ],
  }
}

function licenceChoice(licence: string): object {
  return licence.includes(' ') ? { expression: licence } : { license: { id: licence } }
}
