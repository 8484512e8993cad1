/** JSON of an answer in pieces: a long list is written row by row, so that others go first in between. */
import { walk } from '../walk.ts'

/** Shorter lists hold nobody up: pages of lists are no longer. */
const longList = 200
/** Rows are put together up to about so many characters. */
const pieceLength = 2 ** 14

/** Whether there is a list in an answer that is better written in pieces. */
export function isLong(body: object): boolean {
  return Object.values(body).some((value) => Array.isArray(value) && value.length > longList)
}

/** The same text that JSON.stringify makes of it. */
export async function* jsonPieces(body: object): AsyncGenerator<string> {
  let separator = '{'
  for (const [name, value] of Object.entries(body) as ReadonlyArray<readonly [string, unknown]>) {
    if (value === undefined) continue
    yield `${separator}${JSON.stringify(name)}:`
    separator = ','
    if (Array.isArray(value)) yield* listPieces(value)
    else yield JSON.stringify(value)
  }
  yield separator === '{' ? '{}' : '}'
}

async function* listPieces(list: readonly unknown[]): AsyncGenerator<string> {
  let piece = '['
  let separator = ''
  for await (const one of walk(list)) {
    piece += `${separator}${JSON.stringify(one ?? null)}`
    separator = ','
    if (piece.length < pieceLength) continue
    yield piece
    piece = ''
  }
  yield `${piece}]`
}
