/** Microsoft's hosts are ill, one by one: a bot in production goes on, asks seldom, and recovers by itself. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { tenant } from '../../src/playground/chat-client.ts'
import { activity, token } from '../chat/gate/tokens.ts'
import { type Person } from '../peer/person.ts'
import { until } from '../until.ts'
import { assertLogIsClean } from './production-log.ts'
import { Production } from './production.ts'
import { type Health, type Host } from './tls-service.ts'

/** A host that fails is asked again after five seconds, and not before. */
const askAgainMs = 5000
/** What a busy machine may add to the way of one question more than to that of the next. */
const slackMs = 2000

describe('A bot in production while others fail', () => {
  let production: Production
  let zoe: Person
  let members: readonly Person[]
  before(async () => {
    production = await Production.open()
    await production.start()
    zoe = await production.person('Zoe')
    const names = Array.from({ length: 25 }, (_, index) => `Member${String.fromCharCode(97 + index)}`)
    members = await Promise.all(names.map((name) => production.person(name)))
    await zoe.say(`add ${members.map(({ address }) => address).join(', ')}`)
    await zoe.say('forward my calls to my group')
    await zoe.say('if unanswered voicemail after 60')
  })
  after(() => production.close())

  it('F5 rings 24 members while the connector says nothing about the 25th, and hears of calls meanwhile', async () => {
    const [silent, ...others] = members
    assert.ok(silent && others.length === 24)
    production.peer.fault({
      fits: ({ path }) => path.includes(silent.conversation),
      hang: true,
      times: Infinity,
    })
    assert.equal((await production.phone.offer('silence', zoe.address)).status, 202)
    for (const member of others) await member.sees('Ringing since')
    assert.equal((await silent.say('help')).status, 200)
    await others[0]?.click('Pick up')
    for (const member of others.slice(1)) await member.sees('picked up')
    production.peer.heal()
  })

  for (const health of ['down', 'hanging'] as const) {
    it(`F6 hears, asks seldom and catches up while the host of its token is ${health}`, async () => {
      const since = await restartWith('token', health)
      assert.equal((await production.phone.offer(`token ${health}`, zoe.address)).status, 202)
      await knockUntilAskedTwice('token', since, 200)
      production.microsoft.health.token = 'well'
      const [first, ...others] = members
      await until('it rings', () => first?.titles().includes('Pick up') === true)
      await first?.click('Pick up')
      await first?.sees('You picked up')
      await until('every card is settled', () => !others.some((one) => one.titles().includes('Pick up')))
    })

    it(`F6 says that it cannot tell, asks seldom and recovers while the host of the keys is ${health}`, async () => {
      const since = await restartWith('keys', health)
      await knockUntilAskedTwice('keys', since, 503)
      production.microsoft.health.keys = 'well'
      await until('it lets people in', async () => (await zoe.say('help')).status === 200)
    })
  }

  it('T15 has logged nothing about anybody, and nothing that opens a door', () => {
    assertLogIsClean(production)
  })

  /** A fresh bot that knows no keys and has no token, and one host that fails it; answers since when. */
  async function restartWith(host: Host, health: Health): Promise<number> {
    production.microsoft.health[host] = health
    await production.restart()
    return production.microsoft.heard.length
  }

  /** Several people ask, one question after another each, and all get this answer; it asks the host seldom meanwhile. */
  async function knockUntilAskedTwice(host: Host, since: number, expected: number): Promise<void> {
    let isOver = false
    const asking = Array.from({ length: 8 }, async () => {
      while (!isOver) {
        const { status } = await production.knock(`Bearer ${token(Date.now())}`, question())
        assert.equal(status, expected)
        await setTimeout(20)
      }
    })
    const watching = until('it asks again', () => asked(host, since).length > 1).finally(
      () => (isOver = true),
    )
    await Promise.all([...asking, watching])
    assertSeldom(asked(host, since))
  }

  /** When a host was asked, from the `since`th request to Microsoft on. */
  function asked(host: Host, since: number): readonly number[] {
    const heard = production.microsoft.heard.slice(since)
    return heard.filter(({ to }) => to === host).map(({ at }) => at)
  }
})

/** It does ask again, and never sooner than it should. */
function assertSeldom(asked: readonly number[]): void {
  const gaps = asked.slice(1).map((at, index) => at - (asked[index] ?? 0))
  for (const gap of gaps) assert.ok(gap > askAgainMs - slackMs, `asked again after ${Math.round(gap)} ms`)
}

function question(): object {
  return activity({ id: randomUUID(), conversation: { id: `a:${randomUUID()}`, tenantId: tenant } })
}
