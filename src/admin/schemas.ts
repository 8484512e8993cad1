/** The shapes of what the admin API takes and gives, as JSON Schema. */

type Schema = Readonly<Record<string, unknown>>

const text: Schema = { type: 'string' }
const textOrNull: Schema = { type: ['string', 'null'] }
const flag: Schema = { type: 'boolean' }
const flagOrNull: Schema = { type: ['boolean', 'null'] }
const count: Schema = { type: 'integer', minimum: 0 }

function one(...words: readonly string[]): Schema {
  return { type: 'string', enum: words }
}

function oneOrNull(...words: readonly string[]): Schema {
  return { type: ['string', 'null'], enum: [...words, null] }
}

function list(items: Schema): Schema {
  return { type: 'array', items }
}

function object(properties: Readonly<Record<string, Schema>>, required = Object.keys(properties)): Schema {
  return { type: 'object', properties, required, additionalProperties: false }
}

function named(schema: string): Schema {
  return { $ref: `#/components/schemas/${schema}` }
}

/** A list, and where the next page begins. */
function pageOf(items: Schema, next: Schema = textOrNull): Schema {
  return object({ value: list(items), next })
}

const delay: Schema = {
  type: 'string',
  enum: ['00:00:05', '00:00:10', '00:00:15', '00:00:20', '00:00:30', '00:00:40', '00:00:50', '00:01:00'],
}
const targetTypes = ['Voicemail', 'SingleTarget', 'MyDelegates', 'Group'] as const
const notification = one('Ring', 'Banner', 'Mute')
const permissions = {
  MakeCalls: flag,
  ReceiveCalls: flag,
  ManageSettings: flag,
  PickUpHeldCalls: flag,
  JoinActiveCalls: flag,
}
const identity = { Id: text, ObjectId: textOrNull, SipUri: textOrNull, DisplayName: text }
const from = one('admin', 'graph', 'default')
const rights = {
  TeamsOnly: flag,
  PhoneSystem: flag,
  EligibilityFrom: from,
  Policy: text,
  PolicyFrom: from,
}
const sheet = {
  IsForwardingEnabled: flagOrNull,
  ForwardingType: oneOrNull('Immediate', 'Simultaneous'),
  ForwardingTarget: textOrNull,
  ForwardingTargetType: oneOrNull(...targetTypes),
  IsUnansweredEnabled: flagOrNull,
  UnansweredTarget: textOrNull,
  UnansweredTargetType: oneOrNull(...targetTypes),
  UnansweredDelay: delay,
  Delegates: list(named('Delegate')),
  Delegators: list(object({ Id: text })),
  CallGroupOrder: one('Simultaneous', 'InOrder'),
  CallGroupTargets: { type: 'array', items: text, maxItems: 25 },
  GroupMembershipDetails: list(object({ CallGroupOwnerId: text, NotificationSetting: notification })),
  GroupNotificationOverride: oneOrNull('Ring', 'Banner', 'Mute'),
  BusyOnBusyOption: oneOrNull('PlayBusySignal', 'RedirectAsUnansweredCall', 'RingUser'),
}
/** Fields that Set-CsUserCallingSettings does not have. */
const ownFields = { CallGroupRungByTeams: flag }
const policy = {
  Identity: text,
  AllowPrivateCalling: flag,
  AllowCallGroups: flag,
  AllowDelegation: flag,
  AllowCallForwardingToUser: flag,
  AllowCallForwardingToPhone: flag,
  AllowVoicemail: one('AlwaysEnabled', 'AlwaysDisabled', 'UserOverride'),
  BusyOnBusyEnabledType: one('Enabled', 'Unanswered', 'Disabled', 'UserOverride'),
  InboundFederatedCallRoutingTreatment: one('RegularIncoming', 'Unanswered', 'Voicemail'),
  InboundPstnCallRoutingTreatment: one('RegularIncoming', 'Unanswered', 'Voicemail', 'UserOverride'),
}
const coded = object({ code: text, message: text })
const swept = { User: text, Why: text, Concerned: list(text), Undo: textOrNull }

export const schemas: Readonly<Record<string, Schema>> = {
  Problem: object({
    error: object({ code: text, message: text, details: list(coded) }, ['code', 'message']),
  }),
  UserList: pageOf(
    object({ ...identity, IsReached: flag, CallGroupMembers: count, CallGroupMemberships: count, ...rights }),
  ),
  UserPolicy: object({ ...identity, ...rights }),
  PolicyChoice: object({ Policy: textOrNull }),
  Eligibility: object({ TeamsOnly: flag, PhoneSystem: flag }, []),
  CallingSettings: object({ ...identity, ...sheet, ...ownFields, Warnings: list(coded) }, [
    ...Object.keys(identity),
    ...Object.keys(sheet),
  ]),
  ParameterGroup: object({ ...sheet, ...ownFields }, []),
  Delegate: object({ Id: text, ...permissions }, ['Id']),
  DelegatePermissions: object(permissions, []),
  DelegateList: object({ value: list(named('Delegate')) }),
  Policy: object(policy, []),
  PolicyWritten: object({ ...policy, Stale: count, Advice: textOrNull }),
  PolicyList: pageOf(object(policy)),
  StaleList: pageOf(
    object({
      User: text,
      Why: one('callGroupsOff', 'notEligible'),
      CallGroupMembers: count,
      CallGroupMemberships: count,
    }),
  ),
  SweepOrder: object({ apply: flag, users: list(text) }, []),
  Swept: object(swept),
  SweepList: object({ applied: flag, undo: textOrNull, value: list(object(swept)) }),
  ResourceAccount: object({ Id: text, Owner: text }),
  ResourceAccountOwner: object({ Owner: text }),
  ResourceAccountList: pageOf(object({ Id: text, Owner: text })),
  UndoList: pageOf(object({ Undo: text, User: text, At: text, Undone: flag })),
  Undone: object({ undone: list(text), notRestored: list(coded) }),
  AuditList: pageOf(
    object({
      Number: count,
      At: text,
      About: text,
      By: textOrNull,
      Door: text,
      Changes: list(object({ Part: text, Before: {}, After: {} })),
    }),
    { type: ['integer', 'null'] },
  ),
}

/** The fields of a shape, as a request may name them. */
export function fieldsOf(name: string): readonly string[] {
  const properties = schemas[name]?.['properties']
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : []
}
