import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { adminKey, type Office, openOffice } from '../flows/office.ts'
import { beginCli } from '../terminal/run-cli.ts'

const row =
  '{"SipUri":"sip:ann@contoso.com","ObjectId":"00000000-aaaa-4000-8000-00000000000a","DisplayName":"José Åberg","BusyOnBusyOption":"RingUser"}'
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16()
const marked = Buffer.from(`\uFEFF${row}`, 'utf16le')

/** Bytes that a file of settings may come in, and what is said of those that are not understood. */
const files: ReadonlyArray<readonly [name: string, bytes: Buffer, words: RegExp | null]> = [
  ['UTF-8', Buffer.from(row), null],
  ['UTF-8 behind its mark', Buffer.from(`\uFEFF${row}`), null],
  ['UTF-16 behind its mark', marked, null],
  ['UTF-16 the other way round', swapped(marked), null],
  ['ANSI, as Set-Content of Windows PowerShell writes it', Buffer.from(row, 'latin1'), /ANSI/u],
  ['an address in ANSI', Buffer.from('{"SipUri":"sip:jos\u00e9@contoso.com"}', 'latin1'), /ANSI/u],
  ['UTF-16 without its mark', Buffer.from(row, 'utf16le'), /without the mark/u],
  ['UTF-16 that was cut in the middle of a letter', marked.subarray(0, marked.length - 1), /cut or damaged/u],
  ['UTF-16 with half a letter in it', Buffer.from('\uFEFF{"SipUri":"\uD83D"}', 'utf16le'), /cut or damaged/u],
]

describe('A file of settings', () => {
  let office: Office
  let folder: string
  beforeEach(async () => {
    office = await openOffice('msteams')
    folder = await mkdtemp(join(tmpdir(), 'encoding-'))
  })
  afterEach(async () => {
    await office.close()
    await rm(folder, { recursive: true })
  })

  for (const [name, bytes, words] of files)
    it(`in ${name} is ${words === null ? 'read' : 'refused before anything is kept'}, over HTTP and at the terminal`, async () => {
      const headers = { Authorization: `Bearer ${adminKey}`, 'Content-Type': 'text/plain' }
      const reply = await fetch(`${office.botUrl}/api/admin/import`, {
        method: 'POST',
        headers,
        body: new Uint8Array(bytes),
      })
      const told = await reply.text()
      const file = join(folder, 'teams.json')
      await writeFile(file, bytes)
      const env = { DATA_DIR: join(folder, 'data') }
      const { code, errors } = await beginCli(env, ['import', file]).ended
      const { output } = await beginCli(env, ['export']).ended
      const { body } = await office.administer('GET', '/users')
      const known = JSON.stringify(body)
      if (words === null) {
        assert.equal(reply.status, 200, told)
        assert.deepEqual([code, errors], [0, ''])
        for (const text of [output, known]) assert.match(text, /"DisplayName":"José Åberg"/u)
      } else {
        for (const text of [told, errors]) {
          assert.match(text, words)
          assert.match(text, /-Encoding utf8/u)
        }
        assert.deepEqual([code, output, known], [1, '', '{"value":[],"next":null}'])
      }
    })
})
