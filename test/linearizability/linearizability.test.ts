import assert from 'node:assert/strict'
import { openOffice } from '../flows/office.ts'
import { isLinearizable, type Operation, type Told } from './checker.ts'
import { contest } from './contest.ts'

const picks = (by: string, from: number, to: number, told: Told): Operation => ({
  from,
  to,
  does: { is: 'pickUp', by },
  told,
})
const hangs = (from: number, to: number): Operation => ({
  from,
  to,
  does: { is: 'hangUp' },
  told: { is: 'heard' },
})
const yours: Told = { is: 'yours' }
const ended: Told = { is: 'ended' }
const taken = (by: string): Told => ({ is: 'taken', by })

describe('F7 The checker of histories', () => {
  const histories: ReadonlyArray<readonly [string, boolean, readonly Operation[]]> = [
    [
      'a winner and losers who hear of them',
      true,
      [picks('Bo', 0, 9, yours), picks('Cy', 1, 2, taken('Bo')), picks('Bo', 3, 8, yours)],
    ],
    ['two winners', false, [picks('Bo', 0, 9, yours), picks('Cy', 0, 9, yours)]],
    [
      'losers who hear different names',
      false,
      [picks('Bo', 0, 9, taken('Cy')), picks('Cy', 0, 9, yours), picks('Di', 0, 9, taken('Bo'))],
    ],
    [
      'a loser told before the winner asked',
      false,
      [picks('Cy', 0, 1, taken('Bo')), picks('Bo', 2, 3, yours)],
    ],
    ['a winner after the caller was gone', false, [hangs(0, 1), picks('Bo', 2, 3, yours)]],
    [
      'a winner at the moment the caller went',
      true,
      [hangs(0, 3), picks('Bo', 2, 3, yours), picks('Cy', 4, 5, taken('Bo'))],
    ],
    [
      'a caller who goes while they are handed over',
      true,
      [picks('Bo', 0, 1, yours), hangs(2, 3), picks('Cy', 4, 5, ended), picks('Bo', 6, 7, ended)],
    ],
    [
      'a winner again after the end was told',
      false,
      [picks('Bo', 0, 1, yours), hangs(2, 3), picks('Cy', 4, 5, ended), picks('Di', 6, 7, taken('Bo'))],
    ],
    ['an end that nobody made', false, [picks('Bo', 0, 1, yours), picks('Cy', 4, 5, ended)]],
    ['an end that is told before the caller hung up', false, [picks('Bo', 0, 1, ended), hangs(2, 3)]],
    [
      'a winner nobody ever heard an answer from',
      true,
      [picks('Bo', 0, Infinity, { is: 'nothing' }), picks('Cy', 5, 6, taken('Bo'))],
    ],
    ['a name that nobody has', false, [picks('Cy', 0, 1, taken('Eve'))]],
  ]
  for (const [what, expected, history] of histories)
    it(`F7 ${expected ? 'accepts' : 'refuses'} ${what}`, () => {
      assert.equal(isLinearizable(history), expected)
    })

  for (const told of [taken('Eve'), ended])
    it(`F7 has soon judged forty who asked at the same time, and one of whom was told ${JSON.stringify(told)}`, () => {
      const many = Array.from({ length: 20 }, (_, at) => [
        picks(`Q${at}`, 0, 9, taken('Bo')),
        picks(`P${at}`, 0, 9, ended),
      ])
      const history = [hangs(0, 9), ...many.flat(), picks('Bo', 0, 9, yours), picks('Zoe', 0, 9, told)]
      assert.equal(isLinearizable(history), told === ended)
    })
})

describe('F7 People who pick up while the caller hangs up', () => {
  it('F7 are told what one order of events explains', async () => {
    const office = await openOffice('msteams', { isSendQuotaKept: true })
    try {
      await office.person('Ann')
      const people = []
      for (let index = 1; index <= 25; index += 1) people.push(await office.person(`P${index}`))
      const [ann] = office.peer.people
      await ann?.say(`add ${people.map(({ address }) => address).join(', ')}`)
      await ann?.say('also ring my group')
      for (let round = 0; round < 4; round += 1) {
        const history = await contest(office, people, round)
        assert.ok(isLinearizable(history), `round ${round}: ${JSON.stringify(history)}`)
        assert.ok(
          history.every(({ told }) => told.is !== 'nothing'),
          JSON.stringify(history),
        )
      }
    } finally {
      await office.close()
    }
  })
})
