/** In a measured process: what a start with many people takes, and what it would take to read the same as one JSON text. */
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { type Piece } from '../../src/store/archive.ts'
import { openEmbedded } from '../../src/store/embedded/embedded.ts'
import { seed } from './people.ts'

/** Fills a folder with so many people, and a file with the same as JSON. */
export async function fill(folder: string, people: number, file: string): Promise<void> {
  const store = await openEmbedded({ folder })
  await seed(store, people, 5)
  await pipeline(listed(store.archive.pieces(null)), createWriteStream(file))
  await store.close()
}

async function* listed(pieces: AsyncIterable<Piece>): AsyncIterable<string> {
  let before = '['
  for await (const { held } of pieces) {
    yield `${before}${JSON.stringify(held)}`
    before = ','
  }
  yield ']'
}

/** Milliseconds until the store has everything in memory. */
export async function openFolder(folder: string): Promise<number> {
  const begun = performance.now()
  const store = await openEmbedded({ folder })
  const took = performance.now() - begun
  await store.close()
  return took
}

export async function parseFile(file: string): Promise<number> {
  const begun = performance.now()
  const all = JSON.parse(await readFile(file, 'utf8')) as readonly unknown[]
  if (all.length === 0) throw new Error('nothing was read')
  return performance.now() - begun
}
