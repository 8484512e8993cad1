/** Two records of one person become one: whoever was known by an address only turns out to be somebody else kept here. */
import { absorb } from '../core/absorb.ts'
import { type PersonId, plainAddress } from '../core/person.ts'
import { type NameSource } from '../store/documents.ts'
import { theBot } from './author.ts'
import { type Directory } from './directory.ts'
import { isSomebodyElse, ownIdOf } from './identity.ts'
import { type SettingsDesk } from './settings.ts'

export type Linked = {
  readonly person: PersonId
  readonly address: string
  /** It leads to them, but is not the one they are known by: a mail address. Nobody else loses it for that. */
  readonly isFurther?: boolean
  readonly name?: string
  readonly source?: NameSource
}

/**
 * Gives a person their address. Whoever was kept under it without being anybody else is them, and brings all others
 * counted on along; whoever is certainly somebody else keeps all they have but the address. False: it is somebody else's.
 */
export async function linkAddress(
  { directory, settings }: { readonly directory: Directory; readonly settings: SettingsDesk },
  { person: id, isFurther = false, ...linked }: Linked,
): Promise<boolean> {
  const address = plainAddress(linked.address)
  const [person, holder] = await Promise.all([directory.person(id), directory.find(address)])
  const isKept = holder === id && (isFurther || person.address === address)
  if (isKept) return true
  if (holder !== null && holder !== id) {
    const isOther = isSomebodyElse(await directory.person(holder), ownIdOf(person))
    if (isOther && isFurther) return false
    if (!isOther) await settings.change(theBot, (who) => absorb(who(id), who(holder), who))
  }
  await directory.giveAddress(id, { ...linked, address, isFurther })
  return true
}
