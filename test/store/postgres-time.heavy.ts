import assert from 'node:assert/strict'
import { realClock } from '../../src/clock.ts'
import { DatabaseClock } from '../../src/store/postgres/database-clock.ts'
import { Database } from '../../src/store/postgres/database.ts'
import { openPostgres, type Postgres } from '../../src/store/postgres/postgres.ts'
import { forgetOld } from '../../src/store/postgres/retention.ts'
import { type Timer } from '../../src/store/store.ts'
import { ask, dropSchema, newSchema, type Server, someServer } from '../postgres/server.ts'
import { until } from '../until.ts'
import { effect, row, timer } from './batches.ts'
import { idleHandlers } from './handlers.ts'
import { collect } from './timers.ts'

const dayMs = 24 * 60 * 60 * 1000
/** Of a database's address: statements find this schema's tables. */
const options = (schema: string) => `?options=${encodeURIComponent(`-c search_path=${schema}`)}`

describe('The database’s time', () => {
  it('is told between two looks by the clock that nobody sets', async () => {
    let [there, here] = [5000, 100]
    const clock = new DatabaseClock(
      () => Promise.resolve(there),
      () => here,
    )
    await clock.look()
    here += 250
    assert.equal(clock.now(), 5250)
    there = 9000
    await clock.look()
    assert.equal(clock.now(), 9000, 'a database that is ahead is followed at once')
  })

  it('runs at half speed, and never backwards, until a clock that was set back has caught up', async () => {
    let [there, here] = [5000, 0]
    const clock = new DatabaseClock(
      () => Promise.resolve(there),
      () => here,
    )
    await clock.look()
    assert.equal(clock.now(), 5000)
    there = 4000
    await clock.look()
    here += 100
    assert.equal(clock.now(), 5050)
    here += 1000
    assert.equal(clock.now(), 5550)
    here += 2000
    assert.equal(clock.now(), 7100)
  })
})

describe('What PostgreSQL keeps over time', () => {
  let server: Server
  let schema: string
  let opened: Postgres
  before(async () => (server = await someServer()))
  after(() => server.stop())
  beforeEach(async () => {
    schema = newSchema()
    opened = await openPostgres({ url: server.url, schema })
  })
  afterEach(async () => {
    await opened.store.close()
    await dropSchema(server.url, schema)
  })

  /** Sets the database's clock, as this schema sees it, by so many milliseconds. */
  const setClock = (ms: number) =>
    ask(
      server.url,
      `create or replace function "${schema}".now_ms() returns bigint language sql volatile as
       $$ select floor(extract(epoch from clock_timestamp()) * 1000)::bigint + ${ms} $$`,
    )
  const forget = async (days: number) => {
    const { url } = server
    const database = new Database({
      url,
      schema,
      most: 1,
      me: 'test',
      isPooled: false,
      clock: realClock,
      tell: () => undefined,
    })
    await forgetOld(database, { historyMs: days * dayMs, auditMs: days * dayMs })
    await database.close()
  }
  const partitions = async () => {
    const rows = await ask<{ name: string }>(
      server.url,
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = '"${schema}".history'::regclass`,
    )
    return rows.map(({ name }) => name.split('.').at(-1) ?? '').sort()
  }
  const calls = async () => (await opened.store.history({ person: 'ann', limit: 99 })).map(({ call }) => call)
  const month = (ms: number) => `history_${new Date(ms).toISOString().slice(0, 7).replace('-', '_')}`

  it('keeps calls by month, and makes room for the next two', async () => {
    const now = opened.clock.now()
    const names = await partitions()
    assert.equal(names.length, 4)
    assert.ok(names.includes(month(now)) && names.includes('history_other'), names.join())
    await opened.store.commit({ history: [row('now', now, ['ann', 'bo'])] })
    const [kept] = await ask<{ count: string }>(server.url, `select count(*) from "${schema}".${month(now)}`)
    assert.equal(Number(kept?.count), 1)
  })

  it('forgets calls and changes that are older than they are kept, whole months at once', async () => {
    const now = opened.clock.now()
    const audit = (about: string, at: number) => ({ at, about, by: null, door: 'bot', parts: [] })
    await opened.store.commit({
      history: [row('old', now - 91 * dayMs, ['ann']), row('young', now, ['ann'])],
      audit: [audit('old', now - 91 * dayMs), audit('young', now)],
    })
    assert.deepEqual(await calls(), ['young', 'old'])
    await forget(90)
    assert.deepEqual(await calls(), ['young'])
    const left = await opened.store.audit({ limit: 9 })
    assert.deepEqual(
      left.map(({ about }) => about),
      ['young'],
    )
    await setClock(200 * dayMs)
    await forget(90)
    assert.deepEqual(await calls(), [])
    assert.ok(!(await partitions()).includes(month(now)), 'its month is gone')
  })

  it('moves calls of a month that had no place yet when it gets one', async () => {
    const later = opened.clock.now() + 120 * dayMs
    await opened.store.commit({ history: [row('later', later, ['ann'])] })
    await setClock(120 * dayMs)
    await forget(90)
    const [kept] = await ask<{ count: string }>(
      server.url,
      `select count(*) from "${schema}".${month(later)}`,
    )
    assert.equal(Number(kept?.count), 1)
    assert.deepEqual(await calls(), ['later'])
  })

  it('puts no timer off for longer than it may last when the clock is set back', async () => {
    const now = opened.clock.now()
    await opened.store.commit({
      setTimers: [{ ...timer('t', now + 200), within: 200 }, timer('u', now + 3e6)],
    })
    await setClock(-dayMs)
    const fired: Timer[] = []
    await collect(opened.store, fired)
    await until('it fires', () => fired.length > 0)
    assert.deepEqual(
      fired.map(({ key }) => key),
      ['t'],
    )
  })

  it('lets nothing that was held, rests or was counted wait for a clock that is set back to catch up', async () => {
    await setClock(dayMs)
    await opened.store.commit({ effects: [effect('held', 'held'), effect('resting', 'resting')] })
    const asDead = (text: string) => ask(server.url + options(schema), text)
    await asDead(`select take_lanes('dead', 16, 1500)`)
    await asDead(`select end_effects('dead', '{}', '{resting}', '{500}', '{1}', '{}', '{}')`)
    await asDead(`insert into slot (at, conversation) select now_ms(), n::text from generate_series(1, 50) n`)
    await asDead(`select take_duty('dead', 'looks people up', 60000)`)
    await setClock(0)
    const done: string[] = []
    await opened.store.start({
      ...idleHandlers,
      onEffect: ({ work }) => {
        done.push(work.id)
        return Promise.resolve({ is: 'done' })
      },
    })
    await until('both are performed', () => done.length === 2)
    assert.deepEqual((await opened.instances.takeSlots([{ conversation: 'a', priority: 0 }], 1)).granted, [0])
    assert.equal(await opened.instances.hasDuty('looks people up'), true)
  })

  it('goes on where alarms of timers that are set no more were left behind', async () => {
    await opened.store.commit({ setTimers: [timer('t', opened.clock.now() + 3e6)] })
    await ask(server.url, `delete from "${schema}".timer; update "${schema}".alarm set due_at = 0`)
    const fired: Timer[] = []
    await collect(opened.store, fired)
    await until('they are removed', async () => {
      const left = await ask(server.url, `select from "${schema}".alarm`)
      return left.length === 0
    })
    assert.equal(fired.length, 0)
  })
})
