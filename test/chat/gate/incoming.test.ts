import assert from 'node:assert/strict'
import { type Activity } from 'botbuilder'
import fc from 'fast-check'
import { readableActivity } from '../../../src/chat/gate/activity-shape.ts'
import { readActivity } from '../../../src/chat/gate/incoming.ts'

const bot = { id: '28:bot', name: 'Pickup' }
const base = {
  type: 'message',
  channelId: 'msteams',
  serviceUrl: 'http://127.0.0.1:1',
  from: { id: '29:ann', name: 'Ann', aadObjectId: 'a' },
  recipient: bot,
  conversation: { id: 'a:1' },
}

function activity(more: object): Activity {
  const readable = readableActivity({ ...base, ...more })
  assert.ok(readable)
  return readable
}

const mention = (name: string, id = `29:${name}`, text = `<at>${name}</at>`) => ({
  type: 'mention',
  text,
  mentioned: { id, name },
})

function textOf(text: string, ...entities: readonly object[]): string {
  const read = readActivity(activity({ text, entities }))
  assert.ok(read.is === 'text')
  return read.text.replace(/\s+/gu, ' ').trim()
}

describe('a message', () => {
  const texts: ReadonlyArray<readonly [string, readonly object[], string]> = [
    ['my group', [], 'my group'],
    ['<at>Pickup</at> help', [], 'help'],
    ['<at>Pickup</at>&nbsp;help', [mention('Pickup', bot.id)], 'help'],
    ['<at>Call pickup</at> help', [mention('Call pickup', bot.id)], 'help'],
    ['add <at>Ek, Bo</at>and <at>Cy</at>', [mention('Ek, Bo'), mention('Cy')], 'add @1 and @2'],
    ['add <at>Sam</at> <at>Sam</at>', [mention('Sam', '29:1'), mention('Sam', '29:2')], 'add @1 @2'],
    ['add <at>Bo</at>', [mention('Bo Ek', '29:1', '<at>Bo</at>')], 'add @1'],
    ['<at>Pickup</at> add <at>Bo</at>', [mention('Pickup', bot.id), mention('Bo')], 'add @1'],
    ['add <at>$&</at>', [mention('$&')], 'add @1'],
    ['add Bo &lt;bo@contoso.com&gt; &amp; Cy', [], 'add Bo <bo@contoso.com> & Cy'],
    ['&amp;lt;', [], '&lt;'],
    ['add Bo', [mention('Bo', '29:1', '')], 'add Bo'],
    ['add Bo', [{}, null, { type: 'mention', mentioned: 7 }] as readonly object[], 'add Bo'],
  ]
  for (const [text, entities, expected] of texts)
    it(`${JSON.stringify(text)} says "${expected}"`, () => {
      assert.equal(textOf(text, ...entities), expected)
    })

  it('tells who was mentioned, in the order of their numbers, and never the bot', () => {
    const entities = [mention('Pickup', bot.id), mention('Bo', '29:1'), mention('Bo', '29:2')]
    const read = readActivity(activity({ text: 'add <at>Bo</at> <at>Bo</at>', entities }))
    assert.ok(read.is === 'text')
    assert.deepEqual(
      read.mentions.map(({ id }) => id),
      ['29:1', '29:2'],
    )
  })

  it('without any text is an empty one', () => {
    assert.equal(textOf(''), '')
    const read = readActivity(activity({}))
    assert.ok(read.is === 'text' && read.text === '')
  })

  it('with a value is a click, whatever its text', () => {
    const read = readActivity(activity({ text: 'help', value: { verb: 'decline', call: 'c1' } }))
    assert.ok(read.is === 'click')
    assert.deepEqual([read.verb, read.isAutomatic, read.isInvoke], ['decline', false, false])
  })

  it('T11 is read whatever stands in it, and grows by no more than its mentions', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('<at>Bo</at>', '<at>', '</at>', '&nbsp;', '&', '@1'),
    )
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 30 }),
        fc.array(fc.string(), { maxLength: 60 }),
        (parts, names) => {
          const entities = names.map((name) => mention(name))
          const read = readActivity(activity({ text: parts.join(''), entities }))
          assert.ok(read.is === 'text' && read.mentions.length <= 50)
          assert.ok(read.text.length <= parts.join('').length + 50 * 5)
        },
      ),
    )
    const text = '<at>Bo</at>&'.repeat(9000)
    const long = readActivity(activity({ text, entities: Array.from({ length: 1000 }, () => mention('Bo')) }))
    assert.ok(long.is === 'text' && long.mentions.length === 50)
  })
})

describe('an activity', () => {
  it('that Teams sends to redraw a card is automatic, also when its data says otherwise', () => {
    const value = { action: { type: 'Action.Execute', verb: 'pick-up', data: {} }, trigger: 'automatic' }
    const read = readActivity(activity({ type: 'invoke', name: 'adaptiveCard/action', value }))
    assert.ok(read.is === 'click' && read.isAutomatic && read.isInvoke)
    const forged = { action: { verb: 'refresh-call', data: {} }, trigger: 'manual' }
    const refresh = readActivity(activity({ type: 'invoke', name: 'adaptiveCard/action', value: forged }))
    assert.ok(refresh.is === 'click' && refresh.isAutomatic)
  })

  const kinds: ReadonlyArray<readonly [string, object, string]> = [
    ['in a group chat', { conversation: { id: '19:x', isGroup: true } }, 'notPersonal'],
    ['that is an edit', { type: 'messageUpdate', text: 'help' }, 'nothing'],
    ['that is another invoke', { type: 'invoke', name: 'task/fetch' }, 'nothing'],
    ['that installs the bot', { type: 'installationUpdate', action: 'add-upgrade' }, 'opened'],
    ['that removes it', { type: 'installationUpdate', action: 'remove' }, 'removed'],
    ['that upgrades it', { type: 'installationUpdate', action: 'remove-upgrade' }, 'nothing'],
    ['that adds the bot in Teams', { type: 'conversationUpdate', membersAdded: [bot] }, 'opened'],
    ['that adds nobody', { type: 'conversationUpdate', membersAdded: [] }, 'nothing'],
    [
      'in which the bot adds itself',
      { type: 'conversationUpdate', from: bot, membersAdded: [bot] },
      'nothing',
    ],
  ]
  for (const [what, more, is] of kinds)
    it(`${what} is ${is}`, () => {
      assert.equal(readActivity(activity(more)).is, is)
    })

  it('tells the zone of the sender only when there is one of that name', () => {
    for (const [localTimezone, zone] of [
      ['Europe/London', 'Europe/London'],
      ['Mars/Olympus', undefined],
      ['', undefined],
    ] as const) {
      const read = readActivity(activity({ text: 'hi', localTimezone }))
      assert.ok(read.is === 'text')
      assert.equal(read.sender.zone, zone)
    }
  })
})
