import assert from 'node:assert/strict'
import { changeWords, edit, markOf, ownerIn } from '../../../src/chat/settings/edit.ts'
import { type Turn } from '../../../src/chat/turn.ts'
import { type CallingSettings } from '../../../src/core/calling-settings.ts'
import { type Change, keep, refuse, unchanged } from '../../../src/core/change.ts'
import { addDelegate } from '../../../src/core/delegates.ts'
import { moveMember } from '../../../src/core/members.ts'
import { themselves } from '../../../src/switchboard/author.ts'
import { openTalk, type Talk } from '../talk.ts'

const group = ({ group }: CallingSettings) => group

describe('An edit from the chat', () => {
  let talk: Talk
  let ann: Turn
  let bo: Turn
  beforeEach(async () => {
    talk = await openTalk()
    await talk.shares('Ann', 'Bo', 'Cy')
    ;[ann, bo] = [await talk.turn('Ann'), await talk.turn('Bo')]
  })
  afterEach(() => talk.close())

  const members = async () => (await talk.office.settings.settingsOf('ann')).group.members
  const markNow = async () => markOf(group(await talk.office.settings.settingsOf('ann')))
  const movesBoDown = (turn: Turn, mark?: string) =>
    edit(turn, {
      owner: 'ann',
      ...(mark === undefined ? {} : { seen: { part: group, mark } }),
      rule: (owner, subscribers) => moveMember(owner, 'bo', 'down', subscribers),
    })
  const lets = (may: 'manageSettings' | 'receiveCalls') =>
    talk.office.settings.change(themselves('ann'), (who) => addDelegate(who('ann'), 'bo', [may], who))
  const lastDoor = async () => (await talk.office.store.audit({ about: 'ann', limit: 1 }))[0]

  it('is kept when the card shows the truth, or no card was seen', async () => {
    for (const mark of [await markNow(), '', undefined]) {
      const before = await members()
      const change = await movesBoDown(ann, mark)
      assert.deepEqual(change.refusals, [])
      assert.deepEqual([...change.sheets.keys()], before[0] === 'bo' ? ['ann'] : [])
    }
    assert.deepEqual(await members(), ['cy', 'bo'])
    const row = await lastDoor()
    assert.deepEqual([row?.by, row?.door], ['ann', 'chat'])
  })

  it('is refused on a card that shows what was before', async () => {
    const mark = await markNow()
    await movesBoDown(ann, mark)
    const again = await edit(ann, {
      owner: 'ann',
      seen: { part: group, mark },
      rule: (owner, subscribers) => moveMember(owner, 'bo', 'up', subscribers),
    })
    assert.deepEqual(again, refuse({ code: 'E_STALE_CARD' }))
    assert.deepEqual(await members(), ['cy', 'bo'])
  })

  it('on somebody else’s sheet is refused, whatever the card shows', async () => {
    for (const mark of [await markNow(), 'old', undefined])
      assert.deepEqual(await movesBoDown(bo, mark), refuse({ code: 'E_FORBIDDEN' }))
    await lets('receiveCalls')
    assert.deepEqual(await movesBoDown(bo), refuse({ code: 'E_FORBIDDEN' }))
    assert.deepEqual(await members(), ['bo', 'cy'])
  })

  it('is kept for a delegate who may, and it is written down that it was them', async () => {
    await lets('manageSettings')
    await movesBoDown(bo)
    assert.deepEqual(await members(), ['cy', 'bo'])
    const row = await lastDoor()
    assert.deepEqual([row?.by, row?.door], ['bo', 'delegate'])
  })

  it('is about the sheet that the card was drawn for, else about one’s own', () => {
    assert.equal(ownerIn(bo, { owner: 'ann' }), 'ann')
    for (const given of [{}, { owner: '' }, { owner: ['ann'] }, { owner: null }])
      assert.equal(ownerIn(bo, given), 'bo')
  })

  it('is marked by eight characters, the same for the same and others for anything else', () => {
    const [one, same, other] = [['bo'], ['bo'], ['cy']].map((list) => markOf({ members: list }))
    assert.match(one ?? '', /^[\w-]{8}$/)
    assert.equal(same, one)
    assert.notEqual(other, one)
  })
})

describe('What came of a change', () => {
  let talk: Talk
  let ann: Turn
  before(async () => {
    talk = await openTalk()
    await talk.shares('Ann', 'Bo', 'Cy')
    ann = await talk.turn('Ann')
  })
  after(() => talk.close())

  const changed = async (): Promise<Change> => keep([['ann', await talk.office.settings.settingsOf('ann')]])
  const wordsOf = (change: Change) => changeWords(ann, change, 'Done.')

  it('is the success, when there was nothing to say about it', async () => {
    assert.deepEqual(await wordsOf(await changed()), { tone: 'good', text: 'Done.' })
  })

  it('is that nothing had to be changed', async () => {
    assert.deepEqual(await wordsOf(unchanged), { tone: 'good', text: 'Nothing had to be changed.' })
  })

  it('is every refusal, by the names of the people', async () => {
    const { tone, text } = await wordsOf(
      refuse({ code: 'E_DUP', person: 'bo' }, { code: 'E_GROUP_FULL', person: 'cy', count: 25 }),
    )
    assert.equal(tone, 'attention')
    assert.equal(
      text,
      'Bo Ek is on the list already. Cy Ek was not added: a call group has at most 25 members, and this one has 25. Remove somebody first.',
    )
  })

  it('is what was done, and then what was refused', async () => {
    const change: Change = { ...(await changed()), refusals: [{ code: 'E_DUP', person: 'bo' }] }
    assert.deepEqual(await wordsOf(change), {
      tone: 'attention',
      text: 'Done. Bo Ek is on the list already.',
      buttons: [],
    })
  })

  it('is what was done, and then every warning, by the names of the people', async () => {
    const change: Change = {
      ...(await changed()),
      warnings: [{ code: 'W_ORDER_SWITCHED' }, { code: 'W_ORDER_CUTOFF', unreachable: ['bo', 'cy'] }],
    }
    const { buttons, ...told } = await wordsOf(change)
    assert.deepEqual(
      buttons?.map(({ title }) => title),
      ['Ring for 5 seconds', 'Ring everyone at once', 'Forward all calls to the group'],
    )
    assert.deepEqual(told, {
      tone: 'warning',
      text:
        'Done. In order works with up to 5 members, so all of them now ring at once. ' +
        'The ringing ends before Bo Ek and Cy Ek would be reached. ' +
        'Ring longer, ring everyone at once, or forward all calls to the group.',
    })
  })

  it('is told of refusals that are about nobody', async () => {
    const { text } = await wordsOf(refuse({ code: 'E_NOT_MEMBER', owner: 'bo' }, { code: 'E_STALE_CARD' }))
    assert.match(text, /^You are not in that call group.*drawn, so nothing was done\./)
  })
})
