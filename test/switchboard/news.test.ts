/** Whom a change of settings is told to, and what they are told. */
import assert from 'node:assert/strict'
import { type CallingSettings, neverConfigured } from '../../src/core/calling-settings.ts'
import { type Change, keep, unchanged } from '../../src/core/change.ts'
import { addDelegate, removeDelegate, setDelegatePermissions } from '../../src/core/delegates.ts'
import { addMembers, leaveGroup, moveMember, removeMember } from '../../src/core/members.ts'
import { setNotification } from '../../src/core/notifications.ts'
import { type Author, isAdmin, theBot, themselves } from '../../src/switchboard/author.ts'
import { type MoreToKeep } from '../../src/switchboard/settings.ts'
import { type Rule } from '../../src/switchboard/sheets.ts'
import { adds } from './desk.ts'
import { type Ledger, openLedger } from './ledger.ts'

const admin: Author = { person: null, door: 'http' }
const delegate: Author = { person: 'dee', door: 'delegate' }
const manages = { person: 'dee', may: ['manageSettings'] } as const

describe('Of a change of settings', () => {
  let ledger: Ledger
  beforeEach(async () => {
    ledger = await openLedger()
  })
  afterEach(() => ledger.close())

  /** "bo: added ann", in the order it is told. */
  const told = async () =>
    (await ledger.effects()).map(({ work }) => `${work.id}: ${String(work['what'])} ${String(work['about'])}`)

  /** What a change tells that was not told before. */
  async function tells(by: Author, rule: Rule<Change>, more?: MoreToKeep): Promise<readonly string[]> {
    const before = await told()
    await ledger.settings.change(by, rule, more)
    return (await told()).slice(before.length)
  }
  const add: Rule<Change> = (who) => addMembers(who('ann'), ['bo', 'cy'], who)
  const remove: Rule<Change> = (who) => removeMember(who('ann'), 'bo', who)
  const delegates: Rule<Change> = (who) => addDelegate(who('ann'), 'bo', ['receiveCalls'], who)
  const noDelegates: Rule<Change> = (who) => removeDelegate(who('ann'), 'bo', who)
  const writes =
    (id: string, part: Partial<CallingSettings>): Rule<Change> =>
    (who) =>
      keep([[id, { ...who(id).settings, ...part }]])

  it('those who were added hear it, each in their own chat', async () => {
    assert.deepEqual(await tells(themselves('ann'), add), ['bo: added ann', 'cy: added ann'])
    const [first] = await ledger.effects()
    assert.deepEqual(first, {
      lane: 'chat bo',
      work: { do: 'tell', id: 'bo', what: 'added', about: 'ann' },
      priority: 2,
    })
  })

  it('those who were removed hear it, and owners whom somebody left', async () => {
    await adds(ledger, 'ann', 'bo', 'cy')
    assert.deepEqual(await tells(themselves('ann'), remove), ['bo: removed ann'])
    const leaves: Rule<Change> = (who) => leaveGroup(who('cy'), 'ann', who)
    assert.deepEqual(await tells(themselves('cy'), leaves), ['ann: left cy'])
  })

  it('those who become delegates hear it, and those who are delegates no more', async () => {
    assert.deepEqual(await tells(themselves('ann'), delegates), ['bo: delegate ann'])
    assert.deepEqual(await tells(themselves('ann'), noDelegates), ['bo: notDelegate ann'])
  })

  it('delegates hear that they may do something else now', async () => {
    await tells(themselves('ann'), delegates)
    const mayMore: Rule<Change> = (who) =>
      setDelegatePermissions(who('ann'), 'bo', ['receiveCalls', 'manageSettings'], who)
    assert.deepEqual(await tells(themselves('ann'), mayMore), ['bo: mayOtherwise ann'])
    assert.deepEqual(await tells(themselves('ann'), mayMore), [])
  })

  it('those who are delegates already hear nothing when another one is added or goes', async () => {
    await tells(themselves('ann'), delegates)
    const another: Rule<Change> = (who) => addDelegate(who('ann'), 'cy', ['receiveCalls'], who)
    const notTheOther: Rule<Change> = (who) => removeDelegate(who('ann'), 'cy', who)
    assert.deepEqual(await tells(themselves('ann'), another), ['cy: delegate ann'])
    assert.deepEqual(await tells(themselves('ann'), notTheOther), ['cy: notDelegate ann'])
  })

  it('whoever made it hears nothing, and nobody hears of one’s own choices', async () => {
    await adds(ledger, 'ann', 'bo', 'cy')
    const moves: Rule<Change> = (who) => moveMember(who('ann'), 'bo', 'down', who)
    const mutes: Rule<Change> = (who) => setNotification(who('bo'), 'ann', 'mute')
    assert.deepEqual(await tells(themselves('ann'), moves), [])
    assert.deepEqual(await tells(themselves('bo'), mutes), [])
    const joins: Rule<Change> = (who) => addMembers(who('ann'), ['dee'], who)
    assert.deepEqual(await tells(delegate, joins), ['ann: edited dee'])
  })

  it('owners hear that a delegate or an admin made it', async () => {
    assert.deepEqual(await tells(delegate, add), ['bo: added ann', 'cy: added ann', 'ann: edited dee'])
    assert.deepEqual(await tells(admin, remove), ['bo: removed ann', 'ann: editedByAdmin ann'])
    const root: Author = { person: 'root', door: 'admin' }
    assert.deepEqual(await tells(root, delegates), ['bo: delegate ann', 'ann: editedByAdmin root'])
  })

  const ownParts: ReadonlyArray<readonly [string, Partial<CallingSettings>]> = [
    ['how the group rings', { group: { members: [], order: 'inOrder' } }],
    ['forwarding', { forwarding: { is: 'off' } }],
    ['unanswered calls', { unanswered: { is: 'off' } }],
    ['what a delegate may', { delegates: [{ ...manages, may: ['makeCalls'] }] }],
    ['being busy', { busyOnBusy: 'playBusySignal' }],
    ['all notifications', { override: 'mute' }],
    ['how one group may notify them', { memberships: [{ owner: 'bo', notification: 'mute' }] }],
  ]
  for (const [what, part] of ownParts)
    it(`owners hear when it is about ${what}`, async () => {
      const memberships = [{ owner: 'bo', notification: 'ring' }] as const
      await ledger.settings.change(themselves('ann'), writes('ann', { delegates: [manages], memberships }))
      assert.deepEqual(await tells(delegate, writes('ann', part)), ['ann: edited dee'])
    })

  it('nobody hears when it only mirrors what others did', async () => {
    const mirrored: ReadonlyArray<Partial<CallingSettings>> = [
      { memberships: [{ owner: 'ann', notification: 'mute' }] },
      { managers: ['ann'] },
    ]
    for (const part of mirrored) assert.deepEqual(await tells(admin, writes('bo', part)), [])
  })

  it('nobody hears twice: who is told what became of them is not told that their sheet was edited', async () => {
    const both: Rule<Change> = (who) =>
      keep([
        ['ann', { ...who('ann').settings, delegates: [{ person: 'bo', may: ['receiveCalls'] }] }],
        ['bo', { ...who('bo').settings, forwarding: { is: 'off' } }],
        ['cy', { ...who('cy').settings, forwarding: { is: 'off' } }],
      ])
    assert.deepEqual(await tells(admin, both), [
      'bo: delegate ann',
      'ann: editedByAdmin ann',
      'cy: editedByAdmin cy',
    ])
  })

  it('people hear what it was called, when it has a name of its own', async () => {
    await adds(ledger, 'ann', 'bo', 'cy')
    assert.deepEqual(await tells(admin, remove, { told: 'swept' }), ['bo: removed ann', 'ann: swept ann'])
  })

  it('nobody hears when it shall be quiet', async () => {
    assert.deepEqual(await tells({ ...admin, isQuiet: true }, add), [])
    assert.deepEqual(await tells({ ...admin, isQuiet: false }, remove), [
      'bo: removed ann',
      'ann: editedByAdmin ann',
    ])
  })

  it('that nobody asked for, only those hear who are in something new', async () => {
    assert.deepEqual(await tells(theBot, add), ['bo: added ann', 'cy: added ann'])
    assert.deepEqual(await tells(theBot, remove), [])
    assert.deepEqual(await tells(theBot, delegates), ['bo: delegate ann'])
    assert.deepEqual(await tells(theBot, noDelegates), [])
  })

  it('what else it brings is kept with it, and knows the sheets as they were', async () => {
    await adds(ledger, 'ann', 'bo')
    const seen: Array<readonly string[]> = []
    await ledger.settings.change(themselves('ann'), (who) => addMembers(who('ann'), ['cy'], who), {
      also: ({ change, before }) => {
        seen.push([...change.sheets.keys()], before('ann').group.members)
        assert.equal(before('cy'), neverConfigured)
        assert.equal(before('nobody'), neverConfigured)
        return { puts: [{ kind: 'endedEarly', id: 'x', expect: 0, doc: { at: 1 } }] }
      },
    })
    assert.deepEqual(seen, [['ann', 'cy'], ['bo']])
    assert.deepEqual(await ledger.ids('endedEarly'), ['x'])
  })

  it('nothing that it brings is kept when it changes nothing', async () => {
    const also = () => ({ puts: [{ kind: 'endedEarly', id: 'x', expect: 0, doc: { at: 1 } } as const] })
    await ledger.settings.change(themselves('ann'), () => unchanged, { also })
    assert.deepEqual(await ledger.ids('endedEarly'), [])
  })

  it('a sheet that no rule has looked at is kept as the first', async () => {
    await ledger.settings.change(theBot, () => keep([['ann', { ...neverConfigured, override: 'mute' }]]))
    assert.equal((await ledger.settings.settingsOf('ann')).override, 'mute')
  })

  it('nothing is lost when somebody else changes the same sheet meanwhile', async () => {
    await adds(ledger, 'ann', 'bo')
    const kept = await ledger.store.get('settings', 'ann')
    assert.ok(kept)
    const changing = adds(ledger, 'ann', 'cy')
    const doc: CallingSettings = { ...kept.doc, busyOnBusy: 'playBusySignal' }
    const other = ledger.store.commit({ puts: [{ kind: 'settings', id: 'ann', expect: kept.rev, doc }] })
    assert.equal(await other, 'committed', 'the other one is first')
    await changing
    const { group, busyOnBusy } = await ledger.settings.settingsOf('ann')
    assert.deepEqual([group.members, busyOnBusy], [['bo', 'cy'], 'playBusySignal'])
  })

  it('people are untouched until they or somebody who counts on them set something up', async () => {
    assert.equal(await ledger.settings.isUntouched('bo'), true)
    await adds(ledger, 'ann', 'bo')
    for (const person of ['ann', 'bo']) assert.equal(await ledger.settings.isUntouched(person), false, person)
    assert.equal(await ledger.settings.isUntouched('cy'), true)
  })
})

describe('An author', () => {
  it('is an admin by the door they came through, not by who they are', () => {
    const admins = (['chat', 'delegate', 'admin', 'http', 'terminal', 'bot'] as const).filter((door) =>
      isAdmin({ person: 'ann', door }),
    )
    assert.deepEqual(admins, ['admin', 'http', 'terminal'])
    assert.deepEqual(themselves('ann'), { person: 'ann', door: 'chat' })
    assert.deepEqual(theBot, { person: null, door: 'bot' })
  })
})
