import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFolder, openStore } from '../../src/assemble/open-store.ts'
import { openEmbedded } from '../../src/store/embedded/embedded.ts'
import { StoreMoved } from '../../src/store/moved.ts'
import { beginCli } from './run-cli.ts'

const nowhere = 'postgresql://bot:secret@127.0.0.1:1/calls'
const days = { historyDays: 90, auditDays: 365 }
const silent = () => undefined

describe('Moving the folder into the database at a terminal', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'move-'))
  })
  afterEach(() => rm(folder, { recursive: true }))
  const run = (database: string, ...args: readonly string[]) =>
    beginCli({ DATA_DIR: folder, DATABASE_URL: database }, ['move', ...args]).ended

  it('says what is missing, and what can be typed', async () => {
    const rows: ReadonlyArray<
      readonly [database: string, args: readonly string[], code: number, words: RegExp]
    > = [
      [
        '',
        ['--to', 'database'],
        1,
        /^DATABASE_URL is not set\. Set it to the database, and DATA_DIR to the folder/u,
      ],
      [nowhere, [], 2, /required option '--to <where>' not specified/u],
      [nowhere, ['--to', 'cloud'], 2, /Allowed choices are database, folder/u],
      [nowhere, ['--to', 'database'], 1, /^DATABASE_URL: no server listens there.*\(ECONNREFUSED\)$/mu],
    ]
    for (const [database, args, code, words] of rows) {
      const ran = await run(database, ...args)
      assert.deepEqual([ran.code, ran.output], [code, ''], args.join(' '))
      assert.match(ran.errors, words)
      assert.doesNotMatch(ran.errors, /secret/u)
    }
    const help = await run('', '--help')
    assert.equal(help.code, 0)
    assert.match(help.output, /Stop every instance of the bot first\. The other side must be empty\./u)
    assert.match(help.output, /pickup-admin move --to folder/u)
  })

  it('does not touch a folder that a running bot has open', async () => {
    const store = await openEmbedded({ folder })
    const ran = await run(nowhere, '--to', 'database')
    await store.close()
    assert.equal(ran.code, 1)
    assert.match(
      ran.errors,
      new RegExp(`^The store is in use by process ${process.pid}\\. Stop that process`, 'u'),
    )
  })

  it('opens neither a store that is half there nor one that lives on elsewhere, and forgets a move that was given up', async () => {
    const settings = { database: null, dataFolder: folder, ...days }
    const mark = async (id: string, isOver?: boolean) => {
      const { store } = await openFolder(folder, days, silent)
      const doc = { id: 'x', at: 1, ...(isOver ? { isOver } : {}) }
      await store.commit({ puts: [{ kind: 'move', id, expect: 0, doc }] })
      await store.close()
    }
    await mark('out')
    const opened = await openStore(settings, silent)
    assert.equal(await opened.store.get('move', 'out'), null)
    await opened.store.close()
    await mark('out', true)
    await assert.rejects(
      openStore(settings, silent),
      (error: unknown) =>
        error instanceof StoreMoved &&
        error.message.includes(`in the folder "${folder}" was moved elsewhere`),
    )
    await mark('in')
    await assert.rejects(openStore(settings, silent), /is half filled/u)
    const get = await beginCli({ DATA_DIR: folder, DATABASE_URL: '' }, ['get', 'ann@contoso.com']).ended
    assert.deepEqual([get.code, get.output], [1, ''])
    assert.match(get.errors, /^The folder ".*" is half filled: .* Run that move again/u)
  })
})
