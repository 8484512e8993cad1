/** Where those begin in a list of which this holds; it holds to the end from there. */
export function firstThat<T>(list: readonly T[], holds: (one: T) => boolean): number {
  let low = 0
  for (let high = list.length; low < high;) {
    const middle = (low + high) >>> 1
    const one = list[middle]
    if (one !== undefined && !holds(one)) low = middle + 1
    else high = middle
  }
  return low
}
