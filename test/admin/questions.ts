/** A question that uses every part of the format, and its answer to the letter. */
export const fullQuestion = {
  caller: { kind: 'internal', id: 'carl@contoso.com' },
  owner: 'ann@contoso.com',
  settings: {
    'ann@contoso.com': {
      IsForwardingEnabled: true,
      ForwardingType: 'Simultaneous',
      ForwardingTargetType: 'Group',
      ForwardingTarget: null,
      IsUnansweredEnabled: true,
      UnansweredTargetType: 'Voicemail',
      UnansweredTarget: null,
      UnansweredDelay: '00:00:20',
      CallGroupOrder: 'InOrder',
      CallGroupTargets: ['sip:bo@contoso.com', 'sip:cy@contoso.com'],
      Delegates: [{ Id: 'sip:di@contoso.com', ReceiveCalls: true }],
      BusyOnBusyOption: null,
    },
    'bo@contoso.com': {
      GroupMembershipDetails: [{ CallGroupOwnerId: 'sip:ann@contoso.com', NotificationSetting: 'Banner' }],
      GroupNotificationOverride: null,
    },
  },
  presence: { 'ann@contoso.com': 'Available' },
  people: { 'ann@contoso.com': { TeamsOnly: true, PhoneSystem: true } },
  policies: {
    'ann@contoso.com': {
      AllowPrivateCalling: true,
      AllowCallGroups: true,
      AllowDelegation: true,
      AllowCallForwardingToUser: true,
      AllowCallForwardingToPhone: true,
      AllowVoicemail: 'UserOverride',
      BusyOnBusyEnabledType: 'Disabled',
      InboundFederatedCallRoutingTreatment: 'RegularIncoming',
      InboundPstnCallRoutingTreatment: 'RegularIncoming',
    },
  },
}

export const fullAnswer =
  '{"stages":[{"ring":"owner","people":["ann@contoso.com"],"from":0,"to":20},' +
  '{"ring":"group","people":["bo@contoso.com"],"from":0,"to":20}],"end":{"is":"voicemail","at":20}}'
