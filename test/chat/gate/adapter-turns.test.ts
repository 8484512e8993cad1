import { type TurnContext } from 'botbuilder'
import assert from 'node:assert/strict'
import { type HttpAnswer, type InvokeAnswer } from '../../../src/chat/gate/adapter.ts'
import { activity, type Gate, openGate } from './tokens.ts'

const local = { serviceUrl: 'http://127.0.0.1:9', channelId: 'emulator' }

describe('The gate in local mode', () => {
  let bot: (context: TurnContext) => Promise<InvokeAnswer | undefined>
  let gate: Gate
  let turns: string[]
  beforeEach(() => {
    turns = []
    bot = ({ activity: { id } }) => {
      turns.push(id ?? '')
      return Promise.resolve({ status: 200, body: { seen: id } })
    }
    gate = openGate({ identity: null, bot: (context) => bot(context) })
  })
  const knock = (more: object = {}): Promise<HttpAnswer> =>
    gate.adapter.receive('', activity({ ...local, ...more }))

  it('lets in whoever is on this machine, without a token', async () => {
    assert.deepEqual(await knock(), { status: 200 })
    assert.deepEqual(turns, ['1'])
    assert.deepEqual(gate.asked, [])
  })

  it('lets in nobody who would be answered elsewhere', async () => {
    for (const serviceUrl of ['https://evil.example/', 'https://smba.trafficmanager.net/teams/']) {
      const answer = await knock({ serviceUrl })
      assert.equal(answer.status, 403)
    }
    assert.deepEqual(turns, [])
  })

  it('acts once on the same activity, even while the first is under way, and gives the same answer', async () => {
    const invoke = { type: 'invoke', name: 'adaptiveCard/action' }
    const answers = await Promise.all([knock(invoke), knock(invoke), knock(invoke)])
    assert.deepEqual(answers, Array(3).fill({ status: 200, body: { seen: '1' } }))
    await gate.clock.advance(59_999)
    await knock(invoke)
    assert.deepEqual(turns, ['1'])
  })

  it('does not take another activity for the same', async () => {
    await knock()
    await knock({ id: '2' })
    await knock({ type: 'invoke' })
    await knock({ conversation: { id: 'a:2' } })
    await knock({ channelId: 'webchat' })
    await knock({ id: undefined })
    await knock({ id: undefined })
    assert.equal(turns.length, 7)
  })

  it('answers an invoke with what the bot says, and a message with nothing', async () => {
    assert.deepEqual(await knock({ type: 'invoke' }), { status: 200, body: { seen: '1' } })
    assert.deepEqual(await knock(), { status: 200 })
  })

  it('answers an invoke it knows nothing of with 200, and the no inside', async () => {
    bot = () => Promise.resolve(undefined)
    const { status, body } = await knock({ type: 'invoke', name: 'composeExtension/query' })
    assert.equal(status, 200)
    assert.match(JSON.stringify(body), /"statusCode":501.*"notSupported"/)
  })

  it('says nothing of what went wrong, and shows a failed invoke in a sentence', async () => {
    bot = () => Promise.reject(new TypeError('Ann +46701234567'))
    assert.deepEqual(await knock(), { status: 200 })
    const answer = await knock({ type: 'invoke' })
    assert.equal(answer.status, 200)
    assert.match(JSON.stringify(answer.body), /"statusCode":500.*nothing was changed/)
    assert.doesNotMatch(JSON.stringify([answer, gate.logged]), /Ann|\+46/)
    assert.deepEqual(gate.logged, Array(2).fill('turnFailed {"name":"TypeError"}'))
  })

  it('answers in time, whatever a turn waits for, and lets the turn go on', async () => {
    let end: (answer: InvokeAnswer) => void = () => undefined
    bot = () => new Promise((resolve) => (end = resolve))
    const knocked = [knock(), knock({ type: 'invoke' })]
    await gate.clock.advance(6_999)
    assert.deepEqual(gate.logged, [])
    await gate.clock.advance(1)
    const [message, click] = await Promise.all(knocked)
    assert.deepEqual(message, { status: 200 })
    assert.equal(click?.status, 200)
    assert.match(JSON.stringify(click.body), /"statusCode":504.*look at the card again/)
    assert.deepEqual(gate.logged, Array(2).fill('answeredLate {}'))
    end({ status: 200, body: { decided: true } })
    assert.deepEqual(
      (await knock({ type: 'invoke' })).body,
      { decided: true },
      'asked again, it has the answer',
    )
  })

  it('has room for twenty turns in one conversation; who was turned away may come again', async () => {
    let goOn: () => void = () => undefined
    const gateOpens = new Promise<void>((resolve) => (goOn = resolve))
    bot = async ({ activity: { id } }) => {
      await gateOpens
      turns.push(id ?? '')
      return undefined
    }
    const inside = Array.from({ length: 20 }, (_, at) => knock({ id: `in ${at}` }))
    assert.equal((await knock({ id: 'late' })).status, 429)
    const elsewhere = knock({ id: 'late', conversation: { id: 'a:2' } })
    goOn()
    for (const answer of await Promise.all([...inside, elsewhere])) assert.equal(answer.status, 200)
    assert.equal((await knock({ id: 'late' })).status, 200)
    assert.equal(turns.length, 22)
  })

  const malformed: readonly unknown[] = [
    null,
    [],
    'message',
    7,
    {},
    activity({ ...local, type: undefined }),
    activity({ ...local, type: 7 }),
    activity({ ...local, serviceUrl: 7 }),
    activity({ ...local, conversation: 'a:1' }),
    activity({ ...local, from: null }),
    activity({ ...local, recipient: [] }),
    activity({ ...local, membersAdded: 'Ann' }),
    activity({ ...local, deliveryMode: {} }),
    JSON.parse('{"__proto__":{"type":"message","channelId":"emulator"}}'),
  ]
  for (const body of malformed) {
    it(`refuses ${(JSON.stringify(body) ?? '').slice(0, 60)} as no activity`, async () => {
      const { status, body: said } = await gate.adapter.receive('', body)
      assert.equal(status, 400)
      assert.match(JSON.stringify(said), /"badActivity"/)
      assert.deepEqual(turns, [])
    })
  }

  const odd: readonly object[] = [
    { type: 'nobody knows' },
    { type: 'invoke', name: undefined, value: undefined },
    { type: 'event', name: 'continueConversation' },
    { type: 'message', text: undefined, entities: [null, 7, { type: 'mention' }], attachments: [null] },
    { type: 'conversationUpdate', membersAdded: [], membersRemoved: [null] },
    { deliveryMode: 'expectReplies' },
    { timestamp: 'yesterday', localTimestamp: 'x', channelData: { tenant: null } },
    { callerId: 7, relatesTo: 'x', locale: 7, inputHint: {} },
    JSON.parse('{"__proto__":{"isAdmin":true},"constructor":1,"toString":2}') as object,
  ]
  for (const more of odd) {
    it(`takes ${JSON.stringify(more).slice(0, 70)} without a failure`, async () => {
      const { status } = await knock(more)
      assert.equal(status, 200)
      assert.deepEqual(gate.logged, [])
      assert.equal(Object.hasOwn(Object.prototype, 'isAdmin'), false)
    })
  }
})
