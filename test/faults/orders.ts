/** What a bot under test is told to suffer, while it runs: written to a file that its preload looks at. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Steps count from 1, anew with each new order. */
export type Orders = {
  /** The process ends just before or just after this step. */
  readonly kill?: { readonly at: number; readonly moment: 'before' | 'after' }
  /** Steps of these kinds fail from the `at`th of them on. */
  readonly fail?: { readonly code: string; readonly at: number; readonly kinds: readonly StepKind[] }
  /** No write takes more than this, and calls that no error. */
  readonly takes?: 'half' | 'nothing'
  /** So many promises are rejected at once, and nobody looks after them. */
  readonly reject?: number
  /** The next request that the bot makes throws, as a bug would. */
  readonly throwInRequest?: true
}

/** `open` means: to write. The last two are no steps, only written down: a request that came in, and its answer. */
export type StepKind = 'open' | 'write' | 'sync' | 'truncate' | 'rename' | 'remove'
export type Step = { readonly kind: StepKind | 'heard' | 'answered'; readonly what: string }

/** Whether this changes a file. */
export function isStep({ kind }: Step): boolean {
  return kind !== 'heard' && kind !== 'answered'
}

export class Suffering {
  readonly folder: string

  private constructor(folder: string) {
    this.folder = folder
  }

  static async begin(orders: Orders = {}): Promise<Suffering> {
    const suffering = new Suffering(await mkdtemp(join(tmpdir(), 'pickup-orders-')))
    await writeFile(join(suffering.folder, 'steps'), '')
    await suffering.order(orders)
    return suffering
  }

  async order(orders: Orders): Promise<void> {
    await writeFile(join(this.folder, 'orders.json'), JSON.stringify(orders))
  }

  /** What the process has done so far, in order. */
  async steps(): Promise<readonly Step[]> {
    const lines = (await readFile(join(this.folder, 'steps'), 'utf8'))
      .split('\n')
      .filter((line) => line !== '')
    return lines.map((line) => JSON.parse(line) as Step)
  }

  async end(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }
}
