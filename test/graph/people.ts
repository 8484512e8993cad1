/** What Graph says of people, field by field as the metadata has it. */

export type Somebody = {
  readonly availability?: string
  readonly activity?: string
  readonly hasVoice?: boolean | null
  readonly features?: readonly string[]
  readonly accountType?: string
  /** Names of policies by their kind. */
  readonly policies?: Readonly<Record<string, string>>
}

export const someTime = '2026-03-02T08:15:30.1234567Z'
export const tenant = '0a1b2c3d-0000-4000-8000-00000000beef'

/** What Graph says of somebody's presence. */
export function presence(
  id: string,
  { availability = 'Available', activity = availability }: Somebody,
): object {
  return {
    id,
    availability,
    activity,
    outOfOfficeSettings: { message: null, isOutOfOffice: activity === 'OutOfOffice' },
    statusMessage: {
      message: { content: 'Back at three', contentType: 'text' },
      publishedDateTime: someTime,
      expiryDateTime: { dateTime: '2026-03-02T15:00:00.0000000', timeZone: 'UTC' },
    },
    workLocation: { placeId: null, workLocationType: 'office', source: 'manual' },
    sequenceNumber: 'A0046637',
  }
}

/** What Graph says of somebody's configuration. */
export function configuration(id: string, somebody: Somebody, showsAllMembers = true): object {
  const {
    hasVoice = true,
    features = ['Teams', 'PhoneSystem'],
    accountType = 'user',
    policies = {},
  } = somebody
  return {
    '@odata.context': 'metadata#admin/teams/userConfigurations/$entity',
    id,
    tenantId: tenant,
    userPrincipalName: `person-${id.slice(-4)}@contoso.com`,
    // Members that joined the enumeration later are told only to those who say that they bear them.
    accountType: accountType === 'ineligibleUser' && !showsAllMembers ? 'unknownFutureValue' : accountType,
    isEnterpriseVoiceEnabled: hasVoice,
    featureTypes: features,
    telephoneNumbers: [{ telephoneNumber: '+442079460001', assignmentCategory: 'primary' }],
    effectivePolicyAssignments: Object.entries(policies).map(([policyType, displayName]) => ({
      policyType,
      policyAssignment: { displayName, assignmentType: 'direct', policyId: 'VGFnOg', groupId: null },
    })),
    createdDateTime: someTime,
    modifiedDateTime: someTime,
  }
}
