/** What an admin allows a person and what licences they have, by the names of Set-CsTeamsCallingPolicy. */
import {
  type BusyOnBusyPolicy,
  type CallingPolicy,
  type CallRouting,
  type Eligibility,
  eligible,
  globalPolicy,
  type VoicemailPolicy,
} from '../core/policy.ts'
import { capitalised, type Form } from './form.ts'

const voicemailPolicies: readonly VoicemailPolicy[] = ['alwaysEnabled', 'alwaysDisabled', 'userOverride']
const busyPolicies: readonly BusyOnBusyPolicy[] = ['enabled', 'unanswered', 'disabled', 'userOverride']
const routings: readonly CallRouting[] = ['regularIncoming', 'unanswered', 'voicemail']

/** The policy on a form; what is left out is as Teams has it by default. */
export function policyOn(form: Form): CallingPolicy {
  return { ...globalPolicy, ...policySaid(form) }
}

/** What a form says of a policy, and nothing of what it leaves out. */
export function policySaid(form: Form): Partial<CallingPolicy> {
  return said<CallingPolicy>({
    allowPrivateCalling: form.flag('AllowPrivateCalling'),
    allowCallGroups: form.flag('AllowCallGroups'),
    allowDelegation: form.flag('AllowDelegation'),
    allowCallForwardingToUser: form.flag('AllowCallForwardingToUser'),
    allowCallForwardingToPhone: form.flag('AllowCallForwardingToPhone'),
    allowVoicemail: form.word('AllowVoicemail', voicemailPolicies),
    busyOnBusy: form.word('BusyOnBusyEnabledType', busyPolicies),
    inboundFederated: form.word('InboundFederatedCallRoutingTreatment', routings),
    inboundPstn: pstnRouting(form),
  })
}

/** A policy as Get-CsTeamsCallingPolicy prints it. */
export function writePolicy({ name, policy }: { readonly name: string; readonly policy: CallingPolicy }) {
  return {
    Identity: name,
    AllowPrivateCalling: policy.allowPrivateCalling,
    AllowCallGroups: policy.allowCallGroups,
    AllowDelegation: policy.allowDelegation,
    AllowCallForwardingToUser: policy.allowCallForwardingToUser,
    AllowCallForwardingToPhone: policy.allowCallForwardingToPhone,
    AllowVoicemail: capitalised(policy.allowVoicemail),
    BusyOnBusyEnabledType: capitalised(policy.busyOnBusy),
    InboundFederatedCallRoutingTreatment: capitalised(policy.inboundFederated),
    InboundPstnCallRoutingTreatment: capitalised(policy.inboundPstn),
  }
}

/** Whether a form says that a person lacks a requirement; nothing said means they have it. */
export function eligibilityOn(form: Form): Eligibility {
  return { ...eligible, ...eligibilitySaid(form) }
}

/** What a form says of the requirements, and nothing of what it leaves out. */
export function eligibilitySaid(form: Form): Partial<Eligibility> {
  return said<Eligibility>({ teamsOnly: form.flag('TeamsOnly'), phoneSystem: form.flag('PhoneSystem') })
}

/** Callers from telephones can also be left to the person called, who has no such setting: they ring as usual. */
function pstnRouting(form: Form): CallRouting | null {
  const routing = form.word('InboundPstnCallRoutingTreatment', [...routings, 'userOverride'] as const)
  return routing === 'userOverride' ? globalPolicy.inboundPstn : routing
}

function said<T extends object>(fields: { readonly [Field in keyof T]: T[Field] | null }): Partial<T> {
  const there = Object.entries(fields).filter(([, value]) => value !== null)
  return Object.fromEntries(there) as Partial<T>
}
