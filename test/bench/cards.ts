/** How long the card of a group with 25 members takes to be filled in. */
import { median, quantile, short } from './numbers.ts'
import { alone } from './process.ts'
import { type Scale } from './scale.ts'
import { type Row } from './table.ts'

export async function measureCards({ expansions }: Scale): Promise<readonly Row[]> {
  const took = (await alone(new URL('expanding.js', import.meta.url), 'expand', [expansions])) as {
    readonly template: readonly number[]
    readonly plain: readonly number[]
  }
  const ms = median(took.template)
  return [
    {
      what: 'the card of a group of 25, filled in: at most 1 ms, better 0.5',
      peer: 'JSON.parse of the finished card',
      ratio: ms / median(took.plain),
      figure: `${short(ms)} ms p50, ${short(quantile(took.template, 0.99))} ms p99`,
    },
  ]
}
