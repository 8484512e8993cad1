/** What the directory writes down about people, and what stays when two write at once. */
import assert from 'node:assert/strict'
import { Directory } from '../../src/switchboard/directory.ts'
import { sender } from './desk.ts'
import { type Ledger, openLedger } from './ledger.ts'
import { overtaken } from './overtaken.ts'

describe('The records of the directory', () => {
  let ledger: Ledger
  let directory: Directory
  beforeEach(async () => {
    ledger = await openLedger()
    directory = new Directory(ledger.store, ledger.now)
  })
  afterEach(() => ledger.close())

  const rev = async (id: string) => (await ledger.store.get('person', id))?.rev
  const aliasesOf = async (id: string) => {
    const aliases = await ledger.store.list('alias', { limit: 99 })
    return aliases.filter(({ doc }) => doc.person === id).map((alias) => alias.id)
  }

  /** Somebody else changes what is kept about Bo after the act has read it, and before it writes. */
  async function atOnce(act: (directory: Directory) => Promise<unknown>): Promise<void> {
    const kept = await ledger.store.get('person', 'bo')
    assert.ok(kept)
    const doc = { ...kept.doc, zone: 'Europe/London' }
    const other = { puts: [{ kind: 'person', id: 'bo', expect: kept.rev, doc }] } as const
    await act(
      new Directory(
        overtaken(ledger.store, () => true, other),
        ledger.now,
      ),
    )
  }

  it('hold no names but those that were told', async () => {
    await directory.meet(sender('29:bo'))
    assert.deepEqual(await ledger.ids('alias'), [])
    await directory.meet(sender('29:cy', { objectId: 'o-cy', address: 'cy@contoso.com' }))
    await directory.change('o-cy', (before) => ({ ...before, welcomed: true }))
    await directory.change('29:bo', (before) => ({ ...before, welcomed: true }))
    await directory.mention('o-dee', 'Dee')
    await directory.mention('eve@contoso.com')
    assert.deepEqual(await ledger.ids('alias'), ['29:cy', 'cy@contoso.com'])
    assert.equal(await ledger.store.get('alias', ''), null)
  })

  it('are not written again by a change that changes nothing', async () => {
    await directory.meet(sender('bo'))
    const before = await directory.person('bo')
    assert.deepEqual(await directory.change('bo', ({ ...same }) => same), before)
    assert.equal(await rev('bo'), 1)
  })

  it('are changed once, also by a change that would go on changing them', async () => {
    await directory.meet(sender('bo'))
    await directory.change('bo', (before) => ({ ...before, name: `${before.name}!` }))
    assert.equal((await directory.person('bo')).name, 'bo!')
  })

  it('keep both changes of two at once', async () => {
    await directory.meet(sender('bo'))
    await atOnce((late) => late.change('bo', (before) => ({ ...before, name: 'Bo Ek' })))
    const { name, zone } = await directory.person('bo')
    assert.deepEqual([name, zone], ['Bo Ek', 'Europe/London'])
  })

  it('are welcomed although somebody else changes them meanwhile', async () => {
    await directory.meet(sender('bo'))
    await atOnce((late) => late.welcome('bo'))
    assert.equal((await directory.person('bo')).welcomed, true)
    assert.deepEqual(await ledger.effects(), [
      { lane: 'chat bo', work: { do: 'tell', id: 'bo', what: 'welcome', about: 'bo' }, priority: 2 },
    ])
  })

  it('become who they say although somebody else changes them meanwhile', async () => {
    await directory.meet(sender('bo'))
    await atOnce((late) => late.become(sender('bo'), 'ann@contoso.com'))
    const [before, after] = [await directory.person('bo'), await directory.person('ann@contoso.com')]
    assert.deepEqual([before.reach, before.zone], [undefined, 'Europe/London'])
    assert.deepEqual([after.reach?.user, after.welcomed], ['bo', true])
  })

  it('get their address although somebody else changes them meanwhile', async () => {
    await directory.meet(sender('bo'))
    await atOnce((late) => late.giveAddress('bo', { address: 'bo@contoso.com', name: 'Bo' }))
    const { name, address, zone } = await directory.person('bo')
    assert.deepEqual([name, address, zone], ['Bo', 'bo@contoso.com', 'Europe/London'])
  })

  it('are made for somebody who says who they are before they were met', async () => {
    await directory.become(sender('29:bo'), 'bo@contoso.com')
    assert.deepEqual(await ledger.ids('person'), ['bo@contoso.com'])
    assert.equal(await directory.find('29:bo'), 'bo@contoso.com')
    assert.equal((await directory.person('bo@contoso.com')).address, 'bo@contoso.com')
  })

  it('are made for somebody who gets an address before they were met', async () => {
    await directory.giveAddress('o-bo', { address: 'bo@contoso.com', name: 'Bo Ek' })
    assert.deepEqual(await directory.person('o-bo'), {
      id: 'o-bo',
      name: 'Bo Ek',
      nameFrom: 'address',
      welcomed: false,
      address: 'bo@contoso.com',
    })
    assert.deepEqual(await ledger.ids('alias'), ['bo@contoso.com'])
    assert.deepEqual(await directory.named('ek'), [await directory.person('o-bo')])
  })

  it('need no other name for the address they are kept under', async () => {
    await directory.mention('bo@contoso.com')
    await directory.giveAddress('bo@contoso.com', { address: 'bo@contoso.com', name: 'Bo' })
    assert.deepEqual(await ledger.ids('alias'), [])
  })

  it('lead an address away from somebody else who had it, and nothing more', async () => {
    await directory.meet(sender('29:old', { objectId: 'o-old', address: 'bo@contoso.com' }))
    await directory.giveAddress('o-bo', { address: 'bo@contoso.com', name: 'Bo Ek' })
    assert.deepEqual(await aliasesOf('o-bo'), ['bo@contoso.com'])
    assert.deepEqual(await aliasesOf('o-old'), ['29:old'])
  })

  it('show the address that the channel told last', async () => {
    for (const address of ['bo@contoso.com', 'ek@contoso.com', 'Bo@contoso.com'])
      await directory.meet(sender('29:bo', { address }))
    assert.equal((await directory.person('29:bo')).address, 'bo@contoso.com')
  })

  it('show the real name of somebody who was only called by their address', async () => {
    await directory.giveAddress('o-bo', { address: 'bo@contoso.com', name: 'bo@contoso.com' })
    await directory.meet(sender('29:bo', { objectId: 'o-bo', name: 'Bo Ek' }))
    assert.equal((await directory.person('o-bo')).name, 'Bo Ek')
  })

  it('hold the zone that was told last, and forget it no more', async () => {
    for (const told of [{ zone: 'Europe/Paris' }, { zone: 'Asia/Tokyo' }, {}])
      await directory.meet(sender('bo', told))
    assert.equal((await directory.person('bo')).zone, 'Asia/Tokyo')
  })
})
