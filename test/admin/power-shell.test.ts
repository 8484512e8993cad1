import assert from 'node:assert/strict'
import fc from 'fast-check'
import { importRows } from '../../src/admin/import.ts'
import { type CallingSettings, neverConfigured } from '../../src/core/calling-settings.ts'
import { delegatePermissions } from '../../src/core/delegate.ts'
import { type PersonRecord } from '../../src/store/documents.ts'
import { delegate, exportedScript, group, inOffice, script } from './power-shell-office.ts'
import { readings, readScript } from './power-shell-reading.ts'
import { tenantLines } from './tenant.ts'

const ann = 'ann@contoso.com'
const bo = 'bo@contoso.com'
const set = "Set-CsUserCallingSettings -Identity 'sip:ann@contoso.com'"

describe('A script for Teams holds no name that could be more than a name', () => {
  const hostile = `aђ|%{irm http://x}|ђ@contoso.com`

  /** Its tokens, the same in every reading; nothing in it but commands, literals and remarks that are ours. */
  async function plain(text: string) {
    assert.ok(text.startsWith('\uFEFF'), 'it begins with a mark')
    const bytes = Buffer.from(text.slice(1))
    const scripts = await Promise.all(Object.values(readings).map((read) => readScript(read(bytes))))
    const [first, ...others] = scripts
    assert.ok(first)
    assert.ok(!first.hasErrors, text)
    for (const other of others) assert.deepEqual(other.tokens, first.tokens, text)
    assert.ok(bytes.every((byte) => byte === 0x0a || (byte >= 0x20 && byte < 0x7f)))
    for (const string of first.strings) assert.match(string, /^[\w'.!#^~@:;=+-]*$/u)
    const commands = first.tokens.filter((token) => token.startsWith('command_name '))
    for (const command of commands)
      assert.match(
        command,
        /^command_name (?:(?:Get|Set)-CsUserCallingSettings|(?:New|Set|Remove)-CsUserCallingDelegate|Where-Object)$/u,
      )
    for (const token of first.tokens)
      assert.doesNotMatch(
        token,
        /^(?:generic_token|expandable_|verbatim_here|command_invokation|redirection|[&>] )/u,
        text,
      )
    for (const line of text.slice(1).split('\n'))
      assert.match(line, /^(?:#.*|(?:Get|Set|New)-Cs\w+ -Identity '.*|)$/u)
    return first
  }

  it('where the bytes of a letter are quotes in the code page of the machine', async () => {
    const forwarding = { is: 'on', rule: { type: 'immediate', to: { is: 'person', person: 'x' } } } as const
    const sheet = { group: group('x', bo), delegates: [delegate('x', 'receiveCalls')], forwarding }
    const text = await script({ [ann]: sheet }, [
      { id: 'x', name: hostile, address: hostile, welcomed: false },
    ])
    const { strings, remarks } = await plain(text)
    assert.ok(!strings.some((string) => string.includes('irm')))
    for (const what of ['of the call group of', 'of the delegates of', 'where Forwarding of'])
      assert.ok(
        remarks.some((one) => one.startsWith(`# Left out ${what} sip:ann@contoso.com`)),
        what,
      )
    assert.ok(
      text.includes(`${set} -CallGroupOrder 'Simultaneous' -CallGroupTargets @('sip:bo@contoso.com')\n`),
    )
  })

  it('and what says so is not fooled by such a name either', async () => {
    const bytes = Buffer.from(`Set-CsUserCallingSettings -Identity 'sip:${hostile}'\n`)
    const commands = async (read: (bytes: Uint8Array) => string) =>
      (await readScript(read(bytes))).tokens.filter((token) => token.startsWith('command_name '))
    assert.equal((await commands(readings.utf8)).length, 1)
    assert.ok((await commands(readings.windows1252)).includes('command_name irm'))
    const curly = Buffer.from('Get-It -Name ‘a’|irm‘b’')
    assert.ok((await readScript(readings.utf8(curly))).tokens.includes('command_name irm'))
  })

  const sign = fc.oneof(
    fc.constantFrom(...'\'"`$(){}[]<>|&;#@,% \t\r\n\u0000\u0085\u2028\u2029‘’‚‛“”„–—―ђĐёАВ\\'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  )
  const name = fc.oneof(
    fc.array(sign, { maxLength: 12 }).map((signs) => signs.join('')),
    fc.array(sign, { maxLength: 8 }).map((signs) => `a${signs.join('')}@contoso.com`),
    fc.array(sign, { maxLength: 8 }).map((signs) => `a@${signs.join('')}contoso.com`),
    fc.constantFrom("o'neil@contoso.com", '# SIG # Begin signature block', '#>', "'@", hostile),
  )
  it('whatever people call themselves', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(name, { minLength: 2, maxLength: 6 }), async (names) => {
        const people = names.map((address, index): PersonRecord => {
          const objectId = `00000000-0000-4000-8000-00000000000${index}`
          return {
            id: `p${index} ${address}`,
            name: address,
            address,
            welcomed: false,
            ...(index % 3 === 2 ? { objectId } : {}),
          }
        })
        const ids = people.map(({ id }) => id)
        const sheet = (index: number): CallingSettings => {
          const person = ids[(index + 1) % ids.length] ?? ''
          const others = ids.filter((_, other) => other !== index)
          return {
            ...neverConfigured,
            group: { ...group(...others), ...(index === 0 ? { isRungByTeams: true } : {}) },
            delegates: others.map((one) => delegate(one, ...delegatePermissions.slice(0, index))),
            memberships: others.map((owner) => ({ owner, notification: 'mute' })),
            forwarding: { is: 'on', rule: { type: 'simultaneous', to: { is: 'person', person } } },
            unanswered: {
              is: 'on',
              rule: { to: index % 2 === 0 ? { is: 'group' } : { is: 'person', person }, after: 20 },
            },
            override: index % 2 === 0 ? 'banner' : null,
            busyOnBusy: 'ringUser',
          }
        }
        const sheets = ids.map((id, index) => [id, sheet(index)] as const)
        // Somebody who can be named, so that there is more than remarks.
        const own = [ann, { ...sheet(1), group: group(...ids) }] as const
        await plain(await script(Object.fromEntries([own, ...sheets]), people))
      }),
      { numRuns: 60, includeErrorInReport: true },
    )
  })

  it('but all that a name in Entra can have, an apostrophe too', async () => {
    const names = ["o'neil_jr@contoso.com", 'a.b-c_d!e#f^g~h@mail.contoso-x.com', "'a'@contoso.com"]
    const people = names.map((address, index): PersonRecord => ({
      id: `p${index}`,
      name: address,
      address,
      welcomed: false,
    }))
    const text = await script({ [ann]: { group: group('p0', 'p1', 'p2') } }, people)
    const { strings, remarks } = await plain(text)
    for (const address of names) assert.ok(strings.includes(`sip:${address}`), address)
    assert.ok(!remarks.some((one) => one.includes('Left out')))
    assert.ok(text.includes("'sip:o''neil_jr@contoso.com'"))
  })

  it('and knows by their object id whom Teams cannot know by address', async () => {
    const objectId = '00000000-0000-4000-8000-00000000000a'
    const people = [{ id: 'x', name: 'Åsa', address: 'åsa@contoso.com', objectId, welcomed: false }]
    const text = await script({ [ann]: { group: group('x') }, x: { group: group(ann) } }, people)
    assert.ok(text.includes(`${set} -CallGroupOrder 'Simultaneous' -CallGroupTargets @('${objectId}')\n`))
    assert.ok(text.includes(`Set-CsUserCallingSettings -Identity '${objectId}' -CallGroupOrder`))
    assert.doesNotMatch(text, /Left out/u)
  })

  it('and leaves out with all settings whom it cannot name, and says so', async () => {
    const text = await script({ 'åsa@contoso.com': { group: group(bo) } })
    assert.match(text, /^# Left out with all settings: sip:\?sa@contoso\.com\. Teams knows people by/mu)
    assert.doesNotMatch(text.slice(1), /^(?!#)./mu)
  })

  it('in a whole tenant either', async () => {
    const author = { person: null, door: 'terminal', isQuiet: true } as const
    const text = await inOffice(async (parts) => {
      for await (const told of importRows(parts, author, tenantLines(60, 5).join('\n')))
        assert.notEqual(told.is, 'problem')
      return exportedScript(parts)
    })
    const { remarks } = await plain(text)
    assert.ok(!remarks.some((one) => one.includes('Left out')))
  })
})
