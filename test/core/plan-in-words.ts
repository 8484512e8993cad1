/** Plans as one line of words, for tests that tell what a plan must be. */
import assert from 'node:assert/strict'
import { ringPlan, type RingPlan } from '../../src/core/ring-plan.ts'
import { endsAfter, stagesOf } from '../../src/core/stages.ts'
import { voicemail } from '../../src/core/target.ts'
import { type Circumstances, type MemberState, quiet, situationOf, unansweredTo } from './situations.ts'

/** A group of so many, all in this state, the owner's voicemail taking over after 20 seconds. */
export function group(size: number, state: MemberState = {}): Pick<Circumstances, 'members' | 'unanswered'> {
  return { members: Array.from({ length: size }, () => state), unanswered: unansweredTo(voicemail, 20) }
}

/** A test that these circumstances lead to this plan. */
export function tells(when: string, given: Partial<Circumstances>, expected: string): void {
  it(when, () => {
    assert.equal(inWords(planFor(given)), expected)
  })
}

/** The plan for an otherwise quiet owner. */
export function planFor(given: Partial<Circumstances>): RingPlan {
  const { owner, caller, subscribers, presenceOf } = situationOf({ ...quiet, ...given })
  return ringPlan(owner, caller, subscribers, presenceOf)
}

/** "owner 0-20, group 1+2 0-20, voicemail 20": members by their number, the owner and others by their part. */
function inWords(plan: RingPlan): string {
  const stages = stagesOf(plan).map(({ ring, people, from, to }) => {
    const numbers = people.map((person) => /^member(\d+)@/.exec(person)?.[1]).join('+')
    return [ring, ...(numbers === '' ? [] : [numbers]), `${from}-${to}`].join(' ')
  })
  return [...stages, `${plan.end.is} ${endsAfter(plan)}`, ...plan.stale.map((rule) => `stale ${rule}`)].join(
    ', ',
  )
}
