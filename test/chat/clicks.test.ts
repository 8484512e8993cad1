import assert from 'node:assert/strict'
import { runClick, verbs } from '../../src/chat/clicks.ts'
import { type CardInput } from '../../src/chat/draw/input.ts'
import { type Clicked } from '../../src/chat/gate/incoming.ts'
import { type DelegatePermission } from '../../src/core/delegate.ts'
import { addDelegate } from '../../src/core/delegates.ts'
import { themselves } from '../../src/switchboard/author.ts'
import { sender } from '../switchboard/desk.ts'
import { openTalk, type Talk, words } from './talk.ts'

const notYours = 'These are somebody else’s settings, and you may not change them.'

describe('A click', () => {
  let talk: Talk
  beforeEach(async () => {
    talk = await openTalk()
    await talk.shares('Ann', 'Bo', 'Cy')
  })
  afterEach(() => talk.close())

  async function click(name: string, verb: string, data: CardInput = {}, more: Partial<Clicked> = {}) {
    const turn = await talk.turn(name)
    const clicked: Clicked = {
      is: 'click',
      sender: sender(turn.person.id),
      verb,
      data,
      isAutomatic: false,
      isInvoke: true,
    }
    return runClick(turn, { ...clicked, ...more })
  }
  const lets = (person: string, ...may: readonly DelegatePermission[]) =>
    talk.office.settings.change(themselves('ann'), (who) => addDelegate(who('ann'), person, may, who))
  const stateOf = async (id: string) => (await talk.office.switchboard.calls.get(id))?.record.call.state.is

  it('does what its button says', async () => {
    const call = await talk.rings('one', 'Ann')
    await click('Bo', 'pick-up', { call })
    assert.equal(await stateOf(call), 'connecting')
    assert.match(words(await click('Bo', 'help')), /my group/)
  })

  it('that the channel makes by itself only looks, whatever its button says', async () => {
    const call = await talk.rings('one', 'Ann')
    for (const verb of ['pick-up', 'decline', 'refresh-call', 'no such button']) {
      const answer = await click('Bo', verb, { call }, { isAutomatic: true })
      assert.match(words(answer), /Ringing since/, verb)
      assert.equal(await stateOf(call), 'ringing', verb)
    }
  })

  it('on a button of another time is told so', async () => {
    for (const verb of ['', 'no such button', 'toString', '__proto__'])
      assert.deepEqual(await click('Bo', verb), {
        is: 'text',
        text: 'This card is out of date. Type "settings" or "help" for a new one.',
      })
  })

  it('on a sheet is for its owner, also when the card names nobody', async () => {
    for (const owner of [{ owner: 'ann' }, {}, { owner: '' }, { owner: 7 }])
      assert.match(words(await click('Ann', 'show-group', owner)), /Your call group/)
  })

  it('on a sheet is not for members, strangers, or delegates who may only take calls', async () => {
    await lets('cy', 'receiveCalls')
    for (const name of ['Bo', 'Cy', 'Dee']) {
      const answer = await click(name, 'show-group', { owner: 'ann' })
      assert.equal(answer.is, 'text', name)
      assert.ok(words(answer).startsWith(notYours), name)
    }
  })

  it('on a sheet is for a delegate who may change it', async () => {
    await lets('dee', 'manageSettings')
    assert.match(words(await click('Dee', 'show-group', { owner: 'ann' })), /Ann Ek’s call group/)
    await click('Dee', 'remove', { owner: 'ann', person: 'cy' })
    assert.deepEqual((await talk.office.settings.settingsOf('ann')).group.members, ['bo'])
  })

  it('changes nothing for a stranger, whatever it is', async () => {
    const before = await talk.office.settings.settingsOf('ann')
    const data = { owner: 'ann', person: 'bo', people: 'dee', text: 'dee', to: 'down', order: 'inOrder' }
    for (const verb of verbs) await click('Dee', verb, data)
    assert.deepEqual(await talk.office.settings.settingsOf('ann'), before)
  })
})
