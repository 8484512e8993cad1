import assert from 'node:assert/strict'
import { runClick } from '../../../src/chat/clicks.ts'
import { runText } from '../../../src/chat/commands.ts'
import { type Turn } from '../../../src/chat/turn.ts'
import { addMembers } from '../../../src/core/members.ts'
import { themselves } from '../../../src/switchboard/author.ts'
import { sender } from '../../switchboard/desk.ts'
import { openTalk, type Talk, words } from '../talk.ts'

describe('an address in words', () => {
  let talk: Talk
  let ann: Turn
  beforeEach(async () => {
    talk = await openTalk()
    ann = await talk.turn('Ann')
  })
  afterEach(() => talk.close())

  async function members(): Promise<readonly string[]> {
    return (await talk.office.settings.settingsOf(ann.person.id)).group.members
  }

  async function said(text: string): Promise<string> {
    return words(await runText(ann, text))
  }

  for (const character of "!#$%&'*+-/=?^_`{|}~.")
    it(`with ${character} names somebody in every command`, async () => {
      const address = `pat${character}x@contoso.com`
      await said(`add ${address}`)
      assert.deepEqual(await members(), [address])
      await said(`also ring ${address}`)
      await said(`add delegate ${address}.`)
      const { forwarding, delegates } = await talk.office.settings.settingsOf(ann.person.id)
      assert.deepEqual(forwarding.is === 'on' && forwarding.rule.to, { is: 'person', person: address })
      assert.equal(delegates[0]?.person, address)
      await said(`remove ${address}, please`)
      assert.deepEqual(await members(), [])
    })

  const written: readonly string[] = [
    '‘bo@contoso.com’',
    '“bo@contoso.com”.',
    "'bo@contoso.com'",
    'bo@contoso.com…',
    'bo@contoso.com — thanks',
    'bo@contoso.com, thanks!',
    '<bo@contoso.com>',
    '`bo@contoso.com`',
    'mailto:bo@contoso.com',
    '[bo@contoso.com](mailto:bo@contoso.com)',
    '<a href="mailto:bo@contoso.com">bo@contoso.com</a>',
    '(bo@contoso.com) to my group',
    '"bo@contoso.com";',
  ]
  for (const text of written)
    it(`is read from ${text}`, async () => {
      await said(`add ${text}`)
      assert.deepEqual(await members(), ['bo@contoso.com'])
    })

  it('has the apostrophe that a telephone makes curly', async () => {
    await said('add pat.o’brien@contoso.com')
    await said("add ‘pat.o'brien@contoso.com’")
    assert.deepEqual(await members(), ["pat.o'brien@contoso.com"])
  })

  const impossible: ReadonlyArray<readonly [string, RegExp]> = [
    ['bo..ek@contoso.com', /begins or ends with a dot, or has two of them together/u],
    ['.bo@contoso.com', /begins or ends with a dot/u],
    ['bo.@contoso.com', /begins or ends with a dot/u],
    ['Bo Ek <bo@contoso..com>', /not a domain like contoso\.com/u],
    ['bo@-contoso.com', /not a domain/u],
    ['bo@contoso', /not a domain/u],
    ['bo@cy@contoso.com', /exactly one @/u],
    ['bo@', /not a domain/u],
  ]
  for (const [text, why] of impossible)
    it(`is refused in words when it cannot be one: ${text}`, async () => {
      // Its words must not be taken for those of another address either.
      await talk.office.directory.mention('bo.ek@contoso.com')
      for (const command of ['add', 'also ring', 'add delegate', 'forward my calls to', 'settings of']) {
        const answer = await said(`${command} ${text}`)
        assert.match(answer, why, command)
      }
      const { group, forwarding, delegates } = await talk.office.settings.settingsOf(ann.person.id)
      assert.deepEqual([group.members, forwarding.is, delegates], [[], 'neverSet', []])
      assert.equal(await talk.office.directory.find(text), null)
    })

  it('lends its domain to nobody’s name', async () => {
    await talk.office.directory.mention('bo@contoso.com')
    for (const text of ['contoso', 'com', '@contoso.com', 'bo contoso']) await said(`add ${text}`)
    assert.deepEqual(await members(), [])
    await talk.office.directory.giveAddress('o-bo', { address: 'bo@contoso.com', name: 'Bo Ek' })
    for (const text of ['contoso', 'bo com']) await said(`add ${text}`)
    assert.deepEqual(await members(), [])
    await said('add Bo')
    assert.deepEqual(await members(), ['o-bo'])
  })

  it('that cannot be is still whoever was kept under it, and others are not chosen for it', async () => {
    const ghosts = ['bo@localhost', '‘bo@contoso.com’', 'cy..ek@contoso.com']
    for (const ghost of ghosts) await talk.office.directory.mention(ghost)
    await talk.office.settings.change(themselves('ann'), (who) => addMembers(who('ann'), ghosts, who))
    assert.match(await said('my group'), /bo@localhost.*‘bo@contoso\.com’.*cy\.\.ek@contoso\.com/u)
    await said('move cy..ek@contoso.com first')
    assert.equal((await members())[0], 'cy..ek@contoso.com')
    await said('remove bo@localhost, cy..ek@contoso.com')
    assert.deepEqual(await members(), ['‘bo@contoso.com’'])
    await said('add cy..ek@contoso.com')
    assert.equal((await members()).length, 1)
  })

  it('that cannot be is refused to whoever says it is theirs, unless they have it already', async () => {
    assert.match(await said('I am bo..ek@contoso.com'), /Nobody can have the address/u)
    await talk.office.directory.mention('bo@localhost')
    assert.match(await said('I am bo@localhost'), /You are Bo/u)
  })

  it('picked on a card is who it is, however they are kept', async () => {
    await talk.turn('Bo')
    const turn = await talk.turn('Ann')
    const data = { people: 'bo,cy@contoso.com', text: '“dee@contoso.com”.\nFay <fay@contoso.com>' }
    const click = { is: 'click', sender: sender('ann'), verb: 'add-members', data } as const
    await runClick(turn, { ...click, isAutomatic: false, isInvoke: true })
    assert.deepEqual(await members(), ['bo', 'cy@contoso.com', 'dee@contoso.com', 'fay@contoso.com'])
  })
})
