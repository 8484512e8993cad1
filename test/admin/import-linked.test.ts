/** Rows about people whom the bot knows by other names, and who comes to be whom. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type AdminParts } from '../../src/admin/api.ts'
import { type ImportTold } from '../../src/admin/import.ts'
import { sender } from '../switchboard/desk.ts'
import { imported, newOffices, problemLines } from './importing.ts'

describe('A row about somebody of several names', () => {
  const offices = newOffices()
  let parts: AdminParts
  beforeEach(async () => (parts = await offices.open()))
  afterEach(offices.close)

  const boId = randomUUID()
  const group = { CallGroupOrder: 'InOrder', CallGroupTargets: ['sip:cy@contoso.com'] }
  const take = (...rows: readonly object[]) =>
    imported(parts, rows.map((row) => JSON.stringify(row)).join('\n'))
  const notLinked = (told: readonly ImportTold[]) =>
    told.flatMap((one) => (one.is === 'notLinked' ? [one.people] : []))
  const comes = (address: string, objectId = boId) => {
    const { reach } = sender('29:bo')
    return parts.directory.meet(
      sender('29:bo', { objectId, address, name: 'Bo Ek', reach: { ...reach, channel: 'msteams' } }),
    )
  }
  const find = (name: string) => parts.directory.find(name)

  it('attaches to whom Teams knows by the user principal name beside it', async () => {
    await take({ SipUri: 'sip:bo.ek@contoso.com', UserPrincipalName: 'bo@contoso.com', ...group })
    const { person } = await comes('bo@contoso.com')
    for (const name of [boId, 'bo@contoso.com', 'bo.ek@contoso.com'])
      assert.equal(await find(name), person.id)
    assert.deepEqual((await parts.settings.settingsOf(person.id)).group.members, ['cy@contoso.com'])
  })

  it('makes one of two records that other rows made', async () => {
    await take({ SipUri: 'sip:bo.ek@contoso.com', ...group }, { SipUri: 'sip:bo@contoso.com' })
    await take({ ObjectId: boId, SipUri: 'sip:bo.ek@contoso.com', UserPrincipalName: 'bo@contoso.com' })
    for (const name of ['bo@contoso.com', 'bo.ek@contoso.com']) assert.equal(await find(name), boId)
    assert.deepEqual((await parts.settings.settingsOf(boId)).group.members, ['cy@contoso.com'])
  })

  it('makes one of a record and of somebody met, whichever came first', async () => {
    await take({ SipUri: 'sip:bo.ek@contoso.com', ...group })
    const { person } = await comes('bo@contoso.com')
    assert.notEqual(await find('bo.ek@contoso.com'), person.id)
    await take({ SipUri: 'sip:bo.ek@contoso.com', UserPrincipalName: 'bo@contoso.com' })
    assert.equal(await find('bo.ek@contoso.com'), person.id)
    assert.deepEqual((await parts.settings.settingsOf(person.id)).group.members, ['cy@contoso.com'])
    assert.equal((await parts.directory.person(person.id)).address, 'bo@contoso.com', 'as Teams said')
  })

  it('takes no address from whoever has it in Teams, and says so', async () => {
    const { person } = await comes('bo@contoso.com')
    const [old, other] = [randomUUID(), randomUUID()]
    const told = await take({ ObjectId: old, SipUri: 'sip:bo@contoso.com', DisplayName: 'Old', ...group })
    assert.match(problemLines(told).join(), /^1: bo@contoso\.com is the address of somebody else by now/u)
    assert.equal(await find('bo@contoso.com'), person.id)
    assert.equal((await parts.directory.person(person.id)).name, 'Bo Ek')
    assert.deepEqual((await parts.settings.settingsOf(old)).group.members, ['cy@contoso.com'])
    assert.deepEqual(problemLines(await take({ ObjectId: other, SipUri: 'sip:dee@contoso.com' })), [])
    assert.deepEqual(problemLines(await take({ ObjectId: old, SipUri: 'sip:dee@contoso.com' })), [])
    assert.equal(await find('dee@contoso.com'), old, 'of two files the later one is right')
  })

  it('counts those who are known by address alone, until they come or a row has their object id', async () => {
    const rows = ['ann', 'bo', 'dee'].map((name) => ({ SipUri: `sip:${name}@contoso.com` }))
    assert.deepEqual(notLinked(await take(...rows)), [3])
    await comes('bo@contoso.com')
    assert.deepEqual(notLinked(await take(...rows)), [2])
    await take({ ObjectId: randomUUID(), SipUri: 'sip:ann@contoso.com' })
    assert.deepEqual(notLinked(await take(...rows)), [1])
    assert.deepEqual(notLinked(await take({ ObjectId: randomUUID(), SipUri: 'sip:dee@contoso.com' })), [])
  })
})
