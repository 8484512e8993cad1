/** Whom a name or an id leads to, what is looked through page by page, and what is forgotten. */
import assert from 'node:assert/strict'
import { type PersonRecord } from '../../src/store/documents.ts'
import { type Put } from '../../src/store/store.ts'
import { every } from '../../src/switchboard/every.ts'
import { forgotten } from '../../src/switchboard/forget.ts'
import { linkAddress } from '../../src/switchboard/link.ts'
import { idsNamed, underNames } from '../../src/switchboard/names.ts'
import { replacing, whoIs } from '../../src/switchboard/who-is.ts'
import { callGroup } from '../../src/core/target.ts'
import { adds, meets, offered, sends } from './desk.ts'
import { type Ledger, openLedger } from './ledger.ts'

describe('Of what is kept about people and calls', () => {
  let ledger: Ledger
  beforeEach(async () => {
    ledger = await openLedger()
  })
  afterEach(() => ledger.close())

  const put = (...puts: readonly Put[]) => ledger.store.commit({ puts })
  const alias = (id: string, person: string): Put => ({ kind: 'alias', id, expect: 0, doc: { person } })
  const person = (id: string, name = id): Put => ({
    kind: 'person',
    id,
    expect: 0,
    doc: { id, name, welcomed: false },
  })
  const called = (name: string, id = 'bo'): PersonRecord => ({ id, name, welcomed: false })

  describe('whom an id leads to', () => {
    it('is the person kept under it, before anybody else it may name', async () => {
      await put(person('bo'), person('cy'), alias('bo', 'cy'))
      assert.equal(await whoIs(ledger.store, 'bo'), 'bo')
    })

    it('is whoever is found at the end, over any number of names', async () => {
      await put(alias('a', 'b'), alias('b', 'c'), alias('c', 'bo'), person('bo'))
      assert.equal(await whoIs(ledger.store, 'a'), 'bo')
    })

    it('is nobody when names lead nowhere, or round in a circle', async () => {
      await put(alias('a', 'b'), alias('c', 'd'), alias('d', 'c'))
      for (const id of ['a', 'c', 'nobody']) assert.equal(await whoIs(ledger.store, id), null, id)
    })
  })

  describe('a record that another one replaces', () => {
    it('is gone, and its id leads to the other', async () => {
      await put(person('old'))
      assert.deepEqual(await replacing(ledger.store, 'old', 'bo'), [
        { kind: 'person', id: 'old', expect: 1, doc: null },
        alias('old', 'bo'),
      ])
    })

    it('leaves its id leading where it leads already', async () => {
      await put(alias('old', 'cy'))
      assert.deepEqual(await replacing(ledger.store, 'old', 'bo'), [])
    })

    it('hands on what an admin decided, unless something was decided about the other', async () => {
      await put(alias('old', 'bo'))
      const rights = (id: string, doc: object): Put => ({ kind: 'rights', id, expect: 0, doc })
      const graph = { eligibility: { teamsOnly: true, phoneSystem: true }, policy: null, at: 1 }
      await put(rights('old', { policy: 'sales', graph }))
      const gone = { kind: 'rights', id: 'old', expect: 1, doc: null }
      assert.deepEqual(await replacing(ledger.store, 'old', 'bo'), [
        gone,
        rights('bo', { policy: 'sales', graph }),
      ])
      await put(rights('bo', { policy: 'support' }))
      assert.deepEqual(await replacing(ledger.store, 'old', 'bo'), [
        gone,
        { kind: 'rights', id: 'bo', expect: 1, doc: { policy: 'support', graph } },
      ])
      await put(rights('cy', { policy: 'support' }))
      assert.deepEqual(await replacing(ledger.store, 'dee', 'cy'), [alias('dee', 'cy')])
    })
  })

  describe('the words of names', () => {
    const knows = async (name: string, id = 'bo') => {
      await put(person(id, name))
      return put(...(await underNames(ledger.store, called(name, id))))
    }
    const named = async (name: string) => [...(await idsNamed(ledger.store, name))]

    it('are told apart at blanks, commas, dots, semicolons and @, six at most', async () => {
      await knows('Bo.Ek,Senior;Sales@Contoso  Ltd Paris France')
      const words = ['bo', 'ek', 'senior', 'sales', 'contoso', 'ltd']
      assert.deepEqual([...(await ledger.ids('named'))].sort(), ['*', ...words].sort())
      for (const word of words) assert.deepEqual(await named(word), ['bo'], word)
      assert.deepEqual(await named('paris'), [])
    })

    it('do not hold the star that stands for the people met last', async () => {
      await knows('* Bo *')
      await knows('Cy', 'cy')
      assert.deepEqual(await ledger.ids('named'), ['*', 'bo', 'cy'])
      assert.deepEqual(await named('*'), ['cy', 'bo'])
      assert.deepEqual(await named('* bo'), ['bo'])
    })

    it('are not crowded out by stars', async () => {
      await knows('* * * * * * Bo')
      assert.deepEqual(await named('bo'), ['bo'])
    })

    it('are found together when all of them fit, whoever was met last first', async () => {
      await knows('Bo Ek')
      await knows('Bo Ås', 'bo2')
      assert.deepEqual(await named('bo'), ['bo2', 'bo'])
      assert.deepEqual(await named('ek BO'), ['bo'])
      assert.deepEqual(await named('bo nobody'), [])
      assert.deepEqual(await named(' ., '), ['bo2', 'bo'])
    })

    it('lead to nobody who is kept no more', async () => {
      await knows('Bo Ek')
      await put({ kind: 'person', id: 'bo', expect: 1, doc: null })
      assert.deepEqual(await named('bo'), [])
    })

    it('are not written again for whoever was met last', async () => {
      await knows('Bo Ek')
      assert.deepEqual(await underNames(ledger.store, called('Bo Ek')), [])
      await knows('Cy Ek', 'cy')
      const puts = await underNames(ledger.store, called('Bo Ek'))
      assert.deepEqual(
        puts.map((one) => [one.id, one.expect, one.doc]),
        [
          ['ek', 2, { people: ['bo', 'cy'] }],
          ['*', 2, { people: ['bo', 'cy'] }],
        ],
      )
    })
  })

  describe('all documents of a kind', () => {
    const walk = async (after?: string) => {
      const ids: string[] = []
      for await (const { id } of every(ledger.store, 'endedEarly', after)) ids.push(id)
      return ids
    }

    it('are gone through once each, over any number of pages', async () => {
      assert.deepEqual(await walk(), [])
      const ids = Array.from({ length: 401 }, (_, index) => String(index).padStart(3, '0'))
      await put(...ids.map((id): Put => ({ kind: 'endedEarly', id, expect: 0, doc: { at: 1 } })))
      assert.deepEqual(await walk(), ids)
      assert.deepEqual(await walk('398'), ['399', '400'])
    })
  })

  describe('an ended call', () => {
    it('is forgotten with its cards, and with an end that came too early', async () => {
      await meets(ledger, 'ann', 'bo', 'cy')
      await adds(ledger, 'ann', 'bo', 'cy')
      await sends(ledger, 'ann', 'immediate', callGroup)
      await offered(ledger, 'one', 'ann')
      const posted = { activity: 'a', conversation: 'c', version: 1, alerts: 1 }
      await put({ kind: 'card', id: 'pbx:one bo', expect: 0, doc: posted })
      await put({ kind: 'endedEarly', id: 'pbx:one', expect: 0, doc: { at: 1 } })
      const kept = await ledger.switchboard.calls.get('pbx:one')
      assert.deepEqual(await forgotten(ledger.store, 'pbx:one', kept, 0), {
        puts: [
          { kind: 'card', id: 'pbx:one bo', expect: 1, doc: null },
          { kind: 'call', id: 'pbx:one', expect: 1, doc: null },
          { kind: 'endedEarly', id: 'pbx:one', expect: 1, doc: null },
        ],
      })
    })

    it('is nothing to forget when nothing is kept of it', async () => {
      assert.deepEqual(await forgotten(ledger.store, 'pbx:one', null, 0), { puts: [] })
    })
  })

  describe('an address that turns out to be somebody’s', () => {
    const record = async () => (await ledger.store.get('person', 'bo')) ?? assert.fail()
    const link = async (address: string) => linkAddress(ledger, { person: 'bo', address })

    it('is theirs, with the groups of whoever was kept under it', async () => {
      await put(person('bo', 'Bo Ek'))
      await ledger.directory.mention('bo@contoso.com')
      await adds(ledger, 'ann', 'bo@contoso.com', 'cy')
      await link(' SIP:Bo@contoso.com')
      assert.deepEqual((await ledger.settings.settingsOf('ann')).group.members, ['bo', 'cy'])
      assert.equal(await ledger.directory.find('bo@contoso.com'), 'bo')
      assert.equal((await record()).doc.address, 'bo@contoso.com')
      assert.equal((await record()).doc.name, 'Bo Ek')
    })

    it('is theirs when nobody had it, and is not written twice', async () => {
      await put(person('bo', 'Bo Ek'))
      await link('bo@contoso.com')
      const { rev } = await record()
      await link('bo@contoso.com')
      assert.equal((await record()).rev, rev)
      assert.deepEqual(await ledger.ids('settings'), [])
    })

    it('leads to them, where it was only shown', async () => {
      const doc = { id: 'bo', name: 'Bo Ek', welcomed: false, address: 'bo@contoso.com' }
      await put({ kind: 'person', id: 'bo', expect: 0, doc })
      await link('bo@contoso.com')
      assert.equal(await ledger.directory.find('bo@contoso.com'), 'bo')
    })

    it('is shown instead of the one they had', async () => {
      await put(person('bo', 'Bo Ek'))
      for (const address of ['bo@contoso.com', 'ek@contoso.com', 'bo@contoso.com']) await link(address)
      assert.equal((await record()).doc.address, 'bo@contoso.com')
    })
  })
})
