/** Named policies and who has which: what is kept, what is written down, and what two who decide at once come to. */
import assert from 'node:assert/strict'
import { eligible, globalPolicy } from '../../src/core/policy.ts'
import { type Rights } from '../../src/store/documents.ts'
import { type Put } from '../../src/store/store.ts'
import { type Author, theBot } from '../../src/switchboard/author.ts'
import { policyId, type RightsDesk } from '../../src/switchboard/rights.ts'
import { type Ledger, openLedger } from './ledger.ts'

const admin: Author = { person: null, door: 'http' }
const noGroups = { ...globalPolicy, allowCallGroups: false }
const noPhone = { ...eligible, phoneSystem: false }

describe('A policy', () => {
  let ledger: Ledger
  let rights: RightsDesk
  beforeEach(async () => {
    ledger = await openLedger()
    rights = ledger.rights
  })
  afterEach(() => ledger.close())

  const doc = async (person: string): Promise<Rights | undefined> =>
    (await ledger.store.get('rights', person))?.doc
  const names = async () => (await rights.policies({ limit: 9 })).map(({ name }) => name)
  const rows = async () =>
    (await ledger.store.audit({ limit: 9 })).map(({ about, by, door, parts }) => ({ about, by, door, parts }))

  /** Somebody else writes this between the act's reading and its writing. */
  async function atOnce(act: () => Promise<unknown>, put: Put): Promise<void> {
    const acting = act()
    assert.equal(await ledger.store.commit({ puts: [put] }), 'committed', 'the other one is first')
    await acting
  }

  it('is known by its name in any letters, and called as it was written without outer blanks', async () => {
    await rights.setPolicy(admin, ' Front Desk ', noGroups)
    assert.deepEqual(await rights.policy('FRONT desk'), { name: 'Front Desk', policy: noGroups })
    assert.equal(await rights.policy('front'), null)
    assert.equal(policyId(' Front Desk '), 'front desk')
  })

  it('is the same with Tag: before its name, as Teams prints it', async () => {
    await rights.setPolicy(admin, 'Tag:Sales', noGroups)
    assert.deepEqual(await names(), ['Global', 'Sales'])
    for (const name of ['Sales', 'Tag:Sales', ' tag: SALES']) {
      assert.deepEqual(await rights.policy(name), { name: 'Sales', policy: noGroups }, name)
      assert.ok(await rights.assign(admin, 'ann', name), name)
    }
    assert.deepEqual(await doc('ann'), { policy: 'sales' })
    await rights.found('bo', { eligibility: eligible, policy: 'Tag:Sales' })
    assert.deepEqual([(await rights.of('bo')).policy, (await rights.of('bo')).policyFrom], ['Sales', 'graph'])
    assert.equal((await doc('bo'))?.graph?.policy, 'sales')
    const decided = { policy: 'Tag:Sales', eligibility: null }
    assert.equal(await rights.decide(admin, 'cy', decided, () => true), 'decided')
    assert.deepEqual(await doc('cy'), { policy: 'sales' })
    await rights.setPolicy(admin, 'Tag:Global', noGroups)
    assert.equal((await rights.global()).policy.allowCallGroups, false)
    assert.equal(await rights.removePolicy(admin, 'Tag:Sales'), 'inUse')
  })

  it('made when Tag: still was part of its name goes by that, and is not lost', async () => {
    const old = {
      kind: 'policy',
      id: 'tag:sales',
      expect: 0,
      doc: { name: 'Tag:Sales', policy: noGroups },
    } as const
    await ledger.store.commit({ puts: [old] })
    assert.ok(await rights.assign(admin, 'ann', 'Tag:Sales'))
    assert.equal((await rights.of('ann')).policy, 'Tag:Sales')
    await rights.setPolicy(admin, 'Tag:Sales', globalPolicy)
    assert.deepEqual(await names(), ['Global', 'Tag:Sales'])
    await rights.assign(admin, 'ann', null)
    assert.equal(await rights.removePolicy(admin, 'tag:sales'), 'removed')
  })

  it('for everybody is called Global however it is written, and is listed once', async () => {
    assert.deepEqual(await names(), ['Global'])
    await rights.setPolicy(admin, ' GLOBAL ', noGroups)
    await rights.setPolicy(admin, 'Alpha', noGroups)
    assert.deepEqual(await names(), ['Alpha', 'Global'])
    assert.deepEqual(await rights.policy('global'), { name: 'Global', policy: noGroups })
    assert.equal((await rights.of('ann')).policy, 'Global')
  })

  it('that is written again as it is changes nothing, and is changed whole', async () => {
    await rights.setPolicy(admin, 'Sales', globalPolicy)
    await rights.setPolicy(admin, 'Sales', globalPolicy)
    assert.equal((await ledger.store.get('policy', 'sales'))?.rev, 1)
    await rights.setPolicy(admin, 'SALES', noGroups)
    assert.deepEqual((await ledger.store.get('policy', 'sales'))?.doc, { name: 'SALES', policy: noGroups })
  })

  it('is made although it is just as Teams has it', async () => {
    await rights.setPolicy(admin, 'Global', globalPolicy)
    assert.equal((await ledger.store.get('policy', 'global'))?.rev, 1)
  })

  it('is written down by what changed in it, the first time all of it', async () => {
    await rights.setPolicy(admin, 'Global', noGroups)
    const changed = { part: 'allowCallGroups', before: true, after: false }
    assert.deepEqual(await rows(), [{ about: 'policy:Global', by: null, door: 'http', parts: [changed] }])
    await rights.setPolicy(admin, 'Sales', noGroups)
    const [first] = await rows()
    assert.deepEqual(
      first?.parts.map(({ part, before }) => [part, before]),
      Object.keys(noGroups).map((part) => [part, null]),
    )
  })

  it('is written down when it is removed', async () => {
    await rights.setPolicy(admin, 'Sales', noGroups)
    assert.equal(await rights.removePolicy(admin, 'SALES'), 'removed')
    const [last] = await rows()
    const gone = { part: 'policy', before: noGroups, after: null }
    assert.deepEqual(last, { about: 'policy:Sales', by: null, door: 'http', parts: [gone] })
    assert.deepEqual(await names(), ['Global'])
  })

  it('for everybody can be removed always: people who were given it by name have that of Teams', async () => {
    assert.equal(await rights.removePolicy(admin, 'Global'), 'removed')
    assert.deepEqual(await rows(), [])
    await rights.setPolicy(admin, 'Global', noGroups)
    await rights.assign(admin, 'ann', 'Global')
    assert.equal(await rights.removePolicy(admin, 'Global'), 'removed')
    assert.deepEqual(await rights.policy('Global'), { name: 'Global', policy: globalPolicy })
  })

  it('that was given to somebody by Graph only can be removed', async () => {
    await rights.setPolicy(admin, 'Sales', noGroups)
    await rights.found('ann', { eligibility: eligible, policy: 'Sales' })
    assert.equal(await rights.removePolicy(admin, 'Sales'), 'removed')
  })

  it('keeps what is written last when two write at once', async () => {
    const other = { name: 'Sales', policy: { ...globalPolicy, allowDelegation: false } }
    await atOnce(() => rights.setPolicy(admin, 'Sales', noGroups), {
      kind: 'policy',
      id: 'sales',
      expect: 0,
      doc: other,
    })
    assert.deepEqual((await rights.policy('Sales'))?.policy, noGroups)
    await atOnce(() => rights.removePolicy(admin, 'Sales'), {
      kind: 'policy',
      id: 'sales',
      expect: 2,
      doc: other,
    })
    assert.equal(await rights.policy('Sales'), null)
  })

  describe('and somebody’s rights', () => {
    it('say who decided them', async () => {
      await rights.setPolicy(admin, 'Sales', noGroups)
      await rights.assign(admin, 'ann', 'SALES')
      await rights.setEligibility(admin, 'ann', noPhone)
      assert.deepEqual(await rights.of('ann'), {
        eligibility: noPhone,
        eligibilityFrom: 'admin',
        policy: 'Sales',
        policyFrom: 'admin',
      })
    })

    it('hold nothing more of what an admin takes back', async () => {
      await rights.setPolicy(admin, 'Sales', noGroups)
      await rights.assign(admin, 'ann', 'Sales')
      await rights.setEligibility(admin, 'ann', noPhone)
      assert.deepEqual(await doc('ann'), { policy: 'sales', eligibility: noPhone })
      await rights.setEligibility(admin, 'ann', null)
      assert.deepEqual(await doc('ann'), { policy: 'sales' })
      await rights.assign(admin, 'ann', null)
      assert.deepEqual(await doc('ann'), {})
    })

    it('follow Graph whenever it says something else, and are left when it says the same', async () => {
      const says = (eligibility: typeof eligible, policy: string | null) =>
        rights.found('ann', { eligibility, policy })
      await says(eligible, 'Sales')
      const at = ledger.clock.now()
      assert.deepEqual(await doc('ann'), { graph: { eligibility: eligible, policy: 'sales', at } })
      await ledger.clock.advance(1000)
      await says(eligible, 'SALES')
      assert.equal((await doc('ann'))?.graph?.at, at)
      await says(noPhone, 'Sales')
      assert.deepEqual(await doc('ann'), { graph: { eligibility: noPhone, policy: 'sales', at: at + 1000 } })
      await says(noPhone, null)
      assert.equal((await doc('ann'))?.graph?.policy, null)
      assert.ok((await rows()).every(({ by, door }) => by === null && door === theBot.door))
    })

    it('keep both decisions of two at once', async () => {
      await atOnce(() => rights.setEligibility(admin, 'ann', noPhone), {
        kind: 'rights',
        id: 'ann',
        expect: 0,
        doc: { policy: 'sales' },
      })
      assert.deepEqual(await doc('ann'), { policy: 'sales', eligibility: noPhone })
    })
  })
})
