/**
 * A source gives the same id to another call. To another caller or another person it is a new call of ours, under a name of
 * its own, so that cards and clicks of the earlier call stay with that one. A copy of the words that told of a call changes
 * nothing. One just like a call that is over, said anew, may be that one for as long as it is remembered: it never rings
 * again, and the source is told so.
 */
import { type Call, type CallId } from '../core/call.ts'
import { type Caller } from '../core/lane.ts'
import { type Heard } from '../source/source.ts'
import { type Kept, type Put } from '../store/store.ts'
import { callIdAfter } from './legs.ts'
import { type KeptCall } from './live-calls.ts'

/** An end that came so shortly before its beginning has overtaken it: milliseconds. */
const overtakenMs = 5 * 60 * 1000

/** Why a call cannot come in under the name of this one; null when that one is over and this is another. */
export function whyNotAgain(
  { record: { call, leg } }: KeptCall,
  { owner, caller, said }: Pick<Call, 'owner' | 'caller'> & { readonly said: string | undefined },
): Heard | null {
  const isSame = call.owner === owner && isSameCaller(call.caller, caller)
  if (call.state.is !== 'ended') return isSame ? 'repeated' : 'idInUse'
  if (!isSame) return null
  return said !== undefined && leg['said'] === said ? 'repeated' : 'idUsed'
}

/** Why a call cannot come in whose end was heard already: its own, or that of an earlier one. */
export function whyNotAfter(end: Kept<'endedEarly'>, at: number): Heard {
  return at - end.doc.at < overtakenMs ? 'repeated' : 'idUsed'
}

/** The name of a new call in place of an earlier one, and a put by which that one leads to it. */
export function inPlaceOf({ id, rev, record }: KeptCall): { readonly id: CallId; readonly put: Put } {
  const next = callIdAfter(id)
  return { id: next, put: { kind: 'call', id, expect: rev, doc: { ...record, next } } }
}

function isSameCaller(one: Caller, other: Caller): boolean {
  const [first, second] = [Object.entries(one), new Map<string, unknown>(Object.entries(other))]
  return first.length === second.size && first.every(([field, value]) => second.get(field) === value)
}
