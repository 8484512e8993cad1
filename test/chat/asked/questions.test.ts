import assert from 'node:assert/strict'
import { questions } from '../../../src/chat/asked/asked.ts'
import { delegateClicks } from '../../../src/chat/settings/delegates.ts'
import { openTalk, type Talk } from '../talk.ts'
import { adds } from '../../switchboard/desk.ts'
import { asks, says } from './asking.ts'

type Row = readonly [who: string, question: string, answer: RegExp]

const group: readonly Row[] = [
  ['Ann', 'Is Cy part of my call group?', /^Yes, Cy Ek is in your call group, in place 2 of 2/],
  ['Ann', 'do I have bo in my team', /^Yes, Bo Ek/],
  ['Ann', 'is Dee one of my members', /^No, Dee Ek is not in your call group\. \[Add Dee Ek\]/],
  ['Ann', 'is Nobby in my group?', /^No: nobody called “Nobby”/],
  ['Bo', 'am I still in Ann’s group?', /^Yes, you are in Ann Ek’s call group/],
  ['Bo', 'am i in anns group', /^Yes, you are/],
  ['Ann', 'who comes after bo', /^Cy Ek comes after Bo Ek/],
  ['Ann', 'who is frist', /^Bo Ek is in place 1 of 2/],
  ['Ann', 'who’s third?', /^Nobody: your call group has only 2 members/],
  ['Ann', 'do they ring one after the other?', /^They all ring at once/],
  ['Ann', 'how many people are in my group', /^There are 2 people/],
  ['Ann', 'can I have 30 members', /up to 25 members/],
  ['Ann', 'does cy know she is in my group', /A new member of a call group gets a card/],
  ['Bo', 'tell me who is in ann’s group', /In Ann Ek’s call group: you and Cy Ek/],
]

const plan: readonly Row[] = [
  ['Ann', 'how long dose it ring befor voicemail', /ring for 30 seconds.* go to voicemail/],
  ['Ann', 'what happens if no one picks up', /ring for 30 seconds.* go to voicemail/],
  ['Ann', 'when do my calls go to voice mail?', /30 seconds/],
  ['Dee', 'what happens while I’m on the phone', /^While you are in a call, another call comes in as usual/],
  ['Ann', 'what happens when I’m offline', /no difference, since all calls are forwarded/],
  ['Dee', 'what happens when I’m away', /the phone does not ring/],
  ['Ann', 'are my calls being forwarded', /^Yes: all calls go to your call group/],
  ['Ann', 'am I forwarding to bo', /^No: all calls go to your call group/],
  ['Dee', 'is my forwarding on?', /^No, forwarding is off: only you ring/],
  ['Ann', 'where are my calls forwarded to', /^All calls go to your call group/],
  ['Ann', 'who rings on sunday', /same at any time/],
  ['Ann', 'who rings after 10 seconds', /^10 seconds into a call to you it rings Bo Ek and Cy Ek \(0–30 s\)/],
  ['Bo', 'how long do ann’s calls ring', /^Ann Ek’s calls ring for 30 seconds/],
]

const others: readonly Row[] = [
  ['Bo', 'which groups do i belong to', /call group of Ann Ek/],
  ['Bo', 'who do i answer for', /call group of Ann Ek/],
  ['Dee', 'whose calls do I get?', /^Nobody’s/],
  ['Bo', 'have I muted ann?', /^No, calls for Ann Ek ring you/],
  ['Ann', 'has anyone muted me', /^No, nobody/],
  ['Ann', 'will I be told who picked up', /You always see it/],
  ['Ann', 'can max change my settings', /^Yes: as your delegate, Max Ek may change settings/],
  ['Ann', 'can max join my calls', /^No: as your delegate, Max Ek may change settings/],
  ['Ann', 'what is max allowed to do', /^Max Ek is your delegate and may change settings/],
  ['Max', 'what can I do for ann', /^You are a delegate of Ann Ek/],
  ['Max', 'whose delegate am I', /a delegate of Ann Ek/],
  ['Max', 'is bo in ann’s group?', /^Yes, Bo Ek is in Ann Ek’s call group/],
  ['Max', 'who is first in the group of ann', /^Bo Ek is in place 1 of 2 in Ann Ek’s/],
  ['Ann', 'what was my last change', /added Bo Ek and Cy Ek|Forwarding|Delegates/],
  ['Ann', 'who changed my settings', /^Last changes of your settings: You/],
  ['Bo', 'why am I in ann’s group?', /^Ann Ek added you/],
  ['Ann', 'what’s a delagate', /^A delegate is somebody who may act for you/],
  ['Ann', 'difference between mute and leave', /To mute.*To leave/],
  ['Ann', 'is forwarding the same as also ring', /sends every call on.*at the same time/],
]

const before: readonly Row[] = [
  ['Ann', 'can I remove cy', /say "remove Cy Ek".*Then: Calls ring Bo Ek for.*\[Remove Cy Ek\]/],
  ['Ann', 'how can i move cy first', /\[Move Cy Ek first\]/],
  ['Ann', 'may I also ring dee', /say "also ring Dee Ek".*together with Dee Ek.*\[Also ring Dee Ek\]/],
  ['Ann', 'what if I forward everything to bo', /Then: Calls go to Bo Ek at once.*\[Forward to Bo Ek\]/],
  ['Ann', 'can they ring in order?', /\[Ring one after the other\]/],
  ['Ann', 'can it ring for 25 seconds', /^Not 25/],
  ['Ann', 'is it ok to add dee', /\[Add Dee Ek\]/],
  ['Ann', 'could I have bo in my group', /^Not as things are: .*already/],
  ['Bo', 'can I leave ann', /\[Leave Ann Ek\]/],
  ['Bo', 'leave ann?', /\[Leave Ann Ek\]/],
  ['Bo', 'how do I mute ann', /\[Mute Ann Ek\]/],
  ['Ann', 'forward to bo?', /\[Forward to Bo Ek\]/],
  ['Ann', 'could I swim to Norway', /cannot answer that, and nothing was changed/],
]

const noQuestions = [
  'add dee',
  'can you add dee?',
  'forward my calls to bo',
  'who rings',
  'my group',
  'decline',
  'busy',
  'mute ann',
  'leave ann',
  'when I’m busy send calls to my group',
  'can I see my group',
  'what can you do',
  'pick up',
  '',
  '????',
]

describe('Asking', () => {
  let talk: Talk
  beforeEach(async () => {
    talk = await openTalk()
    for (const name of ['Dee', 'Max']) await talk.turn(name)
    await talk.shares('Ann', 'Bo', 'Cy')
    await says(talk, 'Ann', 'add delegate max')
    await delegateClicks['save-delegate'](await talk.turn('Ann'), {
      person: 'max',
      permissions: 'manageSettings',
    })
  })
  afterEach(() => talk.close())

  const everything = async () => {
    const { store } = talk.office
    return JSON.stringify([
      await store.list('settings', { limit: 100 }),
      await store.list('call', { limit: 100 }),
    ])
  }

  for (const [about, rows] of Object.entries({ group, plan, others, before }))
    for (const [who, question, answer] of rows)
      it(`answers “${question}” (${about}), and changes nothing`, async () => {
        const then = await everything()
        assert.match((await asks(talk, who, question)) ?? 'no question', answer)
        assert.equal(await everything(), then)
      })

  for (const text of noQuestions)
    it(`leaves “${text}” to the commands`, async () => {
      assert.equal(await asks(talk, 'Ann', text), null)
    })

  it('tells nobody about calls they do not share', async () => {
    for (const question of [
      'is bo in ann’s group',
      'how long do ann’s calls ring',
      'who is first in ann’s group',
    ])
      assert.match((await asks(talk, 'Dee', question)) ?? '', /^I cannot tell you that/)
    for (const question of [
      'who changed ann’s settings',
      'what can max do for ann',
      'has cy muted ann’s calls',
    ])
      assert.doesNotMatch((await asks(talk, 'Bo', question)) ?? '', /added|may change|ring Cy/)
  })

  it('asks back when a name is that of several, and a press asks the same about one of them', async () => {
    const { directory } = talk.office
    for (const [id, name] of [
      ['l', 'Kim Lind'],
      ['b', 'Kim Berg'],
    ] as const)
      await directory.meet({
        ...(await talk.turn('Dee')).sender,
        user: id,
        objectId: undefined,
        name,
        address: `kim.${id}@contoso.com`,
      })
    assert.match(
      (await asks(talk, 'Ann', 'is kim in my group')) ?? '',
      /Whom do you mean: Kim .* or Kim .*\[Kim/,
    )
    assert.match((await asks(talk, 'Ann', 'is kim.l@contoso.com in my group')) ?? '', /^No, Kim Lind is not/)
  })

  it('knows a member by a first name that strangers have, too', async () => {
    await adds(talk.ledger, 'dee', 'bo')
    assert.match((await asks(talk, 'Dee', 'is bo in my group')) ?? '', /^Yes, Bo Ek/)
  })

  it('has a name for every question, and each is there once', () => {
    const names = questions.map(({ asks: name }) => name)
    assert.equal(new Set(names).size, names.length)
  })
})
