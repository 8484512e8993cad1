import assert from 'node:assert/strict'
import { type AdminParts } from '../../src/admin/api.ts'
import { exported, imported, importedRows, newOffices, problemLines } from './importing.ts'

const ann = { SipUri: 'sip:ann@contoso.com', CallGroupOrder: null, CallGroupTargets: ['sip:bo@contoso.com'] }
const json = JSON.stringify(ann)

describe('A file to import', () => {
  const offices = newOffices()
  let parts: AdminParts
  beforeEach(async () => {
    parts = await offices.open()
  })
  afterEach(offices.close)

  const otherForms: ReadonlyArray<readonly [name: string, text: string, words: RegExp]> = [
    [
      'Export-Csv of Windows PowerShell',
      '#TYPE Selected.System.Management.Automation.PSCustomObject\r\n"SipUri","CallGroupTargets"\r\n"sip:ann@contoso.com","System.String[]"\r\n',
      /CSV, as Export-Csv/u,
    ],
    ['Export-Csv', '"SipUri","Delegates"\n"sip:ann@contoso.com","@{Id=sip:di@contoso.com}"\n', /CSV/u],
    [
      'Export-Csv where lists are separated by semicolons',
      '"SipUri";"CallGroupOrder"\n"sip:ann@contoso.com";"InOrder"\n',
      /CSV/u,
    ],
    ['CSV without quotes', 'SipUri,CallGroupOrder\nsip:ann@contoso.com,InOrder\n', /CSV/u],
    ['CSV with tabs', '\uFEFFSipUri\tDisplay Name\nsip:ann@contoso.com\tAnn\n', /CSV/u],
    ['CSV of one column', '"SipUri"\r\n"sip:ann@contoso.com"\r\n', /CSV/u],
    [
      'Export-Clixml',
      '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\n  <Obj RefId="0">',
      /XML, as Export-Clixml/u,
    ],
    ['a web page', '<!DOCTYPE html>\n<html><body>{"error": 1}</body></html>', /XML or a web page/u],
    [
      'Format-List',
      '\n\nSipUri                    : sip:ann@contoso.com\nCallGroupTargets          : {sip:bo@contoso.com}\n',
      /a list, as Format-List/u,
    ],
    [
      'Format-Table',
      '\nSipUri              CallGroupTargets\n------              ----------------\nsip:ann@contoso.com {sip:bo@contoso.com}\n',
      /a table, as Format-Table/u,
    ],
    [
      'ConvertTo-Json of texts',
      '[\r\n  "@{SipUri=sip:ann@contoso.com; Delegates=System.Object[]}"\r\n]',
      /a list of texts/u,
    ],
    ['one text', '"@{SipUri=sip:ann@contoso.com}"', /a list of texts/u],
    ['names of types', '["System.Collections.Hashtable","System.Collections.Hashtable"]', /a list of texts/u],
    ['nothing but null', 'null', /no settings in this: it must be JSON\. Print/u],
    ['a list of numbers', '[1, 2]', /no settings in this: it must be JSON\. Print/u],
    ['words', 'Get-CsUserCallingSettings : The term is not recognized.', /no settings in this/u],
  ]
  for (const [name, text, words] of otherForms)
    it(`that is ${name} is named for what it is, with what to do, and nothing is kept`, async () => {
      const told = await imported(parts, text)
      const lines = problemLines(told)
      assert.equal(lines.length, 1)
      assert.match(lines[0] ?? '', words)
      assert.match(lines[0] ?? '', /^1: .*ConvertTo-Json -Depth 5/u)
      assert.deepEqual(told.at(-1), { is: 'done', rows: 0, changed: 0, problems: 1 })
      assert.equal(await exported(parts), '')
    })

  for (const [name, text] of [
    ['a list', `[\n${json}\n]`],
    ['a counted list', `{"value":[${json}],"Count":1}`],
    ['a list counted first', `{\r\n  "Count":  1,\r\n  "value":  [\r\n${json}\r\n]\r\n}`],
    ['lines below a warning of PowerShell', `WARNING: This cmdlet, soon, is gone.\n${json}\n`],
  ] as const)
    it(`that is ${name} is read`, async () => {
      assert.deepEqual(problemLines(await imported(parts, text)), [])
      assert.deepEqual((await parts.settings.settingsOf('ann@contoso.com')).group.members, ['bo@contoso.com'])
    })

  for (const text of ['', ' \n', '[]', '{"Count":0,"value":[]}', '{"value": [ ], "Count": 0}'])
    it(`that is ${JSON.stringify(text)} holds nobody, and that is no problem`, async () => {
      assert.deepEqual(await imported(parts, text), [
        { is: 'progress', done: 0, of: 0 },
        { is: 'progress', done: 0, of: 0 },
        { is: 'done', rows: 0, changed: 0, problems: 0 },
      ])
    })

  it('may name people whose addresses begin like the name of a type', async () => {
    const row = { ...ann, CallGroupTargets: ['system.admin@contoso.com', 'microsoft.test@contoso.com'] }
    assert.deepEqual(problemLines(await importedRows(parts, row)), [])
  })

  it('that is an empty object is told so', async () => {
    for (const text of ['{}', `[{},\n${json}]`])
      assert.match(
        problemLines(await imported(parts, text)).join('\n'),
        /^1: This row is empty: \{\} says nothing about anybody\. .*Get-CsUser.*$/u,
      )
  })

  const cut = /cut short: print it with ConvertTo-Json -Depth 5/u
  const rows: ReadonlyArray<readonly [row: object, words: RegExp]> = [
    [{ CallGroupTargets: 'System.Object[]' }, cut],
    [{ CallGroupTargets: ['System.String[]'] }, cut],
    [{ CallGroupTargets: ['@{Id=sip:bo@contoso.com}'] }, cut],
    [{ CallGroupTargets: ['Id:sip:bo@contoso.com'] }, cut],
    [{ CallGroupTargets: '{sip:bo@contoso.com, sip:cy@contoso.com...}' }, cut],
    [{ CallGroupTargets: ['sip:bo@conto…'] }, cut],
    [{ Delegates: ['Id:sip:di@contoso.com'] }, cut],
    [{ Delegates: '@{Id=sip:di@contoso.com; MakeCalls=True}' }, cut],
    [{ Delegates: [{ Id: 'Id:sip:di@contoso.com', MakeCalls: true }] }, cut],
    [{ Delegates: 'Microsoft.Rtc.Management.Hosted.Delegate' }, cut],
    [{ Delegators: ['@{Id=sip:di@contoso.com}'] }, cut],
    [{ GroupMembershipDetails: 'CallGroupOwnerId:sip:dee@contoso.com' }, cut],
    [
      {
        IsForwardingEnabled: false,
        ForwardingType: 'Immediate',
        ForwardingTargetType: 'SingleTarget',
        ForwardingTarget: 'sip:bo@contoso…',
      },
      cut,
    ],
    [{ CallGroupTargets: [{}] }, /CallGroupTargets\[0\] must name a person.*it is \{\}/u],
    [{ SipUri: 'sip:ann@conto…' }, /SipUri must say in full who this is about.*-Depth 5/u],
    [{ SipUri: 'sip:ann@contoso...' }, /SipUri must say in full who this is about.*-Depth 5/u],
    [
      { CallGroupTargets: Array.from({ length: 26 }, (_, index) => `sip:m${index}@contoso.com`) },
      /at most 25 members, and this list has 26\. Take 1 of them out\./u,
    ],
  ]
  for (const [row, words] of rows)
    it(`with ${JSON.stringify(row).slice(0, 60)} is told what is wrong, and keeps nobody`, async () => {
      const told = problemLines(await importedRows(parts, { ...ann, ...row }))
      assert.equal(told.length, 1, told.join('\n'))
      assert.match(told[0] ?? '', words)
      assert.equal(await exported(parts), '')
    })
})

describe('Whoever a row of an import names', () => {
  const offices = newOffices()
  let parts: AdminParts
  beforeEach(async () => {
    parts = await offices.open()
  })
  afterEach(offices.close)

  const isKnown = async (name: string) => (await parts.directory.find(`${name}@contoso.com`)) !== null

  it('is not kept when the row is refused: for what it says, or for what the rules say', async () => {
    const named = (name: string) => ({ SipUri: `sip:${name}@contoso.com` })
    await importedRows(
      parts,
      { ...named('ann'), ...ann, Delegates: ['sip:di@contoso.com'] },
      {
        ...named('eve'),
        IsForwardingEnabled: true,
        ForwardingType: 'Immediate',
        ForwardingTargetType: 'Group',
        Delegates: [{ Id: 'sip:fay@contoso.com' }],
      },
      {
        ...named('gus'),
        CallGroupOrder: 'InOrder',
        CallGroupTargets: [...'hijklm'].map((name) => `${name}@contoso.com`),
      },
      { ...named('kim'), CallGroupTargets: ['sip:lea@contoso.com'] },
      { ...named('max'), Delegators: [{ Id: 'sip:nia@contoso.com' }] },
      { ...named('max'), Delegates: [{ Id: 'sip:oz@contoso.com' }] },
      { ResourceAccount: { Id: '00000000-0000-4000-8000-0000000000aa', Owner: 'sip:pat@contoso.com' } },
    )
    const kept = ['ann', 'bo', 'di', 'eve', 'fay', 'gus', 'h', 'm', 'kim', 'lea', 'max', 'nia', 'oz', 'pat']
    const found = await Promise.all(kept.map(async (name) => ((await isKnown(name)) ? [name] : [])))
    assert.deepEqual(found.flat(), ['kim', 'max', 'pat'])
  })

  it('keeps all other choices when the owner of a group is not in the file, and the owner is named', async () => {
    const choice = (owner: string, NotificationSetting: string) => ({
      CallGroupOwnerId: `sip:${owner}@contoso.com`,
      NotificationSetting,
    })
    const told = await importedRows(
      parts,
      { ...ann, SipUri: 'sip:ann@contoso.com' },
      { ...ann, SipUri: 'sip:cy@contoso.com' },
      {
        SipUri: 'sip:bo@contoso.com',
        GroupMembershipDetails: [choice('ann', 'Mute'), choice('zoe', 'Banner'), choice('cy', 'Banner')],
        GroupNotificationOverride: 'Ring',
      },
    )
    assert.deepEqual(problemLines(told), [
      '3: This person is not in that call group (the one of zoe@contoso.com), so nothing was changed there.',
    ])
    const bo = await parts.settings.settingsOf('bo@contoso.com')
    assert.deepEqual(bo.memberships, [
      { owner: 'ann@contoso.com', notification: 'mute' },
      { owner: 'cy@contoso.com', notification: 'banner' },
    ])
    assert.equal(bo.override, 'ring')
    assert.equal(await isKnown('zoe'), false)
  })

  it('has the policy that is named with Tag: before it, as Get-CsOnlineUser prints it', async () => {
    const row = { SipUri: 'sip:ann@contoso.com', TeamsCallingPolicy: 'Tag:Sales' }
    const told = await importedRows(parts, row, { Identity: 'Tag:Sales', AllowPrivateCalling: true })
    assert.deepEqual(problemLines(told), [])
    assert.equal((await parts.rights.of('ann@contoso.com')).policy, 'Sales')
    assert.match(await exported(parts), /"TeamsCallingPolicy":"Sales"/u)
  })
})
