import assert from 'node:assert/strict'
import { realClock } from '../../src/clock.ts'
import { Graph } from '../../src/graph/client.ts'
import { send } from '../../src/wire/wire.ts'
import { HandClock } from '../store/hand-clock.ts'
import { type Fault, Office, personId } from './office.ts'
import { longMs, quickGraph } from './quick-graph.ts'

const somewhere = `/admin/teams/userConfigurations/${personId(1)}`
const action = '/communications/calls/one/answer'

describe('Microsoft Graph', () => {
  let office: Office
  beforeEach(async () => {
    office = await Office.open()
    office.people.set(personId(1), {})
  })
  afterEach(() => office.close())

  it('is read with the bot’s token', async () => {
    const { graph, counts } = quickGraph(office)
    const answer = await graph.read(somewhere, { headers: { Prefer: 'include-unknown-enum-members' } })
    assert.equal(answer.is, 'done')
    const [asked] = office.asked
    assert.equal(asked?.method, 'GET')
    assert.equal(asked?.headers.authorization, 'Bearer token')
    assert.equal(asked?.headers['prefer'], 'include-unknown-enum-members')
    assert.deepEqual(counts, ['read 200'])
  })

  it('is asked over one line, one question after the other', async () => {
    const { graph } = quickGraph(office)
    for (let at = 0; at < 5; at += 1) await graph.read(somewhere)
    assert.equal(office.lines.size, 1)
  })

  for (const status of [429, 502, 503, 504])
    it(`is read again after ${status}`, async () => {
      office.faults({ status }, { status })
      const { graph, waits, counts } = quickGraph(office)
      assert.equal((await graph.read(somewhere)).is, 'done')
      assert.deepEqual(waits, [200, 400])
      assert.deepEqual(counts, [`read ${status}`, `read ${status}`, 'read 200'])
    })

  for (const fault of ['reset', 'cutOff'] as const)
    it(`is read again when the line breaks (${fault})`, async () => {
      office.faults(fault)
      assert.equal((await quickGraph(office).graph.read(somewhere)).is, 'done')
      assert.equal(office.asked.length, 2)
    })

  it('is read again when it is silent for the time of a try', async () => {
    office.faults('hang')
    let tries = 0
    const impatientOnce: typeof send = (request) => {
      tries += 1
      return send(tries === 1 ? { ...request, withinMs: 1000 } : request)
    }
    const { graph, counts } = quickGraph(office, { send: impatientOnce })
    assert.equal((await graph.read(somewhere)).is, 'done')
    assert.deepEqual(counts, ['read lost', 'read 200'])
  })

  it('is read three times at most', async () => {
    office.faults({ status: 502 }, { status: 502 }, { status: 502 })
    const answer = await quickGraph(office).graph.read(somewhere)
    assert.deepEqual(answer, { is: 'transient', mayBeDone: false })
    assert.equal(office.asked.length, 3)
  })

  it('is asked by many at different times when it was busy', async () => {
    office.faults({ status: 503 }, { status: 503 })
    const { graph, waits } = quickGraph(office, { random: () => 0.5 })
    await graph.read(somewhere)
    assert.deepEqual(waits, [300, 600])
  })

  it('says how long it wants to be left alone, and is', async () => {
    office.faults({ status: 429, headers: { 'Retry-After': '3' } })
    const { graph, waits } = quickGraph(office)
    assert.equal((await graph.read(somewhere)).is, 'done')
    assert.deepEqual(waits, [3000])
  })

  for (const status of [429, 503])
    it(`is left alone when it wants to be for long (${status})`, async () => {
      office.faults({ status, headers: { 'Retry-After': '30' } })
      const answer = await quickGraph(office).graph.read(somewhere)
      assert.deepEqual(answer, { is: 'throttled', retryAfterMs: 30_000 })
      assert.equal(office.asked.length, 1)
    })

  it('is left alone for a while when it is busy and does not say how long', async () => {
    office.faults({ status: 429 }, { status: 429 }, { status: 429 })
    assert.deepEqual(await quickGraph(office).graph.read(somewhere), {
      is: 'throttled',
      retryAfterMs: 5000,
    })
  })

  const once: ReadonlyArray<readonly [Fault, object]> = [
    [{ status: 404 }, { is: 'notFound' }],
    [
      { status: 401, body: { error: { code: 'InvalidAuthenticationToken' } } },
      refused(401, 'InvalidAuthenticationToken'),
    ],
    [{ status: 403, body: { error: { code: 'Forbidden', message: 'Ann' } } }, refused(403, 'Forbidden')],
    [{ status: 403, body: { error: { code: 'ann@contoso.com' } } }, refused(403, '')],
    [{ status: 403, body: { error: 'no' } }, refused(403, '')],
    [{ status: 403, body: 'no' }, refused(403, '')],
    [{ status: 400, body: { error: { code: '7505' } } }, refused(400, '7505')],
    [{ status: 400, body: { error: { code: 7505 } } }, refused(400, '7505')],
    [{ status: 500 }, { is: 'transient', mayBeDone: false }],
    [{ status: 302, headers: { Location: '/elsewhere' } }, { is: 'badAnswer' }],
    [{ status: 200, body: 'what' }, { is: 'badAnswer' }],
    [{ status: 200, body: '[]' }, { is: 'badAnswer' }],
    [{ status: 200, body: 'null' }, { is: 'badAnswer' }],
    [{ status: 204, body: '' }, { is: 'badAnswer' }],
    [{ status: 200, body: { value: 'x'.repeat(300_000) } }, { is: 'badAnswer' }],
  ]
  for (const [fault, meaning] of once)
    it(`is not asked twice when it answers ${JSON.stringify(fault).slice(0, 80)}`, async () => {
      office.faults(fault)
      assert.deepEqual(await quickGraph(office).graph.read(somewhere), meaning)
      assert.equal(office.asked.length, 1)
    })

  it('is read with a question that changes nothing, and may so be asked again', async () => {
    office.faults({ status: 503 })
    const question = { ids: [personId(1)] }
    const answer = await quickGraph(office).graph.read('/communications/getPresencesByUserId', { question })
    assert.equal(answer.is, 'done')
    assert.deepEqual(
      office.asked.map(({ method, body }) => [method, body]),
      [
        ['POST', question],
        ['POST', question],
      ],
    )
  })

  it('has until a deadline for everything together, the token too', async () => {
    for (const token of [() => Promise.resolve('token'), () => new Promise<string>(() => undefined)]) {
      office.faults('hang', 'hang', 'hang')
      const { graph } = quickGraph(office, { token, clock: realClock })
      const answer = await graph.read(somewhere, { deadlineMs: 80 })
      assert.deepEqual(answer, { is: 'transient', mayBeDone: false })
    }
  })

  it('gets no more time for a try than is left, and nothing waits on once it has answered', async () => {
    const clock = new HandClock()
    const times: number[] = []
    const ends: Array<(sent: Awaited<ReturnType<typeof send>>) => void> = []
    const slow: typeof send = ({ withinMs = 0 }) => {
      times.push(withinMs)
      return new Promise((end) => ends.push(end))
    }
    const answer = quickGraph(office, { send: slow, clock }).graph.read(somewhere, { deadlineMs: 1000 })
    await clock.advance(100)
    ends[0]?.({ is: 'lost' })
    await clock.advance(200)
    ends[1]?.({ is: 'answered', status: 200, body: {} })
    assert.equal((await answer).is, 'done')
    assert.deepEqual(times, [1000, 700])
    assert.equal(clock.waiting, 0)
  })

  it('is not asked any more after the deadline', async () => {
    office.faults({ status: 503 })
    let give: (token: string) => void = () => undefined
    const late = new Promise<string>((resolve) => (give = resolve))
    const { graph, counts } = quickGraph(office, { token: () => late, clock: realClock })
    await graph.read(somewhere, { deadlineMs: 20 })
    give('token')
    while (counts.length === 0) await new Promise(setImmediate)
    assert.deepEqual(counts, ['read late'])
    assert.equal(office.asked.length, 0)
  })

  it('is not asked again when the deadline would pass meanwhile', async () => {
    office.faults({ status: 503, headers: { 'Retry-After': '90' } })
    const answer = await quickGraph(office, { clock: realClock }).graph.read(somewhere, {
      deadlineMs: longMs,
    })
    assert.deepEqual(answer, { is: 'throttled', retryAfterMs: 90_000 })
  })

  it('is not asked without a token, which may be had later', async () => {
    let tries = 0
    const token = () => {
      tries += 1
      return tries === 1 ? Promise.reject(new Error('down')) : Promise.resolve('token')
    }
    const { graph, counts } = quickGraph(office, { token })
    assert.equal((await graph.read(somewhere)).is, 'done')
    assert.deepEqual(counts, ['read noToken', 'read 200'])
  })

  it('is written to, and need not answer much', async () => {
    const { graph, counts } = quickGraph(office)
    const body = { reason: 'busy' }
    assert.deepEqual(await graph.write('POST', action, body), { is: 'done', body: null })
    assert.deepEqual(office.asked[0]?.body, body)
    assert.deepEqual(counts, ['write 202'])
  })

  const writes: ReadonlyArray<readonly [Fault, object]> = [
    ['hang', { is: 'transient', mayBeDone: true }],
    ['reset', { is: 'transient', mayBeDone: true }],
    [{ status: 502 }, { is: 'transient', mayBeDone: true }],
    [
      { status: 503, headers: { 'Retry-After': '1' } },
      { is: 'transient', mayBeDone: true },
    ],
    [{ status: 504 }, { is: 'transient', mayBeDone: true }],
    [{ status: 500 }, { is: 'transient', mayBeDone: true }],
    [{ status: 408 }, { is: 'transient', mayBeDone: true }],
    [
      { status: 429, headers: { 'Retry-After': '1' } },
      { is: 'throttled', retryAfterMs: 1000 },
    ],
    [{ status: 404 }, { is: 'notFound' }],
    [{ status: 409, body: { error: { code: 'Conflict' } } }, refused(409, 'Conflict')],
  ]
  for (const [fault, meaning] of writes)
    it(`is never written to twice when it answers ${JSON.stringify(fault)}`, async () => {
      office.faults(fault)
      const { graph, waits } = quickGraph(office, fault === 'hang' ? { withinMs: 1000 } : {})
      assert.deepEqual(await graph.write('POST', action, {}), meaning)
      assert.equal(office.asked.length, 1)
      assert.deepEqual(waits, [])
    })

  it('certainly did nothing when nobody listens or there is no token', async () => {
    const nothing = { is: 'transient', mayBeDone: false }
    const noToken = quickGraph(office, { token: () => Promise.reject(new Error('down')) })
    assert.deepEqual(await noToken.graph.write('POST', action, {}), nothing)
    const { graph } = quickGraph(office)
    await office.close()
    assert.deepEqual(await graph.write('DELETE', '/communications/calls/one'), nothing)
    office = await Office.open()
  })

  it('tells nobody’s name when it fails', async () => {
    office.people.clear()
    const { graph, counts } = quickGraph(office)
    const failures = [await graph.read(somewhere), await graph.write('POST', '/elsewhere', {})]
    office.faults({ status: 403 })
    failures.push(await graph.read(somewhere))
    assert.doesNotMatch(JSON.stringify([failures, counts]), /Ann|contoso|0000/)
  })

  const nobody = {
    token: () => Promise.resolve('token'),
    send,
    clock: realClock,
    random: () => 0,
    count: () => undefined,
  }
  for (const baseUrl of [
    'https://graph.microsoft.com/v1.0/',
    'http://127.0.0.1:7/',
    'http://[::1]/v1.0',
    'http://localhost:7',
  ])
    it(`may be at ${baseUrl}`, () => {
      assert.ok(new Graph({ ...nobody, baseUrl }))
    })
  for (const baseUrl of [
    '',
    'graph.microsoft.com',
    'http://graph.microsoft.com/v1.0',
    'http://127.0.0.1.evil.example',
    'https://ann:secret@graph.microsoft.com',
    'https://graph.microsoft.com/?x=1',
    'ftp://127.0.0.1/',
  ])
    it(`may not be at ${JSON.stringify(baseUrl)}`, () => {
      assert.throws(() => new Graph({ ...nobody, baseUrl }), /https/)
    })

  it('is the public one unless said, and a slash at its end does no harm', async () => {
    const urls: string[] = []
    const keep: typeof send = ({ url }) => {
      urls.push(url)
      return Promise.resolve({ is: 'answered', status: 200, body: {} })
    }
    await new Graph({ ...nobody, send: keep }).read('/one')
    await new Graph({ ...nobody, send: keep, baseUrl: 'http://127.0.0.1:7/' }).read('/one')
    assert.deepEqual(urls, ['https://graph.microsoft.com/v1.0/one', 'http://127.0.0.1:7/one'])
  })
})

function refused(status: number, code: string): object {
  return { is: 'refused', status, code }
}
