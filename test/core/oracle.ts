/**
 * A second opinion on who rings: the decision table read straight from the page, as rows tried from the top.
 * It shares only types with the ring plan, so that an error in one is not an error in both.
 */
import { type PlannedEnd } from '../../src/core/ring-plan.ts'
import { type Stage } from '../../src/core/stages.ts'
import { type Target } from '../../src/core/target.ts'
import { type Facts, type Situation, type StaleRule, workOut } from './oracle-steps.ts'

export type Opinion = {
  /** The rows that applied, such as R8 and U2. */
  readonly rows: readonly string[]
  readonly stages: readonly Stage[]
  readonly end: PlannedEnd
  readonly at: number
  readonly stale: readonly StaleRule[]
}

type Ending = {
  readonly bells: readonly Stage[]
  readonly at: number
  readonly end: PlannedEnd | 'unanswered'
}
type Row = readonly [name: string, when: (facts: Facts) => boolean, then: (facts: Facts) => Ending]

const missed: PlannedEnd = { is: 'missed' }
const rejected: PlannedEnd = { is: 'reject' }
const engaged: PlannedEnd = { is: 'busy' }
const recorded: PlannedEnd = { is: 'voicemail' }

const atOnce = (end: PlannedEnd | 'unanswered'): Ending => ({ bells: [], at: 0, end })
const away = ({ presence }: Facts) => presence === 'doNotDisturb' || presence === 'offline'
const inOrder = ({ owner }: Facts) => owner.settings.group.order === 'inOrder'
const insteadIs = (facts: Facts, ...kinds: ReadonlyArray<Target['is']>) =>
  facts.instead !== undefined && kinds.includes(facts.instead.is)

const firstRows: readonly Row[] = [
  ['R1', ({ owner }) => !owner.policy.allowPrivateCalling, () => atOnce(rejected)],
  ['R2', (f) => f.treatment === 'voicemail', (f) => atOnce(f.voicemailAllowed ? recorded : missed)],
  ['R3', (f) => f.treatment === 'unanswered', () => atOnce('unanswered')],
  ['R4', (f) => insteadIs(f, 'voicemail'), () => atOnce(recorded)],
  ['R5', (f) => insteadIs(f, 'person', 'number'), (f) => atOnce(transferTo(f.instead))],
  ['R6', (f) => insteadIs(f, 'delegates'), (f) => ringOut(f, [f.instead], f.delay)],
  ['R7', (f) => insteadIs(f, 'group') && !inOrder(f), (f) => ringOut(f, [f.instead], f.delay)],
  [
    'R8',
    (f) => insteadIs(f, 'group'),
    (f) => ringOut(f, [f.instead], Math.min(20 * f.members.length, f.cap)),
  ],
  ['R9', (f) => f.presence === 'inACall' && f.busy === 'playBusySignal', () => atOnce(engaged)],
  ['R10', (f) => f.presence === 'inACall' && f.busy !== 'ringUser', () => atOnce('unanswered')],
  ['R11', (f) => away(f) && f.also === undefined, () => atOnce('unanswered')],
  ['R12', (f) => away(f), (f) => ringOut(f, [f.also], f.delay)],
  ['R13', (f) => f.also === undefined, (f) => ringOut(f, ['owner'], f.delay)],
  ['R14', () => true, (f) => ringOut(f, ['owner', f.also], f.delay)],
]

const unansweredRows = (before: Ending): readonly Row[] => [
  ['U1', (f) => f.unanswered === undefined, () => atOnce(missed)],
  ['U2', (f) => f.unanswered?.is === 'voicemail', () => atOnce(recorded)],
  [
    'U3',
    (f) => f.unanswered?.is === 'person' || f.unanswered?.is === 'number',
    (f) => atOnce(transferTo(f.unanswered)),
  ],
  ['U4', (f) => before.bells.some(({ ring }) => ring === f.unanswered?.is), () => atOnce(missed)],
  ['U5', (f) => f.unanswered?.is === 'delegates', (f) => lastRound(f, 30)],
  ['U6', (f) => !inOrder(f), (f) => lastRound(f, 30)],
  ['U7', () => true, (f) => lastRound(f, 20 * f.members.length)],
]

/** What the table says of a call. */
export function oracle(situation: Situation): Opinion {
  const facts = workOut(situation)
  const [first, before] = firstThatApplies(firstRows, facts)
  const { stale } = facts
  if (before.end !== 'unanswered')
    return { rows: [first], stages: before.bells, end: before.end, at: before.at, stale }
  const [second, after] = firstThatApplies(unansweredRows(before), facts)
  const later = after.bells.map((stage) => ({
    ...stage,
    from: stage.from + before.at,
    to: stage.to + before.at,
  }))
  const end = after.end === 'unanswered' ? missed : after.end
  return { rows: [first, second], stages: [...before.bells, ...later], end, at: before.at + after.at, stale }
}

function firstThatApplies(rows: readonly Row[], facts: Facts): readonly [string, Ending] {
  for (const [name, when, then] of rows) if (when(facts)) return [name, then(facts)]
  throw new Error('The last row of each table always applies.')
}

function transferTo(target: Target | undefined): PlannedEnd {
  if (target?.is === 'person' || target?.is === 'number') return { is: 'transfer', to: target }
  throw new Error('Only people and numbers are transferred to.')
}

function lastRound(facts: Facts, seconds: number): Ending {
  return { ...ringOut(facts, [facts.unanswered], seconds), end: missed }
}

/** These ring together until a moment; what is left of that time decides how many of an in-order group have a turn. */
function ringOut(facts: Facts, whom: ReadonlyArray<Target | 'owner' | undefined>, until: number): Ending {
  const bells = whom.flatMap((target) => bellsOf(facts, target, until))
  return { bells: bells.toSorted((one, other) => one.from - other.from), at: until, end: 'unanswered' }
}

function bellsOf(facts: Facts, target: Target | 'owner' | undefined, until: number): readonly Stage[] {
  if (target === undefined) return []
  if (target === 'owner') return [{ ring: 'owner', people: [facts.owner.id], from: 0, to: until }]
  if (target.is === 'group' && inOrder(facts)) {
    return facts.members
      .map((member, turn): Stage => ({
        ring: 'group',
        people: [member],
        from: 20 * turn,
        to: 20 * turn + 20,
      }))
      .filter(({ from }) => from < until)
      .map((stage) => ({ ...stage, to: Math.min(stage.to, until) }))
  }
  switch (target.is) {
    case 'group':
      return [{ ring: 'group', people: facts.members, from: 0, to: until }]
    case 'delegates':
      return [{ ring: 'delegates', people: facts.delegates, from: 0, to: until }]
    case 'person':
      return [{ ring: 'person', people: [target.person], from: 0, to: until }]
    case 'number':
      return [{ ring: 'phone', people: [target.number], from: 0, to: until }]
    case 'voicemail':
      return []
  }
}
