/** What somebody who comes waits for, and what is asked about them. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { Arrivals } from '../../src/chat/arrivals.ts'
import { type Member, type Messenger, type SendFailure } from '../../src/chat/send/messenger.ts'
import { addMembers } from '../../src/core/members.ts'
import { themselves } from '../../src/switchboard/author.ts'
import { type Sender } from '../../src/switchboard/directory.ts'
import { sender } from '../switchboard/desk.ts'
import { type Ledger, openLedger } from '../switchboard/ledger.ts'

const day = 24 * 60 * 60 * 1000
const never = new Promise<never>(() => undefined)

describe('Somebody who comes in Teams', () => {
  let ledger: Ledger
  let arrivals: Arrivals
  let asked: string[]
  let unsure: string[]
  let roster: () => Promise<Member | SendFailure>
  beforeEach(async () => {
    ledger = await openLedger()
    asked = []
    unsure = []
    roster = () => Promise.resolve({ is: 'gone' })
    const messenger = {
      member: (_: unknown, user: string) => {
        asked.push(user)
        return roster()
      },
    } as unknown as Messenger
    const { directory, switchboard, settings, sweeping, clock, now } = ledger
    arrivals = new Arrivals({
      ...{ directory, switchboard, settings, sweeping, messenger, now },
      after: (ms, run) => clock.after(ms, run),
      onUnsure: (person) => void unsure.push(person),
    })
  })
  afterEach(() => ledger.close())

  const boId = randomUUID()
  const bo = (more: Partial<Sender> = {}): Sender => {
    const { reach } = sender('29:bo')
    return sender('29:bo', {
      objectId: boId,
      name: 'Bo Ek',
      ...more,
      reach: { ...reach, channel: 'msteams' },
    })
  }
  const member = (...addresses: readonly string[]): Member => ({ is: 'member', name: 'Bo Ek', addresses })

  it('with a click waits for nothing before it is decided', async () => {
    roster = () => never
    const person = await arrivals.met(bo(), true)
    assert.equal(person.id, boId)
    assert.deepEqual(asked, [])
    assert.deepEqual(unsure, [boId], 'Teams is asked later')
  })

  it('with words waits for Teams to say who they are, but not for long', async () => {
    roster = () => never
    const meeting = arrivals.met(bo())
    await ledger.clock.advance(1999)
    assert.equal(await ledger.directory.find(boId), null)
    await ledger.clock.advance(1)
    assert.equal((await meeting).id, boId)
    assert.deepEqual([asked, unsure], [['29:bo'], [boId]])
    await arrivals.met(bo())
    assert.deepEqual(asked, ['29:bo'], 'whoever is known waits no more')
  })

  it('is asked about once, however often it is told that they came', async () => {
    let answer: (member: Member) => void = () => undefined
    roster = () => new Promise((resolve) => (answer = resolve))
    const opening = [arrivals.opened(bo()), arrivals.opened(bo()), arrivals.met(bo())]
    await ledger.clock.advance(0)
    assert.deepEqual(asked, ['29:bo'])
    answer(member('bo@contoso.com'))
    await Promise.all(opening)
    assert.equal(await ledger.directory.find('bo@contoso.com'), boId)
    assert.deepEqual([asked, unsure], [['29:bo'], []])
  })

  it('is whoever was kept under either of their addresses, though it was not said in time', async () => {
    const { settings, directory } = ledger
    for (const address of ['bo@contoso.com', 'bo.ek@contoso.com', 'ek@contoso.com'])
      await directory.mention(address)
    const adds = (owner: string, added: string) =>
      settings.change(themselves(owner), (who) => addMembers(who(owner), [added], who))
    await adds('ann', 'bo@contoso.com')
    await adds('cy', 'bo.ek@contoso.com')
    await arrivals.met(bo(), true)
    await arrivals.told(boId, member('bo@contoso.com', 'bo.ek@contoso.com'))
    for (const owner of ['ann', 'cy'])
      assert.deepEqual((await settings.settingsOf(owner)).group.members, [boId], owner)
    for (const address of ['bo@contoso.com', 'bo.ek@contoso.com'])
      assert.equal(await directory.find(address), boId)
    const { address, alsoAt } = await directory.person(boId)
    assert.deepEqual([address, alsoAt], ['bo@contoso.com', ['bo.ek@contoso.com']])
    const { rev } = (await ledger.store.get('person', boId)) ?? {}
    await arrivals.told(boId, member('bo@contoso.com', 'bo.ek@contoso.com'))
    assert.equal((await ledger.store.get('person', boId))?.rev, rev, 'nothing new is not written again')
  })

  it('takes nobody’s address for a mail address alone', async () => {
    const cy = sender('29:cy', { objectId: randomUUID(), address: 'cy@contoso.com' })
    const { person } = await ledger.directory.meet(cy)
    await arrivals.met(bo(), true)
    await arrivals.told(boId, member('bo@contoso.com', 'cy@contoso.com'))
    assert.equal(await ledger.directory.find('cy@contoso.com'), person.id)
    await arrivals.told(boId, member('cy@contoso.com'))
    assert.equal(await ledger.directory.find('cy@contoso.com'), boId)
  })

  it('is not given what Teams says of somebody else', async () => {
    await arrivals.met(bo(), true)
    await arrivals.told(boId, { ...member('cy@contoso.com'), name: 'Cy', objectId: randomUUID() })
    const { name, address, teams } = await ledger.directory.person(boId)
    assert.deepEqual([name, address, teams?.askedAt], ['Bo Ek', undefined, ledger.now()])
  })

  it('is asked about again after a day, and at once when Teams calls them otherwise', async () => {
    roster = () => Promise.resolve({ ...member('bo@contoso.com'), objectId: boId })
    await arrivals.met(bo())
    await arrivals.met(bo())
    await ledger.clock.advance(day - 1)
    await arrivals.met(bo(), true)
    assert.deepEqual(unsure, [])
    const renamed = await arrivals.met(bo({ name: 'Bo Berg' }), true)
    assert.equal(renamed.name, 'Bo Berg')
    assert.deepEqual(unsure, [boId])
    await arrivals.told(boId, { ...member('bo.berg@contoso.com'), objectId: boId })
    assert.equal((await ledger.directory.person(boId)).name, 'Bo Berg', 'the roster says nothing new')
    await ledger.clock.advance(day - 1)
    await arrivals.met(bo({ name: 'Bo Berg' }))
    assert.deepEqual(unsure, [boId])
    await ledger.clock.advance(1)
    await arrivals.met(bo({ name: 'Bo Berg' }))
    assert.deepEqual(unsure, [boId, boId])
    assert.deepEqual(asked, ['29:bo'])
  })
})
