import assert from 'node:assert/strict'
import { asking } from '../../../src/assemble/graph-calls.ts'
import { type GraphAnswer, type GraphFailure } from '../../../src/graph/answer.ts'
import { GraphAsking } from '../../../src/source/graph/asking.ts'
import { type LegEvent, newLeg } from '../../../src/source/graph/leg.ts'
import { type GraphNotes } from '../../../src/source/graph/notes.ts'
import { type Asked, type GraphRequest, requestFor } from '../../../src/source/graph/requests.ts'
import { type LegBook } from '../../../src/source/source.ts'

const offer = { caller: { kind: 'internal' }, owners: [], lines: [], tenant: 't', chain: '' } as const
const own = { callbackUri: 'https://contoso.com/calls', ringbackUri: 'https://contoso.com/r.wav' }

/** A book of one page. */
function bookOf(first: GraphNotes): LegBook {
  let page: Readonly<Record<string, unknown>> | null = first
  return {
    read: () => Promise.resolve(page),
    change: (_, decide) => {
      const next = decide(page, 0)
      if (next) page = next.notes
      return Promise.resolve()
    },
    admit: () => Promise.resolve(),
    leave: () => Promise.resolve(),
    all: () => Promise.resolve([]),
  }
}

describe('A request to Graph', () => {
  let requests: string[]
  let events: LegEvent[]
  let answers: Asked[]
  let isAlive: boolean
  let asks: GraphAsking
  beforeEach(() => {
    requests = []
    events = []
    answers = []
    isAlive = true
    const leg = { ...newLeg(0), state: 'handing', by: 'transfer', asked: 5 } as const
    asks = new GraphAsking({
      book: bookOf({ offer, owner: 'ann', leg, begun: 4 }),
      own,
      ask: ({ method, path }: GraphRequest) => {
        requests.push(`${method} ${path.split('/').at(-1) ?? ''}`)
        if (!isAlive) throw new Error('the process died')
        return Promise.resolve(answers.shift() ?? { is: 'done', body: { state: 'Established' } })
      },
      advance: (_, event) => {
        events.push(event)
        return Promise.resolve()
      },
    })
  })
  const transfer = () => asks.ask('one', { ask: 'transfer', to: 'bo' }, 5)
  const inDoubt: LegEvent = { is: 'seen', state: 'established', inDoubt: { what: 'transfer', number: 5 } }

  it('is sent once, and its call hears that it was taken', async () => {
    assert.deepEqual(await transfer(), { is: 'done' })
    assert.deepEqual([requests, events], [['POST transfer'], [{ is: 'accepted', what: 'transfer' }]])
  })

  it('is not sent again by whoever comes to it a second time: the call is looked at', async () => {
    isAlive = false
    await assert.rejects(transfer())
    isAlive = true
    await transfer()
    assert.deepEqual([requests, events], [['POST transfer', 'GET one'], [inDoubt]])
  })

  it('whose answer got lost is not sent again: the call is looked at, until that is answered', async () => {
    answers.push({ is: 'unknown' }, { is: 'unknown' })
    assert.equal((await transfer()).is, 'later')
    await transfer()
    assert.deepEqual([requests, events], [['POST transfer', 'GET one', 'GET one'], [inDoubt]])
  })

  it('that was certainly not done is sent again after as long as Graph wants', async () => {
    answers.push({ is: 'later', afterMs: 1234 })
    assert.deepEqual(await transfer(), { is: 'later', afterMs: 1234 })
    await transfer()
    assert.deepEqual(requests, ['POST transfer', 'POST transfer'])
  })

  it('to answer a call that is not known yet where it is answered is sent again a little later, while the call is there', async () => {
    const answer = () => asks.ask('one', { ask: 'answer' }, 5)
    const there: Asked = { is: 'done', body: { state: 'incoming' } }
    answers.push({ is: 'gone' }, there, { is: 'gone' }, { is: 'unknown' }, { is: 'gone' }, { is: 'gone' })
    assert.deepEqual(await answer(), { is: 'later', afterMs: 500 })
    assert.deepEqual(await answer(), { is: 'later', afterMs: 500 })
    assert.deepEqual(events, [])
    assert.deepEqual(await answer(), { is: 'done' })
    assert.deepEqual(requests, ['POST answer', 'GET one', 'POST answer', 'GET one', 'POST answer', 'GET one'])
    assert.deepEqual(events, [{ is: 'seen', state: null }])
  })

  it('that Graph will not do is told as such, and whether the call is gone', async () => {
    answers.push({ is: 'refused' })
    await transfer()
    answers.push({ is: 'gone' })
    await asks.ask('one', { ask: 'keepAlive' }, 6)
    assert.deepEqual(events, [
      { is: 'refused', what: 'transfer', gone: false },
      { is: 'refused', what: 'keepAlive', gone: true },
    ])
  })
})

describe('What is asked of Graph', () => {
  it('has no body where Graph wants none', () => {
    for (const ask of ['keepAlive', 'hangUp', 'look'] as const)
      assert.ok(!('body' in requestFor('one', { ask }, own)), ask)
    assert.deepEqual(requestFor('one', { ask: 'cancelMedia' }, own).body, {})
  })
})

describe('What Graph’s answers mean for a call', () => {
  const meaning = async (answer: GraphAnswer | GraphFailure, method: 'GET' | 'POST' = 'POST') => {
    const give = () => Promise.resolve(answer)
    return asking({ read: give, write: give })({ method, path: '/communications/calls/one' })
  }
  const rows: ReadonlyArray<readonly [GraphAnswer | GraphFailure, Asked]> = [
    [
      { is: 'done', body: 1 },
      { is: 'done', body: 1 },
    ],
    [{ is: 'notFound' }, { is: 'gone' }],
    [{ is: 'refused', status: 403, code: '' }, { is: 'refused' }],
    [
      { is: 'throttled', retryAfterMs: 700 },
      { is: 'later', afterMs: 700 },
    ],
    [
      { is: 'throttled', retryAfterMs: 600_000 },
      { is: 'later', afterMs: 30_000 },
    ],
    [
      { is: 'transient', mayBeDone: false },
      { is: 'later', afterMs: 500 },
    ],
    [{ is: 'transient', mayBeDone: true }, { is: 'unknown' }],
    [{ is: 'badAnswer' }, { is: 'unknown' }],
  ]
  for (const [answer, asked] of rows)
    it(`${JSON.stringify(answer)} is ${asked.is}`, async () => {
      assert.deepEqual(await meaning(answer), asked)
      assert.deepEqual(await meaning(answer, 'GET'), asked)
    })
})
