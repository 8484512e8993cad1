/** T13: who sends without an end, says nothing, or takes no answer is hung up on, and others are answered meanwhile. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type ConnectionLimits, usualLimits } from '../../src/http/connections.ts'
import { type RunningServer, startServer } from '../../src/http/server.ts'
import { until } from '../until.ts'

const nothing = () => undefined
/** As long as usual: in these tests, for ever. */
const long: ConnectionLimits = {
  headMs: 3_000_000,
  requestMs: 4_000_000,
  keptMs: 3_000_000,
  takenMs: 3_000_000,
  lookedAtMs: 20,
  most: 1000,
  mostRequests: 50,
}
/** More than the system takes off our hands unread. */
const big = 'x'.repeat(16 * 1024 * 1024)
const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: here\r\n\r\n`
const post = 'POST /api/calls HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n'

describe('T13 The server', () => {
  let server: RunningServer
  let sockets: Socket[]
  let finish: (() => void) | undefined
  let asked: number
  beforeEach(() => {
    sockets = []
    asked = 0
    finish = undefined
  })
  afterEach(async () => {
    finish?.()
    for (const socket of sockets) socket.destroy()
    await server.close()
  })

  const begin = async (limits: Partial<ConnectionLimits>) => {
    server = await startServer({
      host: '127.0.0.1',
      port: 0,
      isAuthenticated: true,
      messages: () =>
        new Promise((resolve) => {
          finish = () => {
            resolve({ status: 200 })
          }
        }),
      calls: () => Promise.resolve({ status: 202 }),
      troubles: () => [],
      metrics: () => {
        asked += 1
        return Promise.resolve(big)
      },
      log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
      limits: { ...long, ...limits },
    })
  }
  /** Somebody who says this, and listens unless told not to. */
  const caller = async (says: string, isListening = true): Promise<Socket> => {
    const socket = connect(server.port, '127.0.0.1').on('error', nothing)
    sockets.push(socket)
    await once(socket, 'connect')
    if (isListening) socket.resume()
    socket.write(says)
    return socket
  }
  const callers = (count: number, says: string) =>
    Promise.all(Array.from({ length: count }, () => caller(says)))
  const areClosed = (all: readonly Socket[]) => () => all.every(({ closed }) => closed)
  /** Whoever does not listen learns of it when they say something. */
  const isHungUpOn = (socket: Socket) => {
    if (socket.writable) socket.write('\r\n')
    return socket.closed
  }
  /** Waits until somebody else is answered. Where time is short and the machine slow, a caller may be too late, too. */
  const answersOthers = () =>
    until('somebody else is answered', async () => {
      const socket = await caller(get('/health'), false)
      let answer = ''
      socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
      await until('they are answered, or the line ends', () => answer !== '' || socket.closed)
      socket.destroy()
      return answer.startsWith('HTTP/1.1 200 ')
    })
  /** What is sent again and again until the line ends. */
  const drip = (socket: Socket, piece: string) => {
    const more = () => {
      if (!socket.destroyed && socket.writable) socket.write(piece, () => setTimeout(more, 5))
    }
    more()
  }

  it('hangs up on 300 who say nothing, whose head never ends, or whose body never ends', async () => {
    await begin({ headMs: 300, requestMs: 400 })
    const silent = await callers(100, '')
    const heads = await callers(100, 'GET /health HTTP/1.1\r\nHost: here\r\n')
    const bodies = await callers(50, `${post}Content-Length: 200000\r\n\r\n{`)
    const chunked = await callers(50, `${post}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`)
    for (const head of heads) drip(head, 'X-More: 1\r\n')
    for (const body of bodies) drip(body, ' ')
    for (const body of chunked) drip(body, '1\r\n \r\n')
    await answersOthers()
    const all = [...silent, ...heads, ...bodies, ...chunked]
    await until('they are gone', areClosed(all))
    await answersOthers()
  })

  it('hangs up on a body without an end that nobody reads, at every door', async () => {
    await begin({ headMs: 200, requestMs: 300 })
    const doors = ['POST /health', 'POST /none', 'GET /health', 'POST /api/admin/sweep', 'POST /api/messages']
    const all = await Promise.all(
      doors.map((door) => caller(`${door} HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n`)),
    )
    for (const socket of all) drip(socket, '400\r\n'.padEnd(0x400 + 5, 'x') + '\r\n')
    await until('they are gone', areClosed(all))
    await answersOthers()
  })

  it('hangs up on who asks nothing more', async () => {
    await begin({ keptMs: 100 })
    const socket = await caller(get('/health'))
    await until('it is gone', () => socket.closed)
  })

  it('does nothing more for who does not take their answer', async () => {
    await begin({})
    await Promise.all(Array.from({ length: 3 }, () => caller(get('/metrics').repeat(20), false)))
    await until('the first of each is answered', () => asked === 3)
    for (let times = 0; times < 5; times += 1) await answersOthers()
    assert.equal(asked, 3, 'the next answer waits until the one before was taken')
  })

  it('hangs up on who does not take their answer, or takes it byte by byte', async () => {
    await begin({ takenMs: 500 })
    const callers = await Promise.all([1, 2, 3, 4].map(() => caller(get('/metrics'), false)))
    const [slow] = callers
    await until('they are gone', () => {
      slow?.read(1)
      return callers.map(isHungUpOn).every((one) => one)
    })
    await answersOthers()
  })

  it('answers requests that come together one after the other, in order', async () => {
    await begin({})
    const socket = await caller(get('/health') + get('/none') + get('/ready'), false)
    let answers = ''
    socket.on('data', (chunk: Buffer) => (answers += chunk.toString()))
    await until('all are answered', () => answers.includes('"ready"'))
    assert.deepEqual(answers.match(/HTTP\/1\.1 \d+/gu), ['HTTP/1.1 200', 'HTTP/1.1 404', 'HTTP/1.1 200'])
  })

  it('hangs up on who sends more requests than anybody waits for', async () => {
    await begin({})
    const many = await Promise.all(Array.from({ length: 20 }, () => caller(get('/health').repeat(5000))))
    await until('they are gone', areClosed(many))
    await answersOthers()
  })

  it('has a line for others when it has no more, and does not take it from who waits for an answer', async () => {
    await begin({ most: 20 })
    const waiting = await caller(
      `POST /api/messages HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`,
    )
    let answer = ''
    waiting.on('data', (chunk: Buffer) => (answer += chunk.toString()))
    await until('it is under way', () => finish !== undefined)
    const kept = await caller(get('/health'), false)
    await once(kept, 'data')
    const silent = await callers(100, '')
    await answersOthers()
    assert.ok(!waiting.closed && !kept.closed, 'those who never asked go first')
    await until('the others are gone', () => silent.filter(({ closed }) => closed).length >= 80)
    finish?.()
    await until('it is answered', () => answer.startsWith('HTTP/1.1 200 '))
  })

  it('lets nobody wait for longer than 75 seconds, as it is set', async () => {
    await begin(usualLimits)
    const { headMs, requestMs, keptMs, takenMs, lookedAtMs } = usualLimits
    for (const ms of [headMs, requestMs, keptMs, takenMs]) assert.ok(ms + lookedAtMs <= 75_000)
  })
})
