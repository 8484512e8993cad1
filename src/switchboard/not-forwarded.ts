/** What follows when a call source could not send a call on to where its owner wants it. */
import { mayUseVoicemail } from '../core/effective-rules.ts'
import { readPhoneNumber } from '../core/person.ts'
import { type Desks } from './desks.ts'
import { told } from './effects.ts'

/** Tells the owner of the call whom or what it could not reach, and answers where it goes instead. */
export async function notForwarded(
  { store, directory, settings }: Pick<Desks, 'store' | 'directory' | 'settings'>,
  owner: string,
  to: string,
): Promise<'voicemail' | 'missed'> {
  const id = await directory.find(owner)
  if (id === null) return 'missed'
  const about = readPhoneNumber(to) ?? (await directory.find(to)) ?? to
  await store.commit({ effects: [told(id, 'notForwarded', about)] })
  return (await settings.ask((who) => mayUseVoicemail(who(id)))) ? 'voicemail' : 'missed'
}
