/** Forgets an ended call a day later: the call, the cards that were posted for it, an end that came too early. */
import { type CallId } from '../core/call.ts'
import { cardId } from '../store/documents.ts'
import { type Batch, type Put, type Reader } from '../store/store.ts'
import { type KeptCall } from './live-calls.ts'

export async function forgotten(read: Reader, id: CallId, kept: KeptCall | null): Promise<Batch> {
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
