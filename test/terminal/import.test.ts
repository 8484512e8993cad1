import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import http from 'node:http'
import { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beginCli } from './run-cli.ts'

const ann = {
  SipUri: 'sip:ann@contoso.com',
  ObjectId: '00000000-aaaa-4000-8000-00000000000a',
  CallGroupOrder: 'InOrder',
  CallGroupTargets: ['sip:bo@contoso.com', 'sip:cy@contoso.com'],
}

describe('An import at the terminal', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'import-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const run = (input: object, ...options: readonly string[]) =>
    beginCli({ DATA_DIR: folder }, ['import', '-', ...options], JSON.stringify(input)).ended

  it('ends with 0 when all is done, with 1 when a row had a problem, and with 2 when it was typed wrong', async () => {
    const done = await run({ ...ann, RunspaceId: null })
    assert.deepEqual(done, {
      code: 0,
      output: '1 row, 1 person changed, 0 rows with problems.\n',
      errors: 'Mind, line 1: RunspaceId is not a setting the bot keeps, so it was left out.\n',
    })
    const wrong = await run({ ...ann, callGroupOrder: null })
    assert.deepEqual(wrong, {
      code: 1,
      output: '1 row, 0 people changed, 1 row with problems.\n',
      errors: 'line 1: `callGroupOrder`: did you mean `CallGroupOrder`? It was left as it is. (E_FORMAT)\n',
    })
    assert.equal((await run(ann, '--dryrun')).code, 2)
    const { output } = await beginCli({}, ['import', '--help']).ended
    assert.match(output, /ends with 0.*with 1.*with 2/su)
  })

  it('says in a dry run what everybody would lose, and keeps nothing', async () => {
    await run(ann)
    const fewer = { ...ann, CallGroupTargets: ['sip:cy@contoso.com'] }
    const tried = await run(fewer, '--dry-run')
    assert.deepEqual([tried.code, tried.errors], [0, ''])
    assert.deepEqual(tried.output.split('\n'), [
      'line 1: ann@contoso.com would lose CallGroupTargets sip:bo@contoso.com.',
      'line 1: bo@contoso.com would lose GroupMembershipDetails sip:ann@contoso.com.',
      '1 row, 1 person would be changed; nothing was kept, 0 rows with problems.',
      '',
    ])
    assert.match((await run(ann)).output, /^1 row, 0 people changed/u)
  })

  for (const [how, leave] of [
    ['breaks off', (reply: http.ServerResponse) => reply.destroy()],
    ['ends too early', (reply: http.ServerResponse) => reply.end()],
  ] as const)
    it(`ends with 1 and one sentence when the answer of the bot ${how}`, async () => {
      const server = http.createServer((request, reply) => {
        request.resume()
        request.once('end', () => {
          reply.write('{"is":"progress","done":1,"of":2}\n', () => leave(reply))
        })
      })
      await new Promise<void>((open) => server.listen(0, '127.0.0.1', open))
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      const env = { ADMIN_API_KEY: 'a key of more than sixteen characters' }
      const { code, output, errors } = await beginCli(env, ['--url', url, 'import', '-'], '[]').ended
      await new Promise((closed) => server.close(closed))
      assert.deepEqual([code, output], [1, ''])
      assert.match(errors, /^The (?:bot at \S+|import) broke off\b.*\.\n$/u)
    })
})
