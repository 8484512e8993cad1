/** The official schema of Adaptive Cards 1.5 finds nothing wrong with any card; it lies in SHARED_DATA, beside the project. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv from 'ajv'
import { forChannel, render } from '../../src/chat/draw/card.ts'
import { full } from './full.ts'
import { awkward } from './hostile.ts'
import { samples } from './samples.ts'

type Schema = {
  readonly definitions: Readonly<Record<string, { readonly properties?: Record<string, object> }>>
}

/** What Teams and Universal Actions add to the schema, or what it says too narrowly. */
const additions: ReadonlyArray<readonly [string, string]> = [
  ['AdaptiveCard', 'msteams'],
  ['AdaptiveCard', 'refresh'],
  ['Input.ChoiceSet', 'choices.data'],
]

function officialSchema(): object {
  const folder = process.env['SHARED_DATA'] ?? new URL('../../../shared/data', import.meta.url).pathname
  const text = readFileSync(join(folder, 'adaptive-card-1.5.0.schema.json'), 'utf8')
  const { id, ...rest } = JSON.parse(text) as Schema & { id: string }
  for (const [type, property] of additions)
    Object.assign(rest.definitions[type]?.properties ?? {}, { [property]: {} })
  return { ...rest, $id: id, $schema: undefined }
}

describe('the official schema of Adaptive Cards 1.5', () => {
  const isValid = new Ajv.default({ strict: false, logger: false, allErrors: true }).compile(officialSchema())

  for (const channel of ['msteams', 'emulator'])
    for (const sample of [...samples, ...full, ...samples.map(awkward)])
      it(`finds nothing wrong with ${sample.picture} (${channel})`, () => {
        const card = forChannel(render(sample.card, sample.view), channel)
        assert.ok(isValid(card), JSON.stringify(isValid.errors?.slice(0, 5), null, 2))
      })

  it('would find a card wrong that has a part of another name', () => {
    assert.ok(!isValid({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlok', text: 'x' }] }))
  })
})
