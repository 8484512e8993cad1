import assert from 'node:assert/strict'
import { readCallingSettings } from '../../src/admin/calling-settings.ts'

describe('calling settings', () => {
  refuses(
    'delays that Teams does not have',
    { UnansweredDelay: '00:00:25' },
    'E_DELAY',
    /5, 10, 15, 20, 30, 40, 50, 60/,
  )
  refuses('delays that may be minutes', { UnansweredDelay: '00:20' }, 'E_DELAY', /UnansweredDelay/)
  refuses('delays of no clock', { UnansweredDelay: '00:00:60' }, 'E_DELAY', /UnansweredDelay/)
  refuses('delays in words', { UnansweredDelay: 'soon' }, 'E_DELAY', /"soon"/)
  refuses('a TimeSpan without its seconds', { UnansweredDelay: { Ticks: 1 } }, 'E_DELAY', /UnansweredDelay/)
  refuses(
    'a single target that is missing',
    forwardedTo('SingleTarget'),
    'E_TARGET_FORMAT',
    /ForwardingTarget /,
  )
  refuses(
    'a single target of no known form',
    { ...forwardedTo('SingleTarget'), ForwardingTarget: 'the front desk' },
    'E_TARGET_FORMAT',
    /object id/,
  )
  refuses(
    'a target that belongs to no single target',
    { ...forwardedTo('Group'), ForwardingTarget: 'pat@contoso.com' },
    'E_TARGET_FORMAT',
    /SingleTarget/,
  )
  refuses(
    'forwarding to nowhere',
    { IsForwardingEnabled: true, ForwardingType: 'Immediate' },
    'E_FORMAT',
    /TargetType/,
  )
  refuses(
    'forwarding of no type',
    { ...forwardedTo('Group'), ForwardingType: null },
    'E_FORMAT',
    /ForwardingType/,
  )
  refuses(
    'words nobody knows, even of a rule that is off',
    { IsForwardingEnabled: false, ForwardingType: 'Later' },
    'E_FORMAT',
    /Immediate, Simultaneous/,
  )
  refuses(
    'switches that are neither on nor off',
    { IsForwardingEnabled: 1 },
    'E_FORMAT',
    /IsForwardingEnabled/,
  )
  refuses(
    'members that are numbers',
    { CallGroupTargets: ['+12065551234'] },
    'E_EXTERNAL',
    /CallGroupTargets/,
  )
  refuses('members without a name', { CallGroupTargets: [' '] }, 'E_FORMAT', /CallGroupTargets/)
  refuses(
    'delegates cut short by the printer',
    { Delegates: ['@{Id=sip:di@contoso.com}'] },
    'E_FORMAT',
    /Delegates\[0\]/,
  )
  refuses(
    'two opinions on one group',
    {
      GroupMembershipDetails: [
        { CallGroupOwnerId: 'zoe@contoso.com', NotificationSetting: 'Ring' },
        { CallGroupOwnerId: 'sip:Zoe@contoso.com', NotificationSetting: 'Mute' },
      ],
    },
    'E_DUP',
    /zoe@contoso.com/,
  )

  it('are refused when they name somebody nobody knows', () => {
    const nobody = () => null
    for (const json of [
      { CallGroupTargets: ['bo@contoso.com'] },
      { ...forwardedTo('SingleTarget'), ForwardingTarget: 'bo@contoso.com' },
    ]) {
      const settings = readCallingSettings(json, nobody)
      assert.ok('error' in settings)
      assert.equal(settings.error.code, 'E_NOT_FOUND')
    }
  })

  it('are refused when they are no object at all', () => {
    for (const json of [[], 'settings', 7, true])
      assert.ok('error' in readCallingSettings(json), JSON.stringify(json))
  })
})

function forwardedTo(type: string) {
  return { IsForwardingEnabled: true, ForwardingType: 'Immediate', ForwardingTargetType: type }
}

function refuses(what: string, json: object, code: string, says: RegExp): void {
  it(`are refused with ${what}`, () => {
    const settings = readCallingSettings(json)
    assert.ok('error' in settings)
    assert.equal(settings.error.code, code)
    assert.match(settings.error.message, says)
  })
}
