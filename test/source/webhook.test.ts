/** What a telephone system's word is judged by, and how many orders wait for one that does not answer. */
import assert from 'node:assert/strict'
import { signed } from '../../src/source/signature.ts'
import { type SourceEvent } from '../../src/source/source.ts'
import { WebhookSource } from '../../src/source/webhook.ts'
import { type WireRequest, type WireResult } from '../../src/wire/wire.ts'

const secret = 'a secret of more than sixteen characters'
const tenMinutes = 10 * 60 * 1000

describe('The webhook', () => {
  let heard: SourceEvent[]
  let sent: WireRequest[]
  let answer: () => Promise<WireResult>
  let wall: number
  let source: WebhookSource
  beforeEach(() => {
    heard = []
    sent = []
    wall = 1_700_000_000_000
    answer = () => Promise.resolve({ is: 'answered', status: 200, body: null })
    source = new WebhookSource({
      secret,
      hear: (_, event) => {
        heard.push(event)
        return Promise.resolve('accepted')
      },
      now: () => 0,
      wall: () => wall,
      random: () => 0,
      maySend: () => true,
      send: (request) => {
        sent.push(request)
        return answer()
      },
    })
  })
  const post = async (signedAt: number) => {
    const raw = Buffer.from(JSON.stringify({ id: '1', event: 'ended' }))
    return (await source.receive(signed(raw, secret, signedAt), raw, JSON.parse(String(raw)))).status
  }

  it('judges signatures by the wall clock of now, though it was set after the start', async () => {
    for (const set of [tenMinutes, -tenMinutes, -tenMinutes]) {
      wall += set
      assert.equal(await post(wall), 202)
      assert.equal(await post(wall - tenMinutes), 401)
      assert.equal(await post(wall + tenMinutes), 401)
    }
    assert.equal(heard.length, 3)
  })

  it('signs orders with the wall clock of now', async () => {
    const leg = { id: '1', replyUrl: 'https://pbx.contoso.com/orders' }
    wall += tenMinutes
    await source.carryOut(leg, { number: 1, do: 'voicemail' })
    const { body, headers } = sent[0] ?? assert.fail()
    assert.ok(typeof body === 'string')
    assert.equal(headers?.['X-Signature'], signed(body, secret, wall))
  })

  it('puts off orders to a system that does not answer, and gives those to others', async () => {
    const ends: Array<(result: WireResult) => void> = []
    answer = () => new Promise((resolve) => ends.push(resolve))
    const order = (host: string) =>
      source.carryOut({ id: '1', replyUrl: `https://${host}/${Math.random()}` }, { number: 1, do: 'missed' })
    const hung = Array.from({ length: 40 }, () => order('hung.contoso.com'))
    const put = await Promise.all(hung.slice(4))
    assert.ok(put.every(({ is }) => is === 'later'))
    assert.equal(sent.length, 4)
    for (const end of ends.splice(0)) end({ is: 'lost' })
    assert.ok((await Promise.all(hung.slice(0, 4))).every(({ is }) => is === 'later'))
    answer = () => Promise.resolve({ is: 'answered', status: 200, body: null })
    assert.equal((await order('well.contoso.com')).is, 'done')
    assert.equal((await order('hung.contoso.com')).is, 'later')
    assert.equal(sent.length, 5)
  })
})
