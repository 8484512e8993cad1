/** Asks Teams who people are: everybody once a day, and at once whoever comes under another name. Cards go first. */
import { type Arrivals, askedAgainMs } from '../chat/arrivals.ts'
import { type Member, type Messenger, type SendFailure } from '../chat/send/messenger.ts'
import { type Clock } from '../clock.ts'
import { type PersonId } from '../core/person.ts'
import { type GraphFailure } from '../graph/answer.ts'
import { type Found, Refresher } from '../graph/refresher.ts'
import { type Store } from '../store/store.ts'
import { type Directory } from '../switchboard/directory.ts'
import { every } from '../switchboard/every.ts'

export type RosterParts = {
  readonly store: Store
  readonly directory: Directory
  readonly messenger: Pick<Messenger, 'member'>
  readonly told: Arrivals['told']
  readonly clock: Clock
  readonly count: (result: string) => void
  /** Whether this instance asks about everybody; unless given it does. */
  readonly hasDuty?: (name: string) => Promise<boolean>
}

/** How often is looked for people whose day is over: milliseconds. */
const roundsMs = 60 * 60 * 1000

/** Nobody is asked about who is not reached through Teams: other channels have no roster. */
export function roster(parts: RosterParts): Refresher<Member | null> {
  const { directory, messenger, told, clock, count } = parts
  const look = async (id: PersonId): Promise<Found<Member | null> | GraphFailure> => {
    const { reach } = await directory.person(id)
    if (reach?.channel !== 'msteams') return { is: 'notFound' }
    const member = await messenger.member(reach, reach.user)
    return member.is === 'member' ? { is: 'found', configuration: member } : failure(member)
  }
  const people = () => peopleOf(parts)
  return new Refresher({ people, look, keep: told, clock, count }, { everyMs: roundsMs })
}

/** Whoever Teams does not know, or does not let be asked about, is not asked about again before a day has passed. */
function failure({ is, ...more }: SendFailure): Found<null> | GraphFailure {
  if (is === 'gone' || is === 'unreachable' || is === 'refused') return { is: 'found', configuration: null }
  if ('retryAfterMs' in more) return { is: 'throttled', retryAfterMs: more.retryAfterMs }
  return { is: 'transient', mayBeDone: false }
}

async function* peopleOf({ store, clock, hasDuty }: RosterParts): AsyncGenerator<PersonId> {
  for await (const { id, doc } of every(store, 'person')) {
    const isDue = (doc.teams?.askedAt ?? 0) + askedAgainMs <= clock.now()
    if (doc.reach?.channel !== 'msteams' || !isDue) continue
    if ((await hasDuty?.('roster')) === false) throw new Error('another instance asks about everybody')
    yield id
  }
}
