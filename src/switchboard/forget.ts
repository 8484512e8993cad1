/**
 * Forgets an ended call a day later: the call, the cards that were posted for it, an end that came too early. While another
 * call goes on that has its name at the source by now, it still leads there.
 */
import { type CallId } from '../core/call.ts'
import { cardId } from '../store/documents.ts'
import { type Batch, type Put, type Reader } from '../store/store.ts'
import { forgetTimer, type KeptCall, rememberedMs } from './live-calls.ts'

export async function forgotten(read: Reader, id: CallId, kept: KeptCall | null, at: number): Promise<Batch> {
  const next = kept?.record.next === undefined ? null : await read.get('call', kept.record.next)
  if (next && next.doc.call.state.is !== 'ended')
    return { setTimers: [{ key: forgetTimer(id), due: at + rememberedMs, event: { is: 'forget', id } }] }
  const people = kept?.record.call.parties.map((party) => cardId(id, party.person)) ?? []
  const cards = await Promise.all(
    people.map(async (card) => ({ card, posted: await read.get('card', card) })),
  )
  const puts: Put[] = cards.flatMap(({ card, posted }): Put[] =>
    posted ? [{ kind: 'card', id: card, expect: posted.rev, doc: null }] : [],
  )
  if (kept) puts.push({ kind: 'call', id, expect: kept.rev, doc: null })
  const early = await read.get('endedEarly', id)
  if (early) puts.push({ kind: 'endedEarly', id, expect: early.rev, doc: null })
  return { puts }
}
