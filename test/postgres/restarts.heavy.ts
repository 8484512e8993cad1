/** Three bots on one database that is restarted the hard way, again and again, while they post the cards of calls. */
import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { type Recorded } from '../peer/peer.ts'
import { until } from '../until.ts'
import { Fleet, picksUp, pickUpButton, type Pressed } from './fleet.ts'
import { wrongWith } from './fleet-verdict.ts'
import { ownServer, type Server } from './server.ts'

const names = ['Bo', 'Cy', 'Di', 'Ed']
const added = names.map((name) => `${name.toLowerCase()}@contoso.com`).join(', ')
const callsEach = 4
/** How long it is away: shorter than a hold on a lane, longer, and longer than anybody asks again. */
const outages = [0, 2500, 6000, 0]

describe('Three bots whose database is restarted while they post cards', () => {
  let server: Server
  let fleet: Fleet
  before(async () => {
    server = await ownServer()
    fleet = await Fleet.open(
      server.url,
      3,
      ['Ann', ...names],
      [`add ${added}`, 'forward my calls to my group', 'if unanswered voicemail after 60'],
    )
  })
  after(async () => {
    await fleet.close()
    await server.stop()
  })

  const members = () => fleet.people.slice(1)
  const posted = (id: string) => fleet.peer.requests.filter((request) => isRing(request, id))

  it('F2 show everybody one card of each call, and none that offers what is over', async () => {
    const calls = new Map<string, readonly Pressed[]>()
    for (const [restart, outageMs] of outages.entries()) {
      const ids = Array.from({ length: callsEach }, (_, call) => `Caller ${restart}-${call};`)
      let answer: () => void = () => undefined
      const answersAfter = new Promise<void>((resolve) => (answer = resolve))
      fleet.peer.fault({
        fits: (request) => ids.some((id) => isRing(request, id)),
        answersAfter,
        times: Infinity,
      })
      const offers = ids.map((id) => fleet.offer(id))
      await until('cards are on their way', () => ids.some((id) => posted(id).length > 0))
      await server.control('stop', '-m', 'immediate')
      // The cards have arrived, and their ids cannot be kept.
      answer()
      await setTimeout(outageMs)
      await server.control('start')
      fleet.peer.heal()
      await Promise.all(offers)
      await until('everybody is rung', () =>
        ids.every((id) => members().every((person) => pickUpButton(person, id) !== undefined)),
      )
      const pressed = await Promise.all(
        ids.map(async (id, call) => {
          const person = members()[call % names.length]
          assert.ok(person)
          return picksUp(person, id)
        }),
      )
      for (const [call, one] of pressed.entries()) calls.set(ids[call] ?? '', [one])
      for (const id of ids) await fleet.putThrough(id)
    }
    await fleet.rests()
    const twice = [...calls.keys()].flatMap((id) =>
      members().flatMap(({ name, conversation }) => {
        const cards = posted(id).filter(({ path }) => path.includes(conversation)).length
        return cards === 1 ? [] : [`${name} was sent ${cards} cards of ${id}`]
      }),
    )
    assert.deepEqual(twice, [])
    const live = members().flatMap((person) => person.titles().filter((title) => title === 'Pick up'))
    assert.deepEqual(live, [])
    assert.deepEqual(await wrongWith(fleet, calls, members()), [])
  })

  it('go on with what one of them held that was killed while the database was away', async () => {
    const [taker] = fleet.bots
    assert.ok(taker)
    const id = 'Held;'
    fleet.peer.fault({ fits: (request) => isRing(request, id), hang: true, times: names.length })
    await fleet.alone(taker, async () => {
      await fleet.offer(id)
      await until('all cards are on their way', () => posted(id).length === names.length)
    })
    await server.control('stop', '-m', 'immediate')
    taker.kill()
    await taker.ends()
    await server.control('start')
    fleet.routeTo(fleet.bots)
    await until('everybody is rung', () => members().every((person) => pickUpButton(person, id)))
    const [bo] = members()
    assert.ok(bo)
    const calls = new Map([[id, [await picksUp(bo, id)]]])
    await fleet.putThrough(id)
    assert.deepEqual(await wrongWith(fleet, calls, members()), [])
  })
})

/** Whether this posts the card of a call of theirs that rings. */
function isRing({ method, body }: Recorded, caller: string): boolean {
  const card = JSON.stringify(body)
  return method === 'POST' && card.includes('"Pick up"') && card.includes(caller)
}
