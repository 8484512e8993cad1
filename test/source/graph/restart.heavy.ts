/** Calls from Graph that are open while the bot is killed and started again, as a process with the settings of production. */
import assert from 'node:assert/strict'
import { CallHost } from '../../graph/call-host.ts'
import { type PretendCall } from '../../graph/pretend-call.ts'
import { type Person } from '../../peer/person.ts'
import { Production } from '../../threats/production.ts'
import { until } from '../../until.ts'

const account = '00000000-0000-4000-8000-00000000000a'
const states = ['incoming', 'established', 'transferring'] as const

describe('A call from Graph while the bot is killed', () => {
  let host: CallHost
  let production: Production
  let [ann, bo]: readonly Person[] = []
  let calls = 0
  before(async () => {
    host = await CallHost.start()
    production = await Production.open(host)
    // Nobody has opened the bot yet: the default owner is known from the setting alone.
    await production.start({ GRAPH_DEFAULT_OWNER: 'ann@contoso.com' })
    ann = await production.person('Ann')
    bo = await production.person('Bo')
    await ann.say('add bo@contoso.com')
    await ann.say('forward my calls to my group')
    await ann.say('if unanswered voicemail after 60')
  })
  after(async () => {
    await production.close()
    await host.stop()
    assert.deepEqual(host.service.wrong, [])
  })

  /** What Graph was asked about a call, in order. */
  const asked = ({ id }: PretendCall) =>
    production.microsoft.heard.filter(({ to, path }) => to === 'graph' && path.includes(`/calls/${id}`))
  const canPickUp = () => bo?.titles().includes('Pick up') === true

  /** A call that has come so far, and is asked for by the bot that is started after the one before was killed. */
  async function afterCrash(state: (typeof states)[number], isGone: boolean): Promise<PretendCall> {
    assert.ok(bo)
    calls += 1
    host.service.transfersWait = state === 'transferring'
    const call = host.service.callIn({ id: `call${calls}`, from: { phone: `+44207946000${calls}` }, account })
    await bo.waitFor(canPickUp, 'for the card')
    // Killed before it had noted the card's id, it would send another, and the first would lie until it is looked at.
    const { id } = bo.buttons().findLast(({ title }) => title === 'Pick up')?.shown ?? {}
    await until('the card is noted', () => production.holds(JSON.stringify(id)))
    if (state !== 'incoming') await until('it is held', () => call.done.includes('playPrompt'))
    if (state === 'transferring') await bo.click('Pick up')
    await until(`it is ${state}`, () => call.state === state)
    await production.crash()
    if (isGone) host.service.vanish(call.id)
    const before = asked(call).length
    await production.start({ GRAPH_DEFAULT_OWNER: 'ann@contoso.com' })
    await until('it is asked for', () => asked(call).length > before)
    assert.ok(asked(call)[before]?.path.endsWith(`/calls/${call.id}`), 'before anything else')
    return call
  }

  for (const state of states) {
    it(`F18 is resumed when it is ${state}`, async () => {
      assert.ok(bo)
      const call = await afterCrash(state, false)
      if (state === 'transferring') host.service.answerTransfers()
      else await bo.click('Pick up')
      await until('it is handed over', () => call.end === 'handedOver')
      assert.deepEqual(call.handedTo, [bo.objectId])
      await bo.waitFor(() => !canPickUp(), 'for a card without buttons')
      await bo.sees(/The call went to your phone|You are connected/u)
    })

    it(`F18 is closed when it was ${state} and its caller is gone`, async () => {
      assert.ok(bo)
      const call = await afterCrash(state, true)
      await bo.waitFor(() => !canPickUp(), 'for a card without buttons')
      await bo.waitFor(() => bo?.last().includes('The caller hung up') === true, 'to hear so')
      assert.deepEqual(call.handedTo, [])
    })
  }
})
