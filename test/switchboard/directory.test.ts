import assert from 'node:assert/strict'
import { type Rights } from '../../src/store/documents.ts'
import { eligible } from '../../src/core/policy.ts'
import { type Desk, openDesk, sender } from './desk.ts'

describe('The directory', () => {
  let desk: Desk
  beforeEach(async () => (desk = await openDesk()))
  afterEach(() => desk.close())

  const find = (name: string) => desk.directory.find(name)
  const named = async (name: string) => (await desk.directory.named(name)).map(({ id }) => id).sort()

  it('finds somebody by every name a channel told, however it is written', async () => {
    await desk.directory.meet(sender('29:Bo', { objectId: 'O-BO', address: 'Bo@Contoso.com', name: 'Bo Ek' }))
    for (const name of ['o-bo', 'O-BO', '29:bo', 'bo@contoso.com', ' sip:BO@contoso.com '])
      assert.equal(await find(name), 'o-bo', name)
    assert.equal(await find('bo'), null)
    assert.equal((await desk.directory.person('o-bo')).address, 'bo@contoso.com')
  })

  it('keeps the id of somebody who was named by address first, and gives them their name', async () => {
    assert.equal(await desk.directory.mention('Bo@contoso.com'), 'bo@contoso.com')
    const { person, isNewlyReached } = await desk.directory.meet(
      sender('29:bo', { objectId: 'o-bo', address: 'bo@contoso.com', name: 'Bo Ek' }),
    )
    assert.deepEqual([person.id, person.name, isNewlyReached], ['bo@contoso.com', 'Bo Ek', true])
    assert.equal(await find('o-bo'), 'bo@contoso.com')
    assert.equal(await desk.directory.mention('o-bo'), 'bo@contoso.com')
  })

  it('keeps the name that people know when a channel tells another one', async () => {
    await desk.directory.meet(sender('29:bo', { name: 'Bo Ek' }))
    const again = await desk.directory.meet(sender('29:bo', { name: 'bo.ek (Guest)' }))
    assert.equal(again.person.name, 'Bo Ek')
    assert.equal(again.isNewlyReached, false)
  })

  it('writes nothing when somebody known writes again', async () => {
    const bo = sender('29:bo', { objectId: 'o-bo', address: 'bo@contoso.com', name: 'Bo Ek' })
    await desk.directory.meet(bo)
    await desk.directory.meet(bo)
    assert.equal((await desk.store.get('person', 'o-bo'))?.rev, 1)
  })

  it('names everybody who shares a name, and one of them by more of it', async () => {
    await desk.directory.meet(sender('1', { name: 'Bo Ek' }))
    await desk.directory.meet(sender('2', { name: 'Bo Ås' }))
    await desk.directory.meet(sender('3', { name: 'Cy Ek' }))
    assert.deepEqual(await named('BO'), ['1', '2'])
    assert.deepEqual(await named('ek'), ['1', '3'])
    assert.deepEqual(await named('bo ås'), ['2'])
    assert.deepEqual(await named('ek, bo'), ['1'])
    assert.deepEqual(await named('dee'), [])
    assert.deepEqual(await named(''), ['1', '2', '3'])
    assert.deepEqual(await named('*'), ['1', '2', '3'])
  })

  it('remembers the 25 people met last under one name', async () => {
    for (let index = 0; index < 27; index += 1)
      await desk.directory.meet(sender(`u${index}`, { name: `Bo N${index}` }))
    const people = await desk.directory.named('bo')
    assert.equal(people.length, 25)
    assert.equal(people[0]?.id, 'u26')
    assert.deepEqual(await named('bo n0'), [])
    assert.deepEqual(await named('n0'), ['u0'])
  })

  it('meets many at once without losing one', async () => {
    const users = Array.from({ length: 12 }, (_, index) => `u${index}`)
    const twice = [...users, ...users]
    await Promise.all(twice.map((user) => desk.directory.meet(sender(user, { name: 'Bo' }))))
    assert.deepEqual(await named('bo'), [...users].sort())
  })

  it('welcomes once, however often somebody arrives at once', async () => {
    await desk.directory.meet(sender('bo'))
    await Promise.all([1, 2, 3].map(() => desk.directory.welcome('bo')))
    await desk.directory.welcome('nobody')
    await desk.restart()
    await desk.directory.welcome('bo')
    assert.deepEqual(desk.announcer.said, ['tell bo welcome bo'])
    assert.equal(await desk.store.get('person', 'nobody'), null)
  })

  describe('when two records turn out to be one person', () => {
    beforeEach(async () => {
      await desk.directory.mention('bo@contoso.com')
      await desk.directory.meet(sender('29:bo', { objectId: 'o-bo', name: 'Bo Ek' }))
      await desk.directory.giveAddress('o-bo', { address: 'bo@contoso.com', name: 'Bo Ek' })
    })

    it('finds the person met by all the names of both', async () => {
      for (const name of ['bo@contoso.com', 'o-bo', '29:bo']) assert.equal(await find(name), 'o-bo', name)
      assert.equal((await desk.directory.person('o-bo')).address, 'bo@contoso.com')
    })

    it('does not take the old one for somebody else of that name', async () => {
      assert.deepEqual(await named('bo'), ['o-bo'])
      assert.deepEqual(await named('contoso'), ['o-bo'])
      assert.deepEqual(await named(''), ['o-bo'])
    })
  })

  it('keeps nothing more about a record that has become another', async () => {
    await desk.directory.mention('bo@contoso.com')
    await desk.directory.meet(sender('bo'))
    await desk.directory.giveAddress('bo', { address: 'bo@contoso.com', name: 'Bo' })
    await desk.directory.change('bo@contoso.com', (before) => ({ ...before, welcomed: true }))
    assert.equal(await desk.directory.whoIs('bo@contoso.com'), 'bo')
    assert.equal((await desk.directory.person('bo')).welcomed, false)
  })

  describe('when an address becomes somebody else’s', () => {
    const audited = async (about: string) =>
      (await desk.store.audit({ about, limit: 9 })).map(({ by, door, parts }) => ({ by, door, parts }))
    const newcomer = sender('29:new', { objectId: 'o-99', address: 'john@contoso.com', name: 'John Poe' })

    for (const kept of ['by address', 'by object id'] as const)
      describe(`of somebody kept ${kept}`, () => {
        let john: string
        beforeEach(async () => {
          if (kept === 'by address') await desk.directory.mention('john@contoso.com')
          const old = sender('29:old', { objectId: 'o-2', address: 'john@contoso.com', name: 'John Doe' })
          john = (await desk.directory.meet(old)).person.id
        })

        it('meets a new person, to whom the address leads from now on', async () => {
          const { person, isNewlyReached } = await desk.directory.meet(newcomer)
          assert.deepEqual([person.id, person.name, isNewlyReached], ['o-99', 'John Poe', true])
          assert.equal(await find('John@contoso.com'), 'o-99')
          assert.equal(person.address, 'john@contoso.com')
          assert.equal((await desk.directory.meet(newcomer)).person.id, 'o-99')
        })

        it('leaves everything else with whom it was', async () => {
          await desk.directory.meet(newcomer)
          for (const name of ['o-2', '29:old']) assert.equal(await find(name), john, name)
          assert.equal(await desk.directory.whoIs(john), john)
          assert.equal((await desk.directory.person(john)).address, undefined)
          assert.equal(await find(await desk.directory.nameOf(john)), john)
          assert.equal((await desk.directory.meet(sender('29:old', { objectId: 'o-2' }))).person.id, john)
        })

        it('writes down from whom it went to whom', async () => {
          await desk.directory.meet(newcomer)
          const bot = { by: null, door: 'bot' }
          const part = 'address'
          assert.deepEqual(await audited(john), [
            { ...bot, parts: [{ part, before: 'john@contoso.com', after: null }] },
          ])
          assert.deepEqual(await audited('o-99'), [
            { ...bot, parts: [{ part, before: null, after: 'john@contoso.com' }] },
          ])
        })

        it('gives it back when Teams says it is his again', async () => {
          await desk.directory.meet(newcomer)
          await desk.directory.giveAddress(john, { address: 'john@contoso.com' })
          assert.equal(await find('john@contoso.com'), john)
          assert.equal((await desk.directory.person('o-99')).address, undefined)
          assert.equal(await find('o-99'), 'o-99')
        })

        it('does not take it from somebody who removed the bot as if it were nobody’s', async () => {
          await desk.directory.change(john, ({ reach: _, ...rest }) => rest)
          assert.equal((await desk.directory.meet(newcomer)).person.id, 'o-99')
          assert.equal(await find('o-2'), john)
        })

        it('finds him by an address he had, as long as nobody else has it', async () => {
          await desk.directory.giveAddress(john, { address: 'doe@contoso.com' })
          for (const name of ['john@contoso.com', 'doe@contoso.com'])
            assert.equal(await find(name), john, name)
          await desk.directory.meet(newcomer)
          assert.equal(await find('john@contoso.com'), 'o-99')
          assert.equal(await find('doe@contoso.com'), john)
        })
      })

    it('goes on meaning whom it meant where it was kept as an id', async () => {
      await desk.directory.mention('john@contoso.com')
      await desk.directory.meet(sender('29:old', { objectId: 'o-2' }))
      await desk.directory.giveAddress('o-2', { address: 'john@contoso.com' })
      assert.equal(await desk.directory.whoIs('john@contoso.com'), 'o-2')
      await desk.directory.meet(newcomer)
      assert.equal(await desk.directory.whoIs('john@contoso.com'), 'o-2')
      assert.equal(await find('john@contoso.com'), 'o-99')
    })
  })

  it('does not make one of two who were both met, though one has the other’s address', async () => {
    await desk.directory.meet(sender('u1', { address: 'bo@contoso.com' }))
    await desk.directory.meet(sender('u2', { name: 'Bo Ek', address: 'bo@contoso.com' }))
    assert.equal(await find('bo@contoso.com'), 'u2')
    assert.equal((await desk.directory.meet(sender('u1'))).person.id, 'u1')
  })

  describe('what somebody is called', () => {
    const inTeams = (name: string) => {
      const { reach } = sender('29:bo')
      return sender('29:bo', { objectId: 'o-bo', name, reach: { ...reach, channel: 'msteams' } })
    }
    const name = async () => {
      const { name, nameFrom } = await desk.directory.person('o-bo')
      return [name, nameFrom]
    }

    it('is what Teams says rather than what others say', async () => {
      await desk.directory.mention('o-bo', 'Bobby')
      assert.deepEqual(await name(), ['Bobby', 'mention'])
      await desk.directory.mention('o-bo', 'Bo E. (Sales)', 'import')
      assert.deepEqual(await name(), ['Bo E. (Sales)', 'import'])
      await desk.directory.mention('o-bo', 'Bobby')
      assert.deepEqual(await name(), ['Bo E. (Sales)', 'import'])
      await desk.directory.meet(inTeams('Bo Ek'))
      for (const source of ['mention', 'import'] as const) {
        await desk.directory.mention('o-bo', 'Bobby', source)
        await desk.directory.giveAddress('o-bo', { address: `${source}@contoso.com`, name: 'Bobby', source })
      }
      assert.deepEqual(await name(), ['Bo Ek', 'channel'])
    })

    it('is what Teams says now, and is told apart from being met for the first time', async () => {
      assert.equal((await desk.directory.meet(inTeams('Bo Ek'))).isRenamed, false)
      assert.equal((await desk.directory.meet(inTeams('Bo Ek'))).isRenamed, false)
      assert.equal((await desk.directory.meet(inTeams('Bo Berg'))).isRenamed, true)
      assert.deepEqual(await name(), ['Bo Berg', 'channel'])
      assert.deepEqual(await named('berg'), ['o-bo'])
    })
  })

  it('leaves an address with whoever is kept under it until the two are made one', async () => {
    await desk.directory.mention('o-bo', 'Bo Ek')
    await desk.directory.mention('bo@contoso.com')
    const told = sender('29:bo', { objectId: 'o-bo', address: 'bo@contoso.com' })
    assert.equal((await desk.directory.meet(told)).person.address, undefined)
    assert.equal(await find('bo@contoso.com'), 'bo@contoso.com')
    await desk.directory.giveAddress('o-bo', { address: 'bo@contoso.com', name: 'Bo Ek' })
    assert.equal((await desk.directory.meet(told)).person.address, 'bo@contoso.com')
  })

  it('takes what an admin decided about the old record along, unless the person has their own', async () => {
    const decide = (id: string, doc: Rights) =>
      desk.store.commit({ puts: [{ kind: 'rights', id, expect: 0, doc }] })
    const rights = async (id: string) => (await desk.store.get('rights', id))?.doc
    for (const id of ['bo', 'cy']) await desk.directory.meet(sender(id))
    for (const id of ['bo@contoso.com', 'cy@contoso.com']) {
      await desk.directory.mention(id)
      await decide(id, { policy: 'sales', eligibility: eligible })
    }
    await decide('cy', { policy: 'support' })
    for (const id of ['bo', 'cy'])
      await desk.directory.giveAddress(id, { address: `${id}@contoso.com`, name: id })
    assert.deepEqual(await rights('bo'), { policy: 'sales', eligibility: eligible })
    assert.deepEqual(await rights('cy'), { policy: 'support', eligibility: eligible })
    assert.equal(await rights('bo@contoso.com'), undefined)
  })

  describe('where one person plays several', () => {
    beforeEach(async () => {
      await desk.directory.meet(sender('u1'))
      await desk.directory.giveAddress('u1', { address: 'ann@contoso.com', name: 'Ann' })
      await desk.directory.become(sender('u1'), 'bo@contoso.com')
      await desk.directory.giveAddress('bo@contoso.com', { address: 'bo@contoso.com', name: 'Bo' })
    })

    it('they are who they said they are last, and can be reached as that one only', async () => {
      assert.equal((await desk.directory.meet(sender('u1'))).person.id, 'bo@contoso.com')
      assert.equal((await desk.directory.person('u1')).reach, undefined)
      assert.equal((await desk.directory.person('u1')).name, 'Ann')
      assert.equal(await find('ann@contoso.com'), 'u1')
    })

    it('they stay who they are when they say it again', async () => {
      await desk.directory.become(sender('u1'), 'bo@contoso.com')
      assert.ok((await desk.directory.person('bo@contoso.com')).reach)
    })

    it('they may go back to who they were', async () => {
      await desk.directory.become(sender('u1'), 'u1')
      assert.equal((await desk.directory.meet(sender('u1'))).person.name, 'Ann')
      assert.equal((await desk.directory.person('bo@contoso.com')).reach, undefined)
    })

    it('a call to the one does not go to the other', async () => {
      assert.equal(await desk.directory.whoIs('u1'), 'u1')
      assert.equal(await find(await desk.directory.nameOf('u1')), 'u1')
      assert.equal(await find('Ann@contoso.com'), 'u1')
      assert.equal(await find('bo@contoso.com'), 'bo@contoso.com')
      assert.equal(await desk.directory.whoIs('dee@contoso.com'), null)
    })
  })
})
