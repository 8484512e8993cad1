/** Two thousand calls, each wanted by twenty-five people at once, whose clicks come to three instances. */
import assert from 'node:assert/strict'
import { openPostgres, type Postgres } from '../../src/store/postgres/postgres.ts'
import { adds, meets, sends } from '../switchboard/desk.ts'
import { InstanceProcess } from './instance-process.ts'
import { partsOn } from './parts-on.ts'
import { dropSchema, newSchema, ownServer, type Server } from './server.ts'

const calls = 2000
const callsAtOnce = 4
const owners = Array.from({ length: 20 }, (_, at) => `owner${at}`)
const members = Array.from({ length: 25 }, (_, at) => `member${at}`)

describe('Calls that many want', () => {
  let server: Server
  let here: Postgres
  const schema = newSchema()
  before(async () => {
    server = await ownServer()
    here = await openPostgres({ url: server.url, schema })
  })
  after(async () => {
    await here.store.close()
    await dropSchema(server.url, schema)
    await server.stop()
  })

  it(`are each given to one of them: ${calls} calls, ${members.length} people, three instances`, async () => {
    await groups()
    const start = () => InstanceProcess.start(server.url, schema)
    const instances = await Promise.all([start(), start(), start()])
    const began = performance.now()
    let next = 0
    let winners = 0
    const takeTurns = async () => {
      for (let number = next++; number < calls; number = next++) {
        const id = `contest ${number}`
        const asked = instances.map((instance, at) => {
          const people = members.filter((_, index) => (index + number) % 3 === at)
          return { instance, people }
        })
        assert.equal(
          await asked[0]?.instance.ask({ do: 'offer', id, owner: owners[number % owners.length] ?? '' }),
          'accepted',
        )
        const call = `webhook:${encodeURIComponent(id)}`
        const told = await Promise.all(
          asked.map(async ({ instance, people }) => {
            const answers = (await instance.ask({ do: 'pickUp', id: call, people })) as readonly string[]
            return answers.map((is, index) => ({ is, who: people[index] }))
          }),
        )
        const found = await checkOne(call, told.flat())
        winners += found
      }
    }
    await Promise.all(Array.from({ length: callsAtOnce }, takeTurns))
    const seconds = (performance.now() - began) / 1000
    console.log(`        ${Math.round(calls / seconds)} contested calls a second`)
    await Promise.all(instances.map((instance) => instance.ends()))
    assert.equal(winners, calls)
  })

  /** One was told that the call is theirs, all others that they came too late, and so it is kept. */
  async function checkOne(call: string, told: ReadonlyArray<{ is: string; who?: string }>): Promise<number> {
    const yours = told.filter(({ is }) => is === 'yours')
    assert.equal(yours.length, 1, call)
    assert.equal(told.filter(({ is }) => is === 'tooLate').length, members.length - 1, call)
    const state = (await here.store.get('call', call))?.doc.call.state
    assert.ok(state && 'by' in state && state.by === yours[0]?.who, call)
    return yours.length
  }

  async function groups(): Promise<void> {
    const desk = partsOn(here.store, here.clock)
    await meets(desk, ...owners, ...members)
    for (const owner of owners) {
      await adds(desk, owner, ...members)
      await sends(desk, owner, 'simultaneous', { is: 'group' })
    }
  }
})
