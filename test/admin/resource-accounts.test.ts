import assert from 'node:assert/strict'
import { adminKey, type Office, openOffice } from '../flows/office.ts'

const account = '00000000-0000-4000-8000-00000000000A'
const path = `/resource-accounts/${account}`

describe('The owner of a resource account', () => {
  let office: Office
  beforeEach(async () => (office = await openOffice('msteams')))
  afterEach(() => office.close())
  const listed = async () => (await office.administer('GET', '/resource-accounts')).body

  it('is named, also before they have met the bot, listed, changed and taken away', async () => {
    const named = await office.administer('PUT', path, { Owner: 'sip:Ann@contoso.com' })
    const ann = { Id: account.toLowerCase(), Owner: 'ann@contoso.com' }
    assert.deepEqual(named, { status: 200, body: ann })
    assert.deepEqual(await listed(), { value: [ann], next: null })
    await office.administer('PUT', path, { Owner: 'bo@contoso.com' })
    assert.deepEqual(await listed(), { value: [{ ...ann, Owner: 'bo@contoso.com' }], next: null })
    assert.equal((await office.administer('DELETE', path)).status, 204)
    assert.equal((await office.administer('DELETE', path)).status, 404)
    assert.deepEqual(await listed(), { value: [], next: null })
  })

  it('survives that somebody turns out to be another record', async () => {
    await office.administer('PUT', path, { Owner: 'ann@contoso.com' })
    const ann = await office.person('Ann')
    await ann.say('my group')
    const owner = { Id: account.toLowerCase(), Owner: 'ann@contoso.com' }
    assert.deepEqual(await listed(), { value: [owner], next: null })
  })

  it('is written down when it changes, and only then', async () => {
    for (let times = 0; times < 2; times += 1)
      await office.administer('PUT', path, { Owner: 'ann@contoso.com' })
    const { body } = await office.administer('GET', '/audit')
    const rows = (body as { value: ReadonlyArray<{ About: string; Door: string; Changes: unknown }> }).value
    const about = `resourceAccount:${account.toLowerCase()}`
    const ours = rows.filter((row) => row.About === about)
    assert.deepEqual(
      ours.map(({ Door, Changes }) => [Door, Changes]),
      [['http', [{ Part: 'owner', Before: null, After: 'ann@contoso.com' }]]],
    )
  })

  const bad: ReadonlyArray<readonly [string, unknown, RegExp]> = [
    ['/resource-accounts/sales', { Owner: 'ann@contoso.com' }, /object id/],
    [path, {}, /Owner must be an address/],
    [path, { Owner: 7 }, /Owner must be an address/],
    [path, { Owner: 'Ann' }, /Nobody can be called "Ann"/],
  ]
  for (const [where, body, says] of bad)
    it(`is refused as ${JSON.stringify(body)} at ${where}`, async () => {
      const { status, body: problem } = await office.administer('PUT', where, body)
      assert.equal(status, 400)
      assert.match((problem as { error: { message: string } }).error.message, says)
      assert.deepEqual(await listed(), { value: [], next: null })
    })
})

describe('Who rings a call group', () => {
  let office: Office
  beforeEach(async () => (office = await openOffice('msteams')))
  afterEach(() => office.close())
  const path = '/users/ann@contoso.com/calling-settings'
  const write = (body: object) => office.administer('PATCH', path, body)
  const isRungByTeams = async () =>
    ((await office.administer('GET', path)).body as Record<string, unknown>)['CallGroupRungByTeams']

  it('is set by itself, stays when the members change, and goes with a way that Teams does not have', async () => {
    const members = { CallGroupOrder: 'Simultaneous', CallGroupTargets: ['bo@contoso.com'] }
    await write(members)
    assert.equal(await isRungByTeams(), undefined)
    assert.equal((await write({ CallGroupRungByTeams: true })).status, 200)
    assert.equal(await isRungByTeams(), true)
    await write({ ...members, CallGroupTargets: ['bo@contoso.com', 'cy@contoso.com'] })
    assert.equal(await isRungByTeams(), true)
    await write({ CallGroupRungByTeams: false })
    assert.equal(await isRungByTeams(), undefined)
    assert.equal((await write({ CallGroupRungByTeams: 'perhaps' })).status, 400)
  })

  it('is given out and taken in again', async () => {
    await write({ CallGroupOrder: 'Simultaneous', CallGroupTargets: ['bo@contoso.com'] })
    await write({ CallGroupRungByTeams: true })
    const exported = async () =>
      (
        await fetch(`${office.botUrl}/api/admin/export`, { headers: { Authorization: `Bearer ${adminKey}` } })
      ).text()
    const before = await exported()
    assert.match(before, /"CallGroupRungByTeams":true/)
    await write({ CallGroupRungByTeams: false })
    const headers = { Authorization: `Bearer ${adminKey}`, 'Content-Type': 'text/plain' }
    await (await fetch(`${office.botUrl}/api/admin/import`, { method: 'POST', headers, body: before })).text()
    assert.equal(await exported(), before)
  })
})
