import assert from 'node:assert/strict'
import { type AdminParts } from '../../src/admin/api.ts'
import { exportPowerShell } from '../../src/admin/export.ts'
import { type ImportTold } from '../../src/admin/import.ts'
import { routes } from '../../src/admin/admin.ts'
import { every } from '../../src/switchboard/every.ts'
import { type SettingsDesk } from '../../src/switchboard/settings.ts'
import { mismatches } from '../core/mismatches.ts'
import { exported, imported, newOffices, problems, terminal } from './importing.ts'
import { tenantLines } from './tenant.ts'

describe('Settings of many people', () => {
  const offices = newOffices()
  const office = offices.open
  afterEach(offices.close)

  it('come back to the byte from an export, through an import, in another export', async () => {
    const [first, second] = [await office(), await office()]
    const lines = tenantLines(400, 7)
    assert.deepEqual(problems(await imported(first, lines.join('\n'))), [])
    const text = await exported(first)
    const done = await imported(second, text)
    assert.deepEqual(problems(done), [])
    assert.equal(await exported(second), text)
    assert.deepEqual(mismatches(await sheets(second)), [])
    // Nothing of what was drawn got lost on the way in.
    for (const word of [
      '"TeamsOnly":false',
      'No sharing',
      'InOrder',
      'Banner',
      'MyDelegates',
      ';ext=12',
      'RingUser',
      'Front desk',
      '00:00:15',
    ])
      assert.ok(text.includes(word), word)
    assert.deepEqual(last(await imported(second, text)), { is: 'done', rows: 403, changed: 0, problems: 0 })
  })

  it('name rows that cannot be kept by their lines, and keep the rest', async () => {
    const parts = await office()
    const text = `[
  { "SipUri": "sip:ann@contoso.com", "CallGroupOrder": "Simultaneous", "CallGroupTargets": ["sip:bo@contoso.com"],
    "IsForwardingEnabled": true, "ForwardingType": "Immediate", "ForwardingTargetType": "Group" },
  { "SipUri": "nobody" },
  { "SipUri": "sip:cy@contoso.com", "IsForwardingEnabled": true, "ForwardingType": "Immediate",
    "ForwardingTargetType": "Group" },
  { "SipUri": "sip:ann@contoso.com" },
  { "SipUri": "sip:dee@contoso.com", "IsUnansweredEnabled": true, "UnansweredTargetType": "Voicemail", "UnansweredDelay": 17 },
  { "SipUri": "sip:eve@contoso.com", "TeamsCallingPolicy": "Nowhere" },
  { "SipUri": "sip:bo@contoso.com",
    "GroupMembershipDetails": { "CallGroupOwnerId": "sip:ann@contoso.com", "NotificationSetting": "Mute" } },
  { "SipUri": "sip:fay@contoso.com" "broken": 1 }
]`
    const told = await imported(parts, text)
    assert.deepEqual(
      problems(told).map(({ line, code }) => `${line} ${code}`),
      ['4 E_FORMAT', '7 E_DUP', '12 E_FORMAT', '8 E_DELAY', '9 E_NOT_FOUND', '5 E_EMPTY_GROUP'],
    )
    assert.deepEqual(last(told), { is: 'done', rows: 8, changed: 2, problems: 6 })
    assert.deepEqual((await parts.settings.settingsOf('bo@contoso.com')).memberships, [
      { owner: 'ann@contoso.com', notification: 'mute' },
    ])
  })

  it('are tried without keeping anything, and told what would be lost', async () => {
    const parts = await office()
    const run = routes.find(({ path }) => path === '/import')?.run
    const tried = async (body: string) => {
      const query = new URLSearchParams('dryRun=true')
      const reply = await run?.({ parts, by: terminal, params: {}, query, body })
      const told: string[] = []
      for await (const line of reply?.body as AsyncIterable<string>) told.push(line)
      return told
    }
    const before = await exported(parts)
    const told = await tried(tenantLines(20, 3).join('\n'))
    assert.match(told.at(-1) ?? '', /"rows":22,"changed":[1-9]\d*,"problems":0/u)
    assert.equal(await exported(parts), before)
    assert.deepEqual(await parts.store.audit({ limit: 9 }), [])
    const ann = { SipUri: 'sip:ann@contoso.com', Delegates: [{ Id: 'sip:di@contoso.com' }] }
    await imported(parts, JSON.stringify(ann))
    const lost = (await tried(JSON.stringify({ ...ann, Delegates: [] }))).filter((line) =>
      line.includes('"loss"'),
    )
    assert.deepEqual(lost, [
      '{"is":"loss","line":1,"person":"ann@contoso.com","lost":["Delegates sip:di@contoso.com"]}\n',
      '{"is":"loss","line":1,"person":"di@contoso.com","lost":["Delegators sip:ann@contoso.com"]}\n',
    ])
  })

  it('are kept when they were allowed before the import, or are by its own policies', async () => {
    const parts = await office()
    const group = {
      SipUri: 'sip:ann@contoso.com',
      CallGroupOrder: 'Simultaneous',
      CallGroupTargets: ['sip:bo@contoso.com'],
    }
    const set = async (...rows: readonly object[]) =>
      problems(await imported(parts, rows.map((row) => JSON.stringify(row)).join('\n'))).map(
        ({ code }) => code,
      )
    const off = { Policy: { Identity: 'Global', AllowCallGroups: false } }
    assert.deepEqual(await set(off, group), [], 'allowed before')
    assert.deepEqual(await set(off, group), [], 'nothing is to be changed')
    assert.deepEqual(await set({ ...group, CallGroupTargets: ['sip:cy@contoso.com'] }), ['E_POLICY_GROUPS'])
    const on = { Policy: { Identity: 'Sales', AllowCallGroups: true } }
    const more = { ...group, CallGroupTargets: ['sip:cy@contoso.com'], TeamsCallingPolicy: 'Sales' }
    assert.deepEqual(await set(on, more), [], 'allowed afterwards')
    assert.deepEqual((await parts.settings.settingsOf('ann@contoso.com')).group.members, ['cy@contoso.com'])
  })

  it('are read as Windows PowerShell and newer ones print them', async () => {
    const parts = await office()
    const never = {
      ForwardingType: null,
      ForwardingTarget: '',
      ForwardingTargetType: null,
      IsForwardingEnabled: null,
      Delegates: { value: [], Count: 0 },
      Delegators: null,
      GroupNotificationOverride: '',
    }
    const row = (name: string, more: object) => ({ SipUri: `sip:${name}@contoso.com`, ...never, ...more })
    const unanswered = { IsUnansweredEnabled: true, UnansweredTargetType: 'Voicemail', UnansweredTarget: '' }
    const rows = [
      row('ann', { ...unanswered, UnansweredDelay: { Ticks: 300_000_000, Seconds: 30, TotalSeconds: 30 } }),
      row('bo', { ...unanswered, UnansweredDelay: { Ticks: 300_000_000 } }),
      row('cy', { ...unanswered, UnansweredDelay: '00:00:30' }),
      row('dee', {
        CallGroupOrder: 'inorder',
        CallGroupTargets: { value: ['sip:ann@contoso.com', 'sip:Bo@Contoso.com'], Count: 2 },
      }),
      row('eve', { Delegates: ['@{Id=sip:ann@contoso.com; MakeCalls=True}'] }),
      row('fay', { CallGroupOrder: null, CallGroupTargets: ['sip:guest_elsewhere.com#EXT#@contoso.com'] }),
    ]
    const told = problems(await imported(parts, JSON.stringify(rows, null, 2)))
    assert.deepEqual(
      told.map(({ code, message }) => [code, message.includes('-Depth 5')]),
      [
        ['E_FORMAT', true],
        ['E_EXTERNAL', false],
      ],
    )
    for (const name of ['ann', 'bo', 'cy']) {
      const { unanswered: rule } = await parts.settings.settingsOf(`${name}@contoso.com`)
      assert.deepEqual(rule, { is: 'on', rule: { to: { is: 'voicemail' }, after: 30 } }, name)
    }
    const { group } = await parts.settings.settingsOf('dee@contoso.com')
    assert.deepEqual(group, { members: ['ann@contoso.com', 'bo@contoso.com'], order: 'inOrder' })
  })

  it('are read from a list that Windows PowerShell counted, with the lines of its rows', async () => {
    const parts = await office()
    const rows = [
      { SipUri: 'sip:ann@contoso.com', CallGroupOrder: null, CallGroupTargets: 'sip:bo@contoso.com' },
      { SipUri: 'nobody' },
    ]
    const told = await imported(
      parts,
      JSON.stringify({ value: rows, Count: 2 }, null, 2).replaceAll('\n', '\r\n'),
    )
    assert.deepEqual(
      problems(told).map(({ line, code }) => [line, code]),
      [[8, 'E_FORMAT']],
    )
    assert.deepEqual((await parts.settings.settingsOf('ann@contoso.com')).group.members, ['bo@contoso.com'])
  })

  it('bring policies along as Get-CsTeamsCallingPolicy prints them', async () => {
    const parts = await office()
    const policy = {
      Description: 'For sales',
      AllowPrivateCalling: true,
      AllowCallGroups: false,
      AllowWebPSTNCalling: true,
    }
    const row = { SipUri: 'sip:ann@contoso.com', TeamsCallingPolicy: 'Sales' }
    const text = JSON.stringify([{ Identity: 'Tag:Sales', ...policy }, row])
    assert.deepEqual(problems(await imported(parts, text)), [])
    assert.equal((await parts.rights.policy('Sales'))?.policy.allowCallGroups, false)
    assert.equal((await parts.rights.of('ann@contoso.com')).policy, 'Sales')
    const bad = [
      { ...policy },
      { ...policy, Identity: 'x'.repeat(65) },
      { ...policy, Identity: 'A', AllowVoicemail: 1 },
    ]
    const told = problems(await imported(parts, bad.map((one) => JSON.stringify(one)).join('\n')))
    assert.deepEqual(
      told.map(({ line, code }) => `${line} ${code}`),
      ['1 E_FORMAT', '2 E_FORMAT', '3 E_FORMAT'],
    )
  })

  it('are missed in a file that holds none, but not in an empty list', async () => {
    const parts = await office()
    const told = await imported(parts, 'SipUri,CallGroupOrder\nsip:ann@contoso.com,InOrder\n')
    assert.match(problems(told)[0]?.message ?? '', /no settings in this: it must be JSON/u)
    assert.deepEqual(last(told), { is: 'done', rows: 0, changed: 0, problems: 1 })
    for (const text of ['', '[]', '\uFEFF[\n]\n'])
      assert.deepEqual(problems(await imported(parts, text)), [], text)
  })

  it('replace what was there: members, delegates and rules that the fields of a row do not name are gone', async () => {
    const parts = await office()
    const row = (more: object) => JSON.stringify({ SipUri: 'sip:ann@contoso.com', ...more })
    const delegate = { Id: 'sip:di@contoso.com', ReceiveCalls: true }
    const rule = {
      IsForwardingEnabled: true,
      ForwardingType: 'Immediate',
      ForwardingTargetType: 'MyDelegates',
    }
    const group = (...members: readonly string[]) => ({ CallGroupOrder: null, CallGroupTargets: members })
    await imported(parts, row({ ...rule, Delegates: [delegate], ...group('sip:bo@contoso.com') }))
    const none = { IsForwardingEnabled: null, ForwardingType: null, ForwardingTargetType: null }
    await imported(parts, row({ ...none, Delegates: null, ...group('sip:cy@contoso.com') }))
    const ann = await parts.settings.settingsOf('ann@contoso.com')
    assert.deepEqual(
      [ann.group.members, ann.delegates, ann.forwarding],
      [['cy@contoso.com'], [], { is: 'neverSet' }],
    )
    assert.deepEqual(mismatches(await sheets(parts)), [])
  })

  it('know a person by object id and address as one, whichever was there first', async () => {
    const parts = await office()
    const id = '00000000-0000-0000-0000-00000000000a'
    await parts.directory.mention('bo@contoso.com')
    await imported(
      parts,
      '{"SipUri":"sip:ann@contoso.com","CallGroupOrder":null,"CallGroupTargets":["sip:bo@contoso.com"]}',
    )
    await imported(parts, `{"SipUri":"sip:bo@contoso.com","ObjectId":"${id}","DisplayName":"Bo Ek"}`)
    assert.equal(await parts.directory.find('bo@contoso.com'), id)
    assert.deepEqual((await parts.settings.settingsOf('ann@contoso.com')).group.members, [id])
    assert.equal((await parts.directory.person(id)).name, 'Bo Ek')
  })

  it('bring along whose calls resource accounts take', async () => {
    const [first, second] = [await office(), await office()]
    const [account, other] = ['00000000-0000-4000-8000-0000000000aa', '00000000-0000-4000-8000-0000000000bb']
    const line = (id: string, owner: string) => JSON.stringify({ ResourceAccount: { Id: id, Owner: owner } })
    const text = [line(account.toUpperCase(), 'sip:Ann@contoso.com'), line(other, 'bo@contoso.com')].join(
      '\n',
    )
    assert.deepEqual(last(await imported(first, text)), { is: 'done', rows: 2, changed: 0, problems: 0 })
    await first.accounts.setOwner(terminal, other, null)
    const lines = await exported(first)
    assert.ok(lines.includes(`${line(account, 'ann@contoso.com')}\n`), lines)
    assert.ok(!lines.includes(other))
    assert.deepEqual(problems(await imported(second, lines)), [])
    assert.equal(await second.accounts.ownerOf(account), 'ann@contoso.com')
    assert.equal(await exported(second), lines)
    const bad = [line('line', 'ann@contoso.com'), line(other, 'nobody'), line(account, ''), line(other, 'bo')]
    assert.deepEqual(
      problems(await imported(second, bad.join('\n'))).map(({ line: at, code }) => `${at} ${code}`),
      ['1 E_FORMAT', '3 E_FORMAT', '4 E_DUP', '2 E_FORMAT'],
    )
    assert.equal(await second.accounts.ownerOf(other), null)
  })

  it('become PowerShell in which how groups may notify is written whole, as every group of parameters', async () => {
    const parts = await office()
    const group = (owner: string) =>
      `{"SipUri":"sip:${owner}@contoso.com","CallGroupOrder":null,"CallGroupTargets":["bo@contoso.com"]}`
    const choice = '{"CallGroupOwnerId":"ann@contoso.com","NotificationSetting":"Mute"}'
    const bo = `{"SipUri":"sip:bo@contoso.com","GroupMembershipDetails":[${choice}]}`
    await imported(parts, `${group('ann')}\n${group('cy')}\n${bo}`)
    let text = ''
    for await (const line of exportPowerShell(parts)) text += line
    assert.ok(
      text.includes(
        "-GroupMembershipDetails @(@{CallGroupOwnerId='sip:ann@contoso.com';NotificationSetting='Mute'},@{CallGroupOwnerId='sip:cy@contoso.com';NotificationSetting='Ring'})",
      ),
    )
  })
})

function last(told: readonly ImportTold[]): ImportTold | undefined {
  return told.at(-1)
}

async function sheets({ store }: AdminParts) {
  const found: Array<readonly [string, Awaited<ReturnType<SettingsDesk['settingsOf']>>]> = []
  for await (const { id, doc } of every(store, 'settings')) found.push([id, doc])
  return found
}
