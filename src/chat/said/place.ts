/** A place in the order of a call group, as people type it or a button says it: up, last, to 2. */
import { type Move } from '../../core/call-group.ts'
import { plainWord } from './words.ts'

const moves: ReadonlyMap<string, Move> = new Map<string, Move>([
  ['up', 'up'],
  ['down', 'down'],
  ['first', 'first'],
  ['top', 'first'],
  ['last', 'last'],
  ['bottom', 'last'],
  ['second', 1],
  ['third', 2],
])

/** Where a word, typed or on a button, leads; places are counted from 1. */
export function moveIn(word: string): Move | undefined {
  const plain = plainWord(word)
  return /^[1-9]\d?$/u.test(plain) ? Number(plain) - 1 : moves.get(plain)
}
