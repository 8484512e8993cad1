import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './built.ts'

describe('What the tests start', () => {
  let folder: string
  let to: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'built-'))
    to = join(folder, 'to')
    for (const name of ['src', 'test', 'cards']) await mkdir(join(folder, name))
    await writeFile(join(folder, 'package.json'), '{"type":"module"}')
    await writeFile(join(folder, 'cards/word'), 'card')
    await writeFile(join(folder, 'src/word.ts'), `export const word: string = 'one'\n`)
    await writeFile(join(folder, 'test/start.ts'), start)
  })
  afterEach(() => rm(folder, { recursive: true }))

  const start = `import { readFileSync } from 'node:fs'
import { word } from '../src/word.ts'
console.log(word, readFileSync(new URL('../cards/word', import.meta.url), 'utf8'))\n`
  const said = () => execFileSync(process.execPath, [join(to, 'test/start.js')], { encoding: 'utf8' })

  it('says what the sources say now, also when one is older than it was', async () => {
    await build(`${folder}/`, to)
    assert.equal(said(), 'one card\n')
    await writeFile(join(folder, 'src/word.ts'), `export const word: string = 'two'\n`)
    await build(`${folder}/`, to)
    assert.equal(said(), 'two card\n')
    await writeFile(join(folder, 'src/word.ts'), `export const word: string = 'three'\n`)
    await utimes(join(folder, 'src/word.ts'), 1, 1)
    await build(`${folder}/`, to)
    assert.equal(said(), 'three card\n')
  })

  it('is left alone where its source has not changed', async () => {
    await build(`${folder}/`, to)
    await writeFile(join(to, 'test/start.js'), 'console.log("left")')
    const { mtimeMs } = await stat(join(folder, 'test/start.ts'))
    await utimes(join(to, 'test/start.js'), mtimeMs / 1000, mtimeMs / 1000)
    await build(`${folder}/`, to)
    assert.match(await readFile(join(to, 'test/start.js'), 'utf8'), /left/u)
  })

  it('is the same when several make it at once', async () => {
    await Promise.all([build(`${folder}/`, to), build(`${folder}/`, to), build(`${folder}/`, to)])
    assert.equal(said(), 'one card\n')
  })
})
