/**
 * The parameter groups of Set-CsUserCallingSettings: each is written whole, and no two of them in one call
 * (calling-rules section 1, after MicrosoftDocs/office-docs-powershell, Set-CsUserCallingSettings).
 */
import { ruleOf } from '../core/calling-settings.ts'
import { type Change, inTurn, refuse, unchanged } from '../core/change.ts'
import { setRingOrder } from '../core/members.ts'
import { setNotification, setOverride } from '../core/notifications.ts'
import { setRules } from '../core/rules.ts'
import { setGroup } from '../core/set-group.ts'
import { type Subscriber, type Subscribers } from '../core/subscriber.ts'
import { voicemail } from '../core/target.ts'
import { defaultRingTimeout } from '../core/unanswered.ts'
import {
  busyOptions,
  forwardingOn,
  membershipOn,
  notifications,
  recordsOf,
  ringOrders,
  unansweredOn,
} from './calling-settings.ts'
import { type Form, readForm, type Unreadable } from './form.ts'
import { type PersonOf, readPeople } from './people-named.ts'

/** What writing a group does to a person's sheet. */
export type Write = (person: Subscriber, subscribers: Subscribers) => Change

type ParameterGroup = {
  readonly name: string
  readonly fields: readonly string[]
  /** Fields that may be left out. */
  readonly optional: readonly string[]
  readonly read: (form: Form, personOf: PersonOf) => Write
}

export const parameterGroups: readonly ParameterGroup[] = [
  {
    name: 'ForwardingOnOff',
    fields: ['IsForwardingEnabled'],
    optional: [],
    read: (form) => (form.flag('IsForwardingEnabled') === true ? forwardAgain : forwardNoMore),
  },
  {
    name: 'Forwarding',
    fields: ['IsForwardingEnabled', 'ForwardingType', 'ForwardingTargetType', 'ForwardingTarget'],
    optional: ['ForwardingTarget'],
    read: (form, personOf) => {
      const forwarding = forwardingOn(form, personOf)
      return (person, who) => setRules(person, { forwarding }, who)
    },
  },
  {
    name: 'UnansweredOnOff',
    fields: ['IsUnansweredEnabled'],
    optional: [],
    read: (form) => (form.flag('IsUnansweredEnabled') === true ? answerAgain : answerNoMore),
  },
  {
    name: 'Unanswered',
    fields: ['IsUnansweredEnabled', 'UnansweredTargetType', 'UnansweredTarget', 'UnansweredDelay'],
    optional: ['UnansweredTarget'],
    read: (form, personOf) => {
      const unanswered = unansweredOn(form, personOf)
      return (person, who) => setRules(person, { unanswered }, who)
    },
  },
  {
    name: 'CallGroup',
    fields: ['CallGroupOrder', 'CallGroupTargets'],
    optional: [],
    read: (form, personOf) => {
      const members = readPeople(form, 'CallGroupTargets', personOf)
      const order = form.word('CallGroupOrder', ringOrders) ?? 'simultaneous'
      return (person, who) => setGroup(person, { ...person.settings.group, members, order }, who)
    },
  },
  {
    name: 'CallGroupRungByTeams',
    fields: ['CallGroupRungByTeams'],
    optional: [],
    read: (form) => (form.flag('CallGroupRungByTeams') === true ? ringByTeams : ringByCards),
  },
  {
    name: 'CallGroupMembership',
    fields: ['GroupMembershipDetails'],
    optional: [],
    read: (form, personOf) => {
      const details = recordsOf(form, 'GroupMembershipDetails', 'CallGroupOwnerId', personOf, membershipOn)
      return (person, who) =>
        inTurn(
          person,
          details.map(
            ({ owner, notification }) =>
              (one) =>
                setNotification(one, owner, notification),
          ),
          who,
        )
    },
  },
  {
    name: 'CallGroupNotification',
    fields: ['GroupNotificationOverride'],
    optional: [],
    read: (form) => {
      const override = form.word('GroupNotificationOverride', notifications)
      return (person) => setOverride(person, override)
    },
  },
  {
    name: 'BusyOnBusy',
    fields: ['BusyOnBusyOption'],
    optional: [],
    read: (form) => {
      const busyOnBusy = form.word('BusyOnBusyOption', busyOptions)
      return (person, who) => setRules(person, { busyOnBusy }, who)
    },
  },
]

/** Fields that Get-CsUserCallingSettings prints and that say who somebody is: read back unchanged, they are no change. */
const identity = ['SipUri', 'Identity']

/** What one call writes; a problem when it is no parameter group, or a part of one. */
export function readParameterGroup(json: unknown, personOf: PersonOf): Write | Unreadable {
  return readForm(json, (form) => {
    const given = form.names.filter((name) => !identity.includes(name))
    const fits = parameterGroups.find(({ fields }) => given.every((name) => fields.includes(name)))
    if (!fits || given.length === 0) return notOneGroup(form, given)
    for (const field of fits.fields)
      if (!given.includes(field) && !fits.optional.includes(field))
        form.object(`${field} is missing: the group ${fits.name} is written whole.`)
    return fits.read(form, personOf)
  })
}

function notOneGroup(form: Form, given: readonly string[]): Write {
  const all = parameterGroups.flatMap(({ fields }) => fields)
  const unknown = given.find((name) => !all.includes(name))
  const groups = parameterGroups.map(({ name, fields }) => `${name} (${fields.join(', ')})`).join('; ')
  const what =
    unknown === undefined ? 'Write one parameter group a call, whole.' : `${unknown} cannot be written here.`
  const isElsewhere = unknown === 'Delegates' || unknown === 'Delegators'
  form.object(`${what}${isElsewhere ? ` ${delegatesElsewhere}` : ''} The groups are: ${groups}.`)
  return () => refuse()
}

const delegatesElsewhere = 'Delegates have a route of their own, /users/{user}/delegates.'

const ringByTeams: Write = (person, who) => setRingOrder(person, 'byTeams', who)
const ringByCards: Write = (person, who) =>
  person.settings.group.isRungByTeams === true ? setRingOrder(person, 'simultaneous', who) : unchanged

const forwardNoMore: Write = (person, who) => setRules(person, { forwarding: { is: 'off' } }, who)
const answerNoMore: Write = (person, who) => setRules(person, { unanswered: { is: 'off' } }, who)

/** On again as it was; without anything to go back to there is nowhere to forward to. */
function forwardAgain(person: Subscriber, who: Subscribers): Change {
  const rule = ruleOf(person.settings.forwarding)
  return rule
    ? setRules(person, { forwarding: { is: 'on', rule } }, who)
    : refuse({ code: 'E_TARGET_FORMAT', given: '' })
}

function answerAgain(person: Subscriber, who: Subscribers): Change {
  const rule = ruleOf(person.settings.unanswered) ?? { to: voicemail, after: defaultRingTimeout }
  return setRules(person, { unanswered: { is: 'on', rule } }, who)
}
