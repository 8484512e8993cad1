/** Two records of one person become one: whoever was known by an address only turns out to be somebody else kept here. */
import { absorb } from '../core/absorb.ts'
import { type PersonId, plainAddress } from '../core/person.ts'
import { theBot } from './author.ts'
import { type Directory } from './directory.ts'
import { type SettingsDesk } from './settings.ts'

/** Gives a person their address; whoever was kept under it before is them, and brings all others counted on along. */
export async function linkAddress(
  { directory, settings }: { readonly directory: Directory; readonly settings: SettingsDesk },
  person: { readonly id: PersonId; readonly name: string; readonly address?: string },
  address: string,
): Promise<void> {
  const plain = plainAddress(address)
  const other = await directory.find(plain)
  if (other !== null && other !== person.id)
    await settings.change(theBot, (who) => absorb(who(person.id), who(other), who))
  if (other !== person.id || person.address !== plain)
    await directory.giveAddress(person.id, plain, person.name)
}
