/** Settings, plans and times in plain words: the sentences that cards and answers are made of. */
import { type RuleName } from '../../core/calling-settings.ts'
import { type DelegatePermission, delegatePermissions } from '../../core/delegate.ts'
import { isInOrder, type Lane, slotSeconds } from '../../core/lane.ts'
import { type PersonId } from '../../core/person.ts'
import { type Warning } from '../../core/refusal.ts'
import { type RingPlan } from '../../core/ring-plan.ts'
import { type Target } from '../../core/target.ts'
import { Recent } from './recent.ts'

export type NameOf = (person: PersonId) => string

/** "Bo", "Bo and Cy", "Bo, Cy and Dee", "Bo, Cy and 4 others". */
export function listOf(names: readonly string[], most = 3): string {
  const shown = names.length > most ? names.slice(0, most - 1) : names
  const rest = names.length - shown.length
  const parts = rest > 0 ? [...shown, `${rest} others`] : shown
  const last = parts.at(-1) ?? 'nobody'
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** "1 second", "20 seconds". */
export function seconds(count: number): string {
  return count === 1 ? '1 second' : `${count} seconds`
}

/** A span as people read it on a card: "8 s", "1 min 20 s". */
export function span(count: number): string {
  if (count < 60) return `${count} s`
  const rest = count % 60
  return rest === 0 ? `${Math.floor(count / 60)} min` : `${Math.floor(count / 60)} min ${rest} s`
}

/** How much later somebody was than the winner: "0.8 s", "12 s". */
export function lateBy(ms: number): string {
  return ms < 10_000 ? `${(Math.max(100, ms) / 1000).toFixed(1)} s` : span(Math.round(ms / 1000))
}

/** Making one takes a hundred times as long as using it. */
const clocks = new Recent<Intl.DateTimeFormat>(50)
const calendars = new Recent<Intl.DateTimeFormat>(50)
const dayAndMinute = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
} as const

/** "14:02:05" in the person's own time zone; the machine's where theirs is not known. */
export function clockTime(ms: number, zone: string | undefined): string {
  const style = { timeStyle: 'medium' } as const
  const make = () => new Intl.DateTimeFormat('en-GB', { ...style, ...inZone(zone) })
  return clocks.of(zone ?? '', make).format(ms)
}

/** "Mon 23 Nov, 14:02". */
export function dayAndTime(ms: number, zone: string | undefined): string {
  const make = () => new Intl.DateTimeFormat('en-GB', { ...dayAndMinute, ...inZone(zone) })
  return calendars.of(zone ?? '', make).format(ms)
}

/** Where a call goes, as the rest of a sentence about `you`. */
export function targetWords(target: Target, nameOf: NameOf, whose = 'your'): string {
  switch (target.is) {
    case 'voicemail':
      return 'voicemail'
    case 'person':
      return nameOf(target.person)
    case 'number':
      return target.number
    case 'delegates':
      return `${whose} delegates`
    case 'group':
      return `${whose} call group`
  }
}

export const permissionWords: Readonly<Record<DelegatePermission, string>> = {
  makeCalls: 'make calls',
  receiveCalls: 'take calls',
  manageSettings: 'change settings',
  pickUpHeldCalls: 'pick up held calls',
  joinActiveCalls: 'join calls',
}

/** What a delegate may do, as the rest of a sentence about them. */
export function mayWords(may: readonly DelegatePermission[]): string {
  if (may.length === 0) return 'may do nothing yet'
  if (may.length === delegatePermissions.length) return 'may do everything'
  const words = may.map((one) => permissionWords[one])
  return `may ${listOf(words, words.length)}`
}

/** What somebody who has just come is counted in for already; empty when for nothing. */
export function alreadyWords(
  owners: readonly PersonId[],
  managers: readonly PersonId[],
  nameOf: NameOf,
): string {
  const already = [
    ...(owners.length > 0 ? [`in the call group of ${listOf(owners.map(nameOf))}`] : []),
    ...(managers.length > 0 ? [`a delegate of ${listOf(managers.map(nameOf))}`] : []),
  ]
  return already.length === 0 ? '' : `You are already ${already.join(', and ')}.`
}

/** The plan of an ordinary call in one or two sentences: "Calls ring you for 20 seconds, together with Bo, then go to voicemail." */
export function planSentence(plan: RingPlan, nameOf: NameOf, whose: 'you' | 'them' = 'you'): string {
  const end = endWords(plan, nameOf)
  if (plan.rounds.length === 0) return `Calls ${end} at once.`
  const rounds = plan.rounds.map((round) => {
    const words = (lane: Lane) => laneWords(lane, round.seconds, nameOf, whose)
    const [first, ...others] = round.lanes.filter((lane) => lane.ring === 'phone' || lane.alerts.length > 0)
    if (!first) return `ring nobody for ${seconds(round.seconds)}`
    const together = others.map((lane) => `, together with ${words(lane)}`).join('')
    return `ring ${words(first)} for ${seconds(round.seconds)}${together}`
  })
  return `Calls ${rounds.join(', then ')}, then ${end}.`
}

/** How a call ends that nobody takes, as the rest of "Calls …". */
export function endWords({ end }: RingPlan, nameOf: NameOf): string {
  switch (end.is) {
    case 'voicemail':
      return 'go to voicemail'
    case 'transfer':
      return `go to ${targetWords(end.to, nameOf)}`
    case 'missed':
      return 'end as missed'
    case 'busy':
      return 'get a busy tone'
    case 'reject':
      return 'are turned away'
    case 'leftToTeams':
      return 'end: Teams rings by itself, and does not tell who answered'
  }
}

/** Who rings in this lane; of an in-order group only those whose turn comes within these seconds. */
function laneWords(lane: Lane, within: number, nameOf: NameOf, whose: 'you' | 'them'): string {
  if (lane.ring === 'phone') return lane.number
  if (lane.ring === 'owner') return whose
  const turns = isInOrder(lane) ? Math.ceil(within / slotSeconds) : lane.alerts.length
  const reached = lane.alerts.slice(0, turns).map(({ person }) => nameOf(person))
  return isInOrder(lane) && reached.length > 1 ? `${listOf(reached)} one after the other` : listOf(reached)
}

/** Why a plan is not what the settings say, when that is because of the moment; empty otherwise. */
export function momentWords(
  { rule, stale }: RingPlan,
  lasting: readonly Warning[],
  whose: 'you' | 'them',
): string {
  const who = whose === 'you' ? 'You are' : 'They are'
  const isForTheMoment = (name: RuleName) =>
    stale.includes(name) && !lasting.some((one) => one.code === 'W_STALE_TARGET' && one.rule === name)
  const passedOver = 'Nobody in the call group can be rung at the moment, so'
  return [
    rule === 'R9' || rule === 'R10' ? `${who} in a call.` : '',
    rule === 'R11' || rule === 'R12' ? `${who} offline or set to Do not disturb.` : '',
    isForTheMoment('forwarding') ? `${passedOver} forwarding is passed over.` : '',
    isForTheMoment('unanswered') ? `${passedOver} unanswered calls do not go there.` : '',
  ]
    .filter((words) => words !== '')
    .join(' ')
}

function inZone(zone: string | undefined): { timeZone?: string } {
  return zone === undefined ? {} : { timeZone: zone }
}
