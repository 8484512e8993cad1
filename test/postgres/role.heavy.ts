import assert from 'node:assert/strict'
import { checkNotMoved } from '../../src/store/moved.ts'
import { openPostgres } from '../../src/store/postgres/postgres.ts'
import { batchOf } from '../store/batches.ts'
import { idleHandlers } from '../store/handlers.ts'
import { until } from '../until.ts'
import { pickupDatabase } from './pickup-database.ts'
import { ask, ownServer, type Server } from './server.ts'

describe('The role that the operations page gives the bot', () => {
  let server: Server
  let own: string
  before(async () => {
    server = await ownServer()
    own = (await pickupDatabase(server, 'role.sql'))('pickup')
  })
  after(() => server.stop())
  const open = () => openPostgres({ url: own, schema: 'call_pickup', connections: 4 })

  it('is enough to begin, to bring the schema up to date, to run and to be moved', async () => {
    const performed: string[] = []
    const { store, archive } = await open()
    await checkNotMoved(store, '')
    await store.start({
      ...idleHandlers,
      onEffect: ({ work }) => {
        performed.push(work.id)
        return Promise.resolve({ is: 'done' })
      },
    })
    assert.equal(await store.commit(batchOf('bo')), 'committed')
    await until('the effect is performed', () => performed.length === 1)
    await archive.restore({ puts: [{ kind: 'endedEarly', id: 'old', rev: 3, doc: { at: 1 } }] })
    await store.close()
    const again = await open()
    assert.equal((await again.store.get('endedEarly', 'old'))?.rev, 3)
    await again.store.close()
  })

  it('sees who else has the store open, whatever they are connected as', async () => {
    const first = await open()
    assert.equal(await first.archive.isShared(), false)
    const asSuperuser = server.url.replace(/postgres$/u, 'pickup')
    const second = await openPostgres({ url: asSuperuser, schema: 'call_pickup', connections: 1 })
    assert.equal(await first.archive.isShared(), true)
    const elsewhere = await openPostgres({ url: asSuperuser, schema: 'another', connections: 1 })
    await second.store.close()
    await until('it is gone', async () => !(await first.archive.isShared()))
    await elsewhere.store.close()
    await first.store.close()
  })

  it('may do nothing else', async () => {
    const refused = [
      'create schema other',
      'create table public.mine (a int)',
      'create role other',
      'create database other',
    ]
    for (const text of refused) await assert.rejects(ask(own, text), { code: '42501' }, text)
    await ask(server.url, 'create role stranger login')
    await assert.rejects(ask(own.replace('pickup@', 'stranger@'), 'select 1'), { code: '42501' })
  })
})
