/** A calling policy as a form, and the form read back: plain names beside those of Set-CsTeamsCallingPolicy. */
import {
  type BusyOnBusyPolicy,
  type CallingPolicy,
  type CallRouting,
  globalPolicy,
  type VoicemailPolicy,
} from '../../core/policy.ts'
import { type CardInput, textIn } from '../draw/input.ts'
import { type Choice } from '../draw/parts.ts'
import { type CardViews } from '../draw/views.ts'
import { policyWords } from '../settings/settings.ts'

type Flag =
  | 'allowPrivateCalling'
  | 'allowCallGroups'
  | 'allowDelegation'
  | 'allowCallForwardingToUser'
  | 'allowCallForwardingToPhone'

const flags: ReadonlyMap<Flag, string> = new Map<Flag, string>([
  ['allowPrivateCalling', 'Calling at all (AllowPrivateCalling)'],
  ['allowCallGroups', 'Call groups (AllowCallGroups)'],
  ['allowDelegation', 'Delegation (AllowDelegation)'],
  ['allowCallForwardingToUser', 'Forwarding to people (AllowCallForwardingToUser)'],
  ['allowCallForwardingToPhone', 'Forwarding to phone numbers (AllowCallForwardingToPhone)'],
])

const voicemail: ReadonlyMap<VoicemailPolicy, string> = new Map<VoicemailPolicy, string>([
  ['userOverride', 'As everybody chooses'],
  ['alwaysEnabled', 'Always, after 30 seconds'],
  ['alwaysDisabled', 'Never'],
])
const busy: ReadonlyMap<BusyOnBusyPolicy, string> = new Map<BusyOnBusyPolicy, string>([
  ['disabled', 'Rings as usual'],
  ['enabled', 'The caller hears busy'],
  ['unanswered', 'Goes where unanswered calls go'],
  ['userOverride', 'As everybody chooses'],
])
const routing: ReadonlyMap<CallRouting, string> = new Map<CallRouting, string>([
  ['regularIncoming', 'Ring as usual'],
  ['unanswered', 'Go where unanswered calls go'],
  ['voicemail', 'Go to voicemail'],
])

/** What may be turned on and off. */
export function policyFlags(policy: CallingPolicy): CardViews['policy']['flags'] {
  return [...flags].map(([id, title]) => ({ id, title, value: String(policy[id]) }))
}

/** What has more than two ways. */
export function policyChoices(policy: CallingPolicy): CardViews['policy']['choices'] {
  return [
    { id: 'allowVoicemail', label: 'Voicemail', value: policy.allowVoicemail, options: optionsOf(voicemail) },
    { id: 'busyOnBusy', label: 'A call while in a call', value: policy.busyOnBusy, options: optionsOf(busy) },
    {
      id: 'inboundFederated',
      label: 'Calls from other organizations',
      value: policy.inboundFederated,
      options: optionsOf(routing),
    },
    {
      id: 'inboundPstn',
      label: 'Calls from telephones',
      value: policy.inboundPstn,
      options: optionsOf(routing),
    },
  ]
}

function optionsOf(words: ReadonlyMap<string, string>): readonly Choice[] {
  return [...words].map(([value, title]) => ({ title, value }))
}

/** The policy on a form that was sent back; null when something is missing or unheard of. */
export function policyIn(given: CardInput): CallingPolicy | null {
  const [allowVoicemail, busyOnBusy] = [
    wordIn(given, 'allowVoicemail', voicemail),
    wordIn(given, 'busyOnBusy', busy),
  ]
  const [inboundFederated, inboundPstn] = [
    wordIn(given, 'inboundFederated', routing),
    wordIn(given, 'inboundPstn', routing),
  ]
  const isWhole = [...flags.keys()].every((flag) => ['true', 'false'].includes(textIn(given, flag)))
  if (!isWhole || !allowVoicemail || !busyOnBusy || !inboundFederated || !inboundPstn) return null
  const allows = (flag: Flag) => textIn(given, flag) === 'true'
  return {
    allowPrivateCalling: allows('allowPrivateCalling'),
    allowCallGroups: allows('allowCallGroups'),
    allowDelegation: allows('allowDelegation'),
    allowCallForwardingToUser: allows('allowCallForwardingToUser'),
    allowCallForwardingToPhone: allows('allowCallForwardingToPhone'),
    allowVoicemail,
    busyOnBusy,
    inboundFederated,
    inboundPstn,
  }
}

function wordIn<T extends string>(given: CardInput, name: string, words: ReadonlyMap<T, string>): T | null {
  const value = textIn(given, name)
  return [...words.keys()].find((word) => word === value) ?? null
}

/** One line about a policy: what it turns off. */
export function policyLine(policy: CallingPolicy): string {
  return policyWords(policy).replace('Your admin has turned off', 'Turned off:') || 'Everything is allowed.'
}

/** A part of a policy as it is written down: what it is about, and its values in words. Null for any other part. */
export function policyPart(
  part: string,
): { readonly title: string; readonly words: (value: unknown) => string } | null {
  const flag = [...flags].find(([id]) => id === part)
  if (flag) return { title: bare(flag[1]), words: (value) => (value === false ? 'turned off' : 'allowed') }
  const choice = policyChoices(globalPolicy).find(({ id }) => id === part)
  if (!choice) return null
  const { label, options } = choice
  const words = (value: unknown) => options.find((one) => one.value === value)?.title ?? 'the Teams default'
  return { title: label, words: (value) => words(value).toLowerCase() }
}

/** Without the name that Set-CsTeamsCallingPolicy has for it. */
function bare(title: string): string {
  return title.replace(/ \(\w+\)$/u, '')
}
