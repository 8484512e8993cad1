import assert from 'node:assert/strict'
import { type Office, openOffice } from '../flows/office.ts'

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
