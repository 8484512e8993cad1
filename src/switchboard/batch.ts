/** Batches for the store, put together from several decisions. */
import { type Batch } from '../store/store.ts'

/** One batch that does what all of these do. */
export function merged(...batches: readonly Batch[]): Batch {
  return {
    puts: batches.flatMap((batch) => batch.puts ?? []),
    memberships: batches.flatMap((batch) => batch.memberships ?? []),
    setTimers: batches.flatMap((batch) => batch.setTimers ?? []),
    cancelTimers: batches.flatMap((batch) => batch.cancelTimers ?? []),
    effects: batches.flatMap((batch) => batch.effects ?? []),
    history: batches.flatMap((batch) => batch.history ?? []),
    audit: batches.flatMap((batch) => batch.audit ?? []),
  }
}
