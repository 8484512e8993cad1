/** What a move says when it may not go on, and what a store says that is being moved, or was. */
import { type Store } from './store.ts'

/** `from` and `to` are the two sides in words, as in: the folder "./data". */
export type Sides = { readonly from: string; readonly to: string }

const sentences = {
  sourceInUse: ({ from }: Sides) =>
    `${from} is in use: a bot or another command has it open. Stop every instance of the bot, then move.`,
  targetInUse: ({ to }: Sides) =>
    `${to} is in use: a bot or another command has it open. Stop every instance of the bot, then move.`,
  nothing: ({ from }: Sides) => `There is nothing in ${from}. Is it the right one?`,
  halfHere: ({ from }: Sides) =>
    `${from} is half filled: a move into it was broken off. Run that move again, it goes on where it stopped.`,
  gone: ({ from }: Sides) =>
    `Everything in ${from} was moved elsewhere, and lives on there. What is here is of that time: keep it as a copy, or remove it.`,
  notEmpty: ({ to }: Sides) =>
    `${to} holds something already, or a part of another move. Move into an empty one: name another, or remove what is there.`,
  differs: ({ from, to }: Sides, detail: string) =>
    `${to} is not the same as ${from}: ${detail}. Nothing was given up. Remove what is in ${to}, and move again.`,
}

/** A store that is being moved, was moved, or cannot be. */
export class StoreMoved extends Error {
  readonly code: keyof typeof sentences

  constructor(code: keyof typeof sentences, sides: Sides, detail = '') {
    const sentence = sentences[code](sides, detail)
    super(sentence.charAt(0).toUpperCase() + sentence.slice(1))
    this.name = 'StoreMoved'
    this.code = code
  }
}

/**
 * Refuses a store that is half there, or that lives on elsewhere. A move out of it that was broken off has ended: what
 * happens here from now on was not moved.
 */
export async function checkNotMoved(store: Store, name: string): Promise<void> {
  const sides = { from: name, to: '' }
  if (await store.get('move', 'in')) throw new StoreMoved('halfHere', sides)
  const out = await store.get('move', 'out')
  if (out?.doc.isOver) throw new StoreMoved('gone', sides)
  if (out) await store.commit({ puts: [{ kind: 'move', id: 'out', expect: out.rev, doc: null }] })
}
