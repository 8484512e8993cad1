/**
 * Moves everything that one store keeps into another, empty one. Both sides carry a mark with the id of the move:
 *
 *   out (where it leaves)   begun ───────────────────────────────► over: nobody may change anything here any more
 *   in  (where it comes)          begun, came so far … all came ─► gone: from now on it is a store like any other
 *
 * Each piece is kept together with how far the move has come, so a move that was broken off goes on from there. It is over
 * only when both sides were read again and hold the same.
 */
import { type Archive, type Counts } from './archive.ts'
import { digestOf, thingsIn } from './digest.ts'
import { type MoveMark, sections } from './documents.ts'
import { StoreMoved } from './moved.ts'
import { type Store } from './store.ts'

/** `name` says in words which one it is, as in: the folder "./data". */
export type Side = { readonly name: string; readonly store: Store; readonly archive: Archive }

export type MoveParts = {
  readonly from: Side
  readonly to: Side
  readonly now: () => number
  readonly newId: () => string
  /** Told how many of all things were copied, or how many were read again on both sides. */
  readonly onProgress: (step: 'copy' | 'compare', done: number, of: number) => void
}

export type Moved = {
  /** How many things were there already when this run began. */
  readonly before: number
  readonly counts: Counts
}

/** Moves all, or what an earlier run left. Throws StoreMoved, in words, when it may not or when the sides differ. */
export async function moveAll(parts: MoveParts): Promise<Moved> {
  const { from, to } = parts
  if (await to.archive.isShared()) throw refused('targetInUse', parts)
  if (await from.archive.isShared()) throw refused('sourceInUse', parts)
  const counts = await from.archive.counts()
  const begun = (await begunBefore(parts, totalOf(counts))) ?? (await begin(parts))
  await copy(parts, begun, totalOf(counts))
  await compare(parts, totalOf(counts))
  await finish(parts, begun.id)
  return { before: begun.came ?? 0, counts }
}

/** The mark of this move when an earlier run began it; null when it can begin. */
async function begunBefore(parts: MoveParts, total: number): Promise<MoveMark | null> {
  const { from, to } = parts
  if (await from.store.get('move', 'in')) throw refused('halfHere', parts)
  const out = (await from.store.get('move', 'out'))?.doc
  const into = (await to.store.get('move', 'in'))?.doc
  if (into && into.id === out?.id) return into
  if (out?.isOver) throw refused('gone', parts)
  if (total === 0) throw refused('nothing', parts)
  const isEmpty = totalOf(await to.archive.counts()) === 0 && !(await to.store.get('move', 'out'))
  if (into || !isEmpty) throw refused('notEmpty', parts)
  return null
}

function refused(code: StoreMoved['code'], { from, to }: MoveParts, detail = ''): StoreMoved {
  return new StoreMoved(code, { from: from.name, to: to.name }, detail)
}

export function totalOf(counts: Counts): number {
  return sections.reduce((sum, section) => sum + counts[section], 0)
}

/** The mark where things leave is kept first: without it nobody could tell whose it is that came. */
async function begin(parts: MoveParts): Promise<MoveMark> {
  const mark: MoveMark = { id: parts.newId(), at: parts.now() }
  await put(parts.from.store, 'out', mark)
  await put(parts.to.store, 'in', mark)
  return mark
}

async function put(store: Store, id: 'in' | 'out', doc: MoveMark | null): Promise<void> {
  const now = await store.get('move', id)
  const committed = await store.commit({ puts: [{ kind: 'move', id, expect: now?.rev ?? 0, doc }] })
  if (committed === 'conflict') throw new Error('two moves at once')
}

async function copy({ from, to, onProgress }: MoveParts, begun: MoveMark, total: number): Promise<void> {
  let came = begun.came ?? 0
  onProgress('copy', came, total)
  for await (const { held, place } of from.archive.pieces(begun.place ?? null)) {
    came += thingsIn(held).length
    const doc: MoveMark = { id: begun.id, at: begun.at, came, place }
    const puts = [...(held.puts ?? []), { kind: 'move', id: 'in', rev: 1, doc } as const]
    await to.archive.restore({ ...held, puts })
    onProgress('copy', came, total)
  }
}

/** Reads both sides again. */
async function compare(parts: MoveParts, total: number): Promise<void> {
  let done = 0
  const onRead = (some: number) => {
    done += some
    parts.onProgress('compare', done, 2 * total)
  }
  onRead(0)
  const left = await digestOf(parts.from.archive, onRead)
  const came = await digestOf(parts.to.archive, onRead)
  const differing = sections.flatMap((section) => {
    const [one, other] = [left.get(section), came.get(section)]
    if (one?.count === other?.count && one?.sum === other?.sum) return []
    return [`${section} (${one?.count ?? 0} there, ${other?.count ?? 0} came)`]
  })
  if (differing.length > 0) throw refused('differs', parts, differing.join(', '))
}

/** First nobody may work on the old side any more, then they may on the new one: at no time on both. */
async function finish(parts: MoveParts, id: string): Promise<void> {
  const { from, to } = parts
  const out = (await from.store.get('move', 'out'))?.doc
  // Somebody who worked there in between took the mark away.
  if (out?.id !== id || (await from.archive.isShared())) throw refused('sourceInUse', parts)
  await put(from.store, 'out', { ...out, isOver: true })
  await put(to.store, 'in', null)
}
