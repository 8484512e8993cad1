/** What a store comes to: of each section how many things, and a sum over them that says whether two stores hold the same. */
import { createHash } from 'node:crypto'
import { type Archive, type Held } from './archive.ts'
import { type Section } from './documents.ts'
import { type Timer } from './store.ts'

/** `sum` adds the SHA-256 of every thing, so that their order does not matter. */
export type Digest = { readonly count: number; readonly sum: bigint }

const modulus = 1n << 256n

/** Reads all of an archive; `onRead` is told how many things each piece had. A section without any is not in the answer. */
export async function digestOf(
  archive: Archive,
  onRead: (some: number) => void,
): Promise<ReadonlyMap<Section, Digest>> {
  const digests = new Map<Section, Digest>()
  for await (const { held, place } of archive.pieces(null)) {
    const things = thingsIn({ ...held, setTimers: held.setTimers?.map(whole) })
    const { count, sum } = digests.get(place.section) ?? { count: 0, sum: 0n }
    const added = things.reduce<bigint>((before, thing) => before + hashOf(thing), sum)
    digests.set(place.section, { count: count + things.length, sum: added % modulus })
    onRead(things.length)
  }
  return digests
}

/** Everything that is held, one thing after the other. */
export function thingsIn(held: Held): readonly object[] {
  return Object.values(held)
    .flat()
    .filter((thing) => thing !== undefined)
}

/** A database keeps whole milliseconds. */
function whole({ due, within, ...rest }: Timer): Timer {
  return { ...rest, due: Math.ceil(due), ...(within === undefined ? {} : { within: Math.ceil(within) }) }
}

function hashOf(thing: object): bigint {
  return BigInt(`0x${createHash('sha256').update(JSON.stringify(thing, sorted)).digest('hex')}`)
}

/** The same whatever the order in which its fields were written. */
function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
}
