import assert from 'node:assert/strict'
import { SendQuota } from '../../src/chat/send/send-quota.ts'
import { realClock } from '../../src/clock.ts'
import { openPostgres, type Postgres } from '../../src/store/postgres/postgres.ts'
import { type Wanted } from '../../src/store/instances.ts'
import { ask, dropSchema, newSchema, type Server, someServer } from '../postgres/server.ts'

describe('Instances on one database', () => {
  let server: Server
  let schema: string
  let instances: readonly Postgres[]
  before(async () => (server = await someServer()))
  after(() => server.stop())
  beforeEach(async () => {
    schema = newSchema()
    const open = () => openPostgres({ url: server.url, schema })
    instances = await Promise.all([open(), open(), open()])
  })
  afterEach(async () => {
    await Promise.all(instances.map(({ store }) => store.close()))
    await dropSchema(server.url, schema)
  })

  const [one, two] = [() => instances[0]?.instances, () => instances[1]?.instances]
  const wants = (count: number, priority: Wanted['priority'] = 2, conversation?: string): readonly Wanted[] =>
    Array.from({ length: count }, (_, at) => ({ conversation: conversation ?? `c${at}`, priority }))
  /** Lets the slots of the last second become old. */
  const secondLater = () => ask(server.url, `update "${schema}".slot set at = at - 1000`)

  it('make the schema once when they start at once', async () => {
    const ran = await ask<{ name: string }>(server.url, `select name from "${schema}".migration order by id`)
    assert.deepEqual(
      ran.map(({ name }) => name),
      ['0001_store', '0002_together', '0003_plans', '0004_set_back', '0005_two_roles', '0006_spared'],
    )
  })

  it('start beside a newer version that has brought the schema further', async () => {
    await ask(
      server.url,
      `insert into "${schema}".migration (name, run_on) values ('9999_of_tomorrow', now());
       alter table "${schema}".document add column of_tomorrow text`,
    )
    const { store } = await openPostgres({ url: server.url, schema })
    const put = { kind: 'endedEarly', id: 'a', expect: 0, doc: { at: 1 } } as const
    assert.equal(await store.commit({ puts: [put] }), 'committed')
    assert.deepEqual(await store.get('endedEarly', 'a'), { rev: 1, doc: { at: 1 } })
    await store.close()
  })

  it('keep apart what deployments with other schemas keep', async () => {
    const other = newSchema()
    const { store } = await openPostgres({ url: server.url, schema: other })
    await store.commit({ puts: [{ kind: 'endedEarly', id: 'theirs', expect: 0, doc: { at: 1 } }] })
    assert.equal(await instances[0]?.store.get('endedEarly', 'theirs'), null)
    await store.close()
    await dropSchema(server.url, other)
  })

  it('send fifty requests in a second between them, and seven to one conversation', async () => {
    const first = await one()?.takeSlots(wants(30), 30)
    const second = await two()?.takeSlots(
      wants(40).map((want, at) => ({ ...want, conversation: `d${at}` })),
      40,
    )
    assert.deepEqual([first?.granted.length, second?.granted.length], [30, 20])
    await secondLater()
    assert.equal((await one()?.takeSlots(wants(5, 0, 'busy'), 16))?.granted.length, 5)
    assert.equal((await two()?.takeSlots(wants(5, 0, 'busy'), 16))?.granted.length, 2)
  })

  it('leave the slots that are left to what is more urgent elsewhere', async () => {
    await one()?.takeSlots(wants(50), 50)
    const urgent = await one()?.takeSlots(wants(3, 0), 16)
    assert.deepEqual(urgent?.granted, [], 'nothing is left')
    await ask(
      server.url,
      `delete from "${schema}".slot where ctid in (select ctid from "${schema}".slot limit 4)`,
    )
    const common = await two()?.takeSlots(wants(4, 2), 16)
    assert.equal(common?.granted.length, 1, 'three of the four are for what is urgent at the other')
    assert.equal((await one()?.takeSlots(wants(3, 0), 16))?.granted.length, 3)
  })

  it('reserve nothing for what an instance could not send anyway', async () => {
    await one()?.takeSlots(wants(50), 50)
    await one()?.takeSlots(wants(30, 0), 2)
    await ask(
      server.url,
      `delete from "${schema}".slot where ctid in (select ctid from "${schema}".slot limit 4)`,
    )
    assert.equal((await two()?.takeSlots(wants(4, 2), 16))?.granted.length, 2)
  })

  it('stay within the limit with budgets that send as fast as they may, and none waits for ever', async () => {
    let sent = 0
    const began = performance.now()
    const budgets = instances.map(
      ({ instances }) => new SendQuota(realClock, (wanted, most) => instances.takeSlots(wanted, most)),
    )
    const send = async (index: number) =>
      budgets[index % 3]?.run(`c${index}`, 2, () => Promise.resolve((sent += 1)))
    await Promise.all(Array.from({ length: 120 }, (_, index) => send(index)))
    assert.equal(sent, 120)
    assert.ok(performance.now() - began > 1900, 'a hundred and twenty take two seconds and a moment')
  })

  it('know what another has answered, for a minute', async () => {
    assert.equal(await two()?.wasHeard('message 1'), false)
    await one()?.heard('message 1')
    assert.equal(await two()?.wasHeard('message 1'), true)
    await ask(server.url, `update "${schema}".heard set at = at - 60000`)
    assert.equal(await two()?.wasHeard('message 1'), false)
  })

  it('give a duty to one of them, and to another when that one is gone', async () => {
    assert.equal(await one()?.hasDuty('eligibility'), true)
    assert.equal(await two()?.hasDuty('eligibility'), false)
    assert.equal(await one()?.hasDuty('eligibility'), true)
    await ask(server.url, `update "${schema}".duty set free_at = free_at - 60000`)
    assert.equal(await two()?.hasDuty('eligibility'), true)
  })
})
