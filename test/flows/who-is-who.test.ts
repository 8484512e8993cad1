/** Addresses and names change hands; people stay who they are. In production, and in the Teams flavour of local mode. */
import assert from 'node:assert/strict'
import { type Person } from '../peer/person.ts'
import { until } from '../until.ts'
import { type Office, openOffice } from './office.ts'

describe('Who is who (msteams)', () => {
  let office: Office
  let ann: Person
  beforeEach(async () => {
    office = await openOffice('msteams')
    ann = await office.person('Ann')
  })
  afterEach(() => office.close())

  const rings = async (owner: string, id: string) => {
    const caller = { kind: 'pstn', number: '+442079460000', name: 'Carl Jones' }
    const { status } = await office.phone({ id, event: 'offered', owner, caller })
    assert.equal(status, 202)
  }
  const user = async (name: string) =>
    (await office.administer('GET', `/users/${encodeURIComponent(name)}/policy`)).body as Record<
      string,
      unknown
    >

  /** Waits until the bot has asked Teams, and knows who has this address. */
  const comesToKnow = async (address: string) => {
    await until(`${address} is known`, async () => (await user(address))['ObjectId'] !== undefined)
  }

  for (const known of ['was named by address before he came', 'came by himself'])
    describe(`a newcomer with the address of John, who ${known}`, () => {
      let john: Person
      let newcomer: Person
      beforeEach(async () => {
        if (known.startsWith('was named')) await ann.say('add john@contoso.com')
        john = await office.person('John')
        if (!known.startsWith('was named')) await ann.say('add john@contoso.com')
        await ann.say('forward my calls to my group')
        await john.say('add ann@contoso.com')
        await john.say('forward my calls to my group')
        john.address = 'j.doe@contoso.com'
        newcomer = await office.person('John')
      })

      it('is somebody new: has none of his settings, none of his groups', async () => {
        assert.doesNotMatch(newcomer.words(), /already/)
        await newcomer.say('my group')
        assert.doesNotMatch(newcomer.last(), /Ann/)
        await newcomer.say('notifications')
        assert.doesNotMatch(newcomer.last(), /Ann/)
        await john.say('my group')
        assert.match(john.last(), /Ann/)
      })

      it('gets the calls to the address, and none of his', async () => {
        await newcomer.say('simulate call to ann@contoso.com from Carl')
        await john.click('Pick up')
        await john.sees('You picked up')
        assert.ok(!newcomer.titles().includes('Pick up'))
        await rings('john@contoso.com', 'to the newcomer')
        await newcomer.sees('Incoming call')
        await newcomer.click('Pick up')
        await newcomer.sees('You picked up')
        assert.doesNotMatch(ann.words(), /Carl Jones/, 'John’s group is not the newcomer’s')
      })

      it('is named by the address over the admin API and in chats, and that it changed hands is written down', async () => {
        assert.equal((await user('john@contoso.com'))['ObjectId'], newcomer.objectId)
        assert.equal((await user(john.objectId))['ObjectId'], john.objectId)
        await ann.say('add john@contoso.com')
        await newcomer.sees('Ann added you')
        const { body } = await office.administer('GET', `/audit?about=${newcomer.objectId}`)
        assert.match(JSON.stringify(body), /"Part":"address","Before":null,"After":"john@contoso.com"/)
      })

      it('stays apart from him over a restart, and when his new address is known', async () => {
        await office.restart()
        await john.say('settings')
        office.pass(25 * 60 * 60)
        await john.say('settings')
        await john.waitFor(
          () => office.peer.requests.some(({ path }) => path.endsWith(`/members/${john.user}`)),
          'for Teams to be asked about him',
        )
        await rings('john@contoso.com', 'again')
        await newcomer.sees('Incoming call')
        assert.ok(!ann.titles().includes('Pick up'))
      })
    })

  it('admins are those who have the address now', async () => {
    const root = await office.person('Root')
    await root.say('admin')
    assert.match(root.last(), /Administration/)
    root.address = 'former.root@contoso.com'
    const newcomer = await office.person('Root')
    await newcomer.say('admin')
    assert.match(newcomer.last(), /Administration/)
    await root.say('admin')
    assert.doesNotMatch(root.last(), /Policies/)
  })

  it('calls for a new address find whoever is renamed, and for the old one too until somebody else has it', async () => {
    await ann.say('add bo@contoso.com')
    ann.address = 'ann.berg@contoso.com'
    ann.name = 'Ann Berg'
    await ann.say('settings')
    await comesToKnow('ann.berg@contoso.com')
    for (const name of ['ann.berg@contoso.com', 'ann@contoso.com']) {
      assert.equal((await user(name))['ObjectId'], ann.objectId, name)
      await rings(name, name)
    }
    assert.equal((await user('ann@contoso.com'))['DisplayName'], 'Ann Berg')
    const bo = await office.person('Bo')
    assert.match(bo.words(), /call group of Ann Berg/)
  })

  it('finds out within a day that somebody was renamed who says nothing', async () => {
    ann.address = 'ann.berg@contoso.com'
    office.pass(25 * 60 * 60)
    await comesToKnow('ann.berg@contoso.com')
    await rings('ann.berg@contoso.com', 'new address')
    await ann.sees('Incoming call')
  })

  it('decides a click, and answers words, while Teams does not say who anybody is', async () => {
    office.peer.fault({ fits: ({ path }) => path.includes('/members/'), hang: true })
    const bo = await office.person('Bo')
    const cy = await office.person('Cy')
    const { body } = await office.administer('GET', '/users')
    assert.match(JSON.stringify(body), new RegExp(bo.objectId, 'u'))
    await office.administer('PATCH', `/users/${ann.objectId}/calling-settings`, {
      CallGroupOrder: 'Simultaneous',
      CallGroupTargets: [bo.objectId, cy.objectId],
    })
    await ann.say('forward my calls to my group')
    await ann.say('simulate call from Carl')
    for (const one of [bo, cy]) await one.sees('Incoming call')
    await cy.click('Pick up')
    await cy.sees('You picked up')
    await bo.sees('Cy picked up')
  })
})
