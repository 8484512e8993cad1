/** What a sweep writes down so that it can be taken back, and what taking it back does, once. */
import assert from 'node:assert/strict'
import { globalPolicy } from '../../src/core/policy.ts'
import { callGroup } from '../../src/core/target.ts'
import { type Batch } from '../../src/store/store.ts'
import { type Author } from '../../src/switchboard/author.ts'
import { desksOver } from '../../src/switchboard/desks.ts'
import { Sweeping, undoableMs } from '../../src/switchboard/sweeping.ts'
import { adds, sends } from './desk.ts'
import { type Ledger, openLedger } from './ledger.ts'
import { overtaken } from './overtaken.ts'

const admin: Author = { person: null, door: 'http' }

describe('A sweep', () => {
  let ledger: Ledger
  beforeEach(async () => {
    ledger = await openLedger()
    for (const owner of ['ann', '0dee']) {
      await adds(ledger, owner, 'bo')
      await sends(ledger, owner, 'immediate', callGroup)
    }
  })
  afterEach(() => ledger.close())

  async function without(...owners: readonly string[]): Promise<void> {
    await ledger.rights.setPolicy(admin, 'None', { ...globalPolicy, allowCallGroups: false })
    for (const owner of owners) await ledger.rights.assign(admin, owner, 'None')
  }
  const sweep = async (people: readonly string[] | null = null) =>
    (await ledger.sweeping.sweep(admin, people, true)).map(({ person, undo }) => `${person} ${undo ?? ''}`)
  const membersOf = async (owner: string) => (await ledger.settings.settingsOf(owner)).group.members
  const record = async (id: string) => ledger.store.get('undo', id)
  const told = async (what: string) =>
    (await ledger.effects()).filter(({ work }) => work['what'] === what).map(({ work }) => work.id)

  it('finds everybody, in the order of their ids, from somebody on when asked', async () => {
    await without('ann', '0dee')
    const stale = async (after?: string) => {
      const people: string[] = []
      for await (const { person, members, memberships } of ledger.sweeping.stale(after))
        people.push(`${person} ${members} ${memberships}`)
      return people
    }
    assert.deepEqual(await stale(), ['0dee 1 0', 'ann 1 0'])
    assert.deepEqual(await stale('0dee'), ['ann 1 0'])
  })

  it('writes down the sheets as they were and as they are, and until when that is kept', async () => {
    await without('ann')
    const at = ledger.clock.now()
    const before = await Promise.all(['ann', 'bo'].map((id) => ledger.settings.settingsOf(id)))
    assert.deepEqual(await sweep(), ['ann run1-000000'])
    const after = await Promise.all(['ann', 'bo'].map((id) => ledger.settings.settingsOf(id)))
    assert.deepEqual((await record('run1-000000'))?.doc, {
      at,
      person: 'ann',
      undone: false,
      sheets: ['ann', 'bo'].map((id, index) => ({ id, before: before[index], after: after[index] })),
    })
    assert.deepEqual(await ledger.timers(), [
      {
        key: 'forget run1-000000',
        due: at + undoableMs,
        event: { is: 'forgetUndo', id: 'run1-000000' },
      },
    ])
  })

  it('is forgotten when its time is over, and then there is nothing to forget', async () => {
    await without('ann')
    await sweep()
    const batch = await Sweeping.forgotten(ledger.store, 'run1-000000')
    assert.deepEqual(batch, { puts: [{ kind: 'undo', id: 'run1-000000', expect: 1, doc: null }] })
    await ledger.store.commit(batch)
    assert.deepEqual(await Sweeping.forgotten(ledger.store, 'run1-000000'), {})
    assert.deepEqual(await ledger.sweeping.undo(admin, 'run1'), { is: 'unknown' })
  })

  it('of several people is taken back whole, and named in its order', async () => {
    await without('ann', '0dee')
    assert.deepEqual(await sweep(), ['0dee run1-000000', 'ann run1-000001'])
    assert.deepEqual(await ledger.sweeping.undo(admin, 'run1'), {
      is: 'undone',
      people: ['0dee', 'ann'],
      refusals: [],
    })
    assert.deepEqual([await membersOf('0dee'), await membersOf('ann')], [['bo'], ['bo']])
    assert.deepEqual((await told('restored')).sort(), ['0dee', 'ann'])
    assert.deepEqual(await ledger.sweeping.undo(admin, 'run1'), { is: 'alreadyUndone' })
  })

  it('is taken back for one person, and then for the rest', async () => {
    await without('ann', '0dee')
    await sweep()
    const undone = await ledger.sweeping.undo(admin, 'run1-000001')
    assert.deepEqual(undone, { is: 'undone', people: ['ann'], refusals: [] })
    assert.deepEqual([await membersOf('0dee'), await membersOf('ann')], [[], ['bo']])
    const rest = await ledger.sweeping.undo(admin, 'run1')
    assert.deepEqual(rest, { is: 'undone', people: ['0dee'], refusals: [] })
  })

  it('is told from others by its whole name', async () => {
    await without('ann', '0dee')
    assert.deepEqual(await sweep(['0dee']), ['0dee run1-000000'])
    assert.deepEqual(await sweep(['ann']), ['ann run2-000000'])
    for (const id of ['run', 'run1-', 'run1-00000', '', 'run11'])
      assert.deepEqual(await ledger.sweeping.undo(admin, id), { is: 'unknown' }, id)
    assert.equal((await ledger.sweeping.undo(admin, 'run2')).is, 'undone')
    assert.deepEqual([await membersOf('0dee'), await membersOf('ann')], [[], ['bo']])
  })

  it('of somebody who has left says so', async () => {
    assert.deepEqual(await ledger.sweeping.left(admin, 'ann'), {
      person: 'ann',
      why: 'left',
      concerned: ['bo'],
      undo: 'run1-000000',
    })
    const would = await ledger.sweeping.left(admin, '0dee', false)
    assert.equal(would?.undo, null)
    assert.deepEqual(await membersOf('0dee'), ['bo'])
    assert.deepEqual(await ledger.ids('undo'), ['run1-000000'])
  })

  it('that leaves nothing to bring back counts as taken back all the same', async () => {
    await without('ann')
    await sweep()
    await ledger.rights.assign(admin, 'ann', null)
    await adds(ledger, 'ann', 'bo')
    await sends(ledger, 'ann', 'immediate', callGroup)
    const before = await ledger.settings.settingsOf('ann')
    assert.equal((await ledger.sweeping.undo(admin, 'run1')).is, 'undone')
    assert.deepEqual(await ledger.settings.settingsOf('ann'), before)
    assert.deepEqual(await ledger.sweeping.undo(admin, 'run1'), { is: 'alreadyUndone' })
  })

  for (const others of [['cy'], []])
    it(`says who could not come back, beside ${others.length} who could`, async () => {
      await adds(ledger, 'ann', ...others)
      await without('ann')
      await sweep()
      for (let index = 0; index < 24; index += 1) await adds(ledger, `owner${index}`, 'bo')
      assert.deepEqual(await ledger.sweeping.undo(admin, 'run1'), {
        is: 'undone',
        people: ['ann'],
        refusals: [{ code: 'E_MEMBER_QUOTA', person: 'bo' }],
      })
      assert.deepEqual(await membersOf('ann'), others)
      assert.equal((await record('run1-000000'))?.doc.undone, true)
    })

  it('is taken back once by two at once', async () => {
    await without('ann')
    await sweep()
    await Promise.all([1, 2].map(() => ledger.sweeping.undo(admin, 'run1')))
    assert.deepEqual(await membersOf('ann'), ['bo'])
    assert.deepEqual(await told('restored'), ['ann'])
    assert.equal((await record('run1-000000'))?.rev, 2)
  })

  describe('that somebody else is about to end', () => {
    /** Taking back, when this is written just before. */
    async function undoes(by: Batch) {
      const isUndo = ({ puts = [] }: Batch) => puts.some(({ kind }) => kind === 'undo')
      const store = overtaken(ledger.store, isUndo, by)
      return desksOver(store, ledger.now, () => 'never').sweeping.undo(admin, 'run1')
    }
    const forgets: Batch = { puts: [{ kind: 'undo', id: 'run1-000000', expect: 1, doc: null }] }

    it('is not taken back once it is forgotten', async () => {
      await without('ann')
      await sweep()
      assert.deepEqual(await undoes(forgets), { is: 'undone', people: ['ann'], refusals: [] })
      assert.deepEqual(await membersOf('ann'), [])
      assert.equal(await record('run1-000000'), null)
    })

    it('is not marked again when there was nothing to bring back', async () => {
      await without('ann')
      await sweep()
      await ledger.rights.assign(admin, 'ann', null)
      await adds(ledger, 'ann', 'bo')
      await sends(ledger, 'ann', 'immediate', callGroup)
      await undoes(forgets)
      assert.equal(await record('run1-000000'), null)
    })

    it('is not taken back again when somebody else has taken it back', async () => {
      await without('ann')
      await sweep()
      const kept = await record('run1-000000')
      assert.ok(kept)
      const doc = { ...kept.doc, undone: true }
      await undoes({ puts: [{ kind: 'undo', id: 'run1-000000', expect: 1, doc }] })
      assert.deepEqual(await membersOf('ann'), [])
      assert.equal((await record('run1-000000'))?.rev, 2)
    })
  })
})
