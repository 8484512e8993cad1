import assert from 'node:assert/strict'
import { activity, type Gate, openGate, publicJwk, token } from './tokens.ts'

const tryAgain = {
  status: 503,
  body: { error: { code: 'tryAgain', message: 'The token could not be checked just now.' } },
}

describe('F6 The gate, when the channel’s keys are not at hand,', () => {
  let gate: Gate
  beforeEach(() => {
    gate = openGate()
  })
  let id = 0
  const knock = (head: Readonly<Record<string, unknown>> = {}) => {
    id += 1
    const header = `Bearer ${token(gate.clock.now(), { jti: id }, head)}`
    return gate.adapter.receive(header, activity({ id: String(id) }))
  }

  it('asks their host once, however many unknown key ids are shown', async () => {
    const kids = Array.from({ length: 40 }, (_, at) => `made up ${at}`)
    for (const kid of kids) assert.equal((await knock({ kid })).status, 401)
    assert.equal(gate.asked.length, 2)
    assert.equal((await knock()).status, 200, 'and goes on letting in the good')
    assert.equal(gate.asked.length, 2)
  })

  it('says within three seconds that it cannot check just now, when their host is silent', async () => {
    gate.keys = () => new Promise(() => undefined)
    const answers: unknown[] = []
    const asking = Array.from({ length: 5 }, () => knock().then((answer) => answers.push(answer)))
    await gate.clock.advance(2999)
    assert.deepEqual(answers, [])
    await gate.clock.advance(1)
    assert.deepEqual(answers, Array(5).fill(tryAgain))
    await Promise.all(asking)
    assert.equal(gate.asked.length, 2, 'one asked for all')
    assert.deepEqual(gate.turns, [])
    assert.equal(gate.clock.waiting, 0)
  })

  it('says so at once when their host fails, and asks it every five seconds at most', async () => {
    gate.keys = () => Promise.reject(new Error('down'))
    for (let at = 0; at < 40; at += 1) assert.deepEqual(await knock(), tryAgain)
    assert.equal(gate.asked.length, 2)
    gate.keys = () => Promise.resolve({ keys: [publicJwk()] })
    await gate.clock.advance(5000)
    assert.equal((await knock()).status, 200)
  })

  it('does not call a forged token good because nobody can check it', async () => {
    gate.keys = () => Promise.reject(new Error('down'))
    assert.deepEqual(await knock({ kid: 'made up' }), tryAgain)
    assert.deepEqual(gate.turns, [])
  })

  it('leaves no timer behind when all goes well', async () => {
    assert.equal((await knock()).status, 200)
    assert.equal(gate.clock.waiting, 0)
  })
})
