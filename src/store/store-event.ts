/** What the embedded store tells whoever keeps the log; nothing in it is about a person. */
import { type StoreTrouble } from './store.ts'

export type StoreEvent =
  /** The start has to wait; `says` is a sentence for whoever waits. */
  | { readonly is: 'lockedElsewhere'; readonly says: string }
  | { readonly is: 'tailCut'; readonly file: string; readonly bytes: number }
  | { readonly is: 'writeFailed'; readonly trouble: StoreTrouble; readonly error: unknown }
  | { readonly is: 'healed' }
  | { readonly is: 'compacted'; readonly bytes: number }
  | { readonly is: 'compactionFailed'; readonly error: unknown }
  | { readonly is: 'timerFailed'; readonly event: string; readonly error: unknown }
  | { readonly is: 'effectFailed'; readonly work: string; readonly error: unknown }

export type Tell = (notice: StoreEvent) => void
