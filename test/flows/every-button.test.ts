import assert from 'node:assert/strict'
import { type Button, type Person } from '../peer/person.ts'
import { type Office, openOffice } from './office.ts'

/** More presses than there are different buttons; a bound, should a card ever make new ones without end. */
const mostPresses = 200

/** What a button carries that names whom or what it is about; two that differ only in this need not both be pressed. */
const about = ['owner', 'seen', 'person', 'people', 'call', 'forwardWas', 'unansweredWas']

const kindOf = ({ title, action }: Button) => {
  const carried = Object.entries(action['data'] as object).filter(([key]) => !about.includes(key))
  return JSON.stringify([title, action['verb'], carried])
}

/** What makes other buttons go is pressed when there are no others. */
const last: readonly string[] = [
  'Turn sharing off',
  'Leave this group',
  'Remove',
  'Decline',
  'Pick up',
  'Caller hangs up',
]

/** Presses each kind of button once, those that new cards bring as well, and gives what was pressed. */
async function pressEvery(person: Person): Promise<readonly string[]> {
  const pressed = new Set<string>()
  for (let presses = 0; presses < mostPresses; presses += 1) {
    const left = person.buttons().filter((one) => !pressed.has(kindOf(one)))
    const button = left.findLast(({ title }) => !last.includes(title)) ?? left.at(-1)
    if (!button) break
    pressed.add(kindOf(button))
    await pressOne(person, button)
  }
  return [...pressed]
}

/** Teams is answered in place; elsewhere something new is posted. */
async function pressOne(person: Person, button: Button): Promise<void> {
  const shown = person.screen().length
  const { status, body } = await person.press(button)
  assert.equal(status, 200, button.title)
  const what = `for an answer to "${button.title}" on: ${person.words([button.shown])}`
  await person.waitFor(() => body !== null || person.screen().length > shown, what)
  assert.doesNotMatch(person.words(), /out of date|did not work/, button.title)
}

for (const flavour of ['msteams', 'emulator'] as const) {
  describe(`Every button (${flavour})`, () => {
    let office: Office
    beforeEach(async () => (office = await openOffice(flavour)))
    afterEach(() => office.close())

    it('is answered, from the welcome to the last card', async () => {
      const [ann, bo] = [await office.person('Ann'), await office.person('Bo')]
      await bo.say('add ann@contoso.com')
      await ann.sees(/added you/)
      await bo.say('delegates')
      const who: Record<string, string> =
        flavour === 'msteams' ? { people: ann.objectId } : { text: ann.address }
      await bo.click('Add', { ...who, permissions: 'manageSettings' })
      await ann.say('add bo@contoso.com, c1@contoso.com and c2@contoso.com')
      await ann.say('also ring my group')
      await ann.say('help')
      await ann.say('my group')
      await ann.say('delegates')
      await ann.say('who rings')
      await ann.say('who rings for bo')
      await ann.say('simulate call')
      await ann.waitFor(() => ann.titles().includes('Pick up'), 'for the ringing card')
      const pressed = await pressEvery(ann)
      const titles = pressed.map((kind) => (JSON.parse(kind) as [string])[0])
      for (const title of [
        'Pick up',
        'Decline',
        'Move up',
        'Remove',
        'Save',
        'Turn sharing off',
        'Leave this group',
        'Simulate a call',
      ])
        assert.ok(titles.includes(title), `"${title}" was pressed`)
      assert.ok(pressed.length < mostPresses && pressed.length > 25, String(pressed.length))
    })
  })
}
