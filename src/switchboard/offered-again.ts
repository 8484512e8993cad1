/**
 * A source gives the same id to another call. An id that is free again is a new call of ours, under a name of its own, so
 * that cards and clicks of the earlier call stay with that one; whatever may be the same call told again is not.
 */
import { type Call, type CallId } from '../core/call.ts'
import { type Caller } from '../core/lane.ts'
import { type Heard } from '../source/source.ts'
import { type Batch, type Kept, type Put } from '../store/store.ts'
import { merged } from './batch.ts'
import { callIdAfter } from './legs.ts'
import { forgetTimer, type KeptCall } from './live-calls.ts'

/** What a source told may come again, or late, for so long: as long as its signature holds. Milliseconds. */
const toldAgainMs = 5 * 60 * 1000

/** Why a call cannot come in under the name of this one; null when that one is over and this is another. */
export function whyNotAgain(
  { record: { call } }: KeptCall,
  { owner, caller }: Pick<Call, 'owner' | 'caller'>,
  at: number,
): Heard | null {
  const isSame = call.owner === owner && isSameCaller(call.caller, caller)
  if (call.state.is !== 'ended') return isSame ? 'repeated' : 'idInUse'
  return isSame && at - call.state.at < toldAgainMs ? 'idJustUsed' : null
}

/** The name of a new call, and what becomes of whatever had the name before. */
export function named(
  id: CallId,
  before: KeptCall | null,
  end: Kept<'endedEarly'> | null,
): { readonly id: CallId; readonly batch: Batch } {
  const early: Batch = end
    ? {
        puts: [{ kind: 'endedEarly', id, expect: end.rev, doc: null }],
        cancelTimers: before ? [] : [forgetTimer(id)],
      }
    : {}
  if (!before) return { id, batch: early }
  const next = callIdAfter(before.id)
  const led: Put = { kind: 'call', id: before.id, expect: before.rev, doc: { ...before.record, next } }
  return { id: next, batch: merged(early, { puts: [led] }) }
}

function isSameCaller(one: Caller, other: Caller): boolean {
  const [first, second] = [Object.entries(one), new Map<string, unknown>(Object.entries(other))]
  return first.length === second.size && first.every(([field, value]) => second.get(field) === value)
}

/** Whether an end that was heard before any beginning belongs to the call that begins now. */
export function hasOvertaken(end: Kept<'endedEarly'>, at: number): boolean {
  return at - end.doc.at < toldAgainMs
}
