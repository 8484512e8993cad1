/** What the switchboard has done outside after a commit: every kind there is, the lane it waits in, and how urgent it is. */
import { type Call, type CallId } from '../core/call.ts'
import { type PersonId } from '../core/person.ts'
import { type LegWork } from '../source/source.ts'
import { cardId } from '../store/documents.ts'
import { type Effect, type EffectWork } from '../store/store.ts'

/** What somebody hears of without having asked. */
const allNews = [
  'welcome',
  'added',
  'removed',
  'left',
  'delegate',
  'mayOtherwise',
  'notDelegate',
  'edited',
  'editedByAdmin',
  'swept',
  'restored',
  'notForwarded',
] as const
export type News = (typeof allNews)[number]

export type Work =
  /** The source gets the order that the call needs now. */
  | { readonly do: 'order'; readonly id: CallId }
  /** The person's card shows the call as it is now. */
  | { readonly do: 'show'; readonly id: CallId; readonly person: PersonId }
  | { readonly do: 'tellMissed'; readonly id: CallId; readonly person: PersonId }
  /** The owner hears whom the call could not reach. */
  | { readonly do: 'reportUnreached'; readonly id: CallId }
  | { readonly do: 'tell'; readonly id: PersonId; readonly what: News; readonly about: string }
  /** A source's own work on one of its calls. */
  | { readonly do: 'leg'; readonly id: CallId; readonly work: string }

/** The source is to be given its order, before anything else. */
export function ordered({ id, version }: Call): Effect {
  return { lane: `call ${id}`, work: { do: 'order', id, version }, priority: 0 }
}

/**
 * This person's card must show the call at least as it is now; while it can still be acted on, that is urgent. Each card has
 * a lane of its own: one that must wait holds up no other, of the next call above all.
 */
export function shown({ id, version, state }: Call, person: PersonId): Effect {
  const isUrgent = state.is === 'ringing' || (state.is === 'connecting' && state.by === person)
  const work = { do: 'show', id, person, version }
  return { lane: `card ${cardId(id, person)}`, work, priority: isUrgent ? 1 : 2 }
}

/** Somebody who was never rung hears that they missed the call. */
export function toldMissed({ id }: Call, person: PersonId): Effect {
  return inChat(person, { do: 'tellMissed', id, person })
}

/** After the end the owner hears whom the call could not reach, if anybody. */
export function unreachedReported({ id, owner }: Call): Effect {
  return inChat(owner, { do: 'reportUnreached', id, person: owner })
}

/** Somebody hears what another person, or a call, did to them. */
export function told(person: PersonId, what: News, about: string): Effect {
  return inChat(person, { do: 'tell', id: person, what, about })
}

/** Work on one leg is done in order, and before anything that people only look at. */
export function worked(call: CallId, work: LegWork): Effect {
  return { lane: `leg ${call}`, work: { do: 'leg', id: call, work: JSON.stringify(work) }, priority: 0 }
}

function inChat(person: PersonId, work: EffectWork): Effect {
  return { lane: `chat ${person}`, work, priority: 2 }
}

/** What is kept as work, as this version knows it; null for work of another version. */
export function workOf({ do: kind, id, ...kept }: EffectWork): Work | null {
  const person = String(kept['person'] ?? '')
  switch (kind) {
    case 'order':
    case 'reportUnreached':
      return { do: kind, id }
    case 'show':
    case 'tellMissed':
      return { do: kind, id, person }
    case 'tell': {
      const what = allNews.find((news) => news === kept['what'])
      return what ? { do: kind, id, what, about: String(kept['about']) } : null
    }
    case 'leg':
      return { do: kind, id, work: String(kept['work']) }
    default:
      return null
  }
}
