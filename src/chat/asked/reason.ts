/** Why a call did or did not ring somebody: from the call as it was planned and went, never from a guess. */
import { type Call } from '../../core/call.ts'
import { notificationFor } from '../../core/lane.ts'
import { type Notification } from '../../core/notification.ts'
import { partyOf } from '../../core/party.ts'
import { type PersonId } from '../../core/person.ts'
import { type PlanRule } from '../../core/ring-plan.ts'
import { cardId } from '../../store/documents.ts'
import { type Turn } from '../turn.ts'

export type Reason =
  | {
      readonly is:
        | 'pickedUp'
        | 'declined'
        | 'removed'
        | 'inACall'
        | 'muted'
        | 'away'
        | 'notTheirTurn'
        | 'notReached'
        | 'banner'
        | 'rang'
        | 'notInPlan'
    }
  /** The owner's own phone: the row of the plan's table that left it out. */
  | { readonly is: 'ownerLeftOut'; readonly rule: PlanRule }

/** Why this call did not ring this person, or that it did. */
export async function reasonFor(turn: Turn, call: Call, person: PersonId): Promise<Reason> {
  const party = partyOf(call, person)
  if (call.state.is !== 'ringing' && call.state.by === person) return { is: 'pickedUp' }
  if (call.removed.includes(person)) return { is: 'removed' }
  if (party?.standing === 'declined') return { is: 'declined' }
  if (party?.how === 'silent') return { is: 'inACall' }
  if (party) {
    const card = await turn.store.get('card', cardId(call.id, person))
    if (card?.doc.trouble !== undefined) return { is: 'notReached' }
    return { is: party.how === 'banner' ? 'banner' : 'rang' }
  }
  const lanes = call.plan.rounds.flatMap((round) => round.lanes)
  const isIn = (people: ReadonlyArray<{ readonly person: PersonId }>) =>
    people.some((one) => one.person === person)
  for (const lane of lanes) {
    if (lane.ring === 'phone') continue
    if (isIn(lane.silent)) return { is: 'inACall' }
    if (lane.mayPull.includes(person))
      return { is: (await howThen(turn, person, call)) === 'mute' ? 'muted' : 'away' }
    if (isIn(lane.alerts)) return { is: 'notTheirTurn' }
  }
  if (person === call.owner) return { is: 'ownerLeftOut', rule: call.plan.rule }
  return { is: 'notInPlan' }
}

/** How somebody had chosen to be told of these calls when this one came in: their choice now, less the changes since. */
async function howThen(turn: Turn, person: PersonId, { owner, arrivedAt }: Call): Promise<Notification> {
  const sheet = await turn.settings.ask((subscribers) => subscribers(person))
  const rows = await turn.store.audit({ about: person, limit: 100 })
  const since = rows.filter(({ at }) => at > arrivedAt).flatMap(({ parts }) => parts)
  // Newest first: the last one found is the oldest change since.
  const then = (part: string) => since.filter((change) => change.part === part).at(-1)?.before
  const override = since.some(({ part }) => part === 'override') ? then('override') : sheet.settings.override
  const choice =
    then(`notification ${owner}`) ??
    notificationFor({ ...sheet, settings: { ...sheet.settings, override: null } }, owner)
  return override === 'mute' || choice === 'mute' ? 'mute' : 'ring'
}
