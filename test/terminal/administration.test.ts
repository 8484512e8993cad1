import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tenantLines } from '../admin/tenant.ts'
import { adminKey, type Office, openOffice } from '../flows/office.ts'
import { beginCli } from './run-cli.ts'

describe('The terminal of an admin', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'terminal-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const run = (env: Readonly<Record<string, string>>, args: readonly string[], input = '') =>
    beginCli({ DATA_DIR: join(folder, 'data'), ...env }, args, input).ended
  const inFolder = (...args: readonly string[]) => run({}, args)

  it('reads and writes settings in the folder, and says what is wrong', async () => {
    const set = await inFolder(
      'set',
      'ann@contoso.com',
      'CallGroupOrder=InOrder',
      'CallGroupTargets=bo@contoso.com, cy@contoso.com',
    )
    assert.equal(set.code, 0, set.errors)
    const rule = ['IsForwardingEnabled=$true', 'ForwardingType=Immediate', 'ForwardingTargetType=Group']
    assert.equal((await inFolder('set', 'ann@contoso.com', ...rule)).code, 0)
    const choice = await inFolder('set', 'bo@contoso.com', 'GroupMembershipDetails=ann@contoso.com:Mute')
    assert.equal(choice.code, 0, choice.errors)
    const read = JSON.parse((await inFolder('get', 'sip:ann@contoso.com')).output) as Record<string, unknown>
    assert.deepEqual(read['CallGroupTargets'], ['sip:bo@contoso.com', 'sip:cy@contoso.com'])
    assert.equal(read['ForwardingTargetType'], 'Group')
    const wrong: ReadonlyArray<readonly [args: readonly string[], words: RegExp]> = [
      [['set', 'ann@contoso.com', 'CallGroupOrder'], /"CallGroupOrder" is not Field=value/u],
      [['set', 'ann@contoso.com', 'CallGroupOrder=InOrder'], /CallGroupTargets is missing.*\(E_FORMAT\)/u],
      [
        ['set', 'ann@contoso.com', 'CallGroupOrder=InOrder', 'CallGroupTargets='],
        /turn.*off.*\(E_GROUP_IN_USE\)/iu,
      ],
      [['set', 'bo@contoso.com', 'GroupMembershipDetails=Mute'], /not owner:Ring/u],
      [['get', 'nobody@contoso.com'], /\(E_NOT_FOUND\)/u],
      [['import', join(folder, 'nothing')], /cannot be read \(ENOENT\)/u],
      [['undo', '0123'], /nothing to undo.*\(E_NOT_FOUND\)/u],
    ]
    for (const [args, words] of wrong) {
      const { code, output, errors } = await inFolder(...args)
      assert.deepEqual([code, output], [1, ''], args.join(' '))
      assert.match(errors, words)
      assert.equal(errors.trimEnd().split('\n').length, 1)
    }
  })

  it('names the owners of resource accounts, lists them, and takes them away', async () => {
    const account = '00000000-0000-4000-8000-00000000000a'
    const accounts = (...args: readonly string[]) => inFolder('resource-accounts', ...args)
    assert.equal((await accounts()).errors, 'No resource account has an owner yet.\n')
    assert.equal((await accounts(account)).code, 1)
    const named = await accounts(account, 'ann@contoso.com')
    assert.equal(named.output, `${account} takes the calls of ann@contoso.com.\n`)
    for (const args of [[], [account.toUpperCase()]])
      assert.equal((await accounts(...args)).output, `${account} ann@contoso.com\n`)
    assert.equal((await accounts(account, '--remove')).code, 0)
    assert.match((await accounts(account, '--remove')).errors, /E_NOT_FOUND/u)
    assert.match((await accounts('sales', 'ann@contoso.com')).errors, /object id.*E_FORMAT/u)
  })

  it('takes a tenant in and gives it out again to the byte, names bad rows, and tries without keeping', async () => {
    const [first, second] = [join(folder, 'one.jsonl'), join(folder, 'two.jsonl')]
    const good = tenantLines(60, 11)
    await writeFile(first, [...good.slice(0, 9), '{"SipUri":"nobody"}', ...good.slice(9)].join('\n'))
    const tried = await inFolder('import', first, '--dry-run')
    assert.equal(tried.code, 1)
    assert.match(tried.errors, /^line 10: .*\(E_FORMAT\)$/mu)
    assert.match(
      tried.output,
      /^63 rows, \d\d people would be changed; nothing was kept, 1 row with problems\.$/mu,
    )
    assert.equal((await inFolder('export')).output, '')
    await inFolder('import', first, '--quiet')
    assert.equal((await inFolder('export', '--out', second)).errors, `Wrote ${second}.\n`)
    const again = await run({ DATA_DIR: join(folder, 'other') }, ['import', second])
    assert.equal(again.code, 0)
    assert.match(
      again.errors,
      /^Mind: \d\d people are known by address alone and not linked to Teams yet[^\n]*\n$/u,
    )
    const { output } = await run({ DATA_DIR: join(folder, 'other') }, ['export'])
    assert.equal(output, await readFile(second, 'utf8'))
    const rings = await inFolder(
      'who-rings',
      'person00001@contoso.com',
      '--tenant',
      second,
      '--caller',
      'pstn',
    )
    assert.match(rings.output, /^\{"stages":\[.*\],"end":\{.*\}\}\n$/u)
    assert.match((await inFolder('who-rings', 'nobody@contoso.com', '--tenant', second)).errors, /is not in/u)
  })

  describe('while the bot runs', () => {
    let office: Office
    beforeEach(async () => {
      office = await openOffice('msteams')
    })
    afterEach(() => office.close())
    const key = { ADMIN_API_KEY: adminKey }

    it('asks the bot, and does there what it does in the folder', async () => {
      const url = ['--url', office.botUrl]
      const ann = await office.person('Ann')
      await ann.say('add bo@contoso.com and cy@contoso.com')
      await office.administer('PUT', '/policies/Global', { AllowCallGroups: false })
      const preview = await run(key, [...url, 'sweep'])
      assert.match(
        preview.output,
        /^ann@contoso\.com: call groups are turned off; concerned: bo@contoso\.com, cy@contoso\.com$/mu,
      )
      assert.match(preview.errors, /Nothing was changed.*--apply/u)
      const done = await run(key, [...url, 'sweep', '--apply'])
      const [, id = ''] = /pickup-admin undo (\w+)/u.exec(done.errors) ?? []
      assert.match((await run(key, [...url, 'sweep', '--apply'])).errors, /^Nothing needs cleaning up\.$/mu)
      assert.equal((await run(key, [...url, 'undo', id])).output, 'Undone for ann@contoso.com.\n')
      assert.equal((await run(key, [...url, 'undo', id])).output, 'That was already undone.\n')
      const audit = await run(key, [...url, 'audit', 'ann@contoso.com', '--limit', '2'])
      assert.equal(audit.output.trimEnd().split('\n').length, 2)
      assert.match((await run(key, [...url, 'export'])).output, /"CallGroupTargets":\["sip:bo@contoso\.com"/u)
      const file = join(folder, 'teams.ps1')
      await run(key, [...url, 'export', '--ps1', '--out', file])
      const headers = { Authorization: `Bearer ${adminKey}` }
      const reply = await fetch(`${office.botUrl}/api/admin/export.ps1`, { headers })
      assert.equal(reply.headers.get('content-type'), 'text/plain; charset=utf-8')
      assert.equal(reply.headers.get('content-disposition'), 'attachment; filename="calling-settings.ps1"')
      const bytes = Buffer.from(await reply.arrayBuffer())
      assert.deepEqual(bytes.subarray(0, 5), Buffer.from('\uFEFF# '))
      assert.deepEqual(await readFile(file), bytes)
      const rows = await run(
        key,
        [...url, 'import', '-'],
        '[{"SipUri":"sip:zed@contoso.com","BusyOnBusyOption":"RingUser"}]',
      )
      assert.equal(rows.output, '1 row, 1 person changed, 0 rows with problems.\n')
    })

    it('lets go of somebody who has left, after a preview, and lists what can be taken back', async () => {
      const url = ['--url', office.botUrl]
      const ann = await office.person('Ann')
      await ann.say('add bo@contoso.com')
      const preview = await run(key, [...url, 'left', 'bo@contoso.com'])
      assert.deepEqual(preview.output, 'bo@contoso.com: has left; concerned: ann@contoso.com\n')
      assert.match(preview.errors, /Nothing was changed.*--apply/u)
      assert.equal((await run(key, [...url, 'undo'])).output, '')
      const done = await run(key, [...url, 'left', 'bo@contoso.com', '--apply'])
      const [, id = ''] = /pickup-admin undo (\S+)/u.exec(done.errors) ?? []
      assert.match(
        (await run(key, [...url, 'undo'])).output,
        new RegExp(`^${id}  .*Z  bo@contoso\\.com\n$`, 'u'),
      )
      assert.match(
        (await run(key, [...url, 'left', 'bo@contoso.com', '--apply'])).errors,
        /nothing to clean up/u,
      )
      assert.equal((await run(key, [...url, 'undo', id])).output, 'Undone for bo@contoso.com.\n')
    }).timeout(60_000)

    it('does not get in without the key, and says so', async () => {
      const url = ['--url', office.botUrl]
      assert.match((await run({}, [...url, 'sweep'])).errors, /ADMIN_API_KEY is not set/u)
      const wrong = await run({ ADMIN_API_KEY: 'not the key at all' }, [...url, 'export'])
      assert.deepEqual([wrong.code, wrong.output], [1, ''])
      assert.match(wrong.errors, /\(unauthorized\)/u)
      assert.match((await run(key, ['--url', 'http://127.0.0.1:1', 'sweep'])).errors, /No bot answers at/u)
    })

    it('finds the bot that runs on the folder by itself', async () => {
      const port = new URL(office.botUrl).port
      const there = { ...key, DATA_DIR: office.folder, PORT: port }
      assert.equal((await run(there, ['sweep'])).errors, 'Nothing needs cleaning up.\n')
      const without = await run({ DATA_DIR: office.folder, PORT: port }, ['sweep'])
      assert.equal(without.code, 1)
      assert.match(without.errors, /set ADMIN_API_KEY for both/u)
    })
  })
})
