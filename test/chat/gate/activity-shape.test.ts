import assert from 'node:assert/strict'
import fc from 'fast-check'
import { readableActivity } from '../../../src/chat/gate/activity-shape.ts'

const activity = {
  type: 'message',
  id: '1',
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/teams/',
  from: { id: '29:ann', name: 'Ann', aadObjectId: 'object' },
  recipient: { id: '28:bot', name: 'Pickup' },
  conversation: { id: 'a:1', tenantId: 'tenant' },
}
const isRead = (changes: object) => readableActivity({ ...activity, ...changes }) !== null

describe('T10 An activity', () => {
  it('is read as it is when it has what the Bot Framework promises', () => {
    assert.equal(readableActivity(activity), activity)
  })

  const fine: readonly object[] = [
    { id: undefined },
    { text: null, name: null, entities: null, channelData: null, value: null },
    { from: { id: '29:ann' } },
    { from: { id: '29:ann', name: null, aadObjectId: null } },
    { membersAdded: [{ id: '28:bot' }, { id: '29:ann', name: 'Ann' }], membersRemoved: [] },
    { entities: [null], attachments: [{}] },
    { text: 'x'.repeat(100_000), value: 7 },
    { from: { id: '😀' } },
  ]
  for (const changes of fine) {
    it(`may have ${JSON.stringify(changes).slice(0, 90)}`, () => {
      assert.ok(isRead(changes))
    })
  }

  const needed = ['type', 'channelId', 'serviceUrl', 'from', 'recipient', 'conversation']
  for (const name of needed) {
    for (const value of [undefined, null, 7, '', [], {}, { id: 7 }, { id: '' }, 'x'.repeat(1025)]) {
      it(`is none with ${name} ${(JSON.stringify(value) ?? 'missing').slice(0, 20)}`, () => {
        assert.ok(!isRead({ [name]: value }))
      })
    }
  }

  const odd: readonly object[] = [
    { id: 7 },
    { id: 'x'.repeat(1025) },
    { text: {} },
    { name: ['adaptiveCard/action'] },
    { replyToId: 7 },
    { action: {} },
    { localTimezone: 0 },
    { deliveryMode: true },
    { timestamp: 0 },
    { membersAdded: 'Ann' },
    { membersAdded: [null] },
    { membersAdded: [{ id: '29:ann', name: 7 }] },
    { membersAdded: [{ id: 7 }] },
    { membersRemoved: {} },
    { entities: 'x' },
    { attachments: {} },
    { channelData: 'x' },
    { channelData: [] },
    { from: { id: '29:ann', name: {} } },
    { from: { id: '29:ann', aadObjectId: 7 } },
    { recipient: { id: '28:bot', name: 7 } },
    { conversation: { id: 'half a letter \ud800' } },
    { from: { id: '\udc00' } },
    { from: { id: 'a NUL \u0000' } },
    { from: { id: '29:ann', aadObjectId: '\ud800' } },
    { conversation: { id: 'a NUL \u0000' } },
    { serviceUrl: 'https://smba.trafficmanager.net/\u0000' },
    { id: '\u0000' },
    { replyToId: '\ud800' },
    { membersAdded: [{ id: '\ud800' }] },
  ]
  for (const changes of odd) {
    it(`is none with ${JSON.stringify(changes).slice(0, 90)}`, () => {
      assert.ok(!isRead(changes))
    })
  }

  it('is made whole where somebody typed or is called half a letter, and loses ids that are not whole', () => {
    const broken = '\ud83d'
    const deep: unknown = JSON.parse('['.repeat(50_000) + '"a\\u0000"' + ']'.repeat(50_000))
    const read = readableActivity({
      ...activity,
      text: `hello ${broken}`,
      from: { id: '29:ann', name: `Ann ${broken}` },
      entities: [{ mentioned: { id: `29:bo${broken}`, name: `B${broken}o\u0000` } }],
      value: { verb: `help${broken}`, [`x${broken}`]: 1, deep },
    })
    assert.equal(read?.text, 'hello ')
    assert.deepEqual(read.from, { id: '29:ann', name: 'Ann ' })
    assert.deepEqual(read.entities, [{ mentioned: { name: 'Bo' } }])
    assert.deepEqual(Object.entries(read.value as object)[0], ['verb', 'help'])
    assert.deepEqual(Object.keys(read.value as object), ['verb', 'deep'])
  })

  it('is nothing else, and whatever comes is judged without a failure', () => {
    for (const body of [null, undefined, [], [activity], 'message', 7, true]) {
      assert.equal(readableActivity(body), null)
    }
    fc.assert(
      fc.property(fc.constantFrom(...needed), fc.jsonValue(), (name, value) => {
        const read = readableActivity({ ...activity, [name]: value })
        if (read) assert.equal(encodeURIComponent(read.conversation.id) === '', false)
      }),
    )
  })
})
