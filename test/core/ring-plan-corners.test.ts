import assert from 'node:assert/strict'
import { globalPolicy } from '../../src/core/policy.ts'
import { neverReached } from '../../src/core/stages.ts'
import { callGroup, myDelegates, voicemail } from '../../src/core/target.ts'
import { group, planFor, tells } from './plan-in-words.ts'
import { alsoRing, forwardAtOnce, memberId, unansweredTo } from './situations.ts'

const pat = { is: 'person', person: 'pat@contoso.com' } as const
const desk = { is: 'number', number: '+442079460000' } as const
const voicemailAfter20 = unansweredTo(voicemail, 20)

describe('the corners of the ring plan: when', () => {
  tells(
    'the owner is away and the group in order is shorter than the delay, the caller waits out the delay',
    {
      ...group(1),
      order: 'inOrder',
      presence: 'offline',
      forwarding: alsoRing(callGroup),
      unanswered: { is: 'off' },
    },
    'group 1 0-20, missed 60',
  )

  tells(
    'the delay ends in the middle of a turn, the turn ends with it',
    {
      ...group(3),
      order: 'inOrder',
      forwarding: alsoRing(callGroup),
      unanswered: unansweredTo(voicemail, 30),
    },
    'owner 0-30, group 1 0-20, group 2 20-30, voicemail 30',
  )

  tells(
    'a group in order that rang alone is also the unanswered target, there is no second round',
    {
      ...group(2),
      order: 'inOrder',
      forwarding: forwardAtOnce(callGroup),
      unanswered: unansweredTo(callGroup, 5),
    },
    'group 1 0-20, group 2 20-40, missed 40',
  )

  tells(
    'the group did not also ring because a member calls, it still takes the unanswered call',
    {
      ...group(3),
      callerIs: 'first member',
      forwarding: alsoRing(callGroup),
      unanswered: unansweredTo(callGroup, 10),
    },
    'owner 0-10, group 2+3 10-40, missed 40',
  )

  tells(
    'only the caller is left in the group that also rings, the rule is flagged',
    { ...group(1), callerIs: 'first member', forwarding: alsoRing(callGroup) },
    'owner 0-20, voicemail 20, stale forwarding',
  )

  tells(
    'the unanswered target is not valid, voicemail takes over after the same delay',
    { unanswered: unansweredTo(pat, 50), policy: { ...globalPolicy, allowCallForwardingToUser: false } },
    'owner 0-50, voicemail 50, stale unanswered',
  )

  tells(
    'the unanswered target is not valid and voicemail is off, the owner rings for a minute',
    {
      unanswered: unansweredTo(desk, 5),
      policy: { ...globalPolicy, allowCallForwardingToPhone: false, allowVoicemail: 'alwaysDisabled' },
    },
    'owner 0-60, missed 60, stale unanswered',
  )

  tells(
    'voicemail is always on, it takes over after 30 seconds even where unanswered calls were turned off',
    { unanswered: { is: 'off' }, policy: { ...globalPolicy, allowVoicemail: 'alwaysEnabled' } },
    'owner 0-30, voicemail 30',
  )

  tells(
    'outside callers go to voicemail and voicemail is off, they are disconnected',
    {
      callerKind: 'federated',
      policy: { ...globalPolicy, inboundFederated: 'voicemail', allowVoicemail: 'alwaysDisabled' },
    },
    'missed 0',
  )

  tells(
    'a busy member chose to ring anyway, they have their turn; other busy members do not',
    {
      ...group(0),
      members: [{ presence: 'inACall' }, { presence: 'inACall', busyOption: 'ringUser' }, {}],
      order: 'inOrder',
      forwarding: forwardAtOnce(callGroup),
    },
    'group 2 0-20, group 3 20-40, voicemail 40',
  )

  tells(
    'delegation is turned off, a rule to delegates is passed over',
    {
      delegates: [{ person: memberId(0), may: ['receiveCalls'] }],
      forwarding: alsoRing(myDelegates),
      policy: { ...globalPolicy, allowDelegation: false },
      unanswered: voicemailAfter20,
    },
    'owner 0-20, voicemail 20, stale forwarding',
  )

  tells(
    'delegates ring first and the group is next, both have their round',
    {
      ...group(2),
      delegates: [
        { person: memberId(6), may: ['makeCalls'] },
        { person: memberId(7), may: ['receiveCalls'] },
      ],
      forwarding: forwardAtOnce(myDelegates),
      unanswered: unansweredTo(callGroup, 15),
    },
    'delegates 8 0-15, group 1+2 15-45, missed 45',
  )

  tells('calls go to a person, nobody here rings', { forwarding: forwardAtOnce(pat) }, 'transfer 0')

  tells(
    'the owner is in a call and forwards at once, the rule comes before the busy signal',
    {
      forwarding: forwardAtOnce(pat),
      presence: 'inACall',
      policy: { ...globalPolicy, busyOnBusy: 'enabled' },
    },
    'transfer 0',
  )

  tells(
    'an owner without a licence shares calls, the group is passed over',
    { ...group(2), eligibility: { teamsOnly: true, phoneSystem: false }, forwarding: alsoRing(callGroup) },
    'owner 0-20, voicemail 20, stale forwarding',
  )

  it('a group in order is cut off, it names those who have no turn', () => {
    const plan = planFor({ ...group(4), order: 'inOrder', forwarding: alsoRing(callGroup) })
    assert.deepEqual(neverReached(plan), [memberId(1), memberId(2), memberId(3)])
  })
})
