import assert from 'node:assert/strict'
import fc from 'fast-check'
import http from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { type JsonBody, readJsonBody } from '../../src/http/json-body.ts'
import { afterSilence } from '../silence.ts'
import { until } from '../until.ts'

const mostBytes = 256 * 1024

describe('T1 T2 T13 T17 A JSON body', () => {
  let server: http.Server
  let port: number
  let withinMs: number | undefined
  let arrived: number
  let read: JsonBody[]
  beforeEach(async () => {
    withinMs = undefined
    arrived = 0
    read = []
    server = http.createServer((request, response) => {
      arrived += 1
      void readJsonBody(request, withinMs).then((body) => {
        read.push(body)
        response.setHeader('Connection', 'close')
        response.end(outcome(body))
      })
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    port = (server.address() as AddressInfo).port
  })
  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })

  const sent = async (body: string | Buffer, headers: Readonly<Record<string, string>> = {}) => {
    const all = { 'Content-Type': 'application/json', ...headers }
    const bytes = typeof body === 'string' ? body : new Uint8Array(body)
    const response = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', headers: all, body: bytes })
    return response.text()
  }
  /** Writes bytes as they are, and waits for an answer as long as the connection stands. */
  const open = (...headers: readonly string[]) => {
    const socket = connect(port, '127.0.0.1')
    const lines = ['POST / HTTP/1.1', 'Host: here', 'Content-Type: application/json', ...headers, '', '']
    socket.write(lines.join('\r\n'))
    return { socket, answer: answerOn(socket) }
  }

  it('is read with its very bytes, which a signature may cover', async () => {
    assert.equal(await sent('{"a": 1 }\n'), 'json')
    const [body] = read
    assert.ok(body?.is === 'json')
    assert.deepEqual(body.value, { a: 1 })
    assert.equal(body.raw.toString(), '{"a": 1 }\n')
  })

  it('comes through unchanged whatever it holds', async () => {
    const value = fc.jsonValue({ maxDepth: 3 })
    await fc.assert(
      fc.asyncProperty(value, async (given) => {
        const text = JSON.stringify(given)
        await sent(text)
        const body = read.pop()
        assert.ok(body?.is === 'json')
        assert.deepEqual(body.value, JSON.parse(text))
      }),
      { numRuns: 40 },
    )
  })

  for (const type of ['application/json; charset=utf-8', 'Application/JSON', ' application/json ;x=y']) {
    it(`may be called ${type}`, async () => {
      assert.equal(await sent('{}', { 'Content-Type': type }), 'json')
    })
  }

  const form = 'application/x-www-form-urlencoded'
  for (const type of ['text/plain', form, 'multipart/form-data; boundary=x', 'application/jsonp', '']) {
    it(`is not taken as "${type}", which any web page may post`, async () => {
      assert.equal(await sent('{}', { 'Content-Type': type }), '415 notJson')
    })
  }

  const packed: ReadonlyArray<readonly [string, string, Buffer]> = [
    ['gzip', 'gzip', gzipSync('{}')],
    ['gzip that is none', 'gzip', Buffer.from('{}')],
    ['gzip without a byte', 'gzip', Buffer.alloc(0)],
    ['gzip cut short', 'gzip', gzipSync('{"a":"bcdefgh"}').subarray(0, 12)],
    ['GZIP', 'GZIP', gzipSync('{}')],
    ['deflate', 'deflate', deflateSync('{}')],
    ['brotli', 'br', brotliCompressSync('{}')],
    ['gzip within identity', 'identity, gzip', gzipSync('{}')],
  ]
  for (const [name, encoding, body] of packed) {
    it(`is not unpacked: ${name}`, async () => {
      assert.equal(await sent(body, { 'Content-Encoding': encoding }), '415 compressed')
      assert.equal(await sent('{}', { 'Content-Encoding': 'identity' }), 'json', 'the next one is served')
    })
  }

  it('has up to 256 KB, and not a byte more', async () => {
    const full = JSON.stringify('x'.repeat(mostBytes - 2))
    assert.equal(await sent(full), 'json')
    const { answer } = open(`Content-Length: ${mostBytes + 1}`)
    assert.equal(await answer, '413 tooBig', 'before any of it is sent')
  })

  it('is given up as too big once it is, when its length was not told', async () => {
    const { socket, answer } = open('Transfer-Encoding: chunked')
    const size = mostBytes + 1
    socket.write(`${size.toString(16)}\r\n${'x'.repeat(size)}\r\n`)
    assert.equal(await answer, '413 tooBig')
  })

  for (const [how, leave] of [
    ['ends', (socket: Socket) => socket.end()],
    ['breaks', (socket: Socket) => socket.destroy()],
  ] as const) {
    it(`is broken when the connection ${how} in its middle`, async () => {
      const { socket } = open('Content-Length: 100')
      socket.write('{"half":')
      await until('the request arrives', () => arrived > 0)
      leave(socket)
      await until('it is given up', () => read.length > 0)
      assert.deepEqual(read.map(outcome), ['400 broken'])
    })
  }

  it('is not waited for when it stops coming', async () => {
    withinMs = 40
    const { socket, answer } = open('Content-Length: 100')
    socket.write('{"half":')
    afterSilence(() => socket.write('1}'.padEnd(92)))
    assert.equal(await answer, '408 tooSlow')
  })

  it('is not waited for when it only drips', async () => {
    withinMs = 60
    const { socket, answer } = open('Content-Length: 100000')
    const drip = setInterval(() => socket.write(' '), 5)
    afterSilence(() => socket.write(' '.repeat(100_000)))
    assert.equal(
      await answer.finally(() => {
        clearInterval(drip)
      }),
      '408 tooSlow',
    )
  })

  for (const [name, body] of [
    ['nothing', ''],
    ['half an object', '{"a":'],
    ['two values', '{}{}'],
    ['a lone surrogate in bytes', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['Latin-1', Buffer.from([0x22, 0xe9, 0x22])],
    ['UTF-16', Buffer.from('{}', 'utf16le')],
    ['NaN', 'NaN'],
  ] as const) {
    it(`is not JSON in UTF-8 as ${name}`, async () => {
      assert.equal(await sent(body), '400 badJson')
    })
  }

  it('keeps __proto__ as a word like any other', async () => {
    await sent('{"__proto__":{"isAdmin":true},"constructor":1}')
    const [body] = read
    assert.ok(body?.is === 'json' && typeof body.value === 'object' && body.value !== null)
    assert.deepEqual(Object.keys(body.value), ['__proto__', 'constructor'])
    assert.equal(Object.getPrototypeOf(body.value), Object.prototype)
    assert.ok(!('isAdmin' in body.value))
  })
})

function outcome(body: JsonBody): string {
  return body.is === 'json' ? 'json' : `${body.status} ${body.code}`
}

/** The last line of what was answered. */
function answerOn(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      resolve(text.split('\r\n\r\n').at(-1) ?? '')
    })
  })
}
