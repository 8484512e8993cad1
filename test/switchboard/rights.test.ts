import assert from 'node:assert/strict'
import { eligible, globalPolicy } from '../../src/core/policy.ts'
import { type Author, theBot } from '../../src/switchboard/author.ts'
import { RightsDesk } from '../../src/switchboard/rights.ts'
import { adds, type Desk, openDesk } from './desk.ts'

const admin: Author = { person: null, door: 'http' }
const noGroups = { ...globalPolicy, allowCallGroups: false }
const noPhone = { ...eligible, phoneSystem: false }

describe('Rights', () => {
  let desk: Desk
  let rights: RightsDesk
  beforeEach(async () => {
    desk = await openDesk()
    rights = new RightsDesk(desk.store, () => desk.clock.now())
  })
  afterEach(() => desk.close())
  const codes = async (owner: string) => (await adds(desk, owner, 'bo')).refusals.map(({ code }) => code)

  it('are those of Teams until somebody decides otherwise', async () => {
    assert.deepEqual(await rights.of('ann'), {
      eligibility: eligible,
      eligibilityFrom: 'default',
      policy: 'Global',
      policyFrom: 'default',
    })
    assert.deepEqual(await rights.policies({ limit: 9 }), [{ name: 'Global', policy: globalPolicy }])
  })

  it('come from the policy somebody has, written in any letters', async () => {
    await rights.setPolicy(admin, 'Front Desk', noGroups)
    assert.equal(await rights.assign(admin, 'ann', 'front desk '), true)
    assert.equal((await rights.of('ann')).policy, 'Front Desk')
    assert.deepEqual(await codes('ann'), ['E_POLICY_GROUPS'])
    assert.deepEqual(await codes('cy'), [])
    await rights.assign(admin, 'ann', null)
    assert.deepEqual(await codes('ann'), [])
  })

  it('change for everybody else with the global policy, until it is taken back', async () => {
    await rights.setPolicy(admin, 'Sales', globalPolicy)
    await rights.assign(admin, 'ann', 'Sales')
    await rights.setPolicy(admin, 'GLOBAL', noGroups)
    assert.deepEqual([await codes('ann'), await codes('cy')], [[], ['E_POLICY_GROUPS']])
    assert.equal(await rights.removePolicy(admin, 'Global'), 'removed')
    assert.deepEqual(await codes('cy'), [])
    assert.equal((await rights.policy('global'))?.name, 'Global')
  })

  it('do not lose a policy that somebody has', async () => {
    await rights.setPolicy(admin, 'Sales', noGroups)
    await rights.assign(admin, 'ann', 'Sales')
    assert.equal(await rights.removePolicy(admin, 'sales'), 'inUse')
    await rights.assign(admin, 'ann', 'Global')
    assert.equal(await rights.removePolicy(admin, 'sales'), 'removed')
    assert.equal(await rights.removePolicy(admin, 'sales'), 'unknown')
    assert.equal(await rights.assign(admin, 'ann', 'Sales'), false)
  })

  it('follow what Graph says, unless an admin decided', async () => {
    await rights.setPolicy(admin, 'Sales', noGroups)
    await rights.found('ann', { eligibility: noPhone, policy: 'SALES' })
    assert.deepEqual(await rights.of('ann'), {
      eligibility: noPhone,
      eligibilityFrom: 'graph',
      policy: 'Sales',
      policyFrom: 'graph',
    })
    await rights.setEligibility(admin, 'ann', eligible)
    await rights.assign(admin, 'ann', 'global')
    assert.deepEqual(await codes('ann'), [])
    await rights.setEligibility(admin, 'ann', null)
    assert.equal((await rights.of('ann')).eligibilityFrom, 'graph')
  })

  it('fall back to the global policy for a name that Graph knows and nobody wrote here', async () => {
    await rights.found('ann', { eligibility: eligible, policy: 'Somewhere else' })
    assert.deepEqual(await codes('ann'), [])
    assert.equal((await rights.of('ann')).policy, 'Global')
  })

  it('write down who changed what, and nothing when nothing changed', async () => {
    await rights.setPolicy(admin, 'Sales', noGroups)
    await rights.setPolicy(admin, 'Sales', noGroups)
    for (let twice = 0; twice < 2; twice += 1) {
      await rights.assign(admin, 'ann', 'Sales')
      await rights.setEligibility({ person: 'root', door: 'admin' }, 'ann', noPhone)
      await rights.found('ann', { eligibility: noPhone, policy: null })
    }
    const rows = await desk.store.audit({ limit: 9 })
    assert.deepEqual(
      rows.map(({ about, by, door, parts }) => [about, by, door, parts.map(({ part }) => part).join()]),
      [
        ['ann', null, theBot.door, 'graph'],
        ['ann', 'root', 'admin', 'eligibility'],
        ['ann', null, 'http', 'policy'],
        ['policy:Sales', null, 'http', Object.keys(globalPolicy).join()],
      ],
    )
  })

  it('list policies by page', async () => {
    for (const name of ['Alpha', 'Sales', 'zeta']) await rights.setPolicy(admin, name, globalPolicy)
    const names = async (after?: string, limit = 2) => {
      const page = await rights.policies({ limit, ...(after === undefined ? {} : { after }) })
      return page.map(({ name }) => name)
    }
    assert.deepEqual(await names(), ['Alpha', 'Global'])
    assert.deepEqual(await names('global'), ['Sales', 'zeta'])
    assert.deepEqual(await names(undefined, 9), ['Alpha', 'Global', 'Sales', 'zeta'])
  })
})
