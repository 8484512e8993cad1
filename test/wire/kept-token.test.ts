import assert from 'node:assert/strict'
import { keptToken, type Token, TokenMissing } from '../../src/wire/kept-token.ts'
import { HandClock } from '../store/hand-clock.ts'

const minute = 60_000

describe('F6 A token of the bot’s own', () => {
  let clock: HandClock
  let asked: number
  let give: () => Promise<Token>
  let token: () => Promise<string>
  beforeEach(() => {
    clock = new HandClock()
    asked = 0
    give = () => Promise.resolve(tokenFor(60))
    token = keptToken(() => {
      asked += 1
      return give()
    }, clock)
  })

  /** A token that ends so many minutes from now. */
  const tokenFor = (minutes: number): Token => ({
    token: `token ${asked}`,
    until: clock.now() + minutes * minute,
  })
  const down = () => {
    give = () => Promise.reject(new Error('down'))
  }

  it('is asked for once by however many wait, and kept', async () => {
    const all = await Promise.all(Array.from({ length: 25 }, () => token()))
    assert.deepEqual([...new Set(all)], ['token 1'])
    await clock.advance(54 * minute)
    assert.equal(await token(), 'token 1')
    assert.equal(asked, 1)
  })

  it('is renewed five minutes before its end, and nobody waits for it', async () => {
    await token()
    let arrive: (token: Token) => void = () => undefined
    give = () => new Promise((resolve) => (arrive = resolve))
    await clock.advance(55 * minute)
    assert.equal(await token(), 'token 1')
    assert.equal(await token(), 'token 1')
    assert.equal(asked, 2)
    arrive(tokenFor(60))
    await clock.advance(1000)
    assert.equal(await token(), 'token 2')
    assert.equal(asked, 2)
  })

  it('is renewed halfway when it lives shortly, not at every use', async () => {
    give = () => Promise.resolve(tokenFor(4))
    await token()
    await clock.advance(119_000)
    await token()
    assert.equal(asked, 1)
    await clock.advance(2000)
    await token()
    assert.equal(asked, 2)
  })

  it('serves to its end while no other can be had', async () => {
    await token()
    down()
    for (let at = 0; at < 59; at += 1) {
      await clock.advance(minute)
      assert.equal(await token(), 'token 1')
    }
    await clock.advance(minute)
    await assert.rejects(token(), TokenMissing)
  })

  it('is not asked for in vain more often than every five seconds', async () => {
    down()
    for (let use = 0; use < 40; use += 1) await assert.rejects(token(), TokenMissing)
    assert.equal(asked, 1)
    await clock.advance(5000)
    give = () => Promise.resolve(tokenFor(60))
    assert.equal(await token(), 'token 2')
  })

  it('is not waited for when the host is silent', async () => {
    give = () => new Promise(() => undefined)
    const waiting = Promise.allSettled([token(), token()])
    await clock.advance(3000)
    for (const { status } of await waiting) assert.equal(status, 'rejected')
    assert.equal(asked, 1)
  })

  it('is not asked for over and over when it has ended as soon as it comes', async () => {
    give = () => Promise.resolve(tokenFor(-60))
    for (let use = 0; use < 40; use += 1) await assert.rejects(token(), TokenMissing)
    assert.equal(asked, 1)
  })

  it('may fail to be asked for at all', async () => {
    give = () => {
      throw new Error('at once')
    }
    await assert.rejects(token(), TokenMissing)
  })
})
