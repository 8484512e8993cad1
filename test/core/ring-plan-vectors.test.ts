import assert from 'node:assert/strict'
import { globalPolicy } from '../../src/core/policy.ts'
import { callGroup, voicemail } from '../../src/core/target.ts'
import { group, planFor, tells } from './plan-in-words.ts'
import { alsoRing, forwardAtOnce, memberId, unansweredTo } from './situations.ts'

const pat = { is: 'person', person: 'pat@contoso.com' } as const

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
