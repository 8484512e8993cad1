/** How much is measured. What `--quick` measures shows that the bench runs, and nothing else. */
export type Scale = {
  readonly rounds: number
  /** Message turns of each server in a round. */
  readonly turns: number
  /** Calls that are picked up in a round. */
  readonly clicks: number
  /** Calls that ring 25 members in a round. */
  readonly rings: number
  /** How many people the stores hold. */
  readonly people: readonly number[]
  readonly commits: number
  /** Calls that come and go in the measurement of calls a second. */
  readonly calls: number
  /** Timers whose lateness is measured, ten a second. */
  readonly timers: number
  /** How many people there are at a start, and while the longest block is looked for. */
  readonly startPeople: number
  readonly blockPeople: number
  readonly expansions: number
}

export const full: Scale = {
  rounds: 5,
  turns: 3000,
  clicks: 1000,
  rings: 40,
  people: [100, 1000, 10_000, 100_000],
  commits: 1000,
  calls: 1000,
  timers: 400,
  startPeople: 100_000,
  blockPeople: 10_000,
  expansions: 1000,
}

export const quick: Scale = {
  rounds: 2,
  turns: 300,
  clicks: 100,
  rings: 5,
  people: [100, 1000],
  commits: 200,
  calls: 100,
  timers: 50,
  startPeople: 5000,
  blockPeople: 1000,
  expansions: 100,
}
