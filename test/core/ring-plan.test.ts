import assert from 'node:assert/strict'
import fc from 'fast-check'
import { ringPlan } from '../../src/core/ring-plan.ts'
import { endsAfter, stagesOf } from '../../src/core/stages.ts'
import { oracle, type Opinion } from './oracle.ts'
import { type Situation } from './oracle-steps.ts'
import { circumstances, circumstancesAt, countAll, valueAt } from './every-circumstance.ts'
import { type Circumstances, situationOf } from './situations.ts'

const steps = 320_000

describe('the ring plan', () => {
  it('agrees with a second reading of the table all over the product of circumstances', () => {
    const seen = new Set<string>()
    let longest = 0
    for (const given of sample(steps)) {
      const opinion = agreed(given)
      for (const row of opinion.rows) seen.add(row)
      longest = Math.max(longest, opinion.at)
      keepsItsPromises(given, opinion)
    }
    assert.deepEqual([...seen].sort(byNumber), everyRow)
    assert.equal(longest, 160, 'The longest path is 60 seconds of the owner and five members in order.')
  })

  it('agrees with the second reading for groups of any size and every mixture of members', () => {
    const anything = fc
      .gen()
      .map((draw) =>
        circumstances((values) => valueAt(values, draw(fc.nat, { max: values.length - 1 })), sizes),
      )
    fc.assert(
      fc.property(anything, (given) => {
        keepsItsPromises(given, agreed(given))
      }),
      { numRuns: 3000 },
    )
  })
})

const sizes = Array.from({ length: 26 }, (_, size) => size)
const everyRow = [...numbered('R', 14), ...numbered('U', 7)]

function numbered(letter: string, last: number): string[] {
  return Array.from({ length: last }, (_, index) => `${letter}${index + 1}`)
}

function byNumber(one: string, other: string): number {
  return everyRow.indexOf(one) - everyRow.indexOf(other)
}

/**
 * Steps through the full product by a number that has no factor in common with its size, so it never repeats itself,
 * and near the golden section of it, so that no two circumstances move in step.
 */
function* sample(count: number): Generator<Circumstances> {
  const total = countAll()
  let stride = Math.floor((total * (Math.sqrt(5) - 1)) / 2)
  while (greatestCommonFactor(stride, total) > 1) stride -= 1
  for (let step = 0, index = 0; step < count; step += 1, index = (index + stride) % total) {
    yield circumstancesAt(index)
  }
}

function greatestCommonFactor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonFactor(other, one % other)
}

/** Both readings of the table, which must be the same. */
function agreed(given: Circumstances): Opinion {
  const situation = situationOf(given)
  const theirs = oracle(situation)
  const ours = planned(situation)
  const expected = { ...theirs, rows: theirs.rows.slice(0, 1) }
  if (JSON.stringify(ours) !== JSON.stringify(expected))
    assert.deepEqual(ours, expected, JSON.stringify(given))
  return theirs
}

function planned({ owner, caller, subscribers, presenceOf }: Situation): Opinion {
  const plan = ringPlan(owner, caller, subscribers, presenceOf)
  const { end, rule, stale } = plan
  return { rows: [rule], stages: stagesOf(plan), end, at: endsAfter(plan), stale }
}

/** What the page promises of every plan, whatever the row. */
function keepsItsPromises({ policy }: Circumstances, { stages, end, at }: Opinion): void {
  const promises = {
    'nobody rings in no stage': stages.every(
      ({ people, from, to }) => people.length > 0 && from < to && to <= at,
    ),
    'no voicemail where it is disabled': policy.allowVoicemail !== 'alwaysDisabled' || end.is !== 'voicemail',
    'no group where groups are off': policy.allowCallGroups || stages.every(({ ring }) => ring !== 'group'),
    'no delegates where delegation is off':
      policy.allowDelegation || stages.every(({ ring }) => ring !== 'delegates'),
    'voicemail within 30 seconds where it is always on':
      policy.allowVoicemail !== 'alwaysEnabled' || at <= 30,
    'the earlier stage comes first': stages.every(
      ({ from }, index) => from >= (stages[index - 1]?.from ?? 0),
    ),
  }
  const broken = Object.entries(promises).filter(([, kept]) => !kept)
  if (broken.length > 0)
    assert.fail(`${broken.map(([promise]) => promise).join(', ')}: ${JSON.stringify({ stages, end, at })}`)
}
