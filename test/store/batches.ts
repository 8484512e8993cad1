/** Small batches for tests. The document kind is the smallest there is; the store does not look inside. */
import { type Batch, type Effect, type HistoryRow, type Put, type Timer } from '../../src/store/store.ts'

export function put(id: string, expect: number, at = 0): Put {
  return { kind: 'endedEarly', id, expect, doc: { at } }
}

export function removal(id: string, expect: number): Put {
  return { kind: 'endedEarly', id, expect, doc: null }
}

export function timer(key: string, due: number): Timer {
  return { key, due, event: { is: 'timeUp', id: key } }
}

export function effect(lane: string, id: string, priority: 0 | 1 | 2 = 1): Effect {
  return { lane, work: { do: 'show', id }, priority }
}

export function row(call: string, at: number, people: readonly string[]): HistoryRow {
  return { at, call, owner: people[0] ?? '', people, caller: 'Cy', outcome: 'missed', secondsRung: 20 }
}

/** A bit of everything. */
export function batchOf(id: string): Batch {
  return {
    puts: [put(id, 0)],
    memberships: [{ change: 'join', owner: 'ann', member: id }],
    setTimers: [timer(id, 2e12)],
    effects: [effect('lane', id)],
    history: [row(id, 1.7e12, [id])],
  }
}
