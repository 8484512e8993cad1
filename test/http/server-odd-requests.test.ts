import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { type RunningServer, startServer } from '../../src/http/server.ts'

const nothing = () => undefined

/** First lines and headers, and how each is answered; anything but 2xx and 5xx will do where nothing is said. */
const odd: ReadonlyArray<readonly [string, RegExp?]> = [
  ['GET /% HTTP/1.1'],
  ['GET /%ff%fe HTTP/1.1', /404/],
  ['GET //evil HTTP/1.1', /400/],
  ['GET //health HTTP/1.1', /400/],
  ['GET /api/../health HTTP/1.1', /400/],
  ['GET /%2e%2e/health HTTP/1.1', /400/],
  ['GET /api/%2E./health HTTP/1.1', /400/],
  ['GET /./health HTTP/1.1', /400/],
  ['GET /health/. HTTP/1.1', /400/],
  ['GET /api/admin/../calls HTTP/1.1', /400/],
  ['POST /api/calls/..%2fadmin/sweep HTTP/1.1\r\nContent-Length: 0', /400/],
  ['GET /api%2fadmin/users HTTP/1.1', /400/],
  ['GET /\\health HTTP/1.1', /400/],
  ['GET /api%5c..%5chealth HTTP/1.1', /400/],
  ['GET http://evil.example/health HTTP/1.1', /400/],
  ['GET http://here/health HTTP/1.1', /400/],
  ['GET /%00 HTTP/1.1', /404/],
  ['GET http://[ HTTP/1.1'],
  ['GET http://[::1 HTTP/1.1'],
  ['GET http://a:b:c/ HTTP/1.1'],
  ['GET \\\\evil HTTP/1.1'],
  ['GET /?a[__proto__][b]=c HTTP/1.1', /404/],
  [`GET /${'a/'.repeat(3000)} HTTP/1.1`, /404/],
  ['GET /health HTTP/1.1\r\nHost: [', /400/],
  ['GET /health HTTP/1.1\r\nHost: a:b:c', /400/],
  ['GET /health HTTP/1.1\r\nHost: ', /200/],
  ['GET /health HTTP/1.0', /200/],
  ['OPTIONS * HTTP/1.1', /400/],
  ['OPTIONS /health HTTP/1.1', /405/],
  ['BREW /pot HTTP/1.1', /400/],
  ['CONNECT evil:443 HTTP/1.1'],
  ['GET /health HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade', /200/],
  ['GET /health HTTP/1.1\r\nAccept: image/png', /200/],
  ['GET /health HTTP/1.1\r\nAccept-Version: x.y', /200|400/],
  ['GET /none HTTP/1.1\r\nAccept: image/png', /404/],
  ['GET /health HTTP/1.1\r\nCookie: ;;=;', /200/],
  ['POST /api/messages HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2', /401/],
  ['POST /api/messages HTTP/1.1\r\nExpect: a-miracle\r\nContent-Length: 2', /417/],
  ['POST /api/messages HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked', /400/],
  ['POST /api/messages HTTP/1.1\r\nTransfer-Encoding: gzip, chunked', /401/],
  ['POST /api/messages HTTP/1.1\r\nContent-Length: -1', /400/],
  [`GET /health HTTP/1.1\r\nX-Long: ${'x'.repeat(20_000)}`, /431/],
  ['not http at all', /400/],
]

describe('T1 The server lives on after', () => {
  let server: RunningServer
  before(async () => {
    server = await startServer({
      host: '127.0.0.1',
      port: 0,
      isAuthenticated: true,
      messages: () => Promise.reject(new Error('nobody gets here')),
      troubles: () => [],
      metrics: () => Promise.resolve(''),
      log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    })
  })
  after(() => server.close())

  for (const [lines, expected] of odd) {
    it(`${JSON.stringify(lines.slice(0, 70))}`, async () => {
      const host = /HTTP\/1\.0|\nHost:/.test(lines) ? '' : '\r\nHost: here'
      const answer = await answerTo(`${lines}${host}\r\n\r\n`, server.port)
      if (expected)
        assert.match(
          answer,
          new RegExp(`^HTTP/1\\.1 (100 Continue\\r\\n\\r\\nHTTP/1\\.1 )?(${expected.source}) `),
        )
      assert.doesNotMatch(answer, /^HTTP\/1\.1 5|node_modules|\.ts:/)
      const health = await fetch(`http://127.0.0.1:${server.port}/health`)
      assert.deepEqual(await health.json(), { alive: true })
    })
  }
})

/** All that comes back until the line ends; half-closing tells the server that nothing more will come. */
function answerTo(text: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1')
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
    socket.on('error', nothing)
    socket.on('close', () => {
      resolve(answer)
    })
    socket.end(text)
  })
}
