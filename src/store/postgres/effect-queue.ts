/** A lane in the hands of an instance, and the effects in it. */
import { type EffectRow } from './effect-table.ts'

export type EffectQueue = {
  readonly name: string
  effects: readonly EffectRow[]
  failures: number
  /** Until when nobody else can have taken it: by the clock that nobody sets. */
  heldUntil: number
}

export function isHeld({ heldUntil }: EffectQueue): boolean {
  return performance.now() < heldUntil
}

/** Rows, in their order, by their lane. */
export function byLane(rows: readonly EffectRow[]): ReadonlyMap<string, readonly EffectRow[]> {
  const lanes = new Map<string, EffectRow[]>()
  for (const row of rows) {
    const lane = lanes.get(row.lane)
    if (lane) lane.push(row)
    else lanes.set(row.lane, [row])
  }
  return lanes
}
