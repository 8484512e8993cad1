/** T9: what people are called is shown as it is, cut and cleaned, and never understood as anything else. */
import assert from 'node:assert/strict'
import { type Office, openOffice } from '../flows/office.ts'
import { type Person } from '../peer/person.ts'

const names = [
  '[Click me](https://evil.example/x)',
  '**Bo** _it_ # heading',
  '<at>everyone</at><script>alert(1)</script>',
  '${$root.owner} ${string(1)} {{user}}',
  'Ann\u202egnp.tnA \u2066x\u2069 \u200f',
  'Zero\u200b\u200c\u200d\ufeffwidth\u0000\u0007\u001b[31m',
  'Line\r\nbreak\u2028and\u2029more\ttabs',
  'L'.repeat(5000),
  '__proto__"}],"actions":[{"type":"Action.OpenUrl"',
]

/** Characters that nobody can see, or that turn text around. */
const invisible = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u

/** Every object somewhere in a value. */
function objectsIn(value: unknown): ReadonlyArray<Readonly<Record<string, unknown>>> {
  if (Array.isArray(value)) return value.flatMap(objectsIn)
  if (typeof value !== 'object' || value === null) return []
  const object = value as Readonly<Record<string, unknown>>
  return [object, ...Object.values(object).flatMap(objectsIn)]
}

/** What marks the name wherever it goes: a few of its characters that our own words never have. */
const traceOf = (name: string) =>
  name
    .replace(/[^\w\][()*<>${}#"]/gu, ' ')
    .split(' ')[0]
    ?.slice(0, 12) ?? ''

for (const flavour of ['msteams', 'emulator'] as const) {
  describe(`T9 Hostile names (${flavour})`, () => {
    let office: Office
    beforeEach(async () => (office = await openOffice(flavour)))
    afterEach(() => office.close())

    const answers: unknown[] = []
    async function says(person: Person, text: string): Promise<void> {
      answers.push((await person.say(text)).body)
    }

    /** Somebody with this name, who has opened the bot. */
    async function called(name: string, index: number): Promise<Person> {
      const person = office.peer.person({ name, address: `p${index}@contoso.com` })
      await person.open()
      if (flavour === 'emulator') await person.say(`I am ${person.address}`)
      await person.waitFor(() => person.screen().length > 0, 'to be welcomed')
      return person
    }

    /** Looks at everything that was sent or answered so far. */
    async function check(): Promise<void> {
      await office.settled()
      const parts = objectsIn([...answers, ...office.peer.requests.map(({ body }) => body)])
      assert.ok(parts.some(({ type }) => type === 'TextRun'))
      for (const name of names) for (const part of parts) checkPart(part, name)
    }

    it("T9 nine members with hostile names do no harm on anybody's screen", async () => {
      const ann = await office.person('Ann')
      const people = []
      for (const [index, name] of names.entries()) people.push(await called(name, index))
      await says(ann, `add ${people.map(({ address }) => address).join(', ')}`)
      assert.match(ann.last(), /9 of 25/)
      for (const text of [
        'also ring my group',
        'my group',
        'who rings',
        'settings',
        'forward my calls to p3@contoso.com',
      ])
        await says(ann, text)
      await says(ann, 'also ring my group')
      await says(ann, 'simulate call from Carl Jones')
      for (const person of people.slice(0, 2)) {
        await person.waitFor(() => /Incoming call|picked up after/.test(person.words()), 'for the card')
        await says(person, 'pickup ann')
        await says(person, 'notifications')
      }
      await says(ann, 'calls')
      await check()
    })

    it('T9 hostile names typed by somebody do no harm', async () => {
      const ann = await office.person('Ann')
      for (const name of names)
        for (const text of [`add ${name}`, `pickup ${name}`, `mute ${name}`, `forward to ${name}`, name])
          await says(ann, text)
      await check()
    })

    it('T9 callers with hostile names do no harm', async () => {
      const ann = await office.person('Ann')
      for (const name of names) await says(ann, `simulate call from X ${name}`)
      await ann.waitFor(
        () => ann.titles().filter((title) => title === 'Pick up').length === names.length,
        'for nine cards',
      )
      await says(ann, 'pickup')
      await says(ann, 'calls')
      await check()
    })

    function checkPart(part: Readonly<Record<string, unknown>>, name: string): void {
      const { type, text } = part
      const shown = [
        part['text'],
        part['title'],
        part['label'],
        part['summary'],
        part['speak'],
        part['fallbackText'],
      ]
      for (const words of shown.filter((one) => typeof one === 'string')) {
        assert.doesNotMatch(words, invisible, `${String(type)}: ${words}`)
        assert.ok(words.length < 1200, `${String(type)} is ${words.length} long`)
      }
      const trace = traceOf(name)
      if (type === 'TextBlock' && trace.length > 3)
        assert.ok(!String(text).includes(trace), `a TextBlock is Markdown: ${String(text)}`)
      if (type === 'message' && typeof text === 'string') assert.equal(part['textFormat'], 'plain')
      assert.notEqual(type, 'Action.OpenUrl')
    }
  })
}
