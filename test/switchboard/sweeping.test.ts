import assert from 'node:assert/strict'
import { globalPolicy } from '../../src/core/policy.ts'
import { callGroup } from '../../src/core/target.ts'
import { type Author } from '../../src/switchboard/author.ts'
import { RightsDesk } from '../../src/switchboard/rights.ts'
import { Sweeping, undoableMs } from '../../src/switchboard/sweeping.ts'
import { mismatches } from '../core/mismatches.ts'
import { adds, type Desk, meets, offered, openDesk, sends } from './desk.ts'
import { until } from '../until.ts'

const admin: Author = { person: null, door: 'http' }
const people = ['ann', 'bo', 'cy', 'dee'] as const

describe('Sweeping', () => {
  let desk: Desk
  let rights: RightsDesk
  let sweeping: Sweeping
  let ids: number
  const open = () => {
    const now = () => desk.clock.now()
    rights = new RightsDesk(desk.store, now)
    sweeping = new Sweeping({ store: desk.store, settings: desk.settings, now, newId: () => `run${++ids}` })
  }
  beforeEach(async () => {
    desk = await openDesk()
    ids = 0
    open()
    await meets(desk, ...people)
    await adds(desk, 'ann', 'bo', 'cy')
    await adds(desk, 'dee', 'ann')
    await sends(desk, 'ann', 'immediate', callGroup)
    await rights.setPolicy(admin, 'None', { ...globalPolicy, allowCallGroups: false })
    await rights.assign(admin, 'ann', 'None')
    await until('they are told of their groups', () => told().length === 3)
    desk.announcer.said.length = 0
  })
  afterEach(() => desk.close())

  const told = () => desk.announcer.said.filter((line) => line.startsWith('tell ')).sort()
  const stale = async () => {
    const found: string[] = []
    for await (const { person, why } of sweeping.stale()) found.push(`${person} ${why}`)
    return found
  }
  const sheets = async () =>
    Promise.all(people.map(async (id) => [id, await desk.settings.settingsOf(id)] as const))
  const groups = async () => Promise.all(people.map((id) => desk.store.groupsOf(id)))

  it('says first what it would do, and does nothing', async () => {
    const before = JSON.stringify([await sheets(), await groups()])
    assert.deepEqual(await stale(), ['ann callGroupsOff'])
    assert.deepEqual(await sweeping.sweep(admin, null, false), [
      { person: 'ann', why: 'callGroupsOff', concerned: ['bo', 'cy'], undo: null },
    ])
    assert.equal(JSON.stringify([await sheets(), await groups()]), before)
    assert.deepEqual(told(), [])
  })

  it('does it once, tells everybody once, and ends what rings', async () => {
    await offered(desk, 'one', 'ann')
    const [swept] = await sweeping.sweep(admin, null, true)
    assert.deepEqual(await sweeping.sweep(admin, null, true), [])
    assert.deepEqual(await stale(), [])
    assert.deepEqual(mismatches(await sheets()), [])
    assert.deepEqual(await groups(), [['dee'], [], [], []])
    assert.equal((await desk.switchboard.pickUp('pbx:one', 'bo')).is, 'notYours')
    await until('all are told', () => told().length >= 3)
    assert.deepEqual(told(), ['tell ann swept ann', 'tell bo removed ann', 'tell cy removed ann'])
    assert.equal(swept?.undo, 'run1-000000')
  })

  it('is taken back, once, and says so', async () => {
    const before = JSON.stringify([await sheets(), await groups()])
    await sweeping.sweep(admin, null, true)
    await desk.restart(3600)
    open()
    assert.deepEqual(await sweeping.undo(admin, 'run'), { is: 'unknown' })
    const undone = await sweeping.undo(admin, `run${ids}`)
    assert.deepEqual(undone, { is: 'undone', people: ['ann'], refusals: [] })
    assert.equal(JSON.stringify([await sheets(), await groups()]), before)
    assert.deepEqual(await sweeping.undo(admin, `run${ids}-000000`), { is: 'alreadyUndone' })
    assert.deepEqual((await desk.store.audit({ about: 'ann', limit: 1 }))[0]?.parts[0]?.after, {
      members: ['bo', 'cy'],
      order: 'simultaneous',
    })
  })

  it('takes only those who were asked for', async () => {
    await rights.assign(admin, 'dee', 'None')
    const swept = await sweeping.sweep(admin, ['dee', 'bo'], true)
    assert.deepEqual(
      swept.map(({ person }) => person),
      ['dee'],
    )
    assert.deepEqual(await stale(), ['ann callGroupsOff'])
  })

  it('cleans up after somebody who has left, whatever the policy says', async () => {
    const swept = await sweeping.left({ person: 'bo', door: 'chat' }, 'bo')
    assert.deepEqual(swept?.concerned, ['ann'])
    assert.equal(await sweeping.left(admin, 'bo'), null)
    await until('ann is told', () => told().length > 0)
    assert.deepEqual(told(), ['tell ann left bo'])
    assert.deepEqual((await desk.settings.settingsOf('ann')).group.members, ['cy'])
    await sweeping.undo(admin, swept?.undo ?? '')
    assert.deepEqual((await desk.settings.settingsOf('ann')).group.members, ['bo', 'cy'])
  })

  it('can be taken back for thirty days', async () => {
    await sweeping.sweep(admin, null, true)
    const id = `run${ids}-000000`
    await desk.restart(undoableMs / 1000 - 3600)
    assert.ok(await desk.store.get('undo', id))
    await desk.restart(7200)
    await until('it is forgotten', async () => (await desk.store.get('undo', id)) === null)
  })
})
