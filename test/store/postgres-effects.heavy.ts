import assert from 'node:assert/strict'
import { openPostgres, type Postgres } from '../../src/store/postgres/postgres.ts'
import { ask, dropSchema, newSchema, type Server, someServer } from '../postgres/server.ts'
import { effect } from './batches.ts'
import { idleHandlers } from './handlers.ts'
import { until } from '../until.ts'

describe('A lane whose time ran out while its instance was too busy to keep it', () => {
  let server: Server
  let schema: string
  let opened: Postgres
  const begun: string[] = []
  const ends: Array<() => void> = []
  before(async () => (server = await someServer()))
  after(() => server.stop())
  beforeEach(async () => {
    schema = newSchema()
    opened = await openPostgres({ url: server.url, schema })
    begun.length = ends.length = 0
    await opened.store.start({
      ...idleHandlers,
      onEffect: async ({ work }) => {
        begun.push(work.id)
        await new Promise<void>((end) => ends.push(end))
        return { is: 'done' }
      },
    })
  })
  afterEach(async () => {
    for (const end of ends) end()
    await opened.store.close()
    await dropSchema(server.url, schema)
  })

  const runOut = () => ask(server.url, `update "${schema}".lane set free_at = 0`)
  const left = async () => (await ask(server.url, `select from "${schema}".effect`)).length

  it('is not begun a second time beside what is under way', async () => {
    await opened.store.commit({ effects: [effect('lane', '1')] })
    await until('it begins', () => begun.length === 1)
    await runOut()
    await opened.store.commit({ effects: [effect('lane', '2'), effect('other', 'other')] })
    await until('the other lane begins', () => begun.includes('other'))
    assert.deepEqual(begun, ['1', 'other'])
    ends[0]?.()
    await until('the lane goes on', () => begun.includes('2'))
    assert.deepEqual(begun, ['1', 'other', '2'])
  })

  it('is ended as ever', async () => {
    for (let times = 0; times < 20; times += 1) {
      await opened.store.commit({ effects: [effect('lane', `${times}`)] })
      await until('it begins', () => begun.length === times + 1)
      await runOut()
      ends[times]?.()
    }
    await until('nothing is left', async () => (await left()) === 0)
    assert.equal(begun.length, 20)
  })
})
