/** A lane in the hands of an instance, and the effects in it. */
import { type EffectRow } from './lane-table.ts'

export type Lane = {
  readonly name: string
  effects: readonly EffectRow[]
  failures: number
  /** Until when nobody else can have taken it: by the clock that nobody sets. */
  heldUntil: number
}

export function isHeld({ heldUntil }: Lane): boolean {
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
