/** Addresses at the doors of admins: requests, import, export, and questions about who rings. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AdminParts } from '../../src/admin/api.ts'
import { exportLines, exportPowerShell } from '../../src/admin/export.ts'
import { importRows } from '../../src/admin/import.ts'
import { answerQuestion } from '../../src/admin/who-rings.ts'
import { toldText } from '../../src/chat/draw/refusal.ts'
import { realClock } from '../../src/clock.ts'
import { addMembers } from '../../src/core/members.ts'
import { openEmbedded } from '../../src/store/embedded/embedded.ts'
import { type Author } from '../../src/switchboard/author.ts'
import { desksOver } from '../../src/switchboard/desks.ts'
import { type Office, openOffice } from '../flows/office.ts'

const terminal: Author = { person: null, door: 'terminal', isQuiet: true }
/** Every character that Entra or mail allows in a name. */
const odd = "pat.o'b!#$%&*+-/=?^_`{|}~x@contoso.com"
const impossible = [
  'bo..ek@contoso.com',
  '.bo@contoso.com',
  'bo@contoso',
  'bo@contoso.com.',
  'bo@-contoso.com',
  'bo@contoso..com',
  '‘bo@contoso.com’',
  'bo@cy@contoso.com',
]

function forwardedTo(target: string) {
  return {
    IsForwardingEnabled: true,
    ForwardingType: 'Immediate',
    ForwardingTargetType: 'SingleTarget',
    ForwardingTarget: target,
  }
}

function groupOf(...members: readonly string[]) {
  return { CallGroupOrder: 'Simultaneous', CallGroupTargets: members }
}

describe('An address in a request of an admin', () => {
  let office: Office
  beforeEach(async () => {
    office = await openOffice('msteams')
  })
  afterEach(() => office.close())

  const pathOf = (address: string, end = 'calling-settings') => `/users/${encodeURIComponent(address)}/${end}`
  const ask = (method: string, path: string, body?: object) => office.administer(method, path, body)

  for (const address of [odd, ...[..."!#^~_-'$&*+=`{|}"].map((one) => `pat${one}x@contoso.com`)])
    it(`may be ${address}`, async () => {
      const member = await ask('PATCH', pathOf('ann@contoso.com'), groupOf(`sip:${address}`))
      const target = await ask('PATCH', pathOf('ann@contoso.com'), forwardedTo(address))
      const named = await ask('PATCH', pathOf(address), forwardedTo('bo@contoso.com'))
      assert.deepEqual([member.status, target.status, named.status], [200, 200, 200])
      assert.ok(JSON.stringify(target.body).includes(`"ForwardingTarget":"sip:${address}"`))
      const read = await ask('GET', pathOf(address))
      assert.ok(JSON.stringify(read.body).includes(`"SipUri":"sip:${address}"`))
      assert.ok(JSON.stringify(read.body).includes('"ForwardingTarget":"sip:bo@contoso.com"'))
    })

  it('has the apostrophe that a word processor made curly', async () => {
    await ask('PATCH', pathOf('pat.o’brien@contoso.com'), groupOf('sip:sean.o’neill@contoso.com'))
    const { body } = await ask('GET', "/users/pat.o'brien@contoso.com/calling-settings")
    assert.match(JSON.stringify(body), /sip:sean\.o'neill@contoso\.com/u)
    assert.equal((await ask('GET', pathOf('pat.o’brien@contoso.com'))).status, 200)
  })

  for (const address of impossible)
    it(`that nobody can have is refused in words, and nobody is kept: ${address}`, async () => {
      const before = await office.settled()
      const named = await ask('PATCH', pathOf(address), forwardedTo('bo@contoso.com'))
      const member = await ask('PATCH', pathOf('ann@contoso.com'), groupOf(`sip:${address}`))
      const target = await ask('PATCH', pathOf('ann@contoso.com'), forwardedTo(address))
      const policy = await ask('PUT', pathOf(address, 'policy'), { Policy: null })
      assert.deepEqual([named.status, member.status, target.status, policy.status], [404, 400, 400, 404])
      if (!address.includes('@cy@')) {
        assert.match(JSON.stringify(named.body), /Nobody can have the address/u)
        assert.match(JSON.stringify(member.body), /must be an address that somebody can have/u)
        assert.match(JSON.stringify(target.body), /must be an address that somebody can have/u)
      }
      assert.equal(await office.settled(), before)
    })
})

describe('An address in an import and an export', () => {
  const opened: Array<() => Promise<void>> = []
  afterEach(async () => {
    for (const close of opened.splice(0)) await close()
  })

  async function parts(): Promise<AdminParts> {
    const folder = await mkdtemp(join(tmpdir(), 'addresses-'))
    const store = await openEmbedded({ folder })
    opened.push(async () => {
      await store.close()
      await rm(folder, { recursive: true })
    })
    const desks = desksOver(
      store,
      () => realClock.now(),
      () => 'run',
    )
    return { ...desks, inWords: toldText }
  }

  async function imported(into: AdminParts, text: string): Promise<readonly string[]> {
    const said: string[] = []
    for await (const told of importRows(into, terminal, text))
      if (told.is === 'problem') said.push(`${told.line} ${told.code} ${told.message}`)
    return said
  }

  async function whole(lines: AsyncGenerator<string>): Promise<string> {
    let text = ''
    for await (const line of lines) text += line
    return text
  }

  it('may hold every character, and comes back the same', async () => {
    const [first, second] = [await parts(), await parts()]
    const rows = [
      { SipUri: `sip:${odd}`, ...groupOf('sip:ann@contoso.com'), ...forwardedTo('sip:ann@contoso.com') },
      { SipUri: 'sip:ann@contoso.com', ...groupOf(`sip:${odd}`), ...forwardedTo(`sip:${odd}`) },
    ]
    assert.deepEqual(await imported(first, JSON.stringify(rows)), [])
    const text = await whole(exportLines(first))
    assert.ok(text.includes(JSON.stringify(`sip:${odd}`)))
    assert.deepEqual(await imported(second, text), [])
    assert.equal(await whole(exportLines(second)), text)
  })

  it('stands in a script for Teams with every character that Entra has', async () => {
    const [into, ofEntra] = [await parts(), "pat.o'b!#^_~-x@contoso.com"]
    const rows = [
      { SipUri: `sip:${ofEntra}`, ...groupOf('sip:ann@contoso.com'), ...forwardedTo('sip:ann@contoso.com') },
      { SipUri: 'sip:ann@contoso.com', ...groupOf(`sip:${ofEntra}`), ...forwardedTo(`sip:${ofEntra}`) },
    ]
    assert.deepEqual(await imported(into, JSON.stringify(rows)), [])
    const quoted = `'sip:${ofEntra.replaceAll("'", "''")}'`
    const shell = await whole(exportPowerShell(into))
    assert.ok(shell.includes(`-Identity ${quoted} -CallGroupOrder`))
    assert.ok(shell.includes(`-ForwardingTarget ${quoted}`))
  })

  it('that nobody can have is refused in words, and the other rows are kept', async () => {
    for (const address of impossible) {
      const into = await parts()
      const rows = [
        JSON.stringify({ SipUri: `sip:${address}`, ...groupOf('sip:ann@contoso.com') }),
        JSON.stringify({ SipUri: 'sip:ann@contoso.com', ...groupOf(`sip:${address}`) }),
        JSON.stringify({ SipUri: 'sip:cy@contoso.com', ...groupOf('sip:dee@contoso.com') }),
      ]
      const said = await imported(into, rows.join('\n'))
      assert.deepEqual(said.map((one) => one.slice(0, 10)).sort(), ['1 E_FORMAT', '2 E_NOT_FO'], address)
      assert.equal(await into.directory.find(address), null)
      assert.deepEqual((await into.settings.settingsOf('cy@contoso.com')).group.members, ['dee@contoso.com'])
    }
  })

  it('that somebody was kept under before stays in an export, which this bot takes in again', async () => {
    const kept = await parts()
    const ghosts = ['bo@localhost', 'cy..ek@contoso.com']
    await kept.directory.mention('ann@contoso.com')
    for (const ghost of ghosts) await kept.directory.mention(ghost)
    await kept.settings.change(terminal, (who) => addMembers(who('ann@contoso.com'), ghosts, who))
    const text = await whole(exportLines(kept))
    for (const ghost of ghosts)
      assert.ok(text.includes(`"CallGroupTargets":["sip:bo@localhost","sip:${ghosts[1]}"]`), ghost)
    assert.deepEqual(await imported(kept, text), [])
    assert.equal(await whole(exportLines(kept)), text)
    assert.match(await whole(exportPowerShell(kept)), /@\('sip:bo@localhost','sip:cy\.\.ek@contoso\.com'\)/u)
  })
})

describe('An address in a question about who rings', () => {
  for (const address of [odd, 'bo@localhost', 'cy..ek@contoso.com'])
    it(`may be ${address}, also one that is only kept from before`, () => {
      const settings = {
        [address]: forwardedTo('ann@contoso.com'),
        'ann@contoso.com': forwardedTo(`sip:${address}`),
      }
      const caller = { kind: 'internal', id: 'carl@contoso.com' }
      for (const [owner, rings] of [
        ['ann@contoso.com', address],
        [`sip:${address}`, 'ann@contoso.com'],
      ]) {
        const answer = answerQuestion({ caller, owner, settings })
        assert.ok(!('error' in answer), JSON.stringify(answer))
        assert.ok(JSON.stringify(answer).includes(JSON.stringify(rings)), JSON.stringify(answer))
      }
    })
})
