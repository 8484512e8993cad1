import assert from 'node:assert/strict'
import fc from 'fast-check'
import { readUserConfiguration, userConfiguration } from '../../src/graph/user-configuration.ts'
import { Office, personId } from './office.ts'
import { type Somebody } from './people.ts'
import { quickGraph } from './quick-graph.ts'

const ann = personId(1)
const both = { teamsOnly: true, phoneSystem: true }

describe('What Teams’ administration says of somebody', () => {
  let office: Office
  beforeEach(async () => {
    office = await Office.open()
  })
  afterEach(() => office.close())

  const meanings: ReadonlyArray<readonly [string, Somebody, object]> = [
    ['has voice', {}, { eligibility: both, policyName: null }],
    ['has no voice', { hasVoice: false }, { eligibility: { ...both, phoneSystem: false }, policyName: null }],
    ['has the licence', { hasVoice: null }, { eligibility: both, policyName: null }],
    [
      'has no licence',
      { hasVoice: null, features: ['Teams', 'CallingPlan'] },
      { eligibility: { ...both, phoneSystem: false }, policyName: null },
    ],
    ['has features that nobody lists', { features: [] }, { eligibility: both, policyName: null }],
    [
      'has no Teams',
      { features: ['PhoneSystem'] },
      { eligibility: { ...both, teamsOnly: false }, policyName: null },
    ],
    [
      'is at home in Skype for Business',
      { accountType: 'sfbOnPremUser' },
      { eligibility: { ...both, teamsOnly: false }, policyName: null },
    ],
    [
      'is told of later members',
      { accountType: 'ineligibleUser', hasVoice: false },
      { eligibility: { ...both, phoneSystem: false }, policyName: null },
    ],
    [
      'has a policy',
      { policies: { TeamsMeetingPolicy: 'AllOff', TeamsCallingPolicy: ' No Groups ' } },
      { eligibility: both, policyName: 'No Groups' },
    ],
    [
      'has a policy without a name',
      { policies: { TeamsCallingPolicy: ' ' } },
      { eligibility: both, policyName: null },
    ],
    ...['UpgradeToTeams', 'Global'].map(
      (mode) =>
        [
          `is in mode ${mode}`,
          { policies: { TeamsUpgradePolicy: mode } },
          { eligibility: both, policyName: null },
        ] as const,
    ),
    ...['Islands', 'IslandsWithNotify', 'SfBOnly', 'SfBWithTeamsCollab', 'SfBWithTeamsCollabAndMeetings'].map(
      (mode) =>
        [
          `is in mode ${mode}`,
          { policies: { TeamsUpgradePolicy: mode } },
          { eligibility: { ...both, teamsOnly: false }, policyName: null },
        ] as const,
    ),
  ]
  for (const [what, somebody, configuration] of meanings)
    it(`${what}: ${JSON.stringify(somebody)}`, async () => {
      office.people.set(ann, somebody)
      const found = await userConfiguration(quickGraph(office).graph, ann)
      assert.deepEqual(found, { is: 'found', configuration })
    })

  it('is asked for in full', async () => {
    await userConfiguration(quickGraph(office).graph, ann)
    const [asked] = office.asked
    assert.equal(asked?.path, `/v1.0/admin/teams/userConfigurations/${ann}`)
    assert.equal(asked.headers['prefer'], 'include-unknown-enum-members')
  })

  it('is read with and without the value around it', () => {
    const record = { isEnterpriseVoiceEnabled: true }
    assert.deepEqual(readUserConfiguration(record), readUserConfiguration({ value: record }))
    assert.deepEqual(readUserConfiguration(record), { eligibility: both, policyName: null })
  })

  it('is nothing of people whom Graph does not know', async () => {
    assert.deepEqual(await userConfiguration(quickGraph(office).graph, ann), { is: 'notFound' })
  })

  for (const id of ['..', '29:dot', 'ann@contoso.com', ''])
    it(`is not asked of ${JSON.stringify(id)}`, async () => {
      assert.deepEqual(await userConfiguration(quickGraph(office).graph, id), { is: 'notFound' })
      assert.equal(office.asked.length, 0)
    })

  for (const body of ['{}', { value: [] }, { value: { id: ann } }, { isEnterpriseVoiceEnabled: 'yes' }])
    it(`is nothing to go by when Graph says ${JSON.stringify(body)}`, async () => {
      office.faults({ status: 200, body })
      assert.deepEqual(await userConfiguration(quickGraph(office).graph, ann), { is: 'badAnswer' })
    })

  it('may fail as everything that is asked of Graph', async () => {
    office.faults({ status: 429, headers: { 'Retry-After': '60' } })
    const throttled = await userConfiguration(quickGraph(office).graph, ann)
    assert.deepEqual(throttled, { is: 'throttled', retryAfterMs: 60_000 })
  })

  it('never surprises, whatever the shape', () => {
    const odd = fc.record(
      {
        isEnterpriseVoiceEnabled: fc.anything(),
        featureTypes: fc.oneof(fc.anything(), fc.array(fc.anything())),
        accountType: fc.anything(),
        effectivePolicyAssignments: fc.oneof(
          fc.anything(),
          fc.array(
            fc.oneof(
              fc.anything(),
              fc.record({ policyType: fc.constant('TeamsCallingPolicy'), policyAssignment: fc.anything() }),
            ),
          ),
        ),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(fc.anything(), odd, fc.record({ value: odd })), (json) => {
        const read = readUserConfiguration(json)
        if (read === null) return
        assert.equal(typeof read.eligibility.phoneSystem, 'boolean')
        assert.equal(typeof read.eligibility.teamsOnly, 'boolean')
        assert.notEqual(read.policyName?.trim(), '')
      }),
    )
  })
})
