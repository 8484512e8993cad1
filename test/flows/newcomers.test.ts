/** Many install the bot while a call rings: cards go before all that is asked about newcomers and told them. */
import assert from 'node:assert/strict'
import { type Person } from '../peer/person.ts'
import { until } from '../until.ts'
import { openOffice, type Office } from './office.ts'

/** So many look-ups may be under way at once. */
const lookUpsAtOnce = 4
/** A look-up that is not answered is under way for four seconds; timers may be a little early. */
const givenUpAfterMs = 3900

describe('While hundreds install the bot', () => {
  let office: Office
  let ann: Person
  const members: Person[] = []
  beforeEach(async () => {
    office = await openOffice('msteams', { isSendQuotaKept: true })
    ann = await office.person('Ann')
    members.length = 0
    for (const name of ['Bo', 'Cy', 'Di', 'Ed', 'Fay', 'Gus']) members.push(await office.person(name))
    await ann.say(`add ${members.map(({ address }) => address).join(', ')}`)
    await ann.say('forward my calls to my group')
  })
  afterEach(() => office.close())

  const isLookUp = ({ method, path }: { method: string; path: string }) =>
    method === 'GET' && path.includes('/members/')
  const lookUps = () => office.peer.requests.filter(isLookUp)
  const newcomers = (count: number) =>
    Array.from({ length: count }, (_, at) =>
      office.peer.person({ name: `New ${at}`, address: `new${at}@contoso.com` }),
    )

  it('a ring of six shows all its cards, though no look-up of the roster is ever answered', async () => {
    office.peer.forget()
    office.peer.fault({ fits: isLookUp, hang: true, times: Infinity })
    const installing = newcomers(200).map((one) => one.open())
    await until('the roster is asked', () => lookUps().length >= lookUpsAtOnce)
    const heard = await office.phone({
      id: 'ring',
      event: 'offered',
      owner: ann.address,
      caller: { kind: 'pstn', number: '+442079460000' },
    })
    assert.equal(heard.status, 202)
    for (const member of members)
      await member.waitFor(() => member.titles().includes('Pick up'), 'for the ringing card')
    await Promise.all(installing)
    const at = lookUps().map((asked) => asked.at)
    // A request may be a while on its way: two rounds may seem to be one, three may not.
    for (const [place, asked] of at.entries()) {
      const rounds = Math.floor(place / lookUpsAtOnce)
      const soonest = (rounds - 1) * givenUpAfterMs
      assert.ok(asked - (at[0] ?? 0) >= soonest, `look-up ${place} was asked before ${soonest} ms`)
    }
  })

  it('everybody is welcomed in the end, and known by the address that Teams has for them', async () => {
    office.peer.forget()
    const people = newcomers(60)
    await Promise.all(people.map((one) => one.open()))
    for (const one of people) await one.waitFor(() => one.screen().length > 0, 'to be welcomed')
    for (const one of people)
      await until(`${one.name} is known by their address`, async () => {
        const { status } = await office.administer('GET', `/users/${one.address}/calling-settings`)
        return status === 200
      })
    assert.ok(lookUps().length < 200, `${lookUps().length} look-ups`)
  })
})
