/** Medians, and numbers as a table shows them. */

/** The middle of these; of an even count the upper of the two. Throws when there are none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value that this part of all lies below, from 0 to 1. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]
  if (value === undefined) throw new Error('nothing was measured')
  return value
}

/** How often one is the other, round by round; the middle of that. */
export function ratio(values: readonly number[], to: readonly number[]): number {
  return median(values.map((value, index) => value / (to[index] ?? NaN)))
}

/** Three digits that matter: 1234, 56.7, 8.90, 0.123. */
export function short(value: number): string {
  if (value >= 100) return value.toFixed(0)
  if (value >= 10) return value.toFixed(1)
  return value >= 1 ? value.toFixed(2) : value.toPrecision(2)
}

/** The numbers from 0 up to so many. */
export function upTo(count: number): readonly number[] {
  return [...Array(count).keys()]
}

/** Does something so many times, one after the other. */
export async function times(count: number, work: () => Promise<unknown>): Promise<void> {
  for (let done = 0; done < count; done += 1) await work()
}
