/** Something that somebody asks about before they do it: what it would change is tried out, and only a button does it. */
import { type CallingSettings } from '../../core/calling-settings.ts'
import { type Change, unchanged } from '../../core/change.ts'
import { type PersonId } from '../../core/person.ts'
import { type RingPlan, ringPlan } from '../../core/ring-plan.ts'
import { type Subscriber, type Subscribers } from '../../core/subscriber.ts'
import { type Answer } from '../draw/answer.ts'
import { type Button } from '../draw/parts.ts'
import { refusalText } from '../draw/refusal.ts'
import { namesOf } from '../said/people.ts'
import { type Turn } from '../turn.ts'
import { type Line } from './line.ts'
import { planWords } from './plan-asked.ts'
import { tell } from './question.ts'

export type Deed = {
  /** The words that do it. */
  readonly says: string
  /** What it does, as a sentence. */
  readonly does: string
  /** Does it, or opens where it is done. */
  readonly button: Button
  /** What it would change; absent where that is not said yet. */
  readonly rule?: (owner: Subscriber, subscribers: Subscribers) => Change
}

/** Before the deed; nothing is kept of what is tried out. */
export async function explained(turn: Turn, line: Line, { says, does, button, rule }: Deed): Promise<Answer> {
  if (!line.isOwn && !line.mayEdit) return tell([refusalText({ code: 'E_FORBIDDEN' }, (id) => id)])
  const how = `Yes, you can: say "${says}", or press the button.`
  const nothing = 'Nothing was changed.'
  if (!rule) return tell([how, does, nothing], [button])
  const { change, before, after } = await turn.settings.ask((subscribers) => {
    const change = rule(subscribers(line.owner), subscribers)
    const planned = (one: Change) => planAfter(line.owner, one, subscribers)
    return { change, before: planned(unchanged), after: planned(change) }
  })
  const [no] = change.refusals
  if (no) {
    const people = [...('person' in no ? [no.person] : []), ...('owner' in no ? [no.owner] : [])]
    const nameOf = await namesOf(turn, people)
    return tell([`Not as things are: ${refusalText(no, nameOf)}`, `Otherwise, "${says}" does it.`])
  }
  if (change.sheets.size === 0) return tell([`That is so already. Otherwise, "${says}" does it.`])
  const isSame = JSON.stringify(before) === JSON.stringify(after)
  const then = isSame ? '' : `Then: ${await planWords(turn, line, after)}`
  return tell([how, does, then, nothing], [button])
}

/** The plan of a call to this owner as it would be after the change, everybody being free. */
function planAfter(owner: PersonId, change: Change, subscribers: Subscribers): RingPlan {
  const after: Subscribers = (person) => {
    const settings: CallingSettings | undefined = change.sheets.get(person)
    return settings ? { ...subscribers(person), settings } : subscribers(person)
  }
  return ringPlan(after(owner), { kind: 'internal' }, after, () => 'available')
}
