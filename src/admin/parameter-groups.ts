/**
 * The parameter groups of Set-CsUserCallingSettings: each is written whole, and no two of them in one call
 * (calling-rules section 1, after MicrosoftDocs/office-docs-powershell, Set-CsUserCallingSettings).
 */
import { type CallingSettings, ruleOf } from '../core/calling-settings.ts'
import { type GroupMembership } from '../core/notification.ts'
import { type Refusal } from '../core/refusal.ts'
import { voicemail } from '../core/target.ts'
import { defaultRingTimeout } from '../core/unanswered.ts'
import { type SheetParts } from '../core/write-parts.ts'
import {
  busyOptions,
  choiceOn,
  forwardingOn,
  notifications,
  recordsOf,
  ringOrders,
  unansweredOn,
} from './calling-settings.ts'
import { type Form } from './form.ts'
import { type PersonOf, readPeople } from './people-named.ts'

/** The parts of a sheet that a group writes, and the choices for groups somebody is in. */
export type Written = SheetParts & { readonly memberships?: readonly GroupMembership[] }

/** What a group makes of a sheet as it is; a refusal where there is nothing to go back to. */
export type Edit = (before: CallingSettings) => Written | Refusal

export type ParameterGroup = {
  readonly name: string
  readonly fields: readonly string[]
  /** Fields that may be left out. */
  readonly optional: readonly string[]
  readonly read: (form: Form, personOf: PersonOf) => Edit
}

export const parameterGroups: readonly ParameterGroup[] = [
  {
    name: 'ForwardingOnOff',
    fields: ['IsForwardingEnabled'],
    optional: [],
    read: (form) => switched(form.flag('IsForwardingEnabled'), forwardAgain, forwardNoMore),
  },
  {
    name: 'Forwarding',
    fields: ['IsForwardingEnabled', 'ForwardingType', 'ForwardingTargetType', 'ForwardingTarget'],
    optional: ['ForwardingTarget'],
    read: (form, personOf) => {
      const forwarding = forwardingOn(form, personOf)
      return () => ({ forwarding })
    },
  },
  {
    name: 'UnansweredOnOff',
    fields: ['IsUnansweredEnabled'],
    optional: [],
    read: (form) => switched(form.flag('IsUnansweredEnabled'), answerAgain, answerNoMore),
  },
  {
    name: 'Unanswered',
    fields: ['IsUnansweredEnabled', 'UnansweredTargetType', 'UnansweredTarget', 'UnansweredDelay'],
    optional: ['UnansweredTarget'],
    read: (form, personOf) => {
      const unanswered = unansweredOn(form, personOf)
      return () => ({ unanswered })
    },
  },
  // Before CallGroup: whoever writes both has the order that CallGroup says.
  {
    name: 'CallGroupRungByTeams',
    fields: ['CallGroupRungByTeams'],
    optional: [],
    read: (form) => switched(form.flag('CallGroupRungByTeams'), ringByTeams, ringByCards),
  },
  {
    name: 'CallGroup',
    fields: ['CallGroupOrder', 'CallGroupTargets'],
    optional: [],
    read: (form, personOf) => {
      const members = readPeople(form, 'CallGroupTargets', personOf)
      const order = form.word('CallGroupOrder', ringOrders) ?? 'simultaneous'
      return ({ group }) => ({ group: { ...group, members, order } })
    },
  },
  {
    name: 'CallGroupMembership',
    fields: ['GroupMembershipDetails'],
    optional: [],
    read: (form, personOf) => {
      const choices = recordsOf(form, 'GroupMembershipDetails', 'CallGroupOwnerId', personOf, choiceOn)
      const memberships = choices.flatMap((one) => one ?? [])
      return () => ({ memberships })
    },
  },
  {
    name: 'CallGroupNotification',
    fields: ['GroupNotificationOverride'],
    optional: [],
    read: (form) => {
      const override = form.word('GroupNotificationOverride', notifications)
      return () => ({ override })
    },
  },
  {
    name: 'BusyOnBusy',
    fields: ['BusyOnBusyOption'],
    optional: [],
    read: (form) => {
      const busyOnBusy = form.word('BusyOnBusyOption', busyOptions)
      return () => ({ busyOnBusy })
    },
  },
]

/** On or off; where neither is said it stays as it is. */
function switched(flag: boolean | null, on: Edit, off: Edit): Edit {
  return flag === null ? () => ({}) : flag ? on : off
}

const ringByTeams: Edit = ({ group: { members } }) => ({
  group: { members, order: 'simultaneous', isRungByTeams: true },
})
const ringByCards: Edit = ({ group: { members, isRungByTeams } }) =>
  isRungByTeams === true ? { group: { members, order: 'simultaneous' } } : {}

const forwardNoMore: Edit = ({ forwarding }) => ({ forwarding: turnedOff(ruleOf(forwarding)) })
const answerNoMore: Edit = ({ unanswered }) => ({ unanswered: turnedOff(ruleOf(unanswered)) })

function turnedOff<Rule>(kept: Rule | undefined): { readonly is: 'off'; readonly kept?: Rule } {
  return kept === undefined ? { is: 'off' } : { is: 'off', kept }
}

/** On again as it was; without anything to go back to there is nowhere to forward to. */
const forwardAgain: Edit = ({ forwarding }) => {
  const rule = ruleOf(forwarding)
  return rule ? { forwarding: { is: 'on', rule } } : { code: 'E_TARGET_FORMAT', given: '' }
}

const answerAgain: Edit = ({ unanswered }) => ({
  unanswered: {
    is: 'on',
    rule: ruleOf(unanswered) ?? { to: voicemail, after: defaultRingTimeout },
  },
})
