import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '../../../src/store/embedded/embedded.ts'
import { StoreLocked } from '../../../src/store/embedded/unreadable.ts'
import { built } from '../../built.ts'
import { until } from '../../until.ts'
import { put } from '../batches.ts'
import { keptBy } from './kept.ts'

type Child = { readonly process: ChildProcess; lines(): readonly string[] }

describe('F13 the embedded store and processes', () => {
  let folder: string
  /** Where the processes write down what they say. */
  let told: string
  const children: ChildProcess[] = []
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'store-'))
    told = await mkdtemp(join(tmpdir(), 'told-'))
  })
  afterEach(async () => {
    await Promise.all(children.splice(0).map(kill))
    for (const made of [folder, told]) await rm(made, { recursive: true })
  })

  const begin = async (task: string): Promise<Child> => {
    const script = await built('test/store/embedded/writing-child.ts')
    // It never waits for a file, as it would for a pipe that nobody has time to read.
    const said = join(told, String(children.length))
    const out = openSync(said, 'w')
    const process_ = spawn(process.execPath, [script, folder, task], {
      stdio: ['ignore', out, 'inherit'],
    })
    closeSync(out)
    children.push(process_)
    // The last line may have been cut off.
    const lines = () => readFileSync(said, 'utf8').split('\n').slice(0, -1)
    await until('the child speaks', () => lines().length > 0)
    return { process: process_, lines }
  }

  it('has everything that a process was told is kept, when it is killed while it writes', async () => {
    for (const acknowledged of [1, 40, 400]) {
      const child = await begin('write')
      await until('it has written', () => child.lines().length > acknowledged)
      await kill(child.process)
      const store = await openEmbedded({ folder })
      const ids = new Set((await keptBy(store)).map((line) => /"id":"([^"]+)"/.exec(line)?.[1] ?? ''))
      for (const id of child.lines().slice(1)) assert.ok(ids.has(id), `${id} was lost`)
      for (const writer of ['a', 'b', 'c', 'd']) {
        const rev = (await store.get('endedEarly', `chain ${writer}`))?.rev ?? 0
        assert.equal([...ids].filter((id) => /^[a-d]\d/.test(id) && id.startsWith(writer)).length, rev)
      }
      await store.close()
    }
  })

  it('refuses a second process while the first lives, and lets it in when the first is killed', async () => {
    const first = await begin('hold')
    assert.deepEqual(first.lines(), ['open'])
    const second = await begin('hold')
    assert.match(second.lines()[0] ?? '', new RegExp(`StoreLocked: .* process ${first.process.pid}\\.`))
    await assert.rejects(openEmbedded({ folder }), StoreLocked)
    await kill(first.process)
    const third = await begin('hold')
    assert.deepEqual(third.lines(), ['open'])
    assert.equal((await readdir(folder)).filter((name) => name.startsWith('lock-')).length, 1)
  })

  it('lets one of several in that start at once on what a killed one left', async () => {
    await kill((await begin('hold')).process)
    const starting = await Promise.all([1, 2, 3].map(() => begin('hold')))
    const said = starting.map((child) => child.lines()[0] ?? '')
    assert.equal(said.filter((line) => line === 'open').length, 1, said.join('\n'))
    assert.equal(said.filter((line) => line.startsWith('StoreLocked')).length, 2)
  })

  it('is not kept out by a process that has the number of one that ended', async () => {
    await writeFile(join(folder, `lock-${process.pid}-1`), '')
    const store = await openEmbedded({ folder })
    await store.close()
    assert.deepEqual(await readdir(folder), ['journal-1'])
  })

  it('refuses a second store in the same process, and takes nothing from the first', async () => {
    const store = await openEmbedded({ folder })
    await assert.rejects(openEmbedded({ folder }), StoreLocked)
    await store.commit({ puts: [put('a', 0)] })
    await store.close()
    const again = await openEmbedded({ folder })
    assert.deepEqual(await again.get('endedEarly', 'a'), { rev: 1, doc: { at: 0 } })
    await again.close()
    assert.deepEqual(await readdir(folder), ['journal-1'])
  })
})

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'close')
  child.kill('SIGKILL')
  await ended
}
