import assert from 'node:assert/strict'
import { endsAfter, neverReached, ringPlan, type RingPlan, stagesOf } from '../../src/core/ring-plan.ts'
import { globalPolicy } from '../../src/core/policy.ts'
import { callGroup, myDelegates, voicemail } from '../../src/core/target.ts'
import { alsoRing, type Circumstances, forwardAtOnce, memberId, type MemberState } from './situations.ts'
import { quiet, situationOf, unansweredTo } from './situations.ts'

const pat = { is: 'person', person: 'pat@contoso.com' } as const
const desk = { is: 'number', number: '+442079460000' } as const
const voicemailAfter20 = unansweredTo(voicemail, 20)

/** A group of so many, all in this state, the owner's voicemail taking over after 20 seconds. */
function group(size: number, state: MemberState = {}): Pick<Circumstances, 'members' | 'unanswered'> {
  return { members: Array.from({ length: size }, () => state), unanswered: voicemailAfter20 }
}

describe('what the ring plan says when', () => {
  tells('nothing was ever configured', {}, 'owner 0-30, voicemail 30')

  tells(
    'forwarding is off but remembers voicemail, and unanswered calls go to a person',
    {
      forwarding: { is: 'off', kept: { type: 'immediate', to: voicemail } },
      unanswered: unansweredTo(pat, 20),
    },
    'owner 0-20, transfer 20',
  )

  tells(
    'a group of three also rings',
    { ...group(3), forwarding: alsoRing(callGroup) },
    'owner 0-20, group 1+2+3 0-20, voicemail 20',
  )

  tells(
    'a group of five also rings in order, with the usual 20 seconds: only the first has a turn',
    { ...group(5), order: 'inOrder', forwarding: alsoRing(callGroup) },
    'owner 0-20, group 1 0-20, voicemail 20',
  )

  tells(
    'a group of five also rings in order for 60 seconds: three have a turn',
    {
      ...group(5),
      order: 'inOrder',
      forwarding: alsoRing(callGroup),
      unanswered: unansweredTo(voicemail, 60),
    },
    'owner 0-60, group 1 0-20, group 2 20-40, group 3 40-60, voicemail 60',
  )

  tells(
    'calls go to a group of five in order: each has a turn, however short the delay',
    { ...group(5), order: 'inOrder', forwarding: forwardAtOnce(callGroup) },
    'group 1 0-20, group 2 20-40, group 3 40-60, group 4 60-80, group 5 80-100, voicemail 100',
  )

  tells(
    'calls go to a group in order and voicemail is always on',
    {
      ...group(5),
      order: 'inOrder',
      forwarding: forwardAtOnce(callGroup),
      policy: { ...globalPolicy, allowVoicemail: 'alwaysEnabled' },
    },
    'group 1 0-20, group 2 20-30, voicemail 30',
  )

  tells(
    'unanswered calls go to a group of five in order after 60 seconds',
    { ...group(5), order: 'inOrder', unanswered: unansweredTo(callGroup, 60) },
    'owner 0-60, group 1 60-80, group 2 80-100, group 3 100-120, group 4 120-140, group 5 140-160, missed 160',
  )

  tells(
    'calls go to a group but groups were turned off: the owner rings and the rule is flagged',
    {
      ...group(3),
      forwarding: forwardAtOnce(callGroup),
      policy: { ...globalPolicy, allowCallGroups: false },
    },
    'owner 0-20, voicemail 20, stale forwarding',
  )

  tells(
    'the owner is in a call and the policy plays the busy signal',
    { presence: 'inACall', policy: { ...globalPolicy, busyOnBusy: 'enabled' } },
    'busy 0',
  )

  tells(
    'the owner is in a call and chose to treat it as unanswered, which goes to the group',
    {
      ...group(3),
      presence: 'inACall',
      policy: { ...globalPolicy, busyOnBusy: 'userOverride' },
      busyOption: 'redirectAsUnansweredCall',
      unanswered: unansweredTo(callGroup, 20),
    },
    'group 1+2+3 0-30, missed 30',
  )

  tells(
    'the owner does not want to be disturbed but a group also rings',
    { ...group(2), presence: 'doNotDisturb', forwarding: alsoRing(callGroup) },
    'group 1+2 0-20, voicemail 20',
  )

  tells(
    'calls from telephones count as unanswered and nothing is set for those',
    {
      callerKind: 'pstn',
      policy: { ...globalPolicy, inboundPstn: 'unanswered' },
      unanswered: { is: 'off' },
    },
    'missed 0',
  )

  tells(
    'the caller is a member of the group that also rings',
    { ...group(3), callerIs: 'first member', forwarding: alsoRing(callGroup) },
    'owner 0-20, voicemail 20',
  )

  tells(
    'the caller is a member of the group that calls go to',
    { ...group(3), callerIs: 'first member', forwarding: forwardAtOnce(callGroup) },
    'group 2+3 0-20, voicemail 20',
  )

  tells(
    'every member of the group that calls go to is muted: the owner rings',
    { ...group(3, { notification: 'mute' }), forwarding: forwardAtOnce(callGroup) },
    'owner 0-20, voicemail 20, stale forwarding',
  )

  it('an override of ring leaves the banner of one group standing', () => {
    const plan = planFor({
      ...group(1, { notification: 'banner', override: 'ring' }),
      forwarding: forwardAtOnce(callGroup),
    })
    assert.deepEqual(plan.rounds[0]?.lanes[0], {
      ring: 'group',
      order: 'simultaneous',
      alerts: [{ person: memberId(0), how: 'banner' }],
      silent: [],
      mayPull: [],
    })
  })

  it('an override of mute keeps every group quiet, and its member may still pick up', () => {
    const members = [{}, { override: 'mute' }, { presence: 'offline' }, { presence: 'inACall' }] as const
    const plan = planFor({ members, forwarding: forwardAtOnce(callGroup) })
    assert.deepEqual(plan.rounds[0]?.lanes[0], {
      ring: 'group',
      order: 'simultaneous',
      alerts: [{ person: memberId(0), how: 'ring' }],
      silent: [{ person: memberId(3), how: 'silent' }],
      mayPull: [memberId(1), memberId(2)],
    })
  })
})

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

function tells(when: string, given: Partial<Circumstances>, expected: string): void {
  it(when, () => {
    assert.equal(inWords(planFor(given)), expected)
  })
}

function planFor(given: Partial<Circumstances>): RingPlan {
  const { owner, caller, subscribers, presenceOf } = situationOf({ ...quiet, ...given })
  return ringPlan(owner, caller, subscribers, presenceOf)
}

/** "owner 0-20, group 1+2 0-20, voicemail 20": members by their number, the owner and others by their part. */
function inWords(plan: RingPlan): string {
  const stages = stagesOf(plan).map(({ ring, people, from, to }) => {
    const numbers = people.map((person) => /^member(\d+)@/.exec(person)?.[1]).join('+')
    return [ring, ...(numbers === '' ? [] : [numbers]), `${from}-${to}`].join(' ')
  })
  return [...stages, `${plan.end.is} ${endsAfter(plan)}`, ...plan.stale.map((rule) => `stale ${rule}`)].join(
    ', ',
  )
}
