import assert from 'node:assert/strict'
import { moved } from '../../src/core/call-group.ts'
import { addMembers, moveMember, removeMember, setRingOrder, takeBack } from '../../src/core/members.ts'
import { setRules } from '../../src/core/rules.ts'
import { callGroup, voicemail } from '../../src/core/target.ts'
import { annWith, bos, codes, forward, ifUnanswered, Office } from './office.ts'

describe('adding members', () => {
  it('keeps the order in which people were added, and tells each of them', () => {
    const office = annWith(['cy', 'bo'])
    office.keep(addMembers(office.who('ann'), ['dee'], office.who))
    assert.deepEqual(office.members('ann'), ['cy', 'bo', 'dee'])
    for (const member of ['cy', 'bo', 'dee'])
      assert.deepEqual(office.sheet(member).memberships, [{ owner: 'ann', notification: 'ring' }])
  })

  it('adds those who fit and names the rest', () => {
    const office = annWith(['bo'])
    office.equip('eve', { phoneSystem: false })
    const change = office.keep(
      addMembers(office.who('ann'), ['bo', 'cy', 'ann', 'eve', 'dee', 'cy'], office.who),
    )
    assert.deepEqual(office.members('ann'), ['bo', 'cy', 'dee'])
    assert.deepEqual(change.refusals, [
      { code: 'E_DUP', person: 'bo' },
      { code: 'E_SELF', person: 'ann' },
      { code: 'E_NO_LICENCE', person: 'eve' },
      { code: 'E_DUP', person: 'cy' },
    ])
    assert.deepEqual(office.sheet('eve').memberships, [])
  })

  it('keeps the first 25 of a longer list', () => {
    const office = annWith(['cy'])
    const change = office.keep(addMembers(office.who('ann'), bos(26), office.who))
    assert.deepEqual(office.members('ann'), ['cy', ...bos(24)])
    assert.deepEqual(change.refusals, [
      { code: 'E_GROUP_FULL', person: 'bo25', count: 25 },
      { code: 'E_GROUP_FULL', person: 'bo26', count: 25 },
    ])
    assert.deepEqual(office.sheet('bo25').memberships, [])
  })

  it('lets nobody into a 26th group', () => {
    const office = new Office()
    for (let index = 1; index <= 25; index++) {
      const change = office.keep(addMembers(office.who(`owner${index}`), ['bo'], office.who))
      assert.deepEqual(change.refusals, [])
    }
    const change = addMembers(office.who('ann'), ['bo', 'cy'], office.who)
    assert.deepEqual(change.refusals, [{ code: 'E_MEMBER_QUOTA', person: 'bo' }])
    assert.deepEqual([...change.sheets.keys()], ['ann', 'cy'])
  })

  it('limits the stored list to 32,768 characters', () => {
    const office = new Office()
    const long = (letter: string, length: number) => letter.repeat(length)
    // Two ids, their quotes, a comma and the brackets: 32,759 + 2 + 7.
    const change = addMembers(office.who('ann'), [long('a', 32_759), long('b', 2)], office.who)
    assert.deepEqual(change.refusals, [])
    const tooLong = addMembers(office.who('ann'), [long('a', 32_759), long('b', 3)], office.who)
    assert.deepEqual(tooLong.refusals, [{ code: 'E_GROUP_CHARS', person: 'bbb', size: 32_769 }])
  })

  it('switches to everyone at once with the sixth member, and says so', () => {
    const office = annWith(bos(5), 'inOrder')
    const change = office.keep(addMembers(office.who('ann'), ['cy'], office.who))
    assert.deepEqual(change.warnings, [{ code: 'W_ORDER_SWITCHED' }])
    assert.equal(office.sheet('ann').group.order, 'simultaneous')
  })

  it('says nothing of the order where everyone rings at once already', () => {
    const office = annWith(bos(5))
    assert.deepEqual(office.keep(addMembers(office.who('ann'), ['cy'], office.who)).warnings, [])
  })

  it('moves somebody to a place, the last one when there are fewer', () => {
    assert.deepEqual(moved(['bo', 'cy', 'di'], 'bo', 1), ['cy', 'bo', 'di'])
    assert.deepEqual(moved(['bo', 'cy', 'di'], 'bo', 9), ['cy', 'di', 'bo'])
  })

  it('moves nobody in who is not there', () => {
    for (const way of ['up', 'down', 'first', 'last', 1] as const)
      assert.deepEqual(moved(['bo', 'cy'], 'di', way), ['bo', 'cy'], `${way}`)
  })

  it('does not switch back by itself when the sixth member goes', () => {
    const office = annWith(bos(5), 'inOrder')
    office.keep(addMembers(office.who('ann'), ['cy'], office.who))
    office.keep(removeMember(office.who('ann'), 'cy', office.who))
    assert.equal(office.sheet('ann').group.order, 'simultaneous')
    office.keep(setRingOrder(office.who('ann'), 'inOrder', office.who))
    assert.equal(office.sheet('ann').group.order, 'inOrder')
  })

  it('takes the sixth member back, and rings in order again', () => {
    const office = annWith(bos(5), 'inOrder')
    const before = office.sheet('ann')
    office.keep(addMembers(office.who('ann'), ['cy', 'dee'], office.who))
    assert.deepEqual(office.keep(takeBack(office.who('ann'), ['cy', 'dee'], office.who)).refusals, [])
    assert.deepEqual(office.sheet('ann'), before)
    assert.deepEqual([office.sheet('cy').memberships, office.sheet('dee').memberships], [[], []])
    assert.equal(takeBack(office.who('ann'), ['cy', 'dee'], office.who).sheets.size, 0)
  })

  it('does not go back to an order while there are still too many', () => {
    const office = annWith(bos(5), 'inOrder')
    office.keep(addMembers(office.who('ann'), ['cy', 'dee'], office.who))
    const change = takeBack(office.who('ann'), ['cy'], office.who)
    assert.deepEqual(change.refusals, [{ code: 'E_ORDER_LIMIT', count: 6 }])
    assert.equal(change.sheets.size, 0)
  })

  it('stays in order when the sixth person is refused', () => {
    const office = annWith(bos(5), 'inOrder')
    const change = addMembers(office.who('ann'), ['bo1'], office.who)
    assert.deepEqual(codes(change), ['E_DUP'])
    assert.equal(change.sheets.size, 0)
  })

  it('is not for owners without the right to a group', () => {
    const office = new Office()
    office.allow('ann', { allowCallGroups: false })
    assert.deepEqual(codes(addMembers(office.who('ann'), ['bo'], office.who)), ['E_POLICY_GROUPS'])
    office.allow('ann', { allowPrivateCalling: false })
    assert.deepEqual(codes(addMembers(office.who('ann'), ['bo'], office.who)), ['E_POLICY_CALLING'])
    office.equip('cy', { teamsOnly: false })
    assert.deepEqual(addMembers(office.who('cy'), ['bo'], office.who).refusals, [
      { code: 'E_NOT_TEAMS_ONLY', person: 'cy' },
    ])
    office.equip('dee', { phoneSystem: false })
    assert.deepEqual(addMembers(office.who('dee'), ['bo'], office.who).refusals, [
      { code: 'E_NO_LICENCE', person: 'dee' },
    ])
  })

  it('does not ask whether a member may have a group of their own', () => {
    const office = new Office()
    office.allow('bo', { allowCallGroups: false })
    assert.deepEqual(codes(addMembers(office.who('ann'), ['bo'], office.who)), [])
  })
})

describe('removing a member', () => {
  it('ends the membership on both sides and leaves other groups alone', () => {
    const office = annWith(['bo', 'cy'])
    office.keep(addMembers(office.who('dee'), ['bo'], office.who))
    office.keep(removeMember(office.who('ann'), 'bo', office.who))
    assert.deepEqual(office.members('ann'), ['cy'])
    assert.deepEqual(office.sheet('bo').memberships, [{ owner: 'dee', notification: 'ring' }])
  })

  it('is refused for somebody who is not in the group', () => {
    const office = annWith(['bo'])
    assert.deepEqual(removeMember(office.who('ann'), 'cy', office.who).refusals, [
      { code: 'E_NOT_FOUND', person: 'cy' },
    ])
  })

  it('is refused for the last member while calls go to the group', () => {
    const office = annWith(['bo', 'cy'])
    const rules = { ...forward('immediate', callGroup), ...ifUnanswered(callGroup) }
    office.keep(setRules(office.who('ann'), rules, office.who))
    office.keep(removeMember(office.who('ann'), 'bo', office.who))
    const change = removeMember(office.who('ann'), 'cy', office.who)
    assert.deepEqual(change.refusals, [{ code: 'E_GROUP_IN_USE', uses: ['forwarding', 'unanswered'] }])
    assert.equal(change.sheets.size, 0)
  })

  it('takes the last member out while the rule is off', () => {
    const office = annWith(['bo'])
    office.keep(setRules(office.who('ann'), forward('immediate', callGroup), office.who))
    office.keep(setRules(office.who('ann'), { forwarding: { is: 'off' } }, office.who))
    office.keep(removeMember(office.who('ann'), 'bo', office.who))
    assert.deepEqual(office.members('ann'), [])
  })
})

describe('moving a member', () => {
  const moves = [
    ['cy', 'up', ['cy', 'bo', 'dee']],
    ['cy', 'down', ['bo', 'dee', 'cy']],
    ['dee', 'first', ['dee', 'bo', 'cy']],
    ['bo', 'last', ['cy', 'dee', 'bo']],
    ['bo', 'down', ['cy', 'bo', 'dee']],
  ] as const
  for (const [person, move, expected] of moves) {
    it(`${person} ${move} in bo, cy, dee`, () => {
      const office = annWith(['bo', 'cy', 'dee'])
      office.keep(moveMember(office.who('ann'), person, move, office.who))
      assert.deepEqual(office.members('ann'), expected)
    })
  }

  it('changes nothing when there is nowhere to go', () => {
    const office = annWith(['bo', 'cy'])
    for (const [person, move] of [
      ['bo', 'up'],
      ['bo', 'first'],
      ['cy', 'down'],
      ['cy', 'last'],
    ] as const) {
      const change = moveMember(office.who('ann'), person, move, office.who)
      assert.deepEqual([change.sheets.size, codes(change)], [0, []])
    }
  })

  it('is refused for somebody who is not in the group', () => {
    const office = annWith(['bo'])
    assert.deepEqual(codes(moveMember(office.who('ann'), 'cy', 'up', office.who)), ['E_NOT_FOUND'])
  })
})

describe('the ring order', () => {
  it('is in order for five, not for six', () => {
    const five = annWith(bos(5))
    assert.deepEqual(codes(setRingOrder(five.who('ann'), 'inOrder', five.who)), [])
    const six = annWith(bos(6))
    assert.deepEqual(setRingOrder(six.who('ann'), 'inOrder', six.who).refusals, [
      { code: 'E_ORDER_LIMIT', count: 6 },
    ])
  })

  it('names those whom the delay would never reach', () => {
    const office = annWith(bos(3))
    office.keep(setRules(office.who('ann'), forward('simultaneous', callGroup), office.who))
    office.keep(setRules(office.who('ann'), ifUnanswered(voicemail, 20), office.who))
    assert.deepEqual(setRingOrder(office.who('ann'), 'inOrder', office.who).warnings, [
      { code: 'W_ORDER_CUTOFF', unreachable: ['bo2', 'bo3'] },
    ])
  })
})

describe('members and what stays as it is', () => {
  it('may leave a group in use while somebody is left', () => {
    const office = annWith(['bo', 'cy'])
    office.keep(setRules(office.who('ann'), forward('immediate', callGroup), office.who))
    assert.deepEqual(codes(office.keep(removeMember(office.who('ann'), 'bo', office.who))), [])
    assert.deepEqual(office.members('ann'), ['cy'])
    assert.deepEqual(codes(removeMember(office.who('ann'), 'cy', office.who)), ['E_GROUP_IN_USE'])
  })

  it('ring at once again when there are more than five of them', () => {
    const office = annWith(bos(6))
    assert.deepEqual(codes(setRingOrder(office.who('ann'), 'simultaneous', office.who)), [])
    assert.equal(setRingOrder(office.who('ann'), 'simultaneous', office.who).sheets.size, 0)
    assert.deepEqual(codes(setRingOrder(office.who('ann'), 'inOrder', office.who)), ['E_ORDER_LIMIT'])
  })
})
