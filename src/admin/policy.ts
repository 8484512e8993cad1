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
  const allows = (field: string) => form.flag(field) ?? true
  return {
    allowPrivateCalling: allows('AllowPrivateCalling'),
    allowCallGroups: allows('AllowCallGroups'),
    allowDelegation: allows('AllowDelegation'),
    allowCallForwardingToUser: allows('AllowCallForwardingToUser'),
    allowCallForwardingToPhone: allows('AllowCallForwardingToPhone'),
    allowVoicemail: form.word('AllowVoicemail', voicemailPolicies) ?? globalPolicy.allowVoicemail,
    busyOnBusy: form.word('BusyOnBusyEnabledType', busyPolicies) ?? globalPolicy.busyOnBusy,
    inboundFederated:
      form.word('InboundFederatedCallRoutingTreatment', routings) ?? globalPolicy.inboundFederated,
    inboundPstn: pstnRouting(form),
  }
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
  return {
    teamsOnly: form.flag('TeamsOnly') ?? eligible.teamsOnly,
    phoneSystem: form.flag('PhoneSystem') ?? eligible.phoneSystem,
  }
}

/** Callers from telephones can also be left to the person called, who has no such setting: they ring as usual. */
function pstnRouting(form: Form): CallRouting {
  const routing = form.word('InboundPstnCallRoutingTreatment', [...routings, 'userOverride'] as const)
  return routing === null || routing === 'userOverride' ? globalPolicy.inboundPstn : routing
}
