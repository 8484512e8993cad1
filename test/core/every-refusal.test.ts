import assert from 'node:assert/strict'
import { readCallingSettings } from '../../src/admin/calling-settings.ts'
import { type CallingSettings } from '../../src/core/calling-settings.ts'
import { type Change } from '../../src/core/change.ts'
import { addDelegate, removeDelegate } from '../../src/core/delegates.ts'
import { addMembers, leaveGroup, removeMember, setRingOrder } from '../../src/core/members.ts'
import { setNotification } from '../../src/core/notifications.ts'
import { type CallingPolicy } from '../../src/core/policy.ts'
import { type Refusal, type Warning } from '../../src/core/refusal.ts'
import { setRules } from '../../src/core/rules.ts'
import { callGroup, myDelegates, type Target, voicemail } from '../../src/core/target.ts'
import { annWith, annWithDelegate, bos, codes, forward, ifUnanswered, Office } from './office.ts'

type Code = Refusal['code'] | Warning['code']
/** These four are found out where people are looked up and cards are clicked. */
type FoundElsewhere = 'E_STALE_CARD' | 'E_FORBIDDEN' | 'E_EXTERNAL' | 'E_KIND'

const pat: Target = { is: 'person', person: 'pat' }
const phone: Target = { is: 'number', number: '4711' }

const cases: Readonly<Record<Exclude<Code, FoundElsewhere>, () => readonly string[]>> = {
  E_GROUP_FULL: () => adding(annWith(bos(25)), 'cy'),
  E_GROUP_CHARS: () => adding(new Office(), 'x'.repeat(32_768)),
  E_MEMBER_QUOTA: () => {
    const office = new Office()
    for (const owner of bos(25)) office.keep(addMembers(office.who(owner), ['cy'], office.who))
    return adding(office, 'cy')
  },
  E_ORDER_LIMIT: () => {
    const office = annWith(bos(6))
    return codes(setRingOrder(office.who('ann'), 'inOrder', office.who))
  },
  E_SELF: () => adding(new Office(), 'ann'),
  E_DUP: () => adding(annWith(['bo']), 'bo'),
  E_NOT_FOUND: () => {
    const office = annWith(['bo'])
    return codes(removeMember(office.who('ann'), 'cy', office.who))
  },
  E_NOT_TEAMS_ONLY: () => {
    const office = new Office()
    office.equip('cy', { teamsOnly: false })
    return adding(office, 'cy')
  },
  E_NO_LICENCE: () => {
    const office = new Office()
    office.equip('cy', { phoneSystem: false })
    return adding(office, 'cy')
  },
  E_POLICY_GROUPS: () => without({ allowCallGroups: false }, callGroup),
  E_POLICY_USER: () => without({ allowCallForwardingToUser: false }, pat),
  E_POLICY_PHONE: () => without({ allowCallForwardingToPhone: false }, phone),
  E_POLICY_DELEG: () => without({ allowDelegation: false }, myDelegates),
  E_POLICY_VM: () => without({ allowVoicemail: 'alwaysDisabled' }, voicemail),
  E_POLICY_CALLING: () => without({ allowPrivateCalling: false }, pat),
  E_EMPTY_GROUP: () => without({}, callGroup),
  E_NO_DELEGATE: () => without({}, myDelegates),
  E_GROUP_IN_USE: () => {
    const office = annWith(['bo'])
    office.keep(setRules(office.who('ann'), ifUnanswered(callGroup), office.who))
    return codes(removeMember(office.who('ann'), 'bo', office.who))
  },
  E_VM_SIMULTANEOUS: () => {
    const office = new Office()
    return codes(setRules(office.who('ann'), forward('simultaneous', voicemail), office.who))
  },
  E_DELAY: () => reading({ UnansweredDelay: '00:00:25' }),
  E_TARGET_FORMAT: () =>
    reading({ IsForwardingEnabled: true, ForwardingType: 'Immediate', ForwardingTargetType: 'SingleTarget' }),
  E_NOT_MEMBER: () => codes(setNotification(new Office().who('bo'), 'ann', 'mute')),
  E_DELEGATE_LIMIT: () => {
    const office = new Office()
    for (const person of bos(25)) office.keep(addDelegate(office.who('ann'), person, [], office.who))
    return codes(addDelegate(office.who('ann'), 'di', [], office.who))
  },
  E_DELEGATE_CIRCLE: () => {
    const office = annWithDelegate('bo', [])
    return codes(addDelegate(office.who('bo'), 'ann', [], office.who))
  },
  W_ORDER_CUTOFF: () => {
    const office = annWith(bos(2), 'inOrder')
    const rules = { ...forward('simultaneous', callGroup), ...ifUnanswered(voicemail) }
    return codes(setRules(office.who('ann'), rules, office.who))
  },
  W_ORDER_SWITCHED: () => adding(annWith(bos(5), 'inOrder'), 'cy'),
  W_SAME_TARGET: () => {
    const office = annWith(['bo'])
    const rules = { ...forward('simultaneous', callGroup), ...ifUnanswered(callGroup) }
    return codes(setRules(office.who('ann'), rules, office.who))
  },
  W_ALL_MUTED: () => {
    const office = annWith(['bo'])
    office.keep(setNotification(office.who('bo'), 'ann', 'mute'))
    return codes(setRules(office.who('ann'), ifUnanswered(callGroup), office.who))
  },
  W_STALE_TARGET: () => {
    const office = annWith(['bo'])
    office.keep(setRules(office.who('ann'), forward('immediate', pat), office.who))
    office.allow('ann', { allowCallForwardingToUser: false })
    return adding(office, 'cy')
  },
}

describe('every reason to say no, or yes, but', () => {
  for (const [code, provoke] of Object.entries(cases)) {
    it(`${code} comes when it should`, () => {
      assert.ok(provoke().includes(code), provoke().join())
    })
  }

  it('none comes with an ordinary group', () => {
    const office = annWith(['bo', 'cy', 'dee'], 'inOrder')
    office.keep(addDelegate(office.who('ann'), 'di', ['receiveCalls'], office.who))
    const changes: readonly Change[] = [
      setRules(office.who('ann'), { ...forward('immediate', callGroup), ...ifUnanswered(pat) }, office.who),
      setRules(office.who('ann'), ifUnanswered(myDelegates), office.who),
      addMembers(office.who('ann'), ['eve', 'fay'], office.who),
      setNotification(office.who('bo'), 'ann', 'banner'),
      leaveGroup(office.who('cy'), 'ann', office.who),
      removeDelegate(office.who('ann'), 'di', office.who),
    ]
    for (const change of changes) assert.deepEqual(codes(office.keep(change)), [])
  })
})

function adding(office: Office, person: string): readonly string[] {
  return codes(addMembers(office.who('ann'), [person], office.who))
}

/** Forwarding all calls there, with that policy: refused by it alone. */
function without(policy: Partial<CallingPolicy>, to: Target): readonly string[] {
  const office = new Office()
  office.allow('ann', policy)
  return codes(setRules(office.who('ann'), forward('immediate', to), office.who))
}

function reading(json: object): readonly string[] {
  const read: CallingSettings | { readonly error: { readonly code: string } } = readCallingSettings(json)
  return 'error' in read ? [read.error.code] : []
}
