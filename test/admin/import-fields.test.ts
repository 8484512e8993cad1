import assert from 'node:assert/strict'
import { type AdminParts } from '../../src/admin/api.ts'
import { type ImportTold } from '../../src/admin/import.ts'
import { type CallingSettings } from '../../src/core/calling-settings.ts'
import { importedRows, imported, newOffices, problemLines } from './importing.ts'

const ann = 'ann@contoso.com'
const who = { SipUri: `sip:${ann}` }
const forwarding = { IsForwardingEnabled: true, ForwardingType: 'Immediate', ForwardingTargetType: 'Group' }
const unanswered = {
  IsUnansweredEnabled: false,
  UnansweredTargetType: 'SingleTarget',
  UnansweredTarget: '+442079460000',
  UnansweredDelay: '00:00:30',
}
const group = { CallGroupOrder: 'InOrder', CallGroupTargets: ['sip:bo@contoso.com', 'sip:cy@contoso.com'] }
const delegates = {
  Delegates: [{ Id: 'sip:di@contoso.com', MakeCalls: true, ReceiveCalls: true, ManageSettings: false }],
}
const choices = { GroupNotificationOverride: 'Banner', BusyOnBusyOption: 'RingUser' }
const inDees = (NotificationSetting: string) => ({
  GroupMembershipDetails: [{ CallGroupOwnerId: 'sip:dee@contoso.com', NotificationSetting }],
})
/** Every setting of a person there is. */
const all = { ...forwarding, ...unanswered, ...group, ...delegates, ...choices, ...inDees('Mute') }
const dee = { SipUri: 'sip:dee@contoso.com', CallGroupOrder: 'Simultaneous', CallGroupTargets: [who.SipUri] }

describe('A row of an import', () => {
  const offices = newOffices()
  let parts: AdminParts
  let before: CallingSettings
  beforeEach(async () => {
    parts = await offices.open()
    assert.deepEqual(problemLines(await importedRows(parts, dee, { ...who, ...all })), [])
    before = await sheet()
  })
  afterEach(offices.close)

  const sheet = () => parts.settings.settingsOf(ann)

  it('with nothing in it but a name erases nothing', async () => {
    assert.deepEqual(problemLines(await importedRows(parts, who)), [])
    assert.deepEqual(await sheet(), before)
  })

  const groups: ReadonlyArray<readonly [row: object, changed: Partial<CallingSettings>]> = [
    [
      { IsForwardingEnabled: false },
      { forwarding: { is: 'off', kept: { type: 'immediate', to: { is: 'group' } } } },
    ],
    [{ IsForwardingEnabled: null }, {}],
    [
      { IsForwardingEnabled: false, ForwardingType: null, ForwardingTargetType: null },
      { forwarding: { is: 'off' } },
    ],
    [
      { IsUnansweredEnabled: true },
      { unanswered: { is: 'on', rule: { to: { is: 'number', number: '+442079460000' }, after: 30 } } },
    ],
    [
      { IsUnansweredEnabled: null, UnansweredTargetType: null, UnansweredDelay: '00:00:20' },
      { unanswered: { is: 'neverSet' } },
    ],
    [
      { CallGroupOrder: 'Simultaneous', CallGroupTargets: 'sip:bo@contoso.com' },
      { group: { members: ['bo@contoso.com'], order: 'simultaneous' } },
    ],
    [
      { CallGroupRungByTeams: true },
      {
        group: { members: ['bo@contoso.com', 'cy@contoso.com'], order: 'simultaneous', isRungByTeams: true },
      },
    ],
    [{ Delegates: [] }, { delegates: [] }],
    [{ GroupNotificationOverride: null }, { override: null }],
    [{ BusyOnBusyOption: 'PlayBusySignal' }, { busyOnBusy: 'playBusySignal' }],
    [inDees('Banner'), { memberships: [{ owner: 'dee@contoso.com', notification: 'banner' }] }],
    [{ GroupMembershipDetails: [] }, {}],
    [{ TeamsCallingPolicy: null }, {}],
  ]
  for (const [row, changed] of groups)
    it(`with ${JSON.stringify(row)} leaves everything else alone`, async () => {
      assert.deepEqual(problemLines(await importedRows(parts, { ...who, ...row })), [])
      assert.deepEqual(await sheet(), { ...before, ...changed })
    })

  const partly: ReadonlyArray<readonly [row: object, missing: string, left: string]> = [
    [{ CallGroupTargets: [] }, 'CallGroupOrder is', 'CallGroup'],
    [{ CallGroupOrder: 'Simultaneous' }, 'CallGroupTargets is', 'CallGroup'],
    [{ IsForwardingEnabled: true, ForwardingType: 'Simultaneous' }, 'ForwardingTargetType is', 'Forwarding'],
    [
      { ForwardingTarget: '4711' },
      'IsForwardingEnabled and ForwardingType and ForwardingTargetType are',
      'Forwarding',
    ],
    [{ UnansweredDelay: '00:00:10' }, 'IsUnansweredEnabled and UnansweredTargetType are', 'Unanswered'],
    [
      { IsForwardingEnabled: false, ForwardingType: 'Immediate', ForwardingTargetType: 'SingleTarget' },
      'ForwardingTarget is',
      'Forwarding',
    ],
    [
      { IsUnansweredEnabled: false, UnansweredTargetType: 'singletarget', UnansweredDelay: 20 },
      'UnansweredTarget is',
      'Unanswered',
    ],
  ]
  for (const [row, missing, left] of partly)
    it(`with ${JSON.stringify(row)} says what is missing, leaves that alone, and keeps the rest`, async () => {
      const told = await importedRows(parts, { ...who, BusyOnBusyOption: 'PlayBusySignal', ...row })
      assert.deepEqual(problemLines(told), [`1: ${missing} missing, so ${left} was left as it is.`])
      assert.deepEqual(await sheet(), { ...before, busyOnBusy: 'playBusySignal' })
    })

  const misspelt: ReadonlyArray<readonly [row: object, ...said: ReadonlyArray<readonly [string, string]>]> = [
    [
      { callGroupTargets: [], callGroupOrder: null },
      ['callGroupTargets', 'CallGroupTargets'],
      ['callGroupOrder', 'CallGroupOrder'],
    ],
    [{ CallGroupOrder: 'Simultaneous', CallGroupTarget: [] }, ['CallGroupTarget', 'CallGroupTargets']],
    [
      { CallGroupOrder: null, CallGroupTargets: [], call_group_targets: [] },
      ['call_group_targets', 'CallGroupTargets'],
    ],
    [{ isForwardingEnabled: false }, ['isForwardingEnabled', 'IsForwardingEnabled']],
    [
      { IsForwardingEnabled: false, forwardingType: null, FORWARDINGTARGETTYPE: null },
      ['forwardingType', 'ForwardingType'],
      ['FORWARDINGTARGETTYPE', 'ForwardingTargetType'],
    ],
    [
      { ...unanswered, UnansweredTarget: undefined, UnansweredTargt: '4711' },
      ['UnansweredTargt', 'UnansweredTarget'],
    ],
    [{ delegates: [] }, ['delegates', 'Delegates']],
    [{ busyOnBusyOption: 'PlayBusySignal' }, ['busyOnBusyOption', 'BusyOnBusyOption']],
    [{ GroupNotificationOveride: null }, ['GroupNotificationOveride', 'GroupNotificationOverride']],
    [{ callGroupRungByTeams: true }, ['callGroupRungByTeams', 'CallGroupRungByTeams']],
    [
      { groupMembershipDetails: inDees('Ring').GroupMembershipDetails },
      ['groupMembershipDetails', 'GroupMembershipDetails'],
    ],
    [
      { teamsCallingPolicy: 'Nowhere', phoneSystem: false },
      ['teamsCallingPolicy', 'TeamsCallingPolicy'],
      ['phoneSystem', 'PhoneSystem'],
    ],
  ]
  for (const [row, ...said] of misspelt)
    it(`with ${Object.keys(row).join(', ')} erases nothing, and says what was probably meant`, async () => {
      const told = await importedRows(parts, { ...who, ...row })
      assert.deepEqual(
        problemLines(told),
        said.map(([name, meant]) => `1: \`${name}\`: did you mean \`${meant}\`? It was left as it is.`),
      )
      assert.deepEqual(await sheet(), before)
      assert.equal((await parts.rights.of(ann)).eligibilityFrom, 'default')
    })

  it('with names misspelt inside of its lists leaves those lists alone', async () => {
    const delegate = { Id: 'sip:di@contoso.com', receiveCalls: true, MakeCalls: false }
    const choice = { CallGroupOwnerId: dee.SipUri, notificationSetting: 'Ring' }
    const told = await importedRows(parts, { ...who, Delegates: [delegate], GroupMembershipDetails: choice })
    assert.deepEqual(problemLines(told), [
      '1: `receiveCalls` in Delegates: did you mean `ReceiveCalls`? It was left as it is.',
      '1: `notificationSetting` in GroupMembershipDetails: did you mean `NotificationSetting`? It was left as it is.',
    ])
    assert.deepEqual(await sheet(), before)
  })

  it('leaves alone what a delegate may do, and how a group may notify, where its lists do not say', async () => {
    const told = await importedRows(parts, {
      ...who,
      Delegates: [{ Id: 'sip:di@contoso.com', MakeCalls: false }, { Id: 'sip:eve@contoso.com' }],
      GroupMembershipDetails: [{ CallGroupOwnerId: dee.SipUri }],
    })
    assert.deepEqual(problemLines(told), [
      '1: NotificationSetting is missing for the group of sip:dee@contoso.com, so that choice was left as it is.',
    ])
    assert.deepEqual(await sheet(), {
      ...before,
      delegates: [
        { person: 'di@contoso.com', may: ['receiveCalls'] },
        { person: 'eve@contoso.com', may: [] },
      ],
    })
  })

  it('with names for itself that are misspelt is refused, and they are named', async () => {
    const told = problemLines(await importedRows(parts, { sipUri: who.SipUri, Delegates: [] }))
    assert.equal(told[0], '1: `sipUri`: did you mean `SipUri`? It was left as it is.')
    assert.match(told[1] ?? '', /SipUri must name the person/u)
    assert.deepEqual(await sheet(), before)
  })

  it('may have fields of Teams that the bot does not keep, each warned about once', async () => {
    const teams = { ...who, MusicOnHoldAudioFileId: null, CallForwardingNote: 'x'.repeat(9) }
    const told = await importedRows(parts, { ...teams, ...all }, { ...teams, SipUri: 'sip:eve@contoso.com' })
    const warnings = told.flatMap((one) => (one.is === 'warning' ? [`${one.line}: ${one.message}`] : []))
    assert.deepEqual(problemLines(told), [])
    assert.deepEqual(warnings, [
      '1: MusicOnHoldAudioFileId is not a setting the bot keeps, so it was left out.',
      '1: CallForwardingNote is not a setting the bot keeps, so it was left out.',
    ])
    assert.deepEqual(told.at(-1), { is: 'done', rows: 2, changed: 0, problems: 0 })
  })

  it('about a policy leaves alone what it does not say, and names what is misspelt', async () => {
    const policy = { Identity: 'Sales', AllowCallGroups: false, AllowVoicemail: 'AlwaysDisabled' }
    await importedRows(parts, { Policy: policy })
    const told = await importedRows(parts, {
      Policy: { Identity: 'Tag:sales', AllowDelegation: false, allowCallGroups: true },
    })
    assert.deepEqual(problemLines(told), [
      '1: `allowCallGroups` in Policy: did you mean `AllowCallGroups`? It was left as it is.',
    ])
    const kept = (await parts.rights.policy('Sales'))?.policy
    assert.deepEqual(
      [kept?.allowCallGroups, kept?.allowVoicemail, kept?.allowDelegation],
      [false, 'alwaysDisabled', false],
    )
  })

  it('about what somebody meets leaves alone what it does not say', async () => {
    await importedRows(parts, { ...who, TeamsOnly: false, PhoneSystem: false })
    await importedRows(parts, { ...who, PhoneSystem: true })
    assert.deepEqual((await parts.rights.of(ann)).eligibility, { teamsOnly: false, phoneSystem: true })
  })

  it('is not in the way of a setting that it leaves alone and a policy forbids by now', async () => {
    await parts.rights.setPolicy({ person: null, door: 'http' }, 'Global', {
      ...(await parts.rights.global()).policy,
      allowCallGroups: false,
    })
    assert.deepEqual(
      problemLines(await importedRows(parts, { ...who, BusyOnBusyOption: 'PlayBusySignal' })),
      [],
    )
    assert.deepEqual(problemLines(await importedRows(parts, { ...who, ...all })), [])
    assert.deepEqual(await sheet(), before)
  })

  it('may exchange all delegates while calls go to them', async () => {
    const toDelegates = { ...forwarding, ForwardingTargetType: 'MyDelegates' }
    await importedRows(parts, { ...who, ...toDelegates })
    const told = await importedRows(parts, {
      ...who,
      Delegates: [{ Id: 'sip:eve@contoso.com', ReceiveCalls: true }],
    })
    assert.deepEqual(problemLines(told), [])
    assert.deepEqual((await sheet()).delegates, [{ person: 'eve@contoso.com', may: ['receiveCalls'] }])
    assert.match(problemLines(await importedRows(parts, { ...who, Delegates: [] }))[0] ?? '', /delegate/u)
    assert.equal((await sheet()).delegates.length, 1)
  })
})

describe('A dry run of an import', () => {
  const offices = newOffices()
  let parts: AdminParts
  beforeEach(async () => {
    parts = await offices.open()
    await importedRows(parts, { Policy: { Identity: 'Sales' } }, { Policy: { Identity: 'Front desk' } })
    await importedRows(parts, dee, { ...who, ...all, TeamsCallingPolicy: 'Sales' })
  })
  afterEach(offices.close)

  const losses = (told: readonly ImportTold[]) =>
    told.flatMap((one) => (one.is === 'loss' ? [[one.line, one.person, ...one.lost]] : []))

  it('names everything that everybody would lose, and keeps nothing', async () => {
    const text = JSON.stringify({
      ...who,
      IsForwardingEnabled: null,
      ForwardingType: null,
      ForwardingTargetType: null,
      ...unanswered,
      UnansweredDelay: '00:00:10',
      CallGroupOrder: 'Simultaneous',
      CallGroupTargets: ['sip:cy@contoso.com'],
      Delegates: [{ Id: 'sip:eve@contoso.com', ReceiveCalls: true }],
      ...inDees('Ring'),
      GroupNotificationOverride: null,
      BusyOnBusyOption: 'PlayBusySignal',
      TeamsCallingPolicy: 'Front desk',
    })
    const before = await parts.settings.settingsOf(ann)
    const told = await imported(parts, text, true)
    assert.deepEqual(losses(told), [
      [
        1,
        ann,
        'IsForwardingEnabled true',
        'ForwardingType Immediate',
        'ForwardingTargetType Group',
        'UnansweredDelay 00:00:30',
        'Delegates sip:di@contoso.com (MakeCalls, ReceiveCalls)',
        'CallGroupOrder InOrder',
        'CallGroupTargets sip:bo@contoso.com',
        'GroupMembershipDetails sip:dee@contoso.com Mute',
        'GroupNotificationOverride Banner',
        'BusyOnBusyOption RingUser',
        'TeamsCallingPolicy Sales',
      ],
      [1, 'bo@contoso.com', 'GroupMembershipDetails sip:ann@contoso.com'],
      [1, 'di@contoso.com', 'Delegators sip:ann@contoso.com'],
    ])
    assert.deepEqual(told.at(-1), { is: 'done', rows: 1, changed: 1, problems: 0 })
    assert.deepEqual(await parts.settings.settingsOf(ann), before)
    assert.equal(await parts.directory.find('eve@contoso.com'), null)
  })

  it('names no losses where there are none: nothing changes, or something is added', async () => {
    const members = [...group.CallGroupTargets, 'sip:eve@contoso.com']
    const more = { ...who, CallGroupOrder: 'InOrder', CallGroupTargets: members }
    for (const row of [who, { ...who, ...all }, more, { ...who, CallGroupTargets: [] }])
      assert.deepEqual(losses(await imported(parts, JSON.stringify(row), true)), [], JSON.stringify(row))
  })

  it('names the owner whose calls a resource account would no longer take', async () => {
    const Id = '00000000-0000-4000-8000-0000000000aa'
    const account = (Owner: string) => ({ ResourceAccount: { Id, Owner } })
    await importedRows(parts, account(ann))
    const told = await imported(parts, JSON.stringify(account('dee@contoso.com')), true)
    assert.deepEqual(losses(told), [[1, ann, `ResourceAccount ${Id}`]])
    assert.equal(await parts.accounts.ownerOf(Id), ann)
  })
})
