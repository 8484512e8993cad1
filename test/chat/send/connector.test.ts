import assert from 'node:assert/strict'
import { type Connector } from '../../../src/chat/send/connector.ts'
import { type SendFailure, type Sent } from '../../../src/chat/send/messenger.ts'
import { type Answered, fine, quickConnector, reachAt, WireService } from './wire-service.ts'

const card = { card: { type: 'AdaptiveCard' } }
const sent: Sent = { is: 'sent', id: 'the-id' }
const lost: SendFailure = { is: 'unknown' }
const later = (status: number, after: string, more = {}): Answered => ({
  status,
  headers: { 'Retry-After': after, ...more },
})
const lostSight = { status: 404, body: { error: { code: 'ActivityNotFoundInConversation' } } }
const date = 'Mon, 02 Jan 2034 10:00:00 GMT'
const twoSecondsLater = 'Mon, 02 Jan 2034 10:00:02 GMT'

type Story = {
  readonly answers: readonly Answered[]
  readonly result: Sent | SendFailure
  /** How long it waited before each further try. */
  readonly waits?: readonly number[]
}

/** A POST may be on the screen once it was received: only what certainly had no effect is asked again. */
const posts: Readonly<Record<string, Story>> = {
  'is sent': { answers: [fine], result: sent },
  'is sent with 201': { answers: [{ status: 201, body: { id: 'the-id' } }], result: sent },
  'finds nobody at 403': { answers: [{ status: 403 }], result: { is: 'unreachable' } },
  'finds nobody at 403 even when the rest of the answer breaks off': {
    answers: [{ status: 403, isCutOff: true }],
    result: { is: 'unreachable' },
  },
  'finds no conversation at 404': { answers: [{ status: 404 }], result: { is: 'gone' } },
  'is too big at 413': { answers: [{ status: 413 }], result: { is: 'tooBig' } },
  'is wrong at 400': { answers: [{ status: 400 }], result: { is: 'refused' } },
  'may be tried another time at 401': { answers: [{ status: 401 }], result: { is: 'transient' } },
  'comes back when the service says so': { answers: [later(429, '1')], result: sent, waits: [1000] },
  'comes back at the time of day the service says, by its own clock': {
    answers: [later(429, twoSecondsLater, { Date: date })],
    result: sent,
    waits: [2000],
  },
  'leaves a long wait to its caller': {
    answers: [later(429, '30')],
    result: { is: 'throttled', retryAfterMs: 30_000 },
  },
  'stays away for two seconds when it is throttled without a word': {
    answers: [{ status: 429 }],
    result: { is: 'throttled', retryAfterMs: 2000 },
  },
  'reads no nonsense as a wait': {
    answers: [later(429, 'soon')],
    result: { is: 'throttled', retryAfterMs: 2000 },
  },
  'gives up being throttled after three tries': {
    answers: [later(429, '1'), later(429, '2'), later(429, '1')],
    result: { is: 'throttled', retryAfterMs: 1000 },
    waits: [1000, 2000],
  },
  'is repeated after 412, which had no effect': { answers: [{ status: 412 }], result: sent, waits: [250] },
  'gives up after 412 three times': {
    answers: [{ status: 412 }, { status: 412 }, { status: 412 }],
    result: { is: 'transient' },
    waits: [250, 500],
  },
  'is never repeated after 408': { answers: [{ status: 408 }], result: lost },
  'is never repeated after 500': { answers: [{ status: 500 }], result: lost },
  'is never repeated after 502': { answers: [{ status: 502 }], result: lost },
  'is never repeated after 503, not even on invitation': { answers: [later(503, '1')], result: lost },
  'is never repeated after 504': { answers: [{ status: 504 }], result: lost },
  'is never repeated when the line breaks': { answers: ['reset'], result: lost },
  'is never repeated when no answer comes': { answers: ['hang'], result: lost },
  'is never repeated when the answer breaks off': {
    answers: [{ status: 200, body: { id: 'x' }, isCutOff: true }],
    result: lost,
  },
  'is not sent on to another place': {
    answers: [{ status: 308, headers: { Location: '/elsewhere' } }],
    result: { is: 'refused' },
  },
}

/** A PUT says what shall be, so it may be said again. */
const puts: Readonly<Record<string, Story>> = {
  'is done': { answers: [fine], result: sent },
  'is done with an answer that says nothing': {
    answers: [{ status: 200 }],
    result: { is: 'sent', id: 'card' },
  },
  'is done with an answer that is not JSON': {
    answers: [{ status: 202, body: '<html>' }],
    result: { is: 'sent', id: 'card' },
  },
  'finds the card gone at 404': { answers: [{ status: 404 }], result: { is: 'gone' } },
  'looks a second time for a card that the service lost sight of': {
    answers: [lostSight],
    result: sent,
    waits: [1000],
  },
  'believes it the second time': { answers: [lostSight, lostSight], result: { is: 'gone' }, waits: [1000] },
  'finds nobody at 403': { answers: [{ status: 403 }], result: { is: 'unreachable' } },
  'is repeated when throttled without a word': { answers: [{ status: 429 }], result: sent, waits: [250] },
  'is repeated after 500 and 502': {
    answers: [{ status: 500 }, { status: 502 }],
    result: sent,
    waits: [250, 500],
  },
  'gives up after three failures': {
    answers: [{ status: 500 }, { status: 503 }, { status: 504 }],
    result: lost,
    waits: [250, 500],
  },
  'is repeated when the line breaks': { answers: ['reset'], result: sent, waits: [250] },
  'is repeated once when no answer comes': { answers: ['hang', 'hang'], result: lost, waits: [250] },
  'is repeated when the answer breaks off': {
    answers: [{ status: 200, body: { id: 'x' }, isCutOff: true }],
    result: sent,
    waits: [250],
  },
}

describe('F3 F4 F15 F16 What the chat service answers', () => {
  let service: WireService
  beforeEach(async () => {
    service = await WireService.start()
  })
  afterEach(() => service.stop())

  const tells = async (
    method: string,
    { answers, result, waits = [] }: Story,
    ask: (connector: Connector) => Promise<Sent | SendFailure>,
  ) => {
    service.answers(...answers)
    const quick = quickConnector(answers.includes('hang') ? { withinMs: 1000 } : {})
    assert.deepEqual(await ask(quick.connector), result)
    assert.deepEqual(quick.waits, waits)
    assert.deepEqual(service.methods, Array(waits.length + 1).fill(method))
  }

  for (const [what, story] of Object.entries(posts)) {
    it(`a POST ${what}`, () =>
      tells('POST', story, (connector) => connector.post(reachAt(service.url), card)))
  }
  for (const [what, story] of Object.entries(puts)) {
    it(`a PUT ${what}`, () =>
      tells('PUT', story, (connector) => connector.update(reachAt(service.url), 'card', card)))
  }
  for (const [what, story] of Object.entries(puts)) {
    if (story.answers.includes(lostSight)) continue
    it(`a DELETE ${what}`, () =>
      tells('DELETE', story, (connector) => connector.delete(reachAt(service.url), 'card')))
  }
})
