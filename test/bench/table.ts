/** The one table of the results, in Markdown. */
import { short } from './numbers.ts'

export type Row = {
  readonly what: string
  /** What it is compared with, in the same run. */
  readonly peer: string
  /** How often the peer's cost; NaN where only the figure counts. */
  readonly ratio: number
  /** The figure itself, with its unit; moves with the machine. */
  readonly figure: string
  readonly must?: number
  readonly goal?: number
}

/** The rows, those with a goal marked by whether they reach it. */
export function tableOf(rows: readonly Row[]): string {
  const head = ['what', 'against', 'ratio', 'must, goal', 'in this run']
  const lines = rows.map(({ what, peer, ratio, figure, must, goal }) => {
    const limits = must === undefined ? '' : `${must}, ${goal ?? must}`
    return [what, peer, Number.isNaN(ratio) ? '' : verdict(short(ratio), ratio, must, goal), limits, figure]
  })
  const all = [head, head.map(() => '---'), ...lines]
  return all.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function verdict(text: string, ratio: number, must = NaN, goal = must): string {
  if (Number.isNaN(must)) return text
  if (ratio <= goal) return `**${text}** ✓`
  return ratio <= must ? `**${text}**` : `${text} ✗`
}
