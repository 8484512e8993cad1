import assert from 'node:assert/strict'
import { type RingOrder } from '../../src/core/call-group.ts'
import { setNotification } from '../../src/core/notifications.ts'
import { setRules } from '../../src/core/rules.ts'
import { setGroup } from '../../src/core/set-group.ts'
import { callGroup } from '../../src/core/target.ts'
import { mismatches } from './mismatches.ts'
import { annWith, bos, codes, forward, type Office } from './office.ts'

const writes = (office: Office, members: readonly string[], order: RingOrder = 'simultaneous') =>
  office.keep(setGroup(office.who('ann'), { members, order }, office.who))

describe('writing a whole group', () => {
  it('replaces the list: who is new joins, who is not on it leaves, the others keep what they chose', () => {
    const office = annWith(['bo', 'cy'])
    office.keep(setNotification(office.who('cy'), 'ann', 'mute'))
    assert.deepEqual(codes(writes(office, ['dee', 'cy'], 'inOrder')), ['W_ORDER_CUTOFF'].slice(1))
    assert.deepEqual(office.sheet('ann').group, { members: ['dee', 'cy'], order: 'inOrder' })
    assert.deepEqual(office.sheet('bo').memberships, [])
    assert.deepEqual(office.sheet('cy').memberships, [{ owner: 'ann', notification: 'mute' }])
    assert.deepEqual(office.sheet('dee').memberships, [{ owner: 'ann', notification: 'ring' }])
    assert.deepEqual(mismatches(office.sheets()), [])
  })

  it('changes nothing when the list is as it was', () => {
    const office = annWith(['bo', 'cy'])
    assert.equal(writes(office, ['bo', 'cy']).sheets.size, 0)
    assert.equal(writes(office, ['cy', 'bo']).sheets.size, 1)
  })

  it('writes a list that is as it was when it is to ring another way', () => {
    const office = annWith(['bo', 'cy'])
    assert.equal(writes(office, ['bo', 'cy'], 'inOrder').sheets.size, 1)
    assert.equal(writes(office, ['bo', 'cy']).sheets.size, 1)
    const byTeams = { members: ['bo', 'cy'], order: 'simultaneous', isRungByTeams: true } as const
    assert.equal(office.keep(setGroup(office.who('ann'), byTeams, office.who)).sheets.size, 1)
  })

  it('names everybody who cannot join, and keeps nobody then', () => {
    const office = annWith(['bo'])
    office.equip('cy', { phoneSystem: false })
    office.equip('dee', { teamsOnly: false })
    const change = writes(office, ['cy', 'dee', 'eve', 'ann'])
    assert.deepEqual(codes(change), ['E_NO_LICENCE', 'E_NOT_TEAMS_ONLY', 'E_SELF'])
    assert.deepEqual(office.members('ann'), ['bo'])
  })

  it('takes 25 and not 26, wherever the new one stands', () => {
    const office = annWith(bos(25))
    assert.deepEqual(codes(writes(office, [...bos(25), 'cy'])), ['E_GROUP_FULL'])
    assert.deepEqual(codes(writes(office, ['cy', ...bos(25)])), ['E_GROUP_FULL'])
    assert.deepEqual(writes(office, bos(27)).refusals, [
      { code: 'E_GROUP_FULL', person: bos(27)[25], count: 27 },
    ])
    assert.deepEqual(codes(writes(office, ['cy', ...bos(24)])), [])
    assert.equal(office.members('ann').length, 25)
    const full = annWith(bos(25))
    full.equip('dee', { phoneSystem: false })
    assert.deepEqual(codes(writes(full, ['dee', ...bos(25)])), ['E_NO_LICENCE', 'E_GROUP_FULL'])
  })

  it('refuses an order of six', () => {
    const office = annWith(bos(5))
    assert.deepEqual(codes(writes(office, bos(6), 'inOrder')), ['E_ORDER_LIMIT'])
    assert.deepEqual(codes(writes(office, bos(5), 'inOrder')), [])
  })

  it('does not empty a group that calls go to', () => {
    const office = annWith(['bo'])
    office.keep(setRules(office.who('ann'), forward('immediate', callGroup), office.who))
    assert.deepEqual(codes(writes(office, [])), ['E_GROUP_IN_USE'])
    assert.deepEqual(codes(writes(office, ['cy'])), [])
    office.keep(setRules(office.who('ann'), { forwarding: { is: 'off' } }, office.who))
    assert.deepEqual(codes(writes(office, [])), [])
    assert.deepEqual(office.members('ann'), [])
  })

  it('adds nobody where call groups are turned off, and still lets people out', () => {
    const office = annWith(['bo', 'cy'])
    office.allow('ann', { allowCallGroups: false })
    assert.deepEqual(codes(writes(office, ['bo', 'dee'])), ['E_POLICY_GROUPS'])
    assert.deepEqual(codes(writes(office, ['cy'])), [])
    assert.deepEqual(office.members('ann'), ['cy'])
  })
})
