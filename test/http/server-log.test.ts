import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { errorFields } from '../../src/log.ts'
import { built } from '../built.ts'

/** What the log writes when these calls are made in a process of its own; `now` may be set between them. */
async function written(
  calls: string,
  level = 'debug',
): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>> {
  const source = pathToFileURL(await built('src/log.ts')).href
  const script = `import { createLog } from '${source}'; let now = 0; const log = createLog('${level}', () => now); ${calls}`
  const args = ['--input-type=module', '--eval', script]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  const lines = stdout.split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
}

describe('T15 T20 The log', () => {
  it('writes one JSON line per event, with its time and fields, from its level up', async () => {
    const lines = await written(
      `log.debug('a'); log.info('b', { n: 1, ok: true }); log.error('c', { x: 'y' })`,
      'info',
    )
    assert.equal(lines.length, 2)
    const [{ time, ...first } = {}, second] = lines
    assert.deepEqual(first, { level: 30, event: 'b', n: 1, ok: true })
    assert.match(String(time), /^\d{4}-\d\d-\d\dT/)
    assert.equal(second?.['x'], 'y')
  })

  it('shows no token and no long text', async () => {
    const token = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2lnbmF0dXJl_-'
    const [line] = await written(`log.warn('x', { a: 'Bearer ${token}!', b: 'y'.repeat(5000) })`)
    assert.equal(line?.['a'], 'Bearer [token]!')
    assert.equal(String(line['b']).length, 200)
  })

  it('counts a flood instead of writing it, and each event by itself', async () => {
    const flood = `for (let at = 0; at < 10_000; at += 1) log.warn('bad');`
    const lines = await written(`${flood} log.warn('other'); now = 60_001; log.warn('bad')`)
    const bad = lines.filter(({ event }) => event === 'bad')
    assert.equal(bad.length, 61)
    assert.equal(lines.filter(({ event }) => event === 'other').length, 1)
    const [told] = lines.filter(({ event }) => event === 'notLogged')
    assert.equal(told?.['of'], 'bad')
    assert.equal(told['count'], 9940)
  })

  it('writes once a minute what any stranger can bring about', async () => {
    const flood = `for (let at = 0; at < 10_000; at += 1) log.warn('refusedToken', { reason: 'signature' });`
    const lines = await written(`${flood} now = 60_001; log.warn('refusedToken')`)
    assert.deepEqual(
      lines.map(({ event, of, count }) => [event, of, count]),
      [
        ['refusedToken', undefined, undefined],
        ['notLogged', 'refusedToken', 9999],
        ['refusedToken', undefined, undefined],
      ],
    )
  })

  it('says of an error its kind, code and place, and nothing that it quotes', () => {
    const error = Object.assign(new TypeError('Ann +46701234567\n    at Ann (secret)'), { code: 'E_X' })
    const fields = errorFields(error)
    assert.equal(fields['error'], 'TypeError')
    assert.equal(fields['code'], 'E_X')
    assert.match(String(fields['at']), /server-log\.test\.ts/)
    assert.doesNotMatch(JSON.stringify(fields), /Ann|secret|\+46/)
    assert.deepEqual(errorFields('Ann'), { error: 'string' })
    assert.deepEqual(errorFields(null), { error: 'object' })
  })
})
