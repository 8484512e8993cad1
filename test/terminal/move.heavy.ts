import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openFolder, openStore } from '../../src/assemble/open-store.ts'
import { perPiece } from '../../src/store/archive.ts'
import { type Digest, digestOf } from '../../src/store/digest.ts'
import { sections } from '../../src/store/documents.ts'
import { openPostgres } from '../../src/store/postgres/postgres.ts'
import { ask, dropSchema, newSchema, type Server, ownServer } from '../postgres/server.ts'
import { effect, put, row, timer } from '../store/batches.ts'
import { until } from '../until.ts'
import { beginCli, type Ran, type Running } from './run-cli.ts'

const days = { historyDays: 36_500, auditDays: 36_500 }
const silent = () => undefined
const people = 3 * perPiece

describe('Moving a folder into PostgreSQL and back', () => {
  let server: Server
  let folder: string
  let schema: string
  before(async () => {
    server = await ownServer()
  })
  after(() => server.stop())
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'move-'))
    schema = newSchema()
    await fill()
  })
  afterEach(async () => {
    await rm(folder, { recursive: true })
    await dropSchema(server.url, schema)
  })

  const begin = (to: string, data = 'data', url = server.url) =>
    beginCli({ DATA_DIR: join(folder, data), DATABASE_URL: url, DATABASE_SCHEMA: schema }, [
      'move',
      '--to',
      to,
    ])
  const move = (to: string, data?: string) => begin(to, data).ended
  const database = () => ({ url: server.url, schema, connections: 4, isPooled: false })

  async function fill(): Promise<void> {
    const { store } = await openFolder(join(folder, 'data'), days, silent)
    for (let first = 0; first < people; first += perPiece) {
      const some = Array.from({ length: perPiece }, (_, index) => first + index)
      await store.commit({
        puts: some.map((number) => put(`person ${number} \u{1F600}`, 0, number)),
        memberships: some.map((number) => ({ change: 'join', owner: 'ann', member: `person ${number}` })),
        setTimers: [{ ...timer(`timer ${first}`, 9e12 + first), within: 9e12 }],
        effects: [effect('lane', `${first}`, 0), effect('other', `${first}`, 2)],
        history: some.map((number) =>
          row(`call ${number}`, 1.6e12 + number * 1e7, ['ann', `person ${number}`]),
        ),
        audit: [
          {
            at: 1.6e12,
            about: 'ann',
            by: 'ann',
            door: 'chat',
            parts: [{ part: 'group', before: null, after: { b: 1, a: 2 } }],
          },
        ],
      })
    }
    await store.close()
  }

  type Digests = ReadonlyArray<Digest | undefined>
  async function inFolder(data: string): Promise<Digests> {
    const { store, archive } = await openFolder(join(folder, data), days, silent)
    const digests = await digestOf(archive, silent)
    await store.close()
    return sections.map((section) => digests.get(section))
  }

  it('comes back from there the same, to the last field', async () => {
    const left = await inFolder('data')
    const there = await move('database')
    assert.deepEqual([there.code, there.errors.includes('Reading both sides again')], [0, true], there.errors)
    assert.match(
      there.output,
      /^Moved 4,512 things from the folder ".*" to the database's schema ".*": 1,500 documents, 1,500 memberships, 3 timers, 6 effects, 1,500 ended calls, 3 changes of settings\.\n/u,
    )
    const opened = await openStore({ database: database(), dataFolder: '', ...days }, silent)
    assert.equal((await opened.store.history({ person: 'person 7', limit: 2 }))[0]?.call, 'call 7')
    await opened.store.close()
    assert.match((await move('database')).errors, /^Everything in the folder .* was moved elsewhere/u)
    assert.match((await move('folder')).errors, /^The folder .* holds something already/u)
    const back = await move('folder', 'back')
    assert.equal(back.code, 0, back.errors)
    assert.deepEqual(await inFolder('back'), left)
    await assert.rejects(
      openStore({ database: database(), dataFolder: '', ...days }, silent),
      /moved elsewhere/u,
    )
  })

  /** Begins a move that has to wait for somebody once documents and memberships have come, and does something then. */
  async function halfWay(meanwhile: (moving: Running) => Promise<unknown>): Promise<Ran> {
    await (await openPostgres(database())).store.close()
    const somebody = new pg.Client({ connectionString: server.url })
    somebody.on('error', silent)
    await somebody.connect()
    try {
      await somebody.query('begin')
      await somebody.query(`lock table "${schema}".timer in share mode`)
      const moving = begin('database')
      const text = `select doc ->> 'came' as came from "${schema}".document where kind = 'move'`
      await until('documents and memberships are there', async () => {
        const [mark] = await ask<{ came: string }>(server.url, text)
        return Number(mark?.came ?? 0) >= 2 * people
      })
      await meanwhile(moving)
      return await moving.ended
    } finally {
      await somebody.end()
    }
  }

  it('goes on after it was killed half way, and meanwhile no bot starts on what is there', async () => {
    await halfWay(({ child }) => Promise.resolve(child.kill('SIGKILL')))
    await assert.rejects(openStore({ database: database(), dataFolder: '', ...days }, silent), /half filled/u)
    const second = await move('database')
    assert.equal(second.code, 0, second.errors)
    assert.match(second.errors, /^Going on with a move that was broken off at 3,000 of 4,512\.$/mu)
    assert.match(second.output, /^Both sides were read again and hold the same\.$/mu)
  })

  it('says that the database went away in the middle, and goes on when it is back', async () => {
    const broken = await halfWay(() => server.control('stop', '-m', 'immediate'))
    await server.control('start')
    assert.deepEqual([broken.code, broken.output], [1, ''])
    assert.match(broken.errors, /^It stopped: .* \(unreachable\)\. Run the same command again/mu)
    assert.equal((await move('database')).code, 0)
  })

  it('refuses while an instance of the bot runs on the database', async () => {
    const { store } = await openPostgres(database())
    const ran = await move('database')
    await store.close()
    assert.equal(ran.code, 1)
    assert.match(ran.errors, /^The database's schema ".*" is in use: a bot or another command has it open/u)
    assert.equal((await move('database')).code, 0)
  })
})
