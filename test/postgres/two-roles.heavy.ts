import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { openPostgres } from '../../src/store/postgres/postgres.ts'
import { BotProcess } from '../faults/bot-process.ts'
import { builtBot } from '../faults/built-bot.ts'
import { Peer } from '../peer/peer.ts'
import { beginCli } from '../terminal/run-cli.ts'
import { pickupDatabase } from './pickup-database.ts'
import { ask, ownServer, type Server } from './server.ts'

const schema = 'call_pickup'

describe('Two roles, of which the bot has the one that may not change the schema', () => {
  let server: Server
  let as: (role: string) => string
  before(async () => {
    server = await ownServer()
    as = await pickupDatabase(server, 'two-roles.sql')
  })
  after(() => server.stop())
  const open = () => openPostgres({ url: as('pickup'), schema, connections: 2 })
  const migrate = () => beginCli({ DATABASE_URL: as('pickup_owner') }, ['migrate']).ended

  it('tell the bot to wait for the owner, who brings the schema up to date', async () => {
    await assert.rejects(open(), { code: 'behind', message: /Run "pickup-admin migrate" as the owner/u })
    const { code, errors } = await migrate()
    assert.equal(code, 0, errors)
    assert.equal((await migrate()).code, 0)
    await (await open()).store.close()
    await ask(as('pickup_owner'), `delete from ${schema}.migration where name like '0006%'`)
    await assert.rejects(open(), { code: 'behind' })
    assert.equal((await migrate()).code, 0)
  })

  it('let the bot share calls', async () => {
    const bot = new BotProcess({
      built: await builtBot(),
      folder: tmpdir(),
      port: 0,
      env: { DATABASE_URL: as('pickup') },
    })
    try {
      await bot.listens()
      const peer = await Peer.start('msteams', `http://127.0.0.1:${bot.port}`)
      const [ann, bo] = ['Ann', 'Bo'].map((name) => peer.person({ name, address: `${name}@contoso.com` }))
      assert.ok(ann && bo)
      for (const person of [ann, bo]) await person.open()
      for (const text of [
        'add bo@contoso.com',
        'forward my calls to my group',
        'if unanswered voicemail after 60',
      ])
        await ann.say(text)
      await ann.say('simulate call from Carl')
      await bo.waitFor(() => bo.titles().includes('Pick up'), 'for the call')
      await bo.click('Pick up')
      await bo.sees('You picked up')
      await peer.stop()
      assert.equal(await bot.ends('SIGTERM'), 0, bot.output)
      assert.doesNotMatch(bot.output, /"level":50/u)
    } finally {
      await bot.ends('SIGKILL')
    }
  })

  it('let the bot make the months of the history, and drop them', async () => {
    const months = async () =>
      (await ask(as('postgres'), `select from pg_inherits where inhparent = '${schema}.history'::regclass`))
        .length
    const before = await months()
    const later = `(extract(epoch from clock_timestamp() + interval '200 days') * 1000)::bigint`
    await ask(
      as('pickup_owner'),
      `create or replace function ${schema}.now_ms() returns bigint language sql volatile as $$ select ${later} $$`,
    )
    await (await open()).store.close()
    assert.equal(await months(), before, 'three are new, and three are gone')
    const owned = await ask(
      as('postgres'),
      `select from pg_tables where schemaname = '${schema}' and tableowner <> 'pickup_owner'`,
    )
    assert.equal(owned.length, 0)
  })

  it('keep the bot from doing anything else', async () => {
    const refused = [
      `create table ${schema}.mine (a int)`,
      `alter table ${schema}.document add column mine int`,
      `alter function ${schema}.now_ms() rename to mine`,
      `create or replace function ${schema}.now_ms() returns bigint language sql as 'select 0::bigint'`,
      `drop table ${schema}.document`,
      `truncate ${schema}.document`,
      `drop schema ${schema} cascade`,
      'create schema other',
      'create temporary table mine (a int)',
      'create table public.mine (a int)',
      'create role other',
      'set role pickup_owner',
    ]
    for (const text of refused) await assert.rejects(ask(as('pickup'), text), { code: '42501' }, text)
  })
})
