/** Instances and their database die, freeze and come back: one winner always, nothing lost, nothing committed twice. */
import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { openPostgres, type Postgres } from '../../src/store/postgres/postgres.ts'
import { until } from '../until.ts'
import { effect, timer } from '../store/batches.ts'
import { slow } from './asked.ts'
import { InstanceProcess } from './instance-process.ts'
import { ask, dropSchema, newSchema, ownServer, type Server } from './server.ts'

const timers = 120
const lanes = 12
const perLane = 10
const contests = 40
const claimers = 24

describe('Instances on one database, when something breaks', () => {
  let server: Server
  let schema: string
  let here: Postgres
  let instances: InstanceProcess[]
  before(async () => (server = await ownServer()))
  after(() => server.stop())
  beforeEach(async () => {
    schema = newSchema()
    here = await openPostgres({ url: server.url, schema })
    const start = () => InstanceProcess.start(server.url, schema)
    instances = await Promise.all([start(), start(), start()])
  })
  afterEach(async () => {
    await Promise.all(instances.map((instance) => instance.ends()))
    await here.store.close()
    await dropSchema(server.url, schema)
  })

  const [first, second] = [() => instance(0), () => instance(1)]
  function instance(index: number): InstanceProcess {
    const found = instances[index]
    assert.ok(found)
    return found
  }
  const did = (is: 'performed' | 'fired') => instances.flatMap((one) => one.did(is))
  const firedOf = async (key: string) => (await here.store.get('endedEarly', `fired ${key}`))?.doc.at ?? 0

  /** Timers over four seconds, effects in lanes and contests for calls, while something is done to it all. */
  async function bear(disturb: () => Promise<void>): Promise<void> {
    const now = here.clock.now()
    const keys = [...Array(timers).keys()].map((number) => `timer ${number}`)
    await here.store.commit({
      setTimers: keys.map((key, number) => timer(key, now + (number * 4000) / timers)),
    })
    const disturbing = setTimeout(1000).then(disturb)
    const told: Array<readonly unknown[]> = []
    for (let number = 0; number < contests; number += 1) {
      if (number < perLane) await keptAtLast(() => here.store.commit({ effects: effectsOf(number) }))
      told.push(await contest(`call ${number}`))
      await setTimeout(60)
    }
    await disturbing
    await until('all timers are decided', async () => {
      const rows = await ask<{ count: string }>(server.url, `select count(*) from "${schema}".timer`)
      return Number(rows[0]?.count) === 0
    })
    await until('all effects are performed', async () => {
      const rows = await ask<{ count: string }>(server.url, `select count(*) from "${schema}".effect`)
      return Number(rows[0]?.count) === 0
    })
    for (const key of keys) assert.equal(await firedOf(key), 1, `${key} was committed once`)
    for (const [number, answers] of told.entries()) await oneWinner(`call ${number}`, answers)
    inOrder()
  }

  const effectsOf = (number: number) =>
    [...Array(lanes).keys()].map((lane) => effect(`lane ${lane}`, `${lane} ${number}`))

  /** Everybody claims it at once, spread over the instances; what each was told. */
  const contest = (id: string) =>
    Promise.all(
      [...Array(claimers).keys()].map((by) =>
        instance(by % instances.length).ask({ do: 'claim', id, by: by + 1 }),
      ),
    )

  async function oneWinner(id: string, answers: readonly unknown[]): Promise<void> {
    const winner = (await here.store.get('endedEarly', id))?.doc.at
    for (const told of answers) {
      // Whoever got no answer does not know; nobody was told anything wrong.
      if (typeof told === 'number') assert.equal(told, winner, id)
      else assert.ok(['gone', 'unreachable'].includes(String(told)), `${id}: ${String(told)}`)
    }
  }

  /** Every effect was performed, the first time in order within its lane. */
  function inOrder(): void {
    const performed = did('performed')
    for (let lane = 0; lane < lanes; lane += 1) {
      for (const one of instances) {
        const numbers = one.did('performed').filter((id) => id.startsWith(`${lane} `))
        const firsts = [...new Set(numbers)].map((id) => Number(id.split(' ')[1]))
        assert.deepEqual(
          firsts,
          [...firsts].sort((a, b) => a - b),
          `lane ${lane}`,
        )
      }
      for (let number = 0; number < perLane; number += 1) assert.ok(performed.includes(`${lane} ${number}`))
    }
  }

  async function keptAtLast(commit: () => Promise<unknown>): Promise<void> {
    await until('it is kept', () =>
      commit().then(
        () => true,
        () => false,
      ),
    )
  }

  it('loses nothing when nothing breaks', () => bear(() => Promise.resolve()))

  it('loses nothing when an instance is killed, and another takes over', () =>
    bear(() => {
      first().signal('SIGKILL')
      return Promise.resolve()
    }))

  it('loses nothing when an instance is frozen and thawed again', () =>
    bear(async () => {
      first().signal('SIGSTOP')
      await setTimeout(3000)
      first().signal('SIGCONT')
    }))

  it('loses nothing when the database is restarted the hard way', () =>
    bear(() => server.control('restart', '-m', 'immediate')))

  it('loses nothing when the database ends all connections, again and again', () =>
    bear(async () => {
      for (let times = 0; times < 8; times += 1) {
        await ask(
          server.url,
          'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()',
        )
        await setTimeout(150)
      }
    }))

  it('goes on by itself when the database was stopped for ten seconds', () =>
    bear(async () => {
      await server.control('stop', '-m', 'fast')
      await setTimeout(10_000)
      await server.control('start')
    }))

  it('lets another decide when an instance is frozen while it decides, and refuses what the thawed one decided', async () => {
    const key = `${slow} timer`
    await here.store.commit({ setTimers: [timer(key, 0)] })
    await until('one decides', () => instances.some((one) => one.did('deciding').length > 0))
    const frozen = instances.find((one) => one.did('deciding').length > 0)
    assert.ok(frozen)
    frozen.signal('SIGSTOP')
    const frozenAt = performance.now()
    await until('another has decided', async () => (await firedOf(key)) > 0)
    console.log(`        take-over after ${Math.round(performance.now() - frozenAt)} ms`)
    frozen.signal('SIGCONT')
    await until(
      'the thawed one has tried',
      () => frozen.did('fired').length > 0 || frozen.did('deciding').length > 1,
    )
    await here.store.commit({ setTimers: [timer('after', 0)] })
    await until('they go on', async () => (await firedOf('after')) > 0)
    assert.equal(await firedOf(key), 1)
    assert.equal(await frozen.ask({ do: 'claim', id: 'free', by: 7 }), 7, 'the thawed one works')
  })

  it('lets another perform when an instance is frozen while it performs, and the thawed one knows', async () => {
    const id = `${slow} effect`
    await here.store.commit({ effects: [effect('lane', id), effect('lane', 'next')] })
    await until('one performs', () => instances.some((one) => one.did('performing').length > 0))
    const frozen = instances.find((one) => one.did('performing').length > 0)
    assert.ok(frozen)
    frozen.signal('SIGSTOP')
    const frozenAt = performance.now()
    await until('another performs it', () => did('performed').includes('next'))
    console.log(`        take-over after ${Math.round(performance.now() - frozenAt)} ms`)
    frozen.signal('SIGCONT')
    await until('the thawed one notices', () => frozen.did('notOurs').includes(id))
    assert.deepEqual(frozen.did('performed'), [])
    assert.deepEqual(did('performed'), [id, 'next'])
  })

  it('lets an instance that is killed with a lane in its hands lose it to another', async () => {
    await here.store.commit({ effects: [effect('lane', `${slow} effect`)] })
    await until('one performs', () => instances.some((one) => one.did('performing').length > 0))
    const dead = instances.find((one) => one.did('performing').length > 0)
    dead?.signal('SIGKILL')
    const at = performance.now()
    await until('another performs it', () => did('performed').length > 0)
    console.log(`        take-over after ${Math.round(performance.now() - at)} ms`)
    assert.equal(second().did('notOurs').length, 0)
  })
})
