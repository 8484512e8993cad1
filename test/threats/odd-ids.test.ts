/** T10: ids that mean something to a language, a file system or a protocol mean nothing here. */
import assert from 'node:assert/strict'
import { commands } from '../../src/chat/commands.ts'
import { type Office, openOffice } from '../flows/office.ts'
import { type Person } from '../peer/person.ts'

const oddIds = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '../../../etc/passwd',
  'CON',
  'NUL',
  '%2e%2e%2f',
  'a|b',
  "' or 1=1 --",
  'x'.repeat(512),
]

/** Somebody's settings as they see them. */
async function lookOf(person: Person): Promise<string> {
  const looks = []
  for (const text of ['settings', 'my group', 'notifications', 'delegates']) {
    await person.say(text)
    looks.push(person.last())
  }
  return looks.join('\n')
}

describe('T10 Odd ids', () => {
  let office: Office
  let control: Person
  let look: string

  before(async () => {
    office = await openOffice('emulator')
    control = await office.person('Ann')
    const bo = await office.person('Bo')
    await control.say('add bo@contoso.com and cy@contoso.com')
    await bo.say('add ann@contoso.com')
    look = await lookOf(control)
  })
  after(() => office.close())

  it('T10 runs every command for them, and harms nobody', async () => {
    const files = await office.files()
    await Promise.all(oddIds.map(everything))
    assert.equal(({} as { isAdmin?: boolean }).isAdmin, undefined)
    assert.deepEqual(await office.files(), files)
    assert.equal(await lookOf(control), look)
  })

  /** Somebody with this id says and presses everything, with the id in every place. */
  async function everything(user: string): Promise<void> {
    const person = office.peer.person({ name: user, address: 'odd@contoso.com', user })
    await person.open()
    for (const { phrases, title } of commands) {
      const phrase = phrases[0] ?? ''
      if (phrase === 'i am') continue
      assert.equal((await person.say(`${phrase} ${user}`)).status, 200, title)
    }
    const data = { owner: user, person: user, people: user, call: user, how: user, [`how:${user}`]: 'mute' }
    const polluting = JSON.parse(
      '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}',
    ) as object
    for (const verb of [user, 'show-group', 'add-members', 'pick-up', 'notify', 'leave'])
      for (const given of [data, { ...polluting }])
        assert.equal((await person.forge(verb, given)).status, 200, verb)
    assert.doesNotMatch(person.words(), /did not work/, user)
  }
})
