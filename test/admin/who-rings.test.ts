import assert from 'node:assert/strict'
import fc from 'fast-check'
import { writeCallingSettings } from '../../src/admin/settings-sheet.ts'
import { answerQuestion, answerText } from '../../src/admin/who-rings.ts'
import { type CallingPolicy } from '../../src/core/policy.ts'
import { oracle } from '../core/oracle.ts'
import { fullAnswer, fullQuestion } from './questions.ts'
import { circumstances, valueAt } from '../core/every-circumstance.ts'
import { type Circumstances, memberId, owner, situationOf } from '../core/situations.ts'

const call = { caller: { kind: 'internal', id: 'carl@contoso.com' }, owner: 'ann@contoso.com' }

describe('who rings', () => {
  it('answers the question of the format page', () => {
    assert.equal(JSON.stringify(answerQuestion(fullQuestion)), fullAnswer)
  })

  it('rings the owner for 30 seconds and takes a message when nothing else is said', () => {
    assert.equal(
      JSON.stringify(answerQuestion(call)),
      '{"stages":[{"ring":"owner","people":["ann@contoso.com"],"from":0,"to":30}],"end":{"is":"voicemail","at":30}}',
    )
  })

  it('names where a forwarded call goes', () => {
    const forwarded = {
      IsForwardingEnabled: true,
      ForwardingType: 'Immediate',
      ForwardingTargetType: 'SingleTarget',
    }
    const endFor = (ForwardingTarget: string) => {
      const answer = answerQuestion({
        ...call,
        settings: { 'ann@contoso.com': { ...forwarded, ForwardingTarget } },
      })
      return 'error' in answer ? answer.error : answer
    }
    const at0 = { is: 'transfer', at: 0 }
    assert.deepEqual(endFor('sip:Pat@Contoso.com'), { stages: [], end: { ...at0, to: 'pat@contoso.com' } })
    assert.deepEqual(endFor('tel:+1 206 555 1234'), { stages: [], end: { ...at0, to: '+12065551234' } })
  })

  it('reads every policy and presence by the names of Teams, and agrees with the second reading of the table', () => {
    const anything = fc
      .gen()
      .map((draw) =>
        circumstances(
          (values) => valueAt(values, draw(fc.nat, { max: values.length - 1 })),
          [0, 1, 3, 5, 25],
        ),
      )
    fc.assert(
      fc.property(anything, (given) => {
        const { stages, end, at } = oracle(situationOf(given))
        const to = end.is === 'transfer' && { to: end.to.is === 'person' ? end.to.person : end.to.number }
        assert.deepEqual(answerText(JSON.stringify(questionFor(given))), {
          stages,
          end: { is: end.is, at, ...to },
        })
      }),
      { numRuns: 1500 },
    )
  })

  it('lets calls from telephones ring as usual where the policy leaves it to the person called', () => {
    const policies = { [owner]: { InboundPstnCallRoutingTreatment: 'UserOverride' } }
    assert.deepEqual(
      answerQuestion({ ...call, caller: { kind: 'pstn' }, policies }),
      answerQuestion({ ...call, caller: { kind: 'pstn' } }),
    )
  })

  refuses('a question without a caller', { owner }, 'E_FORMAT', /caller\.kind/)
  refuses('a question without an owner', { caller: call.caller }, 'E_FORMAT', /owner/)
  refuses(
    'a caller of another kind',
    { ...call, caller: { kind: 'martian' } },
    'E_FORMAT',
    /internal, federated, pstn/,
  )
  refuses('a caller who is no text', { ...call, caller: { kind: 'pstn', id: 7 } }, 'E_FORMAT', /caller\.id/)
  refuses('another presence', { ...call, presence: { [owner]: 'Dancing' } }, 'E_FORMAT', /DoNotDisturb/)
  refuses(
    'another policy',
    { ...call, policies: { [owner]: { AllowVoicemail: 'Often' } } },
    'E_FORMAT',
    /AlwaysEnabled/,
  )
  refuses(
    'a requirement in words',
    { ...call, people: { [owner]: { TeamsOnly: 'mostly' } } },
    'E_FORMAT',
    /TeamsOnly/,
  )
  refuses(
    'bad settings of anybody',
    { ...call, settings: { zoe: { UnansweredDelay: 7 } } },
    'E_DELAY',
    /settings\.zoe/,
  )
  refuses(
    'one person twice',
    { ...call, presence: { [owner]: 'Offline', [`SIP:${owner}`]: 'InACall' } },
    'E_DUP',
    /ann/,
  )
  refuses('a list of questions', [call], 'E_FORMAT', /object/)
  refuses('nothing', null, 'E_FORMAT', /caller/)

  it('has an answer to JSON that is nested too deeply to be written out', () => {
    const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    assert.ok('error' in answerText(`{"caller":${nested},"owner":"ann@contoso.com"}`))
  })

  it('says when a line is not JSON', () => {
    const answer = answerText('{"caller":')
    assert.ok('error' in answer)
    assert.match(answer.error.message, /not JSON/)
  })
})

function refuses(what: string, json: unknown, code: string, says: RegExp): void {
  it(`does not guess at ${what}`, () => {
    const answer = answerQuestion(json)
    assert.ok('error' in answer)
    assert.equal(answer.error.code, code)
    assert.match(answer.error.message, says)
  })
}

const loud = (id: string) => `SIP:${id.toUpperCase()}`

/** The question for these circumstances, with people named now one way, now the other. */
function questionFor(given: Circumstances): object {
  const { caller, owner: ann, subscribers, presenceOf } = situationOf(given)
  const members = given.members.map((_, index) => subscribers(memberId(index)))
  const everybody = [ann, ...members]
  const perPerson = (of: (person: (typeof everybody)[number]) => unknown) =>
    Object.fromEntries(
      everybody.map((person, index) => [index % 2 === 0 ? person.id : loud(person.id), of(person)]),
    )
  return {
    caller: { kind: caller.kind, ...(caller.id !== undefined && { id: loud(caller.id) }) },
    owner: loud(owner),
    settings: perPerson(({ settings }) => writeCallingSettings(settings, (id) => id)),
    presence: perPerson(({ id }) => presenceNames[presenceOf(id)]),
    people: perPerson(({ eligibility }) => ({
      TeamsOnly: eligibility.teamsOnly,
      PhoneSystem: eligibility.phoneSystem,
    })),
    policies: { [owner]: policyNamed(given.policy) },
  }
}

const presenceNames = {
  available: 'Available',
  inACall: 'InACall',
  doNotDisturb: 'DoNotDisturb',
  offline: 'Offline',
}
const voicemailNames = {
  alwaysEnabled: 'AlwaysEnabled',
  alwaysDisabled: 'AlwaysDisabled',
  userOverride: 'UserOverride',
}
const busyNames = {
  enabled: 'Enabled',
  unanswered: 'Unanswered',
  disabled: 'Disabled',
  userOverride: 'UserOverride',
}
const routingNames = { regularIncoming: 'RegularIncoming', unanswered: 'Unanswered', voicemail: 'Voicemail' }

function policyNamed(policy: CallingPolicy): object {
  return {
    AllowPrivateCalling: policy.allowPrivateCalling,
    AllowCallGroups: policy.allowCallGroups,
    AllowDelegation: policy.allowDelegation,
    AllowCallForwardingToUser: policy.allowCallForwardingToUser,
    AllowCallForwardingToPhone: policy.allowCallForwardingToPhone,
    AllowVoicemail: voicemailNames[policy.allowVoicemail],
    BusyOnBusyEnabledType: busyNames[policy.busyOnBusy],
    InboundFederatedCallRoutingTreatment: routingNames[policy.inboundFederated],
    InboundPstnCallRoutingTreatment: routingNames[policy.inboundPstn],
  }
}
