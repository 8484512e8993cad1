/** What an admin allows a person, and what a person must have, before calls may be shared. */

export type CallRouting = 'regularIncoming' | 'unanswered' | 'voicemail'
export type VoicemailPolicy = 'alwaysEnabled' | 'alwaysDisabled' | 'userOverride'
export type BusyOnBusyPolicy = 'enabled' | 'unanswered' | 'disabled' | 'userOverride'
/** What a person chose for calls that arrive while they are in one; it counts under `userOverride` only. */
export type BusyOption = 'playBusySignal' | 'redirectAsUnansweredCall' | 'ringUser'

/** The part of a Teams calling policy (Set-CsTeamsCallingPolicy) that decides about shared calls. */
export type CallingPolicy = {
  readonly allowPrivateCalling: boolean
  readonly allowCallGroups: boolean
  readonly allowDelegation: boolean
  readonly allowCallForwardingToUser: boolean
  readonly allowCallForwardingToPhone: boolean
  readonly allowVoicemail: VoicemailPolicy
  readonly busyOnBusy: BusyOnBusyPolicy
  readonly inboundFederated: CallRouting
  readonly inboundPstn: CallRouting
}

/** Teams' own defaults. */
export const globalPolicy: CallingPolicy = {
  allowPrivateCalling: true,
  allowCallGroups: true,
  allowDelegation: true,
  allowCallForwardingToUser: true,
  allowCallForwardingToPhone: true,
  allowVoicemail: 'userOverride',
  busyOnBusy: 'disabled',
  inboundFederated: 'regularIncoming',
  inboundPstn: 'regularIncoming',
}

/** Owner and members alike need Teams Only mode and a Phone System licence. */
export type Eligibility = { readonly teamsOnly: boolean; readonly phoneSystem: boolean }

export const eligible: Eligibility = { teamsOnly: true, phoneSystem: true }

/** Whether both requirements are met. */
export function isEligible(eligibility: Eligibility): boolean {
  return eligibility.teamsOnly && eligibility.phoneSystem
}

/** The busy option that counts: the policy's, or under `userOverride` the person's own (nothing chosen = ring). */
export function effectiveBusyOption(policy: BusyOnBusyPolicy, own: BusyOption | null): BusyOption {
  switch (policy) {
    case 'enabled':
      return 'playBusySignal'
    case 'unanswered':
      return 'redirectAsUnansweredCall'
    case 'disabled':
      return 'ringUser'
    case 'userOverride':
      return own ?? 'ringUser'
  }
}
