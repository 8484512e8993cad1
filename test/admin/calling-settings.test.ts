import assert from 'node:assert/strict'
import { readCallingSettings } from '../../src/admin/calling-settings.ts'
import { type CallingSettings, neverConfigured } from '../../src/core/calling-settings.ts'
import { type Target } from '../../src/core/target.ts'

describe('calling settings as Teams prints them', () => {
  it('are those of somebody who never configured anything, when nothing is set', () => {
    const asPrinted = {
      SipUri: 'sip:user11@contoso.com',
      IsForwardingEnabled: null,
      ForwardingType: '',
      UnansweredDelay: '00:00:20',
      CallGroupOrder: 'Simultaneous',
      CallGroupTargets: [],
      PSComputerName: 'localhost',
    }
    assert.deepEqual(readCallingSettings(asPrinted), neverConfigured)
    assert.deepEqual(readCallingSettings({}), neverConfigured)
  })

  it('are read whatever their case, with and without sip:', () => {
    const settings = readCallingSettings({
      IsForwardingEnabled: 'TRUE',
      ForwardingType: 'simultaneous',
      ForwardingTargetType: 'SINGLETARGET',
      ForwardingTarget: 'SIP:Pat@Contoso.com',
      IsUnansweredEnabled: true,
      UnansweredTargetType: 'mydelegates',
      UnansweredDelay: 30,
      Delegates: { Id: 'Di@contoso.com', ReceiveCalls: true, MakeCalls: false, ManageSettings: null },
      Delegators: [{ Id: 'sip:max@contoso.com', ReceiveCalls: true }],
      CallGroupOrder: 'inorder',
      CallGroupTargets: ['sip:Bo@contoso.com', 'cy@contoso.com', 'BO@contoso.com'],
      GroupMembershipDetails: [{ CallGroupOwnerId: 'sip:Zoe@contoso.com', NotificationSetting: 'banner' }],
      GroupNotificationOverride: 'MUTE',
      BusyOnBusyOption: 'ringuser',
    })
    assert.deepEqual(settings, {
      group: { members: ['bo@contoso.com', 'cy@contoso.com'], order: 'inOrder' },
      forwarding: {
        is: 'on',
        rule: { type: 'simultaneous', to: { is: 'person', person: 'pat@contoso.com' } },
      },
      unanswered: { is: 'on', rule: { to: { is: 'delegates' }, after: 30 } },
      delegates: [{ person: 'di@contoso.com', may: ['receiveCalls'] }],
      managers: ['max@contoso.com'],
      busyOnBusy: 'ringUser',
      memberships: [{ owner: 'zoe@contoso.com', notification: 'banner' }],
      override: 'mute',
    } satisfies CallingSettings)
  })

  it('keep type and target of a rule that is off', () => {
    const settings = readCallingSettings({
      IsForwardingEnabled: false,
      ForwardingType: 'Immediate',
      ForwardingTargetType: 'Voicemail',
      IsUnansweredEnabled: false,
      UnansweredTargetType: 'Group',
      UnansweredDelay: '00:00:40',
    })
    assert.deepEqual(settings, {
      ...neverConfigured,
      forwarding: { is: 'off', kept: { type: 'immediate', to: { is: 'voicemail' } } },
      unanswered: { is: 'off', kept: { to: { is: 'group' }, after: 40 } },
    })
  })

  it('send unanswered calls without a target to voicemail at the same delay', () => {
    const settings = readCallingSettings({ IsUnansweredEnabled: true, UnansweredDelay: '00:00:10' })
    assert.deepEqual(settings, {
      ...neverConfigured,
      unanswered: { is: 'on', rule: { to: { is: 'voicemail' }, after: 10 } },
    })
  })

  it('ring in a group whose notification was never chosen', () => {
    const settings = readCallingSettings({
      GroupMembershipDetails: [{ CallGroupOwnerId: 'zoe@contoso.com' }],
    })
    assert.deepEqual(settings, {
      ...neverConfigured,
      memberships: [{ owner: 'zoe@contoso.com', notification: 'ring' }],
    })
  })

  const delays: ReadonlyArray<readonly [unknown, number]> = [
    ['00:00:05', 5],
    ['0:00:15', 15],
    ['00:01:00', 60],
    ['00:00:20.0000000', 20],
    ['50', 50],
    [40, 40],
    [{ Ticks: 300000000, Days: 0, Seconds: 30, TotalSeconds: 30 }, 30],
    [null, 20],
  ]
  for (const [given, seconds] of delays) {
    it(`have the unanswered delay ${JSON.stringify(given)}, which is ${seconds} seconds`, () => {
      const settings = readCallingSettings({ IsUnansweredEnabled: true, UnansweredDelay: given })
      assert.ok(!('error' in settings) && settings.unanswered.is === 'on')
      assert.equal(settings.unanswered.rule.after, seconds)
    })
  }

  const singleTargets: ReadonlyArray<readonly [string, Target]> = [
    ['tel:+1 (206) 555-1234', { is: 'number', number: '+12065551234' }],
    ['+1206555000;ext=1234', { is: 'number', number: '+1206555000;ext=1234' }],
    ['1234', { is: 'number', number: '1234' }],
    ['pat@contoso.com', { is: 'person', person: 'pat@contoso.com' }],
    [
      '11111111-2222-3333-4444-55555555AAAA',
      { is: 'person', person: '11111111-2222-3333-4444-55555555aaaa' },
    ],
    [
      '11111111-2222-3333-4444-555555555555',
      { is: 'person', person: '11111111-2222-3333-4444-555555555555' },
    ],
  ]
  for (const [given, to] of singleTargets) {
    it(`forward to ${given}, which is a ${to.is}`, () => {
      const settings = readCallingSettings({ ...forwardedTo('SingleTarget'), ForwardingTarget: given })
      assert.ok(!('error' in settings))
      assert.deepEqual(settings.forwarding, { is: 'on', rule: { type: 'immediate', to } })
    })
  }
})

function forwardedTo(type: string) {
  return { IsForwardingEnabled: true, ForwardingType: 'Immediate', ForwardingTargetType: type }
}
