import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { type Speaker } from '../../../src/chat/said/called.ts'
import { choiceOf, findPerson, shownName } from '../../../src/chat/said/people.ts'
import { readTarget } from '../../../src/chat/said/target.ts'
import { listed, wordsOf } from '../../../src/chat/said/words.ts'
import { openEmbedded } from '../../../src/store/embedded/embedded.ts'
import { Directory } from '../../../src/switchboard/directory.ts'

const boId = 'b0000000-0000-4000-8000-00000000000b'
const known: ReadonlyArray<readonly [string, string]> = [
  [boId, 'Bo Ek'],
  ['mary@contoso.com', "Mary-Jane O'Brien"],
  ['sean@contoso.com', 'Seán Ó’Néill'],
  ['taro@contoso.com', '山田 太郎'],
  ['sara@contoso.com', 'שרה כהן'],
  ['sales@contoso.com', 'Sales and Support'],
  ['sam.lee@contoso.com', 'Sam Lee'],
  ['sam.poe@contoso.com', 'Sam Poe'],
  ['sam@contoso.com', 'Sam'],
  ['kim.a@contoso.com', 'Kim Ang'],
  ['kim.b@contoso.com', 'Kim Bo'],
]

describe('whom somebody means', () => {
  let folder: string
  let store: Awaited<ReturnType<typeof openEmbedded>>
  let ann: Speaker
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'people-'))
    store = await openEmbedded({ folder })
    const directory = new Directory(store, () => 0)
    for (const [id, name] of known) await directory.mention(id, name)
    ann = { person: await directory.person('ann@contoso.com'), mentions: [], directory }
  })
  after(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function idOf(text: string, speaker = ann): Promise<string | null> {
    const found = await findPerson(speaker, text)
    return found.is === 'found' ? found.id : null
  }

  const named: ReadonlyArray<readonly [string, string]> = [
    ['Bo Ek', boId],
    ['ek', boId],
    ['Ek, Bo', boId],
    ['@ek', boId],
    ['“Bo Ek”', boId],
    ['BO\u200b EK', boId],
    [boId.toUpperCase(), boId],
    ["mary-jane o'brien", 'mary@contoso.com'],
    ['Mary-Jane O’Brien', 'mary@contoso.com'],
    ["Seán Ó'Néill", 'sean@contoso.com'],
    ['Sea\u0301n', 'sean@contoso.com'],
    ['山田', 'taro@contoso.com'],
    ['\u202bשרה\u202c', 'sara@contoso.com'],
    ['"Sales and Support"', 'sales@contoso.com'],
    ['Sam', 'sam@contoso.com'],
    ['Sam Poe', 'sam.poe@contoso.com'],
    ['me', 'ann@contoso.com'],
    ['Myself', 'ann@contoso.com'],
    ['New@Contoso.com', 'new@contoso.com'],
    ['sip:new@contoso.com', 'new@contoso.com'],
    ['mailto:new@contoso.com', 'new@contoso.com'],
    ['Somebody New <new@contoso.com>', 'new@contoso.com'],
    ['(new@contoso.com)', 'new@contoso.com'],
  ]
  for (const [text, id] of named)
    it(`${JSON.stringify(text)} is ${id}`, async () => {
      assert.equal(await idOf(text), id)
    })

  it('a mention is the one mentioned, also of two people with one name', async () => {
    const mentions = [
      { id: '29:one', name: 'Sam', objectId: 'a0000000-0000-4000-8000-000000000001' },
      { id: '29:two', name: 'Sam', objectId: 'a0000000-0000-4000-8000-000000000002' },
      { id: '19:team', name: 'A team' },
    ]
    const speaker = { ...ann, mentions }
    assert.equal(await idOf('@1', speaker), mentions[0]?.objectId)
    assert.equal(await idOf(' @2 ', speaker), mentions[1]?.objectId)
    const team = await findPerson(speaker, '@3')
    assert.deepEqual(team, { is: 'refused', refusal: { code: 'E_KIND', given: 'A team' } })
    assert.equal(await idOf('@4', speaker), null)
  })

  it('is asked when several fit', async () => {
    const found = await findPerson(ann, 'kim')
    assert.equal(found.is, 'several')
  })

  const unknown: ReadonlyArray<readonly [string, string]> = [
    ['Nobody Known', 'E_NOT_FOUND'],
    ['', 'E_NOT_FOUND'],
    ['*', 'E_NOT_FOUND'],
    ['+44 20 7946 0000', 'E_EXTERNAL'],
    ['guest_fabrikam.com#EXT#@contoso.com', 'E_EXTERNAL'],
  ]
  for (const [text, code] of unknown)
    it(`${JSON.stringify(text)} is nobody: ${code}`, async () => {
      const found = await findPerson(ann, text)
      assert.ok(found.is === 'refused')
      assert.equal(found.refusal.code, code)
    })

  it('every text is somebody, several or nobody, and never an error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), async (text) => {
        const found = await findPerson(ann, text)
        assert.ok(['found', 'several', 'refused'].includes(found.is))
        await readTarget(ann, wordsOf(text))
      }),
      { numRuns: 60 },
    )
  })

  it('a list means each of them', async () => {
    const names = listed(wordsOf('"Sales and Support", Mary-Jane O’Brien and Bo Ek'))
    const ids = []
    for (const name of names) ids.push(await idOf(name))
    assert.deepEqual(ids, ['sales@contoso.com', 'mary@contoso.com', boId])
  })
})

describe('a person on a card', () => {
  it('is shown by name, else by address, and never by an id that tells nothing', () => {
    assert.equal(shownName({ id: boId, name: 'Bo', welcomed: true }, boId), 'Bo')
    assert.equal(shownName(undefined, 'bo@contoso.com'), 'bo@contoso.com')
    assert.equal(shownName(undefined, boId), 'Somebody new')
    assert.equal(shownName({ id: boId, name: boId, welcomed: false }, boId), 'Somebody new')
  })

  it('is told from others by the address', () => {
    const person = { id: boId, name: 'Bo', welcomed: true }
    assert.equal(choiceOf(person).title, 'Bo')
    assert.equal(choiceOf({ ...person, address: 'bo@contoso.com' }).title, 'Bo (bo@contoso.com)')
  })
})
