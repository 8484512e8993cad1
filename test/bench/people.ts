/** A tenant for the measurements: any number of people, each with a call group of the next few. */
import { neverConfigured } from '../../src/core/calling-settings.ts'
import { type PersonId } from '../../src/core/person.ts'
import { callGroup, voicemail } from '../../src/core/target.ts'
import { tenant } from '../../src/playground/chat-client.ts'
import { type Batch, type Put, type Store } from '../../src/store/store.ts'
import { serviceUrl } from '../chat/gate/tokens.ts'
import { upTo } from './numbers.ts'

/** Object ids, as Microsoft Entra gives them. */
export const idOf = (number: number): PersonId =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
export const userOf = (number: number) => `29:1${'a'.repeat(60)}${number}`
export const conversationOf = (number: number) => `a:1${'b'.repeat(60)}${number}`
export const addressOf = (number: number) => `person${number}@contoso.com`
export const nameOf = (number: number) => `Person Number${number}`

const perCommit = 200

/** Keeps so many people; the calls of each ring a group of the `members` after them. */
export async function seed(store: Store, count: number, members: number): Promise<void> {
  for (let first = 0; first < count; first += perCommit) {
    const numbers = upTo(Math.min(perCommit, count - first)).map((step) => first + step)
    const batch: Batch = {
      puts: numbers.flatMap((number) => putsOf(number, count, members)),
      memberships: numbers.flatMap((number) =>
        membersOf(number, count, members).map((member) => ({
          change: 'join',
          owner: idOf(number),
          member: idOf(member),
        })),
      ),
    }
    if ((await store.commit(batch)) !== 'committed') throw new Error('the store was not empty')
  }
}

/** The group of one person: those who come next, the first again after the last. */
export function membersOf(number: number, count: number, members: number): readonly number[] {
  return upTo(Math.min(members, count - 1)).map((step) => (number + 1 + step) % count)
}

function putsOf(number: number, count: number, members: number): readonly Put[] {
  const id = idOf(number)
  const user = userOf(number)
  const reach = {
    channel: 'msteams',
    serviceUrl,
    conversation: conversationOf(number),
    bot: '28:bot',
    user,
    tenant,
  }
  const person = {
    id,
    name: nameOf(number),
    address: addressOf(number),
    reach,
    welcomed: true,
    zone: 'Europe/London',
  }
  const owners = upTo(Math.min(members, count - 1)).map((step) => (number + count - 1 - step) % count)
  const settings = {
    ...neverConfigured,
    group: { members: membersOf(number, count, members).map(idOf), order: 'simultaneous' as const },
    forwarding: { is: 'on' as const, rule: { type: 'immediate' as const, to: callGroup } },
    unanswered: { is: 'on' as const, rule: { after: 60 as const, to: voicemail } },
    memberships: owners.map((owner) => ({ owner: idOf(owner), notification: 'ring' as const })),
  }
  return [
    { kind: 'person', id, expect: 0, doc: person },
    { kind: 'alias', id: addressOf(number), expect: 0, doc: { person: id } },
    { kind: 'alias', id: user, expect: 0, doc: { person: id } },
    { kind: 'settings', id, expect: 0, doc: settings },
  ]
}
