import assert from 'node:assert/strict'
import { get } from 'node:http'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { type Reply } from '../../src/http/reply.ts'
import { type RunningServer, type ServerParts, startServer } from '../../src/http/server.ts'
import { until } from '../until.ts'

type Logged = { readonly event: string; readonly fields: object }

const json = { 'Content-Type': 'application/json' }
const unauthorized = { error: { code: 'unauthorized', message: 'This request is not authorized.' } }

describe('The server', () => {
  let server: RunningServer
  let url: string
  let heard: unknown[]
  let logged: Logged[]
  let parts: ServerParts
  beforeEach(() => {
    heard = []
    logged = []
    const log = (event: string, fields: object = {}) => {
      logged.push({ event, fields })
    }
    parts = {
      host: '127.0.0.1',
      port: 0,
      isAuthenticated: true,
      messages: (...all) => {
        heard.push(all)
        return Promise.resolve({ status: 200, body: { fine: true } })
      },
      troubles: () => [],
      metrics: () => Promise.resolve('calls 1\n'),
      log: { debug: log, info: log, warn: log, error: log },
    }
  })
  afterEach(() => server.close())

  const begin = async (more: Partial<ServerParts> = {}) => {
    server = await startServer({ ...parts, ...more })
    url = `http://127.0.0.1:${server.port}`
  }
  const post = (
    path: string,
    body: string | Uint8Array<ArrayBuffer>,
    headers: Readonly<Record<string, string>> = {},
  ) => fetch(`${url}${path}`, { method: 'POST', headers: { ...json, ...headers }, body })

  it('gives a message with its authorization to the bot, and answers what the bot says', async () => {
    await begin()
    const response = await post('/api/messages', '{"type":"message"}', { Authorization: 'Bearer x' })
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('content-type'), 'application/json')
    assert.deepEqual(await response.json(), { fine: true })
    assert.deepEqual(heard, [['Bearer x', { type: 'message' }]])
  })

  it('T2 refuses a message without a token before its body comes', async () => {
    await begin()
    const socket = connect(server.port, '127.0.0.1')
    let answer = ''
    let isClosed = false
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
    socket.on('error', () => undefined)
    socket.on('close', () => (isClosed = true))
    socket.write('POST /api/messages HTTP/1.1\r\nHost: here\r\nContent-Length: 200000\r\n\r\n')
    await until('it hangs up', () => isClosed)
    assert.match(answer, /^HTTP\/1\.1 401 /)
    assert.deepEqual(JSON.parse(answer.split('\r\n\r\n')[1] ?? ''), unauthorized)
    assert.deepEqual(heard, [])
  })

  for (const authorization of ['', 'Basic YTpi', 'Bearer', 'Token Bearer x']) {
    it(`does not even read what comes with "${authorization}"`, async () => {
      await begin()
      const response = await post('/api/messages', 'not json', { Authorization: authorization })
      assert.equal(response.status, 401)
      assert.deepEqual(await response.json(), unauthorized)
      assert.deepEqual(heard, [])
    })
  }

  it('hears messages without a token in local mode, but only JSON', async () => {
    await begin({ isAuthenticated: false })
    assert.equal((await post('/api/messages', '{}')).status, 200)
    assert.deepEqual(heard, [['', {}]])
    assert.equal((await post('/api/messages', '{}', { 'Content-Type': 'text/plain' })).status, 415)
    assert.equal(heard.length, 1)
  })

  for (const [host, expected] of [
    ['localhost:3978', 200],
    ['127.0.0.1', 200],
    ['[::1]:80', 200],
    ['evil.example', 403],
    ['localhost.evil.example', 403],
    ['127.0.0.1.evil.example:3978', 403],
  ] as const)
    it(`answers only this machine by its own name in local mode: ${host} gets ${expected}`, async () => {
      await begin({ isAuthenticated: false })
      const status = await new Promise((resolve, reject) => {
        const options = { port: server.port, host: '127.0.0.1', path: '/health', headers: { host } }
        get(options, (response) => {
          response.resume()
          resolve(response.statusCode)
        }).on('error', reject)
      })
      assert.equal(status, expected)
    })

  it('lives on after bodies that end other servers', async () => {
    await begin({ isAuthenticated: false })
    for (const body of [Buffer.from('{}'), Buffer.alloc(0), gzipSync('{"a":"bcdef"}').subarray(0, 12)]) {
      const response = await post('/api/messages', new Uint8Array(body), { 'Content-Encoding': 'gzip' })
      assert.equal(response.status, 415)
      assert.equal(response.headers.get('connection'), 'close')
      await response.arrayBuffer()
    }
    assert.equal((await fetch(`${url}/health`)).status, 200)
  })

  it('gives a call with its signature and its very bytes to the telephone system', async () => {
    const told: unknown[] = []
    const calls = (...all: unknown[]): Promise<Reply> => {
      told.push(all)
      return Promise.resolve({ status: 202 })
    }
    await begin({ calls })
    const response = await post('/api/calls', '{"id": "7"}', { 'X-Signature': 't=1,v1=ab' })
    assert.equal(response.status, 202)
    assert.equal(await response.text(), '')
    await post('/api/calls', '[]')
    assert.deepEqual(told, [
      ['t=1,v1=ab', Buffer.from('{"id": "7"}'), { id: '7' }],
      [undefined, Buffer.from('[]'), []],
    ])
  })

  it('knows no calls when no telephone system is connected', async () => {
    await begin()
    const response = await post('/api/calls', '{}')
    assert.equal(response.status, 404)
    assert.match(await response.text(), /"No telephone system is connected to this bot\."/)
  })

  it('answers 500 with nothing of what went wrong, and logs only its kind', async () => {
    await begin({ messages: () => Promise.reject(new TypeError('Ann +46701234567 said x')) })
    const response = await post('/api/messages', '{}', { Authorization: 'Bearer x' })
    assert.equal(response.status, 500)
    const text = await response.text()
    assert.doesNotMatch(text, /Ann|TypeError|server\.ts/)
    assert.match(text, /"internal"/)
    assert.deepEqual(
      logged.map(({ event }) => event),
      ['requestFailed'],
    )
    assert.doesNotMatch(JSON.stringify(logged), /Ann|\+46/)
    assert.match(JSON.stringify(logged), /"TypeError"/)
  })

  it('says that it is alive, whether it is ready and why not, and what Prometheus asks', async () => {
    let troubles: readonly string[] = []
    await begin({ troubles: () => troubles })
    assert.deepEqual(await (await fetch(`${url}/health`)).json(), { alive: true })
    assert.equal((await fetch(`${url}/ready`)).status, 200)
    troubles = ['diskFull']
    const response = await fetch(`${url}/ready`)
    assert.equal(response.status, 503)
    assert.deepEqual(await response.json(), { ready: false, troubles: ['diskFull'] })
    assert.equal((await fetch(`${url}/health`)).status, 200, 'a restart would not help')
    const metrics = await fetch(`${url}/metrics`)
    assert.equal(metrics.headers.get('content-type'), 'text/plain; version=0.0.4')
    assert.equal(await metrics.text(), 'calls 1\n')
  })

  for (const [method, path, status, code] of [
    ['GET', '/', 404, 'notFound'],
    ['GET', '/api/messages/..%2f..%2fetc', 400, 'badRequest'],
    ['GET', '/api/messages/etc', 404, 'notFound'],
    ['GET', '/api/messages', 405, 'methodNotAllowed'],
    ['DELETE', '/health', 405, 'methodNotAllowed'],
  ] as const) {
    it(`answers ${method} ${path} with ${status} in its own words`, async () => {
      await begin()
      const response = await fetch(`${url}${path}`, { method })
      assert.equal(response.status, status)
      assert.match(await response.text(), new RegExp(`^\\{"error":\\{"code":"${code}"`))
    })
  }

  it('ends what is under way before it closes, and hears nothing new', async () => {
    let isAsked = false
    let finish: () => void = () => undefined
    const answer = new Promise<string>((resolve) => {
      finish = () => {
        resolve('late')
      }
    })
    const metrics = () => {
      isAsked = true
      return answer
    }
    await begin({ metrics })
    const asked = fetch(`${url}/metrics`)
    await until('it is asked', () => isAsked)
    const closing = server.close()
    await assert.rejects(fetch(`${url}/health`))
    finish()
    assert.equal(await (await asked).text(), 'late')
    await closing
  })

  it('says when its port is taken', async () => {
    await begin()
    await assert.rejects(startServer({ ...parts, port: server.port }), { code: 'EADDRINUSE' })
  })
})
