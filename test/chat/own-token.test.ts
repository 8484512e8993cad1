import assert from 'node:assert/strict'
import { keptToken, TokenMissing } from '../../src/chat/own-token.ts'
import { HandClock } from '../store/hand-clock.ts'

const minute = 60_000

describe('F6 The bot’s own token', () => {
  let clock: HandClock
  let asked: number
  let give: () => Promise<string>
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
  const tokenFor = (minutes: number) =>
    `head.${Buffer.from(JSON.stringify({ exp: Math.floor(clock.now() / 1000) + minutes * 60 })).toString('base64url')}.x${asked}`

  it('is asked for once by however many wait, and kept', async () => {
    const all = await Promise.all(Array.from({ length: 25 }, () => token()))
    assert.equal(new Set(all).size, 1)
    await clock.advance(54 * minute)
    assert.equal(await token(), all[0])
    assert.equal(asked, 1)
  })

  it('is renewed five minutes before its end', async () => {
    const first = await token()
    await clock.advance(55 * minute)
    assert.notEqual(await token(), first)
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
    const first = await token()
    give = () => Promise.reject(new Error('down'))
    await clock.advance(59 * minute)
    assert.equal(await token(), first)
    await clock.advance(minute)
    await assert.rejects(token(), TokenMissing)
  })

  it('is not asked for in vain more often than every five seconds', async () => {
    give = () => Promise.reject(new Error('down'))
    for (let use = 0; use < 40; use += 1) await assert.rejects(token(), TokenMissing)
    assert.equal(asked, 1)
    await clock.advance(5000)
    give = () => Promise.resolve(tokenFor(60))
    assert.equal(await token(), tokenFor(60).replace(/x\d+$/, 'x2'))
    assert.equal(asked, 2)
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

  it('is kept for a few minutes when it does not say when it ends', async () => {
    give = () => Promise.resolve('opaque')
    assert.equal(await token(), 'opaque')
    assert.equal(await token(), 'opaque')
    assert.equal(asked, 1)
    await clock.advance(3 * minute)
    await token()
    assert.equal(asked, 2)
  })

  it('may fail to be asked for at all', async () => {
    give = () => {
      throw new Error('at once')
    }
    await assert.rejects(token(), TokenMissing)
  })
})
