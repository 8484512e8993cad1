/** Says why a command has to wait for the folder; what else the store notices is for the log of a bot. */
import { type Notice } from '../store/notice.ts'
import { note } from './output.ts'

export function noteWaiting(notice: Notice): void {
  if (notice.is === 'lockedElsewhere') note(notice.says)
}
