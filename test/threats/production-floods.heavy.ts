/** Too much, too big, too slow: a bot in production answers everybody else meanwhile, and holds on to none of it. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import { connect, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { tenant } from '../../src/playground/chat-client.ts'
import { activity, serviceUrl, strangersToken, token } from '../chat/gate/tokens.ts'
import { type Person } from '../peer/person.ts'
import { Dice } from '../simulation/dice.ts'
import { until } from '../until.ts'
import { inside, spoiled } from './mutations.ts'
import { assertLogIsClean } from './production-log.ts'
import { Production } from './production.ts'

const megabyte = 1024 * 1024
/** What the bot may grow by while it turns these away, in megabytes. */
const bombMayCost = 64
const longMayCost = 32
/** Node by itself gives a request's head a minute, and its body five. */
const nodeWaitsMs = 55_000
const atOnce = 16
const pieceBytes = megabyte / 4

describe('A bot in production under a flood', () => {
  let production: Production
  let zoe: Person
  let quentin: Person
  before(async () => {
    production = await Production.open()
    await production.start()
    zoe = await production.person('Zoe')
    quentin = await production.person('Quentin')
  })
  after(() => production.close())

  it('T12 takes a few of 200 messages that one person sends at once, and answers another person', async () => {
    const flood = Array.from({ length: 200 }, () => zoe.send({ type: 'message', text: 'help' }))
    const other = quentin.say('help')
    assert.equal((await other).status, 200)
    assert.equal(helpCards(quentin).length, 1)
    const statuses = (await Promise.all(flood)).map(({ status }) => status)
    const taken = statuses.filter((status) => status === 200).length
    assert.ok(taken > 0 && taken <= 100, `${taken} of 200 were taken`)
    assert.ok(statuses.every((status) => status === 200 || status === 429))
    assert.equal((await zoe.say('help')).status, 200, 'once it is over they are heard again')
  })

  it('T13 answers others while 300 requests come half, and lets all of those go', async () => {
    const { port } = new URL(production.botUrl)
    const half = 'POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'
    const begun = `${half}Authorization: Bearer ${token(Date.now())}\r\nContent-Length: 5000\r\n\r\n{"type":`
    const sockets = await Promise.all(
      Array.from({ length: 300 }, async (_, index) => {
        const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined)
        await once(socket, 'connect')
        socket.resume().write(index % 2 === 0 ? half : begun)
        return socket
      }),
    )
    const began = performance.now()
    const left = () => sockets.filter((socket: Socket) => !socket.closed).length
    assert.equal((await quentin.say('help')).status, 200)
    assert.ok(left() > 0, 'it was answered while they hung')
    await until('the bot lets go of all of them', () => left() === 0)
    assert.ok(performance.now() - began < nodeWaitsMs, 'it was Node that let go of them')
  })

  it('T2 refuses bombs and bodies of 60 MB before it has read them, and leaves nothing behind', async () => {
    const signed = `Bearer ${token(Date.now())}`
    const json = { 'Content-Type': 'application/json' }
    const bomb = gzipSync(Buffer.alloc(200 * megabyte, ' '))
    const long = Buffer.alloc(60 * megabyte, ' ')
    const parts = { 'Content-Type': 'multipart/form-data; boundary=x' }
    for (const [what, headers, body, mayCost, expected] of [
      ['a bomb', { ...json, 'Content-Encoding': 'gzip', Authorization: signed }, bomb, bombMayCost, 415],
      ['60 MB', { ...json, Authorization: signed }, long, longMayCost, 413],
      ['60 MB without a token', json, long, longMayCost, 401],
      ['an upload', { ...parts, Authorization: signed }, long, longMayCost, 415],
    ] as const) {
      await production.forgetPeak()
      const before = await production.megabytes('VmRSS')
      assert.equal(await pour(headers, body), expected, what)
      const grown = (await production.megabytes('VmHWM')) - before
      assert.ok(grown < mayCost, `${what} cost ${Math.round(grown)} MB`)
    }
    assert.deepEqual(await production.temporary(), [])
    assert.equal((await quentin.say('help')).status, 200)
  })

  it('T1 T2 T10 answers 3,000 spoiled activities with a good token, tells nothing of its inside, and does not grow', async () => {
    const dice = new Dice(20_261_124)
    const good = await goodOnes()
    const counts = new Map<number, number>()
    const post = async () => {
      const conversation = {
        id: `a:${dice.below(1_000_000)}`,
        conversationType: 'personal',
        tenantId: tenant,
      }
      const spoilt = spoiled(good, dice)
      const body = dice.chance(0.8) ? { ...spoilt, conversation, id: String(dice.next()) } : spoilt
      const { status, text } = await production.knock(`Bearer ${token(Date.now())}`, body)
      assert.ok(status < 500, `${status} for ${JSON.stringify(body)}`)
      assert.doesNotMatch(text, inside)
      counts.set(status, (counts.get(status) ?? 0) + 1)
    }
    const some = async (count: number) => {
      for (let done = 0; done < count; done += atOnce) await Promise.all(Array.from({ length: atOnce }, post))
    }
    await some(1000)
    await production.forgetPeak()
    const before = await production.megabytes('VmRSS')
    await some(2000)
    const grown = (await production.megabytes('VmHWM')) - before
    assert.ok(grown < bombMayCost, `they cost ${Math.round(grown)} MB`)
    assert.ok((counts.get(200) ?? 0) > 1000, `most get in: ${JSON.stringify([...counts])}`)
    assert.equal((await quentin.say('help')).status, 200)
  })

  it('T20 logs little of 10,000 bad tokens', async () => {
    const before = production.output.length
    const bad = [strangersToken(Date.now()), token(Date.now(), { aud: randomUUID() }), 'not.a.token', '']
    let left = 10_000
    const flood = Array.from({ length: 32 }, async () => {
      while (left > 0) {
        left -= 1
        const { status } = await production.knock(`Bearer ${bad[left % bad.length] ?? ''}`, message())
        assert.equal(status, 401)
      }
    })
    await Promise.all(flood)
    const grown = production.output.length - before
    assert.ok(grown < 100_000, `the log grew by ${grown} characters`)
    // What was refused before in the same minute counts, too: the flood itself may add nothing.
    await until('it says that tokens are refused', () => production.output.includes('"event":"refusedToken"'))
  })

  it('T15 has logged nothing about anybody, and nothing that opens a door', () => {
    assertLogIsClean(production)
  })

  /** The status with which a body is refused. A line that broke before the answer could be read says nothing yet. */
  async function pour(headers: http.OutgoingHttpHeaders, body: Buffer): Promise<number | undefined> {
    let status: number | undefined
    await until('it is answered', async () => {
      status = await pourOnce(headers, body)
      return status !== undefined
    })
    return status
  }

  /** Sends a body piece by piece, without saying how long it is, until it is answered or the line breaks. */
  async function pourOnce(headers: http.OutgoingHttpHeaders, body: Buffer): Promise<number | undefined> {
    const request = http.request(`${production.botUrl}/api/messages`, { method: 'POST', headers })
    let status: number | undefined
    request.on('error', () => undefined)
    request.on('response', (response) => (status = response.statusCode))
    for (let at = 0; at < body.length && !request.destroyed && status === undefined; at += pieceBytes) {
      request.write(body.subarray(at, at + pieceBytes))
      await until(
        'there is room',
        () => !request.writableNeedDrain || request.destroyed || status !== undefined,
      )
    }
    request.end()
    await until('it is over', () => request.destroyed || status !== undefined)
    request.destroy()
    return status
  }

  /** Activities of several kinds, as they come in when nothing is wrong. */
  async function goodOnes(): Promise<readonly object[]> {
    const sent: object[] = []
    const keep = () => sent.push({ ...zoe.newest().activity, serviceUrl })
    await zoe.open()
    keep()
    const entity = { type: 'mention', text: '<at>Bo</at>', mentioned: { id: '29:bo', name: 'Bo' } }
    await zoe.send({ type: 'message', text: 'add <at>Bo</at> and cy@contoso.com', entities: [entity] })
    keep()
    const forwarding = { forwarding: 'simultaneous', forwardTo: 'group', unanswered: 'off', delay: '20' }
    await zoe.forge('save-forwarding', { owner: zoe.objectId, ...forwarding })
    keep()
    await zoe.forge('pick-up', { call: 'webhook:1' })
    keep()
    return sent
  }

  const helpCards = (person: Person) =>
    person.screen().filter(({ summary }) => summary === 'What I understand')
})

function message(): object {
  return activity({ id: randomUUID(), conversation: { id: 'a:eve', tenantId: tenant } })
}
