/** Calls told in seconds: who rings, what happens, and what every card then says. */
import { type CallEffect } from '../../src/core/call-effects.ts'
import { type Call, type CallEvent } from '../../src/core/call.ts'
import { faceOf } from '../../src/core/face.ts'
import { type Alert, type Lane } from '../../src/core/lane.ts'
import { type PlannedEnd, type PlanRule, type Round } from '../../src/core/ring-plan.ts'
import { begin, type Offer, step, type Step } from '../../src/core/step.ts'

export const ann = 'ann'
export const voicemail: PlannedEnd = { is: 'voicemail' }
export const missed: PlannedEnd = { is: 'missed' }

type PeopleLane = Exclude<Lane, { ring: 'phone' }>

export const group = (...people: string[]): PeopleLane => lane('group', people)
export const inOrder = (...people: string[]): PeopleLane => ({ ...group(...people), order: 'inOrder' })
export const delegates = (...people: string[]): PeopleLane => lane('delegates', people)
export const theOwner: Lane = lane('owner', [ann])
export const telephone: Lane = { ring: 'phone', number: '4711' }

function lane(ring: PeopleLane['ring'], people: readonly string[]): PeopleLane {
  const alerts = people.map((person): Alert => ({ person, how: 'ring' }))
  return { ring, order: 'simultaneous', alerts, silent: [], mayPull: [] }
}

export function round(seconds: number, ...lanes: Lane[]): Round {
  return { lanes, seconds, endsWithList: false }
}

/** A round of an in-order group alone, over when its list is. */
export function list(...people: string[]): Round {
  return { lanes: [inOrder(...people)], seconds: people.length * 20, endsWithList: true }
}

export type Given = {
  readonly rounds?: readonly Round[]
  readonly end?: PlannedEnd
  readonly rule?: PlanRule
  /** Whether the source tells how a hand-over went; it does unless said otherwise. */
  readonly reports?: boolean
}

/** A call to Ann that comes in at second 0. */
export function begun({ rounds = [], end = voicemail, rule = 'R7', reports = true }: Given): Step {
  const plan = { rule, rounds, end, stale: [] }
  return begunAs({ id: 'call 1', owner: ann, caller: { kind: 'pstn' }, plan, reportsConnection: reports })
}

export function begunAs(offer: Offer): Step {
  return begin(offer, 0)
}

/** The call after these events, with the effects of the last. */
export function then(before: Step, ...events: CallEvent[]): Step {
  return events.reduce((now, event) => step(now.call, event), before)
}

const at = (second: number) => second * 1000
export const claims = (by: string, second: number): CallEvent => ({ is: 'claimed', by, at: at(second) })
export const declines = (by: string, second: number): CallEvent => ({ is: 'declined', by, at: at(second) })
export const isRemoved = (person: string, second: number): CallEvent => ({
  is: 'removed',
  person,
  at: at(second),
})
export const hangsUp = (second: number): CallEvent => ({ is: 'callerHungUp', at: at(second) })
export const connects = (second: number): CallEvent => ({ is: 'connected', at: at(second) })
export const fails = (second: number): CallEvent => ({ is: 'connectFailed', at: at(second) })
export const timeIsUp = (second: number): CallEvent => ({ is: 'timeUp', at: at(second) })

/** Everybody's card: "pick up" while it has a button. */
export function cards({ call }: Step): Record<string, string> {
  return Object.fromEntries(call.parties.map(({ person }) => [person, card(call, person)]))
}

function card(call: Call, person: string): string {
  const face = faceOf(call, person)
  if (!face) return 'no card'
  switch (face.is) {
    case 'ringing':
      return face.turnOver ? 'pick up, turn over' : 'pick up'
    case 'taken':
      return `taken by ${face.by}`
    case 'movedOn':
      return `moved on to ${face.to}`
    case 'ended':
      return face.by === undefined ? face.outcome : `${face.outcome} by ${face.by}`
    default:
      return face.is
  }
}

/** How the call stands: "rings", "with bo", "voicemail at 20". */
export function state({ call: { state } }: Step): string {
  switch (state.is) {
    case 'ringing':
      return 'rings'
    case 'connecting':
      return `with ${state.by}`
    case 'ended':
      return `${state.outcome} at ${state.at / 1000}`
  }
}

/** What is done, in order: "connect bo", "voicemail", "show cy", "tell ann". */
export function done({ effects }: Step): readonly string[] {
  return effects.map(inWords)
}

function inWords(effect: CallEffect): string {
  if (effect.do === 'show') return `show ${effect.person}`
  if (effect.do === 'tellMissed') return `tell ${effect.person}`
  const { order } = effect
  if (order.do === 'connect') return `connect ${order.to}`
  if (order.do !== 'forward') return order.do
  return `forward to ${order.to.is === 'number' ? order.to.number : order.to.person}`
}
