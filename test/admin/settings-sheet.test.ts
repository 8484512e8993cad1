import assert from 'node:assert/strict'
import fc from 'fast-check'
import { readCallingSettings } from '../../src/admin/calling-settings.ts'
import { writeCallingSettings } from '../../src/admin/settings-sheet.ts'
import { type CallingSettings } from '../../src/core/calling-settings.ts'
import { delegatePermissions } from '../../src/core/delegate.ts'
import { type ForwardingType } from '../../src/core/forwarding.ts'
import { type Notification } from '../../src/core/notification.ts'
import { type Target } from '../../src/core/target.ts'
import { ringTimeouts } from '../../src/core/unanswered.ts'

describe('calling settings written for Teams', () => {
  it('come back the same after they were written, what mirrors others in order of names', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const written: unknown = JSON.parse(
          JSON.stringify(writeCallingSettings(settings, (id) => `${id}@contoso.com`)),
        )
        assert.deepEqual(
          readCallingSettings(written, (named) => named.split('@')[0] ?? null),
          {
            ...settings,
            managers: [...settings.managers].sort(),
            memberships: [...settings.memberships].sort((one, other) => (one.owner < other.owner ? -1 : 1)),
          },
        )
      }),
    )
  })

  it('are written as the cmdlet prints them', () => {
    const settings: CallingSettings = {
      group: { members: ['bo', '11111111-2222-3333-4444-555555555555'], order: 'inOrder' },
      forwarding: { is: 'on', rule: { type: 'simultaneous', to: { is: 'person', person: 'pat' } } },
      unanswered: { is: 'off', kept: { to: { is: 'number', number: '1234' }, after: 5 } },
      delegates: [{ person: 'di', may: ['receiveCalls'] }],
      managers: ['max'],
      busyOnBusy: 'redirectAsUnansweredCall',
      memberships: [{ owner: 'zoe', notification: 'banner' }],
      override: 'ring',
    }
    const addressOf = (id: string) => (id.length < 10 ? `${id}@contoso.com` : id)
    assert.deepEqual(writeCallingSettings(settings, addressOf), {
      IsForwardingEnabled: true,
      ForwardingType: 'Simultaneous',
      ForwardingTarget: 'sip:pat@contoso.com',
      ForwardingTargetType: 'SingleTarget',
      IsUnansweredEnabled: false,
      UnansweredTarget: '1234',
      UnansweredTargetType: 'SingleTarget',
      UnansweredDelay: '00:00:05',
      Delegates: [
        {
          Id: 'sip:di@contoso.com',
          MakeCalls: false,
          ReceiveCalls: true,
          ManageSettings: false,
          PickUpHeldCalls: false,
          JoinActiveCalls: false,
        },
      ],
      Delegators: [{ Id: 'sip:max@contoso.com' }],
      CallGroupOrder: 'InOrder',
      CallGroupTargets: ['sip:bo@contoso.com', '11111111-2222-3333-4444-555555555555'],
      GroupMembershipDetails: [{ CallGroupOwnerId: 'sip:zoe@contoso.com', NotificationSetting: 'Banner' }],
      GroupNotificationOverride: 'Ring',
      BusyOnBusyOption: 'RedirectAsUnansweredCall',
    })
  })
})

/** Objects as JSON has them. */
const plain = { noNullPrototype: true } as const

const people = ['ann', 'bo', 'cy', 'di', 'ed']
const anyPerson = fc.constantFrom(...people)
const anyNotification = fc.constantFrom<Notification>('ring', 'banner', 'mute')
const anyTarget = fc.oneof(
  fc.constantFrom<Target>({ is: 'voicemail' }, { is: 'delegates' }, { is: 'group' }),
  anyPerson.map((person): Target => ({ is: 'person', person })),
  fc
    .constantFrom('+12065551234', '+12065551234;ext=7', '4711')
    .map((number): Target => ({ is: 'number', number })),
)
const anyForwarding = fc.record(
  {
    type: fc.constantFrom<ForwardingType>('immediate', 'simultaneous'),
    to: anyTarget,
  },
  plain,
)
const anyUnanswered = fc.record({ to: anyTarget, after: fc.constantFrom(...ringTimeouts) }, plain)

function switchable<Rule>(anyRule: fc.Arbitrary<Rule>) {
  return fc.oneof(
    fc.constantFrom({ is: 'neverSet' } as const, { is: 'off' } as const),
    anyRule.map((kept) => ({ is: 'off', kept }) as const),
    anyRule.map((rule) => ({ is: 'on', rule }) as const),
  )
}

const anySettings: fc.Arbitrary<CallingSettings> = fc.record(
  {
    group: fc.record(
      {
        members: fc.shuffledSubarray(people),
        order: fc.constantFrom('simultaneous' as const, 'inOrder' as const),
      },
      plain,
    ),
    forwarding: switchable(anyForwarding),
    unanswered: switchable(anyUnanswered),
    delegates: fc.uniqueArray(
      fc.record({ person: anyPerson, may: fc.subarray([...delegatePermissions]) }, plain),
      {
        selector: ({ person }) => person,
      },
    ),
    managers: fc.shuffledSubarray(people),
    busyOnBusy: fc.constantFrom(
      'playBusySignal' as const,
      'redirectAsUnansweredCall' as const,
      'ringUser' as const,
      null,
    ),
    memberships: fc.uniqueArray(fc.record({ owner: anyPerson, notification: anyNotification }, plain), {
      selector: ({ owner }) => owner,
    }),
    override: fc.option(anyNotification),
  },
  plain,
)
