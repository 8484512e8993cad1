/** Three instances of the whole bot on one database, behind a balancer that sends every request to the next of them. */
import assert from 'node:assert/strict'
import { type Keeping, keepIn } from '../flows/keeping.ts'
import { type Office, openOffice } from '../flows/office.ts'
import { isLinearizable } from '../linearizability/checker.ts'
import { contest } from '../linearizability/contest.ts'
import { inDatabase } from './keeping.ts'
import { type Server, someServer } from './server.ts'

const rounds = 4

describe('Three instances of the bot', () => {
  let server: Server
  let earlier: () => Promise<Keeping>
  let office: Office
  before(async () => {
    server = await someServer()
    earlier = keepIn(() => inDatabase(server.url, 3))
  })
  after(async () => {
    keepIn(earlier)
    await server.stop()
  })
  beforeEach(async () => (office = await openOffice('msteams', { isSendQuotaKept: true })))
  afterEach(() => office.close())

  const group = async (...names: readonly string[]) => {
    const ann = await office.person('Ann')
    const people = []
    for (const name of names) people.push(await office.person(name))
    await ann.say(`add ${people.map(({ address }) => address).join(', ')}`)
    await ann.say('also ring my group')
    return { ann, people }
  }
  const offer = (id: string) =>
    office.phone({
      id,
      event: 'offered',
      owner: 'ann@contoso.com',
      caller: { kind: 'pstn', number: '+442079460000' },
    })

  it('F7 tell twenty-five people who press at once, while the caller hangs up, what one order of events explains', async () => {
    const { people } = await group(...Array.from({ length: 25 }, (_, at) => `P${at + 1}`))
    for (let round = 0; round < rounds; round += 1) {
      const history = await contest(office, people, round)
      assert.ok(isLinearizable(history), `round ${round}: ${JSON.stringify(history)}`)
      assert.ok(history.every(({ told }) => told.is !== 'nothing'))
    }
  })

  it('show everybody one card of a call, and on it who has it', async () => {
    const { people } = await group('Bo', 'Cy', 'Di')
    await offer('one')
    for (const person of people) await person.waitFor(() => person.titles().includes('Pick up'), 'the call')
    await people[1]?.click('Pick up')
    for (const person of people) await person.sees(person === people[1] ? 'You picked up' : 'Cy picked up')
    await office.settled()
    for (const person of people) {
      const cards = person.screen().filter((shown) => person.words([shown]).includes('picked up'))
      assert.equal(cards.length, 1, person.name)
    }
  })

  it('answer a message once, when it is delivered again to another of them', async () => {
    const { ann } = await group('Bo')
    const before = ann.screen().length
    await ann.say('my group')
    await ann.waitFor(() => ann.screen().length > before + 1, 'the answer')
    const shown = ann.screen().length
    const { activity } = ann.newest()
    for (let times = 0; times < 3; times += 1) await ann.send(activity)
    await office.settled()
    assert.equal(ann.screen().length, shown)
  })

  it('ring nobody more for a call that was left alone too long: it is missed, and the cards say so', async () => {
    const { ann, people } = await group('Bo', 'Cy')
    const [bo, cy] = people
    await ann.say('ring in order')
    await ann.say('forward to my group')
    await offer('late')
    await bo?.waitFor(() => bo.titles().includes('Pick up'), 'the call')
    // An instance whose time jumps while it notes down a card has lost that card to another.
    await office.settled()
    office.pass(120)
    await bo?.sees(/missed/i)
    await office.settled()
    assert.ok(!bo?.titles().includes('Pick up'))
    assert.ok(!cy?.titles().includes('Pick up'))
    assert.doesNotMatch(cy?.words() ?? '', /calls for Ann|missed/i)
  })
})
