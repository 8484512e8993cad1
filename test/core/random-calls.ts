/** Calls and histories of every kind for the model test: planned from random settings, or put together by hand. */
import fc from 'fast-check'
import { type Call, type CallEvent, nextDue } from '../../src/core/call.ts'
import { type Alert, isInOrder, type Lane } from '../../src/core/lane.ts'
import { globalPolicy } from '../../src/core/policy.ts'
import {
  type PlannedEnd,
  type PlanRule,
  type RingPlan,
  ringPlan,
  type Round,
} from '../../src/core/ring-plan.ts'
import { namesIn } from '../../src/core/ringing.ts'
import { type Offer } from '../../src/core/step.ts'
import { circumstances, valueAt } from './every-circumstance.ts'
import { owner, situationOf } from './situations.ts'

/** One thing that happens, not yet tied to a moment or a person of a call. */
export type Move = {
  readonly what:
    'claimed' | 'declined' | 'removed' | 'callerHungUp' | 'connected' | 'connectFailed' | 'timeUp'
  readonly who: number
  /** Milliseconds since the move before; for `timeUp` since it was due, and below zero too early. */
  readonly after: number
}

export type Story = { readonly offer: Offer; readonly moves: readonly Move[] }

export const arrivedAt = 1_000_000
const crew = ['bo', 'cy', 'di', 'ed', 'fay', 'gus']

/** The people of a call, its owner, and somebody who has nothing to do with it. */
export function peopleOf({ plan }: Offer): readonly string[] {
  const planned = plan.rounds.flatMap(({ lanes }) => lanes.flatMap(namesIn))
  return [...new Set([...planned, owner, 'stranger'])]
}

/** The event a move becomes when the call stands as it does now. */
export function eventOf(
  { what, who, after }: Move,
  call: Call,
  now: number,
  people: readonly string[],
): CallEvent {
  const person = people[who % people.length] ?? owner
  const at = now + Math.max(0, after)
  switch (what) {
    case 'claimed':
    case 'declined':
      return { is: what, by: person, at }
    case 'removed':
      return { is: what, person, at }
    case 'timeUp':
      return { is: what, at: Math.max(now, (nextDue(call) ?? now) + after) }
    default:
      return { is: what, at }
  }
}

const person = (weight: number, ...whats: ReadonlyArray<Move['what']>) => ({
  weight,
  arbitrary: fc.record({
    what: fc.constantFrom(...whats),
    who: fc.nat({ max: 29 }),
    after: fc.constantFrom(0, 1, 400, 3_000, 9_000, 21_000),
  }),
})
const move: fc.Arbitrary<Move> = fc.oneof(
  person(6, 'claimed'),
  person(8, 'declined'),
  person(4, 'removed'),
  person(5, 'connectFailed'),
  person(1, 'connected', 'callerHungUp'),
  {
    weight: 8,
    arbitrary: fc.record({
      what: fc.constant('timeUp' as const),
      who: fc.constant(0),
      after: fc.constantFrom(-1, 0, 0, 0, 700, 19_999, 30_000, 30_001, 90_000),
    }),
  },
)

const settledPlan: fc.Arbitrary<RingPlan> = fc.gen().map((draw) => {
  const pick = <T>(values: readonly T[]): T => valueAt(values, draw(fc.nat, { max: values.length - 1 }))
  const given = circumstances(pick, [1, 2, 3, 5, 8])
  const policy = pick([globalPolicy, globalPolicy, globalPolicy, given.policy])
  const { owner: ann, caller, subscribers, presenceOf } = situationOf({ ...given, policy })
  return ringPlan(ann, caller, subscribers, presenceOf)
})

const planByHand: fc.Arbitrary<RingPlan> = fc.record({
  rule: fc.constantFrom<PlanRule[]>('R4', 'R7', 'R13', 'R14'),
  rounds: fc.array(roundByHand(), { minLength: 1, maxLength: 3 }),
  end: fc.constantFrom<PlannedEnd[]>(
    { is: 'voicemail' },
    { is: 'missed' },
    { is: 'busy' },
    { is: 'transfer', to: { is: 'person', person: 'pat' } },
    { is: 'transfer', to: { is: 'number', number: '4711' } },
  ),
  stale: fc.constant([]),
})

/** A round of one or two lanes, most often a group; nobody is in both. */
function roundByHand(): fc.Arbitrary<Round> {
  return fc
    .record({
      cast: fc.shuffledSubarray([owner, ...crew], { minLength: 1 }),
      silent: fc.constantFrom(0, 0, 0, 1, 2),
      pull: fc.constantFrom(0, 0, 1, 2),
      others: fc.constantFrom(0, 0, 1, 2, 4),
      rings: fc.constantFrom<ReadonlyArray<Lane['ring']>>(
        ['group', 'owner'],
        ['group', 'phone'],
        ['group', 'person'],
        ['delegates', 'group'],
        ['person', 'owner'],
        ['phone', 'delegates'],
      ),
      inOrder: fc.boolean(),
      seconds: fc.constantFrom(5, 15, 20, 40, 60, 100),
      endsWithList: fc.boolean(),
    })
    .map(({ cast, silent, pull, others, rings, inOrder, seconds, endsWithList }) => {
      const lane = laneByHand(rings[0], cast.slice(others), silent, pull, inOrder)
      const beside = laneByHand(rings[1], cast.slice(0, others), 0, 0, inOrder)
      const lanes = others > 0 ? [lane, beside] : [lane]
      return { lanes, seconds, endsWithList: endsWithList && lanes.length === 1 && isInOrder(lane) }
    })
}

function laneByHand(
  ring: Lane['ring'] | undefined,
  cast: readonly string[],
  silent: number,
  pull: number,
  inOrder: boolean,
): Lane {
  if (ring === undefined || ring === 'phone') return { ring: 'phone', number: '+442079460000' }
  const alerts = cast.slice(silent + pull).map((name): Alert => ({ person: name, how: 'ring' }))
  return {
    ring,
    order: inOrder && ring === 'group' ? 'inOrder' : 'simultaneous',
    alerts,
    silent: cast.slice(0, silent).map((name): Alert => ({ person: name, how: 'silent' })),
    mayPull: cast.slice(silent, silent + pull),
  }
}

/** Any call with any history. */
export const story: fc.Arbitrary<Story> = fc.record({
  offer: fc.record({
    id: fc.constant('call 1'),
    owner: fc.constant(owner),
    caller: fc.constant({ kind: 'pstn', number: '+442079460999' } as const),
    plan: fc.oneof(settledPlan, planByHand),
    reportsConnection: fc.boolean(),
  }),
  moves: fc.array(move, { maxLength: 25 }),
})
