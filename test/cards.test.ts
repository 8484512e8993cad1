import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { verbs } from '../src/chat/clicks.ts'
import { type CardJson, forChannel, render } from '../src/chat/draw/card.ts'
import { cardNames } from '../src/chat/draw/views.ts'
import { full } from './cards/full.ts'
import { awkward, hostile } from './cards/hostile.ts'
import { type Sample, samples } from './cards/samples.ts'

const channels = ['msteams', 'emulator'] as const
const drawn = ({ card, view }: Sample, channel = 'msteams') => forChannel(render(card, view), channel)

/** Teams takes 28 KB of UTF-16 for a message; the address, the summary and the like need some of it. */
const mostCharacters = 14 * 1024 - 512

/** Cards with a people picker are for Teams only, and those without for everywhere else. */
const isFor = ({ view }: Sample, channel: string) =>
  !('hasPeoplePicker' in view) || view.hasPeoplePicker === (channel === 'msteams')

/** Every object in a card, with the property it stands under. */
function partsOf(
  value: unknown,
  under = '',
): ReadonlyArray<{ readonly part: CardJson; readonly under: string }> {
  if (Array.isArray(value)) return value.flatMap((item) => partsOf(item, under))
  if (typeof value !== 'object' || value === null) return []
  const part = value as CardJson
  return [{ part, under }, ...Object.entries(part).flatMap(([key, inner]) => partsOf(inner, key))]
}

const verbsIn = (card: CardJson) =>
  partsOf(card).flatMap(({ part }) => (part['type'] === 'Action.Execute' ? [String(part['verb'])] : []))

describe('Every card', () => {
  it('has a template, and every template has a sample', () => {
    const templates = readdirSync(new URL('../cards', import.meta.url))
      .filter((file) => file.endsWith('.json'))
      .map((file) => file.slice(0, -'.json'.length))
    assert.deepEqual(templates.sort(), [...cardNames].sort())
    assert.deepEqual([...new Set(samples.map(({ card }) => card))].sort(), templates)
  })

  it('is of version 1.5, as wide as the chat, and says itself to whoever cannot see it', () => {
    for (const name of cardNames) {
      const template = readTemplate(name)
      assert.equal(template['version'], '1.5', name)
      assert.deepEqual(template['msteams'], { width: 'Full' }, name)
      assert.ok(typeof template['speak'] === 'string' && template['speak'] !== '', name)
      assert.ok(typeof template['fallbackText'] === 'string' && template['fallbackText'] !== '', name)
    }
  })

  for (const channel of channels)
    it(`leaves no hole open and no decision behind (${channel})`, () => {
      for (const sample of [...samples, ...full]) {
        const text = JSON.stringify(drawn(sample, channel))
        assert.ok(!/\$\{|"\$when"|"\$data"|undefined|\[object/u.test(text), `${sample.picture}: ${text}`)
      }
    })

  it('asks only for what a button can ask for, and every such thing has a button', () => {
    const asked = new Set(
      [...samples, ...full].flatMap((sample) => verbsIn(render(sample.card, sample.view))),
    )
    assert.deepEqual(
      [...asked].filter((verb) => !verbs.includes(verb)),
      [],
    )
    assert.deepEqual(
      verbs.filter((verb) => !asked.has(verb)),
      [],
    )
  })

  it('has no button in the Emulator that does nothing there, and in Teams one for older clients', () => {
    for (const sample of samples) {
      const elsewhere = JSON.stringify(drawn(sample, 'emulator'))
      assert.ok(!elsewhere.includes('Action.Execute') && !elsewhere.includes('"refresh"'), sample.picture)
      for (const { part, under } of partsOf(drawn(sample)))
        if (part['type'] === 'Action.Execute' && under === 'actions') {
          const fallback = part['fallback'] as { type: string; data: CardJson }
          assert.equal(fallback.type, 'Action.Submit', sample.picture)
          assert.equal(fallback.data['verb'], part['verb'], sample.picture)
        }
    }
  })

  it('gives every input a label, and every part that is pressed a name', () => {
    for (const sample of samples)
      for (const { part } of partsOf(drawn(sample))) {
        const type = String(part['type'])
        if (type.startsWith('Input.'))
          assert.ok(part['label'] ?? part['title'], `${sample.picture}: ${String(part['id'])}`)
        if (type.startsWith('Action.'))
          assert.ok(part['title'] ?? part['verb'] === 'refresh-call', sample.picture)
      }
  })

  it('wraps its text', () => {
    for (const sample of samples)
      for (const { part } of partsOf(drawn(sample)))
        if (part['type'] === 'TextBlock')
          assert.equal(part['wrap'], true, `${sample.picture}: ${String(part['text'])}`)
  })

  for (const channel of channels)
    it(`is short enough for Teams with 25 of everything (${channel})`, () => {
      for (const sample of [...samples, ...full].filter((one) => isFor(one, channel))) {
        const { length } = JSON.stringify(drawn(sample, channel))
        assert.ok(length <= mostCharacters, `${sample.picture} has ${length} characters`)
      }
    })

  it('shows what people are called as it is, and never reads it as Markdown or as a template', () => {
    for (const sample of samples.map(awkward)) {
      const card = drawn(sample)
      for (const { part } of partsOf(card)) {
        const isMarkdown = part['type'] === 'TextBlock' && String(part['text']).includes(hostile)
        assert.ok(!isMarkdown, `${sample.picture}: ${JSON.stringify(part)}`)
      }
      if (JSON.stringify(sample.view).includes(JSON.stringify(hostile).slice(1, -1)))
        assert.ok(
          JSON.stringify(card).includes(JSON.stringify(hostile).slice(1, -1)),
          `${sample.picture} shows it`,
        )
    }
  })
})

function readTemplate(name: string): CardJson {
  return JSON.parse(readFileSync(new URL(`../cards/${name}.json`, import.meta.url), 'utf8')) as CardJson
}
