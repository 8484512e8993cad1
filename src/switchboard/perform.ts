/** Does what was decided: one switch from each kind of effect to the part that carries it out. */
import { type CallId } from '../core/call.ts'
import { orderNow } from '../core/call-effects.ts'
import { type PersonId } from '../core/person.ts'
import { type PersonOrNumber } from '../core/ring-plan.ts'
import { type CallSource, type LegWork, type Order } from '../source/source.ts'
import { type CallRecord } from '../store/documents.ts'
import { type Effect, type EffectResult } from '../store/store.ts'
import { type Directory } from './directory.ts'
import { type News, workOf } from './effects.ts'
import { sourceOf } from './legs.ts'
import { type Switchboard } from './switchboard.ts'

/** What the chat does for a call and its people; the switchboard knows nothing of cards. */
export interface Announcer {
  /** Brings this person's card of this call up to the version kept now. */
  show(record: CallRecord, person: PersonId): Promise<EffectResult>
  tellMissed(record: CallRecord, person: PersonId): Promise<EffectResult>
  /** Tells the owner whom the call could not reach. */
  reportUnreached(record: CallRecord): Promise<EffectResult>
  /** Tells somebody what another person did: added them to a group, left theirs, changed their settings. */
  tell(person: PersonId, what: News, about: string): Promise<EffectResult>
}

export type Performers = {
  readonly switchboard: Switchboard
  readonly directory: Directory
  readonly sources: readonly CallSource[]
  readonly announcer: Announcer
}

const done: EffectResult = { is: 'done' }

/** Performs one effect. What it is about is read anew, so that a late effect acts on the truth of now. */
export async function perform({ work: kept }: Effect, parts: Performers): Promise<EffectResult> {
  const { announcer } = parts
  const work = workOf(kept)
  switch (work?.do) {
    case 'order':
      return ofCall(work.id, parts, (record) => carryOut(record, parts))
    case 'show':
      return ofCall(work.id, parts, (record) => announcer.show(record, work.person))
    case 'tellMissed':
      return ofCall(work.id, parts, (record) => announcer.tellMissed(record, work.person))
    case 'reportUnreached':
      return ofCall(work.id, parts, (record) => announcer.reportUnreached(record))
    case 'tell':
      return announcer.tell(work.id, work.what, work.about)
    case 'leg':
      return workOnLeg(work.id, work.work, parts)
    // Work of another version means nothing here.
    case undefined:
      return done
  }
}

/** Nothing is left to be done for a call that is forgotten. */
async function ofCall(
  id: CallId,
  { switchboard }: Performers,
  act: (record: CallRecord) => Promise<EffectResult>,
): Promise<EffectResult> {
  const kept = await switchboard.calls.get(id)
  return kept ? act(kept.record) : done
}

/** Gives the source the order that the call needs now; an order that the call has outrun is dropped. */
async function carryOut(
  record: CallRecord,
  { switchboard, sources, directory }: Performers,
): Promise<EffectResult> {
  const order = orderNow(record.call)
  const source = sources.find(({ name }) => name === record.source)
  if (!order || !source) return done
  const carried = await source.carryOut(record.leg, await addressed(order, directory))
  if (carried.is === 'refused' && order.do === 'connect') {
    const { number } = order
    await switchboard.hear(record.source, { is: 'connectFailed', id: record.leg.id, order: { number } })
  }
  return carried.is === 'later' ? carried : done
}

/** A source's own work on one of its calls; of a source that is no longer there nothing is left to be done. */
async function workOnLeg(call: string, work: string, { sources }: Performers): Promise<EffectResult> {
  const { source, id } = sourceOf(call)
  const found = sources.find(({ name }) => name === source)
  const carried = await found?.work?.(id, JSON.parse(work) as LegWork)
  return carried?.is === 'later' ? carried : done
}

async function addressed(
  order: NonNullable<ReturnType<typeof orderNow>>,
  directory: Directory,
): Promise<Order> {
  switch (order.do) {
    case 'connect':
      return { ...order, to: await directory.nameOf(order.to) }
    case 'forward':
      return { ...order, to: await placeOf(order.to, directory) }
    default:
      return order
  }
}

async function placeOf(to: PersonOrNumber, directory: Directory): Promise<string> {
  return to.is === 'number' ? to.number : directory.nameOf(to.person)
}
