/** What every call source promises the switchboard, and what the switchboard may ask of each; one suite over all of them. */
import assert from 'node:assert/strict'
import { until } from '../until.ts'
import { graphFar, simulatedFar, webhookFar } from './far-sides.ts'
import { type FarSide, Line, type Near, objectIdOf } from './line.ts'

const sources: Readonly<Record<string, (near: Near) => FarSide>> = {
  simulated: simulatedFar,
  webhook: webhookFar,
  graph: graphFar,
}

for (const [name, makeFar] of Object.entries(sources))
  describe(`The call source ${name}`, () => {
    let line: Line
    beforeEach(async () => (line = await Line.open(makeFar)))
    afterEach(() => line.close())

    const rings = async (id: string) => {
      await line.far.callIn(id)
      await line.comesTo(id, 'ringing')
    }
    const told = async (id: string, ...words: readonly string[]) => {
      if (line.far.told(id) === null) return
      await until(`${id} is told ${words.join()}; it was told ${String(line.far.told(id))}`, () =>
        Promise.resolve(words.every((one) => line.far.told(id)?.includes(one))),
      )
    }

    it('has a name of its own, by which its calls are known', async () => {
      assert.equal(line.far.source.name, name)
      await rings('one')
      assert.equal((await line.call('one'))?.id, `${name}:one`)
    })

    it('tells who calls whom', async () => {
      await rings('one')
      const call = await line.call('one')
      assert.equal(call?.owner, objectIdOf('ann'))
      assert.deepEqual([call.caller.kind, call.caller.name], ['pstn', 'Carl'])
      assert.match(call.caller.number ?? '', /^\+442079460000/)
    })

    it('rings once for one call, whatever is said twice, and keeps two calls apart', async () => {
      await rings('one')
      await line.far.sayAgain('one')
      await rings('two')
      await line.far.hangUp('one')
      await line.comesTo('one', 'abandoned')
      await line.far.sayAgain('one')
      assert.deepEqual(
        [await line.state('one'), await line.state('two'), await line.rows()],
        ['abandoned', 'ringing', 1],
      )
    })

    it('F17 rings nobody for a call whose end was heard before its beginning', async () => {
      await line.far.sayEnd('one')
      await line.far.callIn('one')
      await rings('two')
      await line.far.sayAgain('one')
      assert.deepEqual([await line.state('one'), await line.rows()], ['unknown', 0])
    })

    it('hands the caller to whoever picks up, once, and it is known who has them', async () => {
      await rings('one')
      assert.equal((await line.switchboard.pickUp(line.name('one'), objectIdOf('bo'))).is, 'yours')
      await told('one', line.far.connectWords('bo@contoso.com'))
      await line.far.handedOver('one')
      await line.comesTo('one', 'answered bo')
      assert.ok((line.far.told('one') ?? ['']).length === 1)
    })

    it('bears to be asked twice for the same', async () => {
      await rings('one')
      await line.switchboard.pickUp(line.name('one'), objectIdOf('bo'))
      const order = { number: 1, do: 'connect', to: 'bo@contoso.com' } as const
      const leg = { id: 'one', replyUrl: 'https://pbx.contoso.com/' }
      assert.notEqual((await line.far.source.carryOut(leg, order)).is, 'refused')
      await line.far.handedOver('one')
      await line.comesTo('one', 'answered bo')
      const words = line.far.told('one')
      if (name === 'graph') assert.deepEqual(words, [line.far.connectWords('bo@contoso.com')])
    })

    it('lets a caller ring on whose hand-over failed', async () => {
      line.far.failNext('one')
      await rings('one')
      await line.switchboard.pickUp(line.name('one'), objectIdOf('bo'))
      await until(
        'it failed',
        async () => (await line.call('one'))?.notConnected.includes(objectIdOf('bo')) === true,
      )
      assert.equal(await line.state('one'), 'ringing')
    })

    it('ends the call of a caller who hangs up, and gives it to nobody', async () => {
      await rings('one')
      await line.far.hangUp('one')
      await line.comesTo('one', 'abandoned')
      assert.equal((await line.switchboard.pickUp(line.name('one'), objectIdOf('bo'))).is, 'notRinging')
      assert.deepEqual(line.far.told('one') ?? [], [])
    })

    it('sends the caller on where nobody is to be rung, and where nobody picks up', async () => {
      await line.forwardsTo('+442079460099')
      await line.far.callIn('one')
      await line.comesTo('one', 'forwarded')
      const number = name === 'graph' ? 'connect +442079460099' : 'forward +442079460099'
      await told('one', number)
    })

    it('lets the caller leave a message, or go, when everybody declines', async () => {
      await rings('one')
      for (const who of ['bo', 'cy']) await line.switchboard.decline(line.name('one'), objectIdOf(who))
      await line.comesTo('one', 'voicemail')
      await told('one', name === 'graph' ? 'connect +442079461111' : 'voicemail')
    })

    it('takes an order about a call that is over, or that it never had, without harm', async () => {
      await rings('one')
      await line.far.hangUp('one')
      await line.comesTo('one', 'abandoned')
      for (const id of ['one', 'never'])
        for (const what of ['missed', 'busy', 'reject', 'voicemail'] as const)
          assert.equal(
            (await line.far.source.carryOut({ id }, { number: 1, do: what })).is,
            'done',
            `${what} ${id}`,
          )
      assert.equal(await line.state('one'), 'abandoned')
      assert.equal(await line.state('never'), 'unknown')
    })
  })
