/** How long to wait after so many failures in a row: 250 ms, doubled each time up to 30 s, and spread. */
export function backOffMs(failures: number, random: () => number): number {
  const longest = Math.min(30_000, 250 * 2 ** Math.min(failures - 1, 16))
  return longest * (0.5 + random() / 2)
}
