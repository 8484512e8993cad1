import assert from 'node:assert/strict'
import { type CallingSettings } from '../../src/core/calling-settings.ts'
import { type PersonId } from '../../src/core/person.ts'
import { type PersonRecord } from '../../src/store/documents.ts'
import { delegate, group, script } from './power-shell-office.ts'

const ann = 'ann@contoso.com'
const bo = 'bo@contoso.com'
const set = "Set-CsUserCallingSettings -Identity 'sip:ann@contoso.com'"
const voicemail = { is: 'voicemail' } as const

describe('A script for Teams', () => {
  const linesOf = async (sheet: Partial<CallingSettings>, people?: readonly PersonRecord[]) =>
    (await script({ [ann]: sheet }, people)).split('\n')

  describe('makes the settings that are kept', () => {
    it('a group that is empty is emptied, when no rule leads there any more', async () => {
      const lines = await linesOf({ group: { members: [], order: 'inOrder' } })
      const emptied = lines.indexOf(`${set} -CallGroupOrder 'InOrder' -CallGroupTargets @()`)
      const freed = lines.findIndex((line) =>
        line.includes(
          `if ($_.IsForwardingEnabled -and $_.ForwardingTargetType -in @('Group','MyDelegates')) { ${set} -IsForwardingEnabled $false }; if ($_.IsUnansweredEnabled -and $_.UnansweredTargetType -in @('Group','MyDelegates')) { ${set} -IsUnansweredEnabled $true -UnansweredTargetType 'Voicemail' -UnansweredDelay $_.UnansweredDelay }`,
        ),
      )
      assert.ok(freed >= 0 && freed < emptied, lines.join('\n'))
    })

    it('delegates whom Teams has and who are none are removed, the others get what they may', async () => {
      const lines = await linesOf({
        delegates: [delegate(bo, 'makeCalls', 'receiveCalls'), delegate('cy@contoso.com')],
      })
      const both = "@('sip:bo@contoso.com','sip:cy@contoso.com')"
      const removal = `$_.Delegates | Where-Object { $_.Id -and ($_.Id -notin ${both} -or ($_.Id -in ${both} -and ($_.PickUpHeldCalls -or $_.JoinActiveCalls))) } | ForEach-Object { Remove-CsUserCallingDelegate -Identity 'sip:ann@contoso.com' -Delegate $_.Id }`
      const may =
        "-Identity 'sip:ann@contoso.com' -Delegate 'sip:bo@contoso.com' -MakeCalls $true -ReceiveCalls $true -ManageSettings $false"
      const at = [
        lines.findIndex((line) => line.includes(removal)),
        lines.indexOf(`New-CsUserCallingDelegate ${may} -ErrorAction 'SilentlyContinue'`),
        lines.indexOf(`Set-CsUserCallingDelegate ${may}`),
      ]
      assert.ok(
        at[0] !== -1 && at.every((one, index) => index === 0 || one > (at[index - 1] ?? one)),
        lines.join('\n'),
      )
      const none = await linesOf({})
      assert.ok(
        none.some((line) =>
          line.includes('Where-Object { $_.Id -and $_.Id -notin @() } | ForEach-Object { Remove-'),
        ),
      )
    })

    it('how groups may notify is written whole, Ring included, and an override that is gone mutes nobody', async () => {
      const lines = await linesOf({ memberships: [{ owner: bo, notification: 'ring' }] })
      const ring = "@{CallGroupOwnerId='sip:bo@contoso.com';NotificationSetting='Ring'}"
      assert.ok(lines.includes(`${set} -GroupMembershipDetails @(${ring})`), lines.join('\n'))
      const unmuted = `if ($_.GroupNotificationOverride -eq 'Mute') { ${set} -GroupNotificationOverride 'Ring' }`
      assert.ok(lines.some((line) => line.includes(unmuted)))
      const muted = await linesOf({ override: 'mute' })
      assert.ok(muted.includes(`${set} -GroupNotificationOverride 'Mute'`))
      assert.ok(!muted.some((line) => line.includes('-GroupNotificationOverride -eq')))
    })

    it('forwarding that is off is switched off, and rules never set stay as they are', async () => {
      const rule = { type: 'immediate', to: voicemail } as const
      for (const kept of [{}, { kept: rule }])
        assert.ok(
          (await linesOf({ forwarding: { is: 'off', ...kept } })).includes(
            `${set} -IsForwardingEnabled $false`,
          ),
        )
      assert.ok((await linesOf({ unanswered: { is: 'off' } })).includes(`${set} -IsUnansweredEnabled $false`))
      const never = await linesOf({ group: group(bo), delegates: [delegate(bo, 'receiveCalls')] })
      assert.ok(
        !never.some(
          (line) => line.includes('-IsForwardingEnabled $') || line.includes('-IsUnansweredEnabled $'),
        ),
      )
    })

    it('forwarding is set while unanswered calls go nowhere, and they go on afterwards', async () => {
      const forwarding = { is: 'on', rule: { type: 'immediate', to: voicemail } } as const
      const off = `${set} -IsUnansweredEnabled $false`
      const forward = `${set} -IsForwardingEnabled $true -ForwardingType 'Immediate' -ForwardingTargetType 'Voicemail'`
      const on = `${set} -IsUnansweredEnabled $true -UnansweredTargetType 'SingleTarget' -UnansweredDelay '00:00:40' -UnansweredTarget '+442079460000;ext=12'`
      const to = { is: 'number', number: '+442079460000;ext=12' } as const
      const rulesOf = async (unanswered: CallingSettings['unanswered']) => {
        const lines = await linesOf({
          forwarding,
          unanswered,
          group: group(bo),
          delegates: [delegate(bo, 'receiveCalls')],
        })
        return lines.filter(
          (line) => line.includes('-IsForwardingEnabled $true') || line.includes('-IsUnansweredEnabled $'),
        )
      }
      assert.deepEqual(await rulesOf({ is: 'on', rule: { to, after: 40 } }), [off, forward, on])
      assert.deepEqual(await rulesOf({ is: 'off' }), [off, forward])
      assert.deepEqual(await rulesOf({ is: 'neverSet' }), [
        `Get-CsUserCallingSettings -Identity 'sip:ann@contoso.com' | ForEach-Object { ${off}; ${forward}; if ($_.IsUnansweredEnabled) { ${set} -IsUnansweredEnabled $true }; if ($null -eq $_.IsUnansweredEnabled) { ${set} -IsUnansweredEnabled $true -UnansweredTargetType 'Voicemail' -UnansweredDelay '00:00:30' } }`,
      ])
    })

    it('a rule that leads where nobody can be named is left out', async () => {
      const people = [{ id: 'x', name: 'Åsa', welcomed: false }]
      const lines = await linesOf(
        {
          group: group('x'),
          delegates: [delegate('x', 'receiveCalls'), delegate(bo, 'makeCalls')],
          forwarding: { is: 'on', rule: { type: 'immediate', to: { is: 'group' } } },
          unanswered: { is: 'on', rule: { to: { is: 'delegates' }, after: 20 } },
        },
        people,
      )
      for (const rule of ['Forwarding', 'Unanswered'])
        assert.ok(
          lines.includes(
            `# Left out: ${rule} of sip:ann@contoso.com, since nobody is there who would take the calls.`,
          ),
          lines.join('\n'),
        )
      assert.ok(!lines.some((line) => line.startsWith(`${set} -Is`)))
    })

    it('what Teams has nothing like is a remark', async () => {
      const lines = await linesOf({ group: { ...group(bo), isRungByTeams: true } })
      assert.ok(
        lines.includes(
          '# Left out: CallGroupRungByTeams of sip:ann@contoso.com, since Teams has nothing like it.',
        ),
      )
    })

    it('what is in the way of others goes first, then come all groups, the rules, and how groups may notify', async () => {
      const sheet = (other: PersonId): Partial<CallingSettings> => ({
        group: group(other),
        forwarding: { is: 'on', rule: { type: 'simultaneous', to: { is: 'group' } } },
        memberships: [{ owner: other, notification: 'banner' }],
      })
      const text = await script({ [ann]: sheet(bo), [bo]: sheet(ann) })
      const order = [
        'Remove-Cs',
        '-CallGroupTargets',
        "-ForwardingTargetType 'Group'",
        '-GroupMembershipDetails',
      ]
      for (const [index, word] of order.slice(1).entries())
        assert.ok(text.lastIndexOf(order[index] ?? '') < text.indexOf(word), word)
      assert.equal(text, await script({ [bo]: sheet(ann), [ann]: sheet(bo) }))
    })

    it('of whom nothing is kept, nothing is written', async () => {
      const people = [{ id: bo, name: 'Bo', address: bo, welcomed: false }]
      assert.doesNotMatch((await script({}, people)).slice(1), /^(?!#)./mu)
    })
  })

  describe('says which version of the module it needs, where an older one would do otherwise', () => {
    const requires = (version: string) =>
      `#Requires -Modules @{ModuleName='MicrosoftTeams';ModuleVersion='${version}'}`
    const needs: ReadonlyArray<readonly [string, Partial<CallingSettings>, string | null, RegExp]> = [
      ['none', { delegates: [delegate(bo, 'makeCalls', 'receiveCalls', 'manageSettings')] }, null, /^/u],
      ['7.5.0', { delegates: [delegate(bo, 'pickUpHeldCalls')] }, '7.5.0', /^# .*7\.5\.0.*PickUpHeldCalls/mu],
      ['7.5.0', { delegates: [delegate(bo, 'joinActiveCalls')] }, '7.5.0', /^# .*7\.5\.0.*JoinActiveCalls/mu],
      ['8.0.0', { busyOnBusy: 'ringUser' }, '8.0.0', /^# .*8\.0\.0.*BusyOnBusyOption/mu],
      [
        'both',
        { busyOnBusy: 'playBusySignal', delegates: [delegate(bo, 'joinActiveCalls')] },
        '8.0.0',
        /7\.5\.0/u,
      ],
    ]
    for (const [name, sheet, version, remark] of needs)
      it(name, async () => {
        const lines = await linesOf(sheet)
        assert.deepEqual(
          lines.filter((line) => line.startsWith('#Requires')),
          version === null ? [] : [requires(version)],
        )
        assert.match(lines.join('\n'), remark)
        assert.equal(/\d\.\d\.\d/u.test(lines.join('\n')), version !== null)
      })
  })
})
