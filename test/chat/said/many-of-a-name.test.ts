import assert from 'node:assert/strict'
import { runText } from '../../../src/chat/commands.ts'
import { type Turn } from '../../../src/chat/turn.ts'
import { addDelegate } from '../../../src/core/delegates.ts'
import { addMembers } from '../../../src/core/members.ts'
import { callGroup } from '../../../src/core/target.ts'
import { themselves } from '../../../src/switchboard/author.ts'
import { offered, sends } from '../../switchboard/desk.ts'
import { openTalk, type Talk, words } from '../talk.ts'

/** More than the bot remembers under one name. */
const many = 30
const larsson = 'anna.larsson@contoso.com'

describe('somebody whose name many share', () => {
  let talk: Talk
  let bo: Turn
  beforeEach(async () => {
    talk = await openTalk()
    bo = await talk.turn('Bo')
    const { directory } = talk.office
    await directory.mention(larsson, 'Anna Larsson')
    for (let index = 0; index < many; index += 1)
      await directory.mention(`a${index}@contoso.com`, index % 2 === 0 ? 'Anna Larsson' : `Anna N${index}`)
    for (let index = 0; index < many; index += 1)
      await directory.mention(`l${index}@contoso.com`, `Eva Larsson`)
  })
  afterEach(() => talk.close())

  const settingsOf = (id = 'bo') => talk.office.settings.settingsOf(id)
  const membersOf = async (id = 'bo') => (await settingsOf(id)).group.members
  const said = async (text: string) => words(await runText(bo, text))
  const adds = (owner: string, ...members: readonly string[]) =>
    talk.office.settings.change(themselves(owner), (who) => addMembers(who(owner), members, who))

  it('was pushed out of what is remembered under each word of it', async () => {
    const people = await talk.office.directory.named('anna larsson')
    assert.equal(
      people.some(({ id }) => id === larsson),
      false,
    )
  })

  for (const text of ['remove anna larsson', 'remove Larsson, Anna', 'remove anna', 'remove ANNA and cy'])
    it(`is the member who is meant: ${text}`, async () => {
      await adds('bo', larsson, 'cy@contoso.com')
      assert.match(await said(text), /Removed Anna Larsson/u)
      assert.equal((await membersOf()).includes(larsson), false)
    })

  it('is the member who is moved and swapped, and one of several is asked for', async () => {
    await adds('bo', 'cy@contoso.com', 'dee@contoso.com', larsson)
    await said('move anna first')
    assert.deepEqual(await membersOf(), [larsson, 'cy@contoso.com', 'dee@contoso.com'])
    await said('move anna larsson after cy')
    await said('swap dee and anna')
    assert.deepEqual(await membersOf(), ['cy@contoso.com', 'dee@contoso.com', larsson])
    await adds('bo', 'a1@contoso.com')
    assert.match(await said('move anna first'), /Which anna do you mean/u)
    await said('move anna larsson first')
    assert.equal((await membersOf())[0], larsson)
  })

  it('is the delegate who is removed', async () => {
    await talk.office.settings.change(themselves('bo'), (who) =>
      addDelegate(who('bo'), larsson, ['receiveCalls'], who),
    )
    await said('remove delegate anna')
    assert.deepEqual((await settingsOf()).delegates, [])
  })

  it('is the owner of the group one is in', async () => {
    await adds(larsson, 'bo')
    const how = async () => (await settingsOf()).memberships[0]?.notification
    await said("mute anna's calls")
    assert.equal(await how(), 'mute')
    await said('ring anna larsson')
    assert.equal(await how(), 'ring')
    await said('banner annas')
    assert.equal(await how(), 'banner')
    assert.match(await said('who rings for anna'), /If somebody calls Anna Larsson now/u)
    await said('leave anna')
    assert.deepEqual(await membersOf(larsson), [])
  })

  it('is the one whose delegate one is', async () => {
    await talk.office.settings.change(themselves(larsson), (who) =>
      addDelegate(who(larsson), 'bo', ['receiveCalls', 'manageSettings'], who),
    )
    assert.match(await said('settings of anna'), /Anna Larsson’s calls/u)
  })

  it('is the one whose call rings, by the owner’s name, and by the caller’s', async () => {
    await adds(larsson, 'bo')
    await sends(talk.ledger, larsson, 'immediate', callGroup)
    await offered(talk.ledger, 'one', larsson)
    assert.match(await said('pick up anna'), /You picked up/u)
    await talk.turn('Cy')
    await adds('cy', 'bo')
    await sends(talk.ledger, 'cy', 'immediate', callGroup)
    await offered(talk.ledger, 'two', 'cy', { kind: 'internal', id: larsson })
    await offered(talk.ledger, 'three', 'cy', { kind: 'pstn', name: 'Zelda Quist', number: '+442079460001' })
    assert.match(await said('pick up zelda quist'), /You picked up/u)
    assert.match(await said('decline anna larsson'), /Anna Larsson → for Cy Ek: Nobody picked up/u)
  })

  it('can be named wherever people are, when they are near', async () => {
    await adds('bo', larsson)
    const { directory } = talk.office
    await directory.mention('anna.holm@contoso.com', 'Anna Holm')
    await said('also ring anna holm')
    const holm = (await settingsOf()).forwarding
    assert.deepEqual(holm.is === 'on' && holm.rule.to, { is: 'person', person: 'anna.holm@contoso.com' })
    await said('remove anna')
    assert.deepEqual(await membersOf(), [])
  })

  it('is found by the word that fewer share', async () => {
    const { directory } = talk.office
    await directory.mention('anna.quist@contoso.com', 'Anna Quist')
    for (let index = 0; index < many; index += 1)
      await directory.mention(`b${index}@contoso.com`, `Anna B${index}`)
    await said('add anna quist')
    assert.deepEqual(await membersOf(), ['anna.quist@contoso.com'])
  })

  it('is not chosen where others are meant as well', async () => {
    await adds('bo', larsson)
    assert.match(
      await said('also ring anna'),
      /More people than these have that name.*Which anna do you mean/u,
    )
    assert.match(await said('add anna larsson'), /Which anna larsson do you mean/u)
  })
})
