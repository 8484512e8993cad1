import assert from 'node:assert/strict'
import { runText } from '../../../src/chat/commands.ts'
import { type Turn } from '../../../src/chat/turn.ts'
import { openTalk, type Talk, words } from '../talk.ts'

const blank = '\u00a0'

describe('a list of people in words', () => {
  let talk: Talk
  let ann: Turn
  beforeEach(async () => {
    talk = await openTalk()
    ann = await talk.turn('Ann')
  })
  afterEach(() => talk.close())

  async function known(...people: ReadonlyArray<readonly [id: string, name: string]>): Promise<void> {
    for (const [id, name] of people) await talk.office.directory.mention(`${id}@contoso.com`, name)
  }

  async function members(): Promise<readonly string[]> {
    const { group } = await talk.office.settings.settingsOf(ann.person.id)
    return group.members.map((id) => id.replace('@contoso.com', ''))
  }

  async function said(text: string): Promise<string> {
    return words(await runText(ann, text))
  }

  const smithAndDoe = [
    ['anna', 'Smith, Anna'],
    ['doe', 'Doe, John'],
  ] as const

  it('adds nobody for a last and a first name that two people have, and says why', async () => {
    await known(...smithAndDoe)
    for (const text of [
      'add Smith, John',
      'add smith,john',
      'add Doe, Anna.',
      'add Smith，John',
      'Please add Smith, John!',
    ]) {
      assert.match(await said(text), /may be one person or two.*Write \\"and\\" between two people/u, text)
      assert.deepEqual(await members(), [], text)
    }
  })

  it('adds nobody when only half of a last and a first name is known', async () => {
    await known(['anna', 'Anna Smith'], ['bo', 'Bo Ek'], ['lee', 'Lee Poe'])
    for (const text of ['add Smith, John', 'add Lindqvist, Bo', 'add van Dyck, Bo', 'add Lee, Xi']) {
      assert.match(await said(text), /may be one person or two/u, text)
      assert.deepEqual(await members(), [], text)
    }
  })

  it('offers the two of a last and a first name, for they may be two after all', async () => {
    await known(...smithAndDoe)
    assert.match(await said('add Smith, John'), /Add Smith, Anna and Doe, John/u)
  })

  for (const name of ['Smith, John', 'John Smith', 'smith john', 'John Q. Smith'])
    it(`finds ${name} by last and first name, among others who share one of them`, async () => {
      await known(...smithAndDoe, ['john', name])
      await said('add Smith, John')
      assert.deepEqual(await members(), ['john'])
    })

  it('asks when two people have both names', async () => {
    await known(['j1', 'John Smith'], ['j2', 'Smith, John'])
    assert.match(await said('add Smith, John'), /Which Smith, John do you mean/u)
    assert.deepEqual(await members(), [])
  })

  it('chooses nobody when one person and two people are called so', async () => {
    await known(['smith', 'Smith'], ['john', 'John'], ['both', 'John Smith'])
    assert.match(await said('add Smith, John'), /may be one person or two/u)
    assert.deepEqual(await members(), [])
  })

  it('is several people when each is named by a first name or a whole name', async () => {
    await known(['bo', 'Bo Ek'], ['cy', 'Osei, Cy'], ['dee', 'Dee'], ['eve', 'Eve Holm'])
    await said('add bo, cy')
    assert.deepEqual(await members(), ['bo', 'cy'])
    await said('add Dee, Eve Holm')
    assert.deepEqual(await members(), ['bo', 'cy', 'dee', 'eve'])
  })

  it('takes two at a time where that is how they are known', async () => {
    await known(['john', 'John Smith'], ['bo', 'Lindqvist, Bo'], ['cy', 'Cy'])
    await said('add Smith, John, Lindqvist, Bo, Cy')
    assert.deepEqual(await members(), ['john', 'bo', 'cy'])
  })

  it('adds those who are clear, and nobody for what is not', async () => {
    await known(...smithAndDoe, ['bo', 'Bo'])
    assert.match(await said('add Bo; Smith, John'), /Added Bo\..*may be one person or two/u)
    assert.deepEqual(await members(), ['bo'])
  })

  it('says of each name that it is unknown when nobody is known', async () => {
    assert.match(await said('add Zed, Yan'), /could not find \\"Zed\\".*could not find \\"Yan\\"/u)
  })

  it('never takes a word for somebody when the whole is nobody', async () => {
    await known(['anna', 'Anna Smith'], ['doe', 'John Doe'])
    for (const text of ['add john smith', 'add anna q smith', 'add “Smith, John”']) await said(text)
    assert.deepEqual(await members(), [])
  })

  const pasted: ReadonlyArray<readonly [text: string, ...added: string[]]> = [
    ['Lindqvist, Bo <bo@contoso.com>', 'bo'],
    ['"Lindqvist, Bo" <bo@contoso.com>; "Osei, Cy" <cy@contoso.com>', 'bo', 'cy'],
    ['"Lindqvist, Bo"<bo@contoso.com>;"Osei, Cy"<cy@contoso.com>;', 'bo', 'cy'],
    ["'Lindqvist, Bo' <bo@contoso.com>; Cy Osei <cy@contoso.com>", 'bo', 'cy'],
    ['‘Lindqvist, Bo’ <bo@contoso.com>, “Osei, Cy” <cy@contoso.com>', 'bo', 'cy'],
    ['Bo Lindqvist <bo@contoso.com>, Cy Osei <cy@contoso.com>,', 'bo', 'cy'],
    ['Lindqvist, Bo <bo@contoso.com>, Osei, Cy <cy@contoso.com>', 'bo', 'cy'],
    [`Lindqvist,${blank}Bo${blank}<bo@contoso.com>;${blank}Osei,${blank}Cy <cy@contoso.com>;\n`, 'bo', 'cy'],
    ['Lindqvist, Bo <bo@contoso.com>\nOsei, Cy <cy@contoso.com>\n\n', 'bo', 'cy'],
    ['"bo@contoso.com" <bo@contoso.com>; cy@contoso.com<mailto:cy@contoso.com>', 'bo', 'cy'],
    ['"O\'Brien, Pat" <pat.o\'brien@contoso.com>; Osei, Cy (Sales) <cy@contoso.com>', "pat.o'brien", 'cy'],
    ['[Bo Ek](mailto:bo@contoso.com), [cy@contoso.com](mailto:cy@contoso.com)', 'bo', 'cy'],
    ['Bo Lindqvist (bo@contoso.com) and <cy@contoso.com>', 'bo', 'cy'],
    ['bo@contoso.com Cy Osei <cy@contoso.com>', 'bo', 'cy'],
    ['“Lindqvist, Bo <bo@contoso.com>”; cy@contoso.com;;', 'bo', 'cy'],
  ]
  for (const [text, ...added] of pasted)
    for (const isKnown of [false, true])
      it(`${JSON.stringify(text)} adds ${added.join(' and ')}${isKnown ? ', who are known' : ''}`, async () => {
        if (isKnown)
          await known(
            ['bo', 'Lindqvist, Bo'],
            ['cy', 'Cy Osei'],
            ['other', 'Anna Lindqvist'],
            ['o', 'Bo Osei'],
          )
        const answer = await said(`add ${text}`)
        assert.deepEqual(await members(), added)
        assert.doesNotMatch(answer, /could not find|may be one|Nobody can/u)
      })

  it('keeps a known name in front of a name with an address apart', async () => {
    await known(['dee', 'Dee'], ['ed', 'Ed Holm'])
    await said('add Dee, Ed, Cy Osei <cy@contoso.com>')
    assert.deepEqual(await members(), ['dee', 'ed', 'cy'])
    assert.match(await said('add Zed Yan, Bo Ek <bo@contoso.com>'), /could not find \\"Zed Yan\\"/u)
    assert.deepEqual(await members(), ['dee', 'ed', 'cy', 'bo'])
  })

  it('keeps oneself, a number and an address in front of a name with an address apart', async () => {
    await known(['dee', 'Dee'])
    await said('add dee@contoso.com, Bo <bo@contoso.com>')
    assert.deepEqual(await members(), ['dee', 'bo'])
    assert.match(await said('add me, Cy <cy@contoso.com>'), /Ann Ek is the one these calls are for/u)
    assert.deepEqual(await members(), ['dee', 'bo', 'cy'])
  })

  it('is read alike when people are removed, moved and swapped', async () => {
    await known(...smithAndDoe, ['john', 'John Smith'], ['bo', 'Bo Ek'])
    await said('add anna@contoso.com, doe@contoso.com, bo@contoso.com')
    assert.match(await said('remove Smith, John'), /John Smith is not on this list/u)
    assert.match(await said('remove Doe, Bo'), /may be one person or two/u)
    assert.match(await said('move Doe, Anna first'), /could not find/u)
    assert.deepEqual(await members(), ['anna', 'doe', 'bo'])
    await said('move Doe, John first')
    assert.deepEqual(await members(), ['doe', 'anna', 'bo'])
    await said('swap Doe, John and Bo')
    assert.deepEqual(await members(), ['bo', 'anna', 'doe'])
    await said('remove Smith, Anna, Doe, John')
    assert.deepEqual(await members(), ['bo'])
  })

  it('names one person where only one can be named', async () => {
    await known(...smithAndDoe)
    for (const text of [
      'forward my calls to Smith, John',
      'also ring Smith, John',
      'add delegate Smith, John',
    ])
      await said(text)
    const { forwarding, delegates } = await talk.office.settings.settingsOf(ann.person.id)
    assert.deepEqual([forwarding.is, delegates], ['neverSet', []])
    await said('forward my calls to "Doe, John" <doe@contoso.com>')
    await said('add delegate Smith, Anna')
    const after = await talk.office.settings.settingsOf(ann.person.id)
    assert.equal(after.forwarding.is === 'on' && after.forwarding.rule.to.is === 'person', true)
    assert.deepEqual(
      after.delegates.map(({ person }) => person),
      ['anna@contoso.com'],
    )
  })
})
