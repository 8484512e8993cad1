/** Activities read whole: everything that is taken from them, and nothing else. */
import assert from 'node:assert/strict'
import { type Activity } from 'botbuilder'
import { readableActivity } from '../../../src/chat/gate/activity-shape.ts'
import { readActivity } from '../../../src/chat/gate/incoming.ts'

const bot = { id: '28:bot', name: 'Pickup' }
const base = {
  type: 'message',
  channelId: 'msteams',
  serviceUrl: 'http://127.0.0.1:1',
  from: { id: '29:ann', name: 'Ann' },
  recipient: bot,
  conversation: { id: 'a:1' },
}
const reach = {
  channel: 'msteams',
  serviceUrl: 'http://127.0.0.1:1',
  conversation: 'a:1',
  bot: '28:bot',
  user: '29:ann',
}
const sender = { user: '29:ann', name: 'Ann', reach }

/** Also what the adapter would have refused before: each reader stands for itself. */
function activity(more: object): Activity {
  const readable = readableActivity({ ...base })
  assert.ok(readable)
  return Object.assign(readable, more)
}
const read = (more: object) => readActivity(activity(more))
const invoke = (value: unknown, name = 'adaptiveCard/action') => read({ type: 'invoke', name, value })
const senderIn = (more: object) => {
  const incoming = read(more)
  return 'sender' in incoming ? incoming.sender : null
}

describe('A message read whole', () => {
  it('is a text from its sender', () => {
    assert.deepEqual(read({ text: 'my group' }), { is: 'text', sender, text: 'my group', mentions: [] })
  })

  it('is an empty text when it holds none', () => {
    for (const more of [{}, { value: null }, { value: ['help'] }, { value: 'help' }])
      assert.deepEqual(read(more), { is: 'text', sender, text: '', mentions: [] })
  })

  it('tells who is mentioned as the client tells it', () => {
    const mention = (mentioned: unknown, text = '<at>Bo</at>') => ({ type: 'mention', text, mentioned })
    const entities = [
      mention({ id: '29:bo', name: 'Bo', aadObjectId: 'o-bo' }),
      mention({ id: '29:cy', name: 'Cy', aadObjectId: 7 }, '<at>Cy</at>'),
      mention({ id: '29:dee' }),
      mention({ name: 'Dee' }),
    ]
    assert.deepEqual(read({ text: 'add <at>Bo</at>,<at>Cy</at>', entities }), {
      is: 'text',
      sender,
      text: 'add  @1 , @2 ',
      mentions: [
        { id: '29:bo', name: 'Bo', objectId: 'o-bo' },
        { id: '29:cy', name: 'Cy' },
      ],
    })
  })

  it('shows a mention by its name when the client does not say how it stands in the text', () => {
    for (const text of [undefined, 7, '', '<at>', 'Bo</at>', '<b>Bo</b>']) {
      const entities = [{ type: 'mention', text, mentioned: { id: '29:bo', name: 'Bo' } }]
      const incoming = read({ text: 'add <at>Bo</at>', entities })
      assert.equal(incoming.is === 'text' && incoming.text, 'add  @1 ', String(text))
    }
  })

  it('keeps the words around a mention apart', () => {
    const entities = [
      { type: 'mention', text: '<at>Pickup</at>', mentioned: bot },
      { type: 'mention', text: '<at>Bo</at>', mentioned: { id: '29:bo', name: 'Bo' } },
    ]
    const text = 'add<at>Pickup</at>please<at>Bo</at>now<at>Pickup</at>thanks'
    const incoming = read({ text, entities })
    assert.equal(incoming.is === 'text' && incoming.text, 'add please @1 now thanks')
  })

  it('says what was typed where a client writes it as for a page', () => {
    const incoming = read({ text: 'a&nbsp;b &lt;c&gt; &quot;d&quot; &#39;e&#39; &amp; &copy;' })
    assert.equal(incoming.is === 'text' && incoming.text, `a b <c> "d" 'e' & &copy;`)
  })

  it('with data is a click, on the card it answers', () => {
    const value = { verb: 'decline', call: 'c1' }
    const click = { is: 'click', sender, verb: 'decline', data: value, isAutomatic: false, isInvoke: false }
    assert.deepEqual(read({ value }), click)
    assert.deepEqual(read({ value, replyToId: 'card-1' }), { ...click, card: 'card-1' })
    assert.deepEqual(read({ value: { verb: 7 } }), { ...click, verb: '', data: { verb: 7 } })
  })
})

describe('An invoke read whole', () => {
  const click = { is: 'click', sender, isAutomatic: false, isInvoke: true }

  it('is a click with the verb and the data of its action', () => {
    const action = { type: 'Action.Execute', verb: 'decline', data: { call: 'c1' } }
    assert.deepEqual(invoke({ action }), { ...click, verb: 'decline', data: { call: 'c1' } })
    assert.deepEqual(invoke({ action, trigger: 'manual' }), {
      ...click,
      verb: 'decline',
      data: { call: 'c1' },
    })
  })

  it('takes the verb from the data when the action has none', () => {
    const data = { verb: 'decline', call: 'c1' }
    assert.deepEqual(invoke({ action: { data } }), { ...click, verb: 'decline', data })
    assert.deepEqual(invoke({ action: { verb: 7, data } }), { ...click, verb: 'decline', data })
  })

  it('is an empty click when nothing can be read in it', () => {
    for (const value of [null, undefined, 'x', 7, [], { action: 'x' }, { action: { data: [1] } }])
      assert.deepEqual(invoke(value), { ...click, verb: '', data: {} }, JSON.stringify(value))
  })

  it('is automatic when Teams says so, or asks for a card as it is now', () => {
    for (const value of [
      { action: { verb: 'pick-up', data: {} }, trigger: 'automatic' },
      { action: { verb: 'refresh-call', data: {} } },
      { action: { data: { verb: 'refresh-call' } } },
    ]) {
      const incoming = invoke(value)
      assert.equal(incoming.is === 'click' && incoming.isAutomatic, true, JSON.stringify(value))
    }
  })

  it('of another kind is nothing', () => {
    const value = { action: { verb: 'pick-up', data: {} } }
    for (const name of ['task/fetch', '', 'composeExtension/query'])
      assert.deepEqual(invoke(value, name), { is: 'nothing' })
  })
})

describe('A sender', () => {
  it('has an object id, a tenant and a zone only where they are told', () => {
    assert.deepEqual(senderIn({ text: 'hi' }), sender)
    const from = { ...base.from, aadObjectId: 'o-ann' }
    const conversation = { ...base.conversation, tenantId: 't-1' }
    assert.deepEqual(senderIn({ text: 'hi', from, conversation, localTimezone: 'Europe/London' }), {
      ...sender,
      objectId: 'o-ann',
      zone: 'Europe/London',
      reach: { ...reach, tenant: 't-1' },
    })
    assert.deepEqual(senderIn({ text: 'hi', from: { ...base.from, aadObjectId: '' } }), sender)
  })

  it('has no zone that is no text, empty, too long, or no place', () => {
    const long = `${'Europe/'.repeat(9)}Paris`
    for (const localTimezone of [7, null, ['UTC'], '', long, 'Mars/Olympus', ' Europe/London'])
      assert.deepEqual(senderIn({ text: 'hi', localTimezone }), sender, JSON.stringify(localTimezone))
  })

  it('has the zone by the name that this machine has for it', () => {
    assert.equal(senderIn({ text: 'hi', localTimezone: 'europe/paris' })?.zone, 'Europe/Paris')
  })
})

describe('Somebody who comes or goes', () => {
  const arrival = (more: object) => read({ type: 'conversationUpdate', ...more })
  const install = (action?: unknown) => read({ type: 'installationUpdate', action })
  const cy = { id: '29:cy', name: 'Cy', aadObjectId: 'o-cy' }
  const cysReach = { ...reach, user: '29:cy' }
  const cyOpened = {
    is: 'opened',
    sender: { user: '29:cy', name: 'Cy', objectId: 'o-cy', reach: cysReach },
  }

  it('is the person among those who were added', () => {
    assert.deepEqual(arrival({ membersAdded: [bot, cy] }), cyOpened)
    assert.deepEqual(arrival({ membersAdded: [cy, bot] }), cyOpened)
    assert.deepEqual(arrival({ from: bot, membersAdded: [null, 'x', { name: 'x' }, cy] }), cyOpened)
  })

  it('is the sender when only the bot was added, or nobody who can be read', () => {
    for (const membersAdded of [[bot], [null], [{ id: 7 }]])
      assert.deepEqual(arrival({ membersAdded }), { is: 'opened', sender })
  })

  it('is nobody when nobody was added but the bot by itself', () => {
    for (const more of [{}, { membersAdded: [] }, { membersAdded: 'x' }, { membersAdded: { length: 1 } }])
      assert.deepEqual(arrival(more), { is: 'nothing' })
    assert.deepEqual(arrival({ from: bot, membersAdded: [bot] }), { is: 'nothing' })
  })

  it('comes and goes with the bot', () => {
    for (const action of ['add', 'add-upgrade']) assert.deepEqual(install(action), { is: 'opened', sender })
    assert.deepEqual(install('remove'), { is: 'removed', sender })
    assert.deepEqual(install('remove-upgrade'), { is: 'nothing' })
    for (const action of [undefined, '', 'upgrade', 'readd', 'unremove'])
      assert.deepEqual(install(action), { is: 'nothing' })
  })

  it('is asked to write alone, wherever others read along', () => {
    const conversation = { id: '19:x', isGroup: true }
    for (const more of [{ text: 'help' }, { type: 'conversationUpdate', membersAdded: [cy] }])
      assert.deepEqual(read({ ...more, conversation }), { is: 'notPersonal' })
    const alone = { id: 'a:1', isGroup: false }
    assert.equal(read({ text: 'help', conversation: alone }).is, 'text')
  })

  it('is nobody in an activity of any other kind', () => {
    for (const type of ['typing', 'messageReaction', 'event', 'messageUpdate'])
      assert.deepEqual(read({ type, text: 'help' }), { is: 'nothing' })
  })
})
