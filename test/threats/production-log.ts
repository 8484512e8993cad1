/** What a log of production may hold: lines of JSON with a code, and nothing about people, numbers or secrets. */
import assert from 'node:assert/strict'
import { phoneSettings } from '../faults/phone.ts'
import { type Production, password } from './production.ts'

/** The caller of every call of the telephone. */
const caller = ['Carl', '442079460000']

/** Holds all that the bot has said to that. */
export function assertLogIsClean({ output, peer, microsoft }: Production): void {
  const lines = output.split('\n').filter((line) => line !== '')
  assert.ok(lines.length > 0)
  for (const line of lines) {
    const { event } = JSON.parse(line) as { readonly event?: unknown }
    assert.match(String(event), /^[a-z][A-Za-z.]+$/, line)
  }
  const people = peer.people.flatMap(({ name, address }) => [name, address])
  const secrets = [password, phoneSettings.CALL_WEBHOOK_SECRET, 'eyJ', ...microsoft.given]
  for (const word of [...people, ...caller, ...secrets]) {
    const [found] = lines.filter((line) => line.toLowerCase().includes(word.toLowerCase()))
    assert.equal(found, undefined, `the log holds "${word}"`)
  }
}
