import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import AjvDraft04 from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { unzipSync } from 'fflate'
import { appPackage, manifest, type Manifest } from '../../src/chat/app-package.ts'
import { commands } from '../../src/chat/commands.ts'

const botId = '00000000-1111-4222-8333-444444444444'

const bot = { id: botId, supportsCalling: false }

type Listed = { readonly title: string; readonly description: string }

const listedIn = (made: Readonly<Record<string, unknown>>): readonly Listed[] =>
  (made['bots'] as ReadonlyArray<{ commandLists: ReadonlyArray<{ commands: readonly Listed[] }> }>)[0]
    ?.commandLists[0]?.commands ?? []

/** The width and height that a PNG names in its header. */
const sizeOf = (png: Uint8Array | undefined) => {
  const header = Buffer.from(png ?? [])
  return [header.readUInt32BE(16), header.readUInt32BE(20)]
}

describe('The app package for Teams', () => {
  const made = manifest(bot, commands)

  it('is valid by the official schema of the version it names', () => {
    const main = createRequire(import.meta.url).resolve('@microsoft/app-manifest')
    const version = `v${String(made['manifestVersion'])}`
    const path = join(dirname(main), 'json-schemas', 'teams', version, 'MicrosoftTeams.schema.json')
    const schema = JSON.parse(readFileSync(path, 'utf8')) as object
    const ajv = new AjvDraft04.default({ strict: false, allErrors: true })
    addFormats.default(ajv)
    const isValid = ajv.compile(schema)
    assert.ok(isValid(made), JSON.stringify(isValid.errors, null, 2))
    assert.match(String(made['$schema']), new RegExp(`/${version}/`))
  })

  it('lists the commands of the table, each once and at most twelve', () => {
    const listed = listedIn(made)
    const wanted = commands.filter(({ inManifest }) => inManifest)
    assert.equal(listed.length, wanted.length, 'none is cut off')
    assert.ok(listed.length <= 12 && listed.length >= 8)
    assert.equal(new Set(listed.map(({ title }) => title)).size, listed.length)
  })

  it('lets people call the bot only where calls come to it', () => {
    const callsIn = (supportsCalling: boolean) =>
      (manifest({ id: botId, supportsCalling }, commands)['bots'] as readonly Manifest[])[0]?.[
        'supportsCalling'
      ]
    assert.deepEqual([callsIn(true), callsIn(false)], [true, false])
  })

  it('leaves no hole open', () => {
    assert.ok(!JSON.stringify(made).includes('${{'))
  })

  it('holds the manifest and both icons in the sizes Teams wants', () => {
    const files = unzipSync(appPackage(bot, commands))
    assert.deepEqual(Object.keys(files).sort(), ['color.png', 'manifest.json', 'outline.png'])
    assert.deepEqual(JSON.parse(Buffer.from(files['manifest.json'] ?? []).toString('utf8')), made)
    assert.deepEqual(sizeOf(files['color.png']), [192, 192])
    assert.deepEqual(sizeOf(files['outline.png']), [32, 32])
  })
})
