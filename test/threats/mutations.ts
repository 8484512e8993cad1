/** Activities with something wrong in one or two places, by the dice. */
import { type Dice } from '../simulation/dice.ts'

const oddValues: readonly [unknown, ...unknown[]] = [
  null,
  true,
  -1,
  1e308,
  '',
  ' ',
  'x'.repeat(5000),
  '__proto__',
  '\u0000\ud800',
  '{{$root}}',
  [],
  [[]],
  {},
  { toString: 1 },
  { __proto__: null, constructor: { prototype: {} } },
  [null, { id: null }],
]

/** Every place in a value, as the way to it. */
function placesIn(value: unknown, way: readonly string[] = []): ReadonlyArray<readonly string[]> {
  if (typeof value !== 'object' || value === null) return [way]
  return [way, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...way, key]))]
}

/** The same with something else, or nothing, in one place. */
function mutated(value: unknown, way: readonly string[], odd: unknown): unknown {
  const [key, ...rest] = way
  if (key === undefined) return odd
  const copy = structuredClone(value) as Record<string, unknown>
  if (rest.length === 0 && odd === undefined) delete copy[key]
  else copy[key] = mutated(copy[key], rest, odd)
  return copy
}

/** One of these with something odd, or nothing, in a place or two. */
export function spoiled(good: readonly object[], dice: Dice): object {
  const base = good[dice.below(good.length)] ?? {}
  const places = placesIn(base).slice(1)
  const odd = dice.chance(0.2) ? undefined : dice.pick(oddValues)
  const first = mutated(base, places[dice.below(places.length)] ?? [], odd)
  return (dice.chance(0.3) ? mutated(first, ['value'], dice.pick(oddValues)) : first) as object
}

/** What nobody outside may read: where in the code something went wrong, and in which library. */
export const inside = /\bat .*\.(ts|js):|node_modules|TypeError|undefined is not|botbuilder/u
