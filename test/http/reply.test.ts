/** How answers are written: whole when they are short, else in pieces, and no faster than they are read. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import { type AddressInfo } from 'node:net'
import fc from 'fast-check'
import { isLong, jsonPieces } from '../../src/http/json-pieces.ts'
import { type Reply, write } from '../../src/http/reply.ts'
import { TurnCounter } from '../switchboard/turn-counter.ts'

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

describe('A long answer', () => {
  it('is the same text in pieces as in one', async () => {
    const body = fc.dictionary(
      fc.string(),
      fc.oneof(fc.jsonValue(), fc.constant(undefined), fc.array(fc.jsonValue())),
    )
    await fc.assert(
      fc.asyncProperty(body, async (one) => {
        assert.equal(await textOf(jsonPieces(one)), JSON.stringify(one))
      }),
      { numRuns: 200 },
    )
    const rows = { applied: true, value: [...Array(5000).keys()].map((row) => ({ row })), next: null }
    assert.equal(await textOf(jsonPieces(rows)), JSON.stringify(rows))
  })

  it('is written a few rows at a time, and others go first in between', async () => {
    const counter = new TurnCounter()
    const row = {
      toJSON: () => {
        counter.step()
        return 'row'
      },
    }
    const body = { value: Array(3000).fill(row) }
    assert.ok(isLong(body))
    await counter.during(() => textOf(jsonPieces(body)))
    assert.deepEqual([counter.steps, counter.most <= 100], [3000, true])
  })

  it('is not made faster than it is read', async () => {
    let made = 0
    const body = (async function* () {
      for (; made < 1000; made += 1) {
        await Promise.resolve()
        yield 'x'.repeat(2 ** 16)
      }
    })()
    await answered({ status: 200, body }, async (response) => {
      await once(response, 'readable')
      // What lies between here and there is full by now: whatever turns come, no more is made.
      let before = -1
      while (before !== made) {
        before = made
        for (let turn = 0; turn < 200; turn += 1) await new Promise((done) => setImmediate(done))
      }
      assert.ok(made < 500, `${made} of 1000 pieces were made`)
      let length = 0
      for await (const chunk of response) length += (chunk as Buffer).length
      assert.equal(length, 1000 * 2 ** 16)
    })
  })

  it('says what it is: JSON, JSON lines, or a file of something else under its name', async () => {
    const lines = () => textAsPieces('{}\n')
    const file = { type: 'text/plain; charset=utf-8', name: 'a.ps1' }
    const kinds: ReadonlyArray<readonly [Reply, string, string | undefined]> = [
      [{ status: 200, body: { value: Array(1000).fill(1) } }, 'application/json', undefined],
      [{ status: 200, body: { value: [] } }, 'application/json', undefined],
      [{ status: 200, body: lines() }, 'application/x-ndjson', undefined],
      [{ status: 200, body: lines(), file }, file.type, 'attachment; filename="a.ps1"'],
    ]
    for (const [reply, type, name] of kinds)
      await answered(reply, ({ headers }) => {
        assert.deepEqual([headers['content-type'], headers['content-disposition']], [type, name])
        return Promise.resolve()
      })
  })
})

async function* textAsPieces(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text)
}

async function answered(reply: Reply, read: (response: http.IncomingMessage) => Promise<void>) {
  const server = http.createServer((_, response) => void write(response, reply).catch(() => undefined))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const request = http.get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', agent: false })
  const [response] = (await once(request, 'response')) as [http.IncomingMessage]
  try {
    await read(response)
  } finally {
    request.destroy()
    server.closeAllConnections()
    server.close()
  }
}
