import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  capital,
  clockTime,
  dayAndTime,
  endWords,
  lateBy,
  listOf,
  mayWords,
  momentWords,
  planSentence,
  seconds,
  span,
  targetWords,
} from '../../../src/chat/draw/sentences.ts'
import { type RingOrder } from '../../../src/core/call-group.ts'
import { delegatePermissions } from '../../../src/core/delegate.ts'
import { type Lane } from '../../../src/core/lane.ts'
import { type PlannedEnd, type RingPlan } from '../../../src/core/ring-plan.ts'
import { type Target } from '../../../src/core/target.ts'

const nameOf = (id: string) => id.toUpperCase()

describe('a list in words', () => {
  const lists: ReadonlyArray<readonly [readonly string[], string]> = [
    [[], 'nobody'],
    [['Bo'], 'Bo'],
    [['Bo', 'Cy'], 'Bo and Cy'],
    [['Bo', 'Cy', 'Dee'], 'Bo, Cy and Dee'],
    [['Bo', 'Cy', 'Dee', 'Eve'], 'Bo, Cy and 2 others'],
  ]
  for (const [names, words] of lists)
    it(`of ${names.length} is "${words}"`, () => {
      assert.equal(listOf(names), words)
    })

  it('accounts for everybody, named or counted', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.integer({ min: 2, max: 10 }), (count, most) => {
        const words = listOf(
          Array.from({ length: count }, (_, at) => `n${at}`),
          most,
        )
        const named = words.match(/\bn\d+/gu)?.length ?? 0
        const others = Number(/(\d+) others/u.exec(words)?.[1] ?? 0)
        assert.equal(named + others, count)
        assert.notEqual(others, 1)
      }),
    )
  })
})

describe('times in words', () => {
  it('say seconds and minutes as people do', () => {
    assert.deepEqual([seconds(1), seconds(20)], ['1 second', '20 seconds'])
    assert.deepEqual([span(8), span(60), span(80)], ['8 s', '1 min', '1 min 20 s'])
    assert.deepEqual([lateBy(20), lateBy(840), lateBy(12_300)], ['0.1 s', '0.8 s', '12 s'])
  })

  it('are in the time zone of whoever reads them', () => {
    const noon = Date.UTC(2026, 10, 23, 12, 2, 5)
    assert.equal(clockTime(noon, 'Asia/Tokyo'), '21:02:05')
    assert.equal(clockTime(noon, 'UTC'), '12:02:05')
    assert.equal(dayAndTime(noon, 'UTC'), 'Mon 23 Nov, 12:02')
    assert.match(clockTime(noon, undefined), /^\d\d:\d\d:\d\d$/u)
  })
})

describe('a target in words', () => {
  const targets: ReadonlyArray<readonly [Target, string]> = [
    [{ is: 'voicemail' }, 'voicemail'],
    [{ is: 'person', person: 'bo' }, 'BO'],
    [{ is: 'number', number: '+442079460000' }, '+442079460000'],
    [{ is: 'delegates' }, 'your delegates'],
    [{ is: 'group' }, 'your call group'],
  ]
  for (const [target, words] of targets)
    it(`${target.is} is "${words}"`, () => {
      assert.equal(targetWords(target, nameOf), words)
    })

  it('is somebody else’s where it is', () => {
    assert.equal(targetWords({ is: 'group' }, nameOf, 'their'), 'their call group')
  })
})

const lane = (ring: 'owner' | 'group', order: RingOrder, ...people: readonly string[]): Lane => ({
  ring,
  order,
  alerts: people.map((person) => ({ person, how: 'ring' })),
  silent: [],
  mayPull: [],
})

const plan = (end: PlannedEnd, ...rounds: ReadonlyArray<readonly [number, ...Lane[]]>): RingPlan => ({
  rule: 'R1',
  rounds: rounds.map(([seconds, ...lanes]) => ({ lanes, seconds, endsWithList: false })),
  end,
  stale: [],
})

describe('a plan in words', () => {
  const ann = lane('owner', 'simultaneous', 'ann')
  const group = lane('group', 'inOrder', 'bo', 'cy')
  const phone: Lane = { ring: 'phone', number: '4711' }
  const toDee: PlannedEnd = { is: 'transfer', to: { is: 'person', person: 'dee' } }

  const plans: ReadonlyArray<readonly [RingPlan, string]> = [
    [plan({ is: 'voicemail' }), 'Calls go to voicemail at once.'],
    [plan({ is: 'voicemail' }, [20, ann]), 'Calls ring you for 20 seconds, then go to voicemail.'],
    [
      plan({ is: 'missed' }, [30, ann, group, phone]),
      'Calls ring you for 30 seconds, together with BO and CY one after the other, together with 4711, then end as missed.',
    ],
    [
      plan(toDee, [20, ann], [40, group]),
      'Calls ring you for 20 seconds, then ring BO and CY one after the other for 40 seconds, then go to DEE.',
    ],
    [
      plan({ is: 'missed' }, [20, lane('group', 'simultaneous')]),
      'Calls ring nobody for 20 seconds, then end as missed.',
    ],
  ]
  for (const [planned, words] of plans)
    it(`reads "${words}"`, () => {
      assert.equal(planSentence(planned, nameOf), words)
    })

  it('names only those of an in-order group whose turn comes', () => {
    const both = plan({ is: 'voicemail' }, [30, ann, lane('group', 'inOrder', 'bo', 'cy', 'dee')])
    assert.match(planSentence(both, nameOf), /together with BO and CY one after the other, then/u)
    const one = plan({ is: 'voicemail' }, [20, ann, lane('group', 'inOrder', 'bo', 'cy')])
    assert.match(planSentence(one, nameOf), /together with BO, then/u)
  })

  it('says when the moment is the reason', () => {
    const now = (rule: RingPlan['rule'], ...stale: RingPlan['stale']) => ({
      ...plan({ is: 'missed' }),
      rule,
      stale,
    })
    assert.equal(momentWords(now('R13'), [], 'you'), '')
    assert.equal(momentWords(now('R9'), [], 'you'), 'You are in a call.')
    assert.equal(momentWords(now('R10'), [], 'them'), 'They are in a call.')
    assert.match(momentWords(now('R11'), [], 'you'), /^You are offline or set to Do not disturb\.$/u)
    assert.match(
      momentWords(now('R13', 'forwarding'), [], 'you'),
      /at the moment, so forwarding is passed over/u,
    )
    assert.match(momentWords(now('R13', 'unanswered'), [], 'you'), /unanswered calls do not go there/u)
    const lasting = [{ code: 'W_STALE_TARGET', rule: 'forwarding' } as const]
    assert.equal(momentWords(now('R13', 'forwarding'), lasting, 'you'), '')
  })

  it('of somebody else says so', () => {
    assert.match(planSentence(plan({ is: 'busy' }, [20, ann]), nameOf, 'them'), /^Calls ring them for/u)
  })

  it('ends as it ends', () => {
    assert.equal(endWords(plan({ is: 'busy' }), nameOf), 'get a busy tone')
    assert.equal(endWords(plan({ is: 'reject' }), nameOf), 'are turned away')
  })
})

describe('small words', () => {
  it('say what a delegate may do', () => {
    assert.equal(mayWords([]), 'may do nothing yet')
    assert.equal(mayWords(['receiveCalls']), 'may take calls')
    assert.equal(mayWords(delegatePermissions), 'may do everything')
  })

  it('begin a line with a capital letter', () => {
    assert.deepEqual([capital('your group'), capital('')], ['Your group', ''])
  })
})
