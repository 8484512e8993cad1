/** Says why a command has to wait for the folder; what else the store notices is for the log of a bot. */
import { type StoreEvent } from '../store/store-event.ts'
import { note } from './output.ts'

export function noteWaiting(notice: StoreEvent): void {
  if (notice.is === 'lockedElsewhere') note(notice.says)
}
