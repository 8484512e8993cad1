/** What instances agree on by way of their database. */
import { type Quota, type Instances, type Wanted } from '../instances.ts'
import { type Database } from './database.ts'
import { type Effects } from './effects.ts'
import { kept } from './text.ts'

export type InstancesParts = {
  readonly database: Database
  readonly effects: Effects
  /** A name for this instance that no other has had. */
  readonly me: string
}

/** How long a duty stays with an instance that asks for it no more: milliseconds. */
const dutyMs = 60_000
const heardMs = 60_000

export class PostgresInstances implements Instances {
  readonly #parts: InstancesParts
  /** Until when a duty need not be asked for again. */
  readonly #duties = new Map<string, number>()

  constructor(parts: InstancesParts) {
    this.#parts = parts
  }

  isStillOurs(): boolean {
    return this.#parts.effects.isStillOurs()
  }

  async takeSlots(wanted: readonly Wanted[], most: number): Promise<Quota> {
    const [row] = await this.#parts.database.once<{ granted: readonly number[]; again_ms: number }>(
      'slots',
      'select * from take_slots($1, $2, $3, $4)',
      [
        this.#parts.me,
        wanted.map(({ conversation }) => kept(conversation)),
        wanted.map(({ priority }) => priority),
        most,
      ],
    )
    return { granted: (row?.granted ?? []).map((place) => place - 1), againMs: row?.again_ms ?? 0 }
  }

  async wasHeard(name: string): Promise<boolean> {
    const text = 'select from heard where name = $1 and at > now_ms() - $2::bigint'
    return (await this.#parts.database.query('wasHeard', text, [kept(name), heardMs])).length > 0
  }

  async heard(name: string): Promise<void> {
    const text = `insert into heard as h (name, at) values ($1, now_ms())
      on conflict (name) do update set at = excluded.at`
    await this.#parts.database.query('heard', text, [kept(name)])
  }

  async hasDuty(name: string): Promise<boolean> {
    const now = performance.now()
    if (now < (this.#duties.get(name) ?? 0)) return true
    const text = 'select take_duty($1, $2, $3) as mine'
    const [row] = await this.#parts.database.query<{ mine: boolean }>('duty', text, [
      this.#parts.me,
      name,
      dutyMs,
    ])
    if (row?.mine === true) this.#duties.set(name, now + dutyMs / 2)
    return row?.mine === true
  }

  /** Forgets what is of no use any more. */
  async forget(): Promise<void> {
    await this.#parts.database.once('forgetHeard', 'select forget_heard($1)', [heardMs])
  }
}
