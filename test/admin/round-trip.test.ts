import assert from 'node:assert/strict'
import fc from 'fast-check'
import { adminKey, openOffice } from '../flows/office.ts'
import { anyOffice } from './any-office.ts'
import { exported, imported, newOffices, problemLines } from './importing.ts'

describe('Every office that can be', () => {
  const offices = newOffices()
  afterEach(offices.close)

  it('goes out, in elsewhere and out again the same to the byte, in whatever order its lines come in', async () => {
    await fc.assert(
      fc.asyncProperty(anyOffice, fc.nat(), async (events, turn) => {
        const [first, second, third] = [await offices.open(), await offices.open(), await offices.open()]
        for (const event of events) await event(first)
        const text = await exported(first)
        assert.deepEqual(problemLines(await imported(second, text)), [], text)
        assert.equal(await exported(second), text)
        const lines = text.split('\n').filter((line) => line !== '')
        const cut = turn % (lines.length + 1)
        const turned = [...lines.slice(cut), ...lines.slice(0, cut)].reverse()
        await imported(third, turned.join('\n'))
        assert.equal(await exported(third), text)
        const nothingNew = { is: 'done', rows: lines.length, changed: 0, problems: 0 }
        assert.deepEqual((await imported(second, text)).at(-1), nothingNew)
        await offices.close()
      }),
      { numRuns: 150, includeErrorInReport: true },
    )
  })

  it('comes the same through the admin API of a bot that knows nobody yet', async () => {
    await fc.assert(
      fc.asyncProperty(anyOffice, async (events) => {
        const first = await offices.open()
        for (const event of events) await event(first)
        const text = await exported(first)
        const { botUrl, close } = await openOffice('msteams')
        const headers = { Authorization: `Bearer ${adminKey}`, 'Content-Type': 'text/plain' }
        const told = await fetch(`${botUrl}/api/admin/import?quiet=true`, {
          method: 'POST',
          headers,
          body: text,
        })
        assert.match(await told.text(), /"problems":0\}\n$/u)
        assert.equal(await (await fetch(`${botUrl}/api/admin/export`, { headers })).text(), text)
        await close()
        await offices.close()
      }),
      { numRuns: 6, includeErrorInReport: true },
    )
  })

  it('is known by who people are now: old records are nobody’s, and their resource accounts are the person’s', async () => {
    const [first, second] = [await offices.open(), await offices.open()]
    const id = '00000000-0000-4000-8000-00000000000a'
    const account = JSON.stringify({
      ResourceAccount: { Id: id.replace('a', 'b'), Owner: 'ann@contoso.com' },
    })
    const group =
      '{"SipUri":"sip:ann@contoso.com","CallGroupOrder":null,"CallGroupTargets":["bo@contoso.com"]}'
    await imported(first, `${account}\n${group}`)
    await imported(first, `{"ObjectId":"${id}","SipUri":"sip:ann@contoso.com"}`)
    await first.directory.meet({
      user: '29:bo',
      name: 'Bo',
      address: 'bo@contoso.com',
      objectId: id.replace('a', 'c'),
      reach: { channel: 'msteams', serviceUrl: '', conversation: '', bot: '', user: '' },
    })
    const text = await exported(first)
    assert.deepEqual(
      [...text.matchAll(/^\{"ObjectId":(\S+?),"SipUri":(\S+?),/gmu)].map(([, ...names]) => names),
      [
        [`"${id}"`, '"sip:ann@contoso.com"'],
        [`"${id.replace('a', 'c')}"`, '"sip:bo@contoso.com"'],
      ],
    )
    assert.match(text, /"Owner":"ann@contoso\.com"\}\}\n$/u)
    assert.deepEqual(problemLines(await imported(second, text)), [])
    assert.equal(await exported(second), text)
  })
})
