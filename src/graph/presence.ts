/** Who is in a call, away or not to be disturbed, asked of Graph when a call comes in. */
import { type Presence } from '../core/lane.ts'
import { isObjectId, type PersonId } from '../core/person.ts'
import { isRecord } from './answer.ts'
import { type Graph } from './client.ts'

/** Graph takes no more ids at once. */
const mostPeople = 650
const inACall = ['inacall', 'inaconferencecall', 'presenting']
/** Away or busy, but free to take a call: only calls and their owner's wish keep a call away. */
const reachable = ['available', 'availableidle', 'away', 'berightback', 'busy', 'busyidle']

/**
 * Asks for everybody at once. People who have no object id, of whom Graph knows nothing, and everybody when Graph does not
 * answer in time, are not in the answer; the caller waits, so nothing is ever thrown and nothing asked for long.
 */
export function graphPresence(
  graph: Pick<Graph, 'read'>,
  deadlineMs = 500,
): (people: readonly PersonId[]) => Promise<ReadonlyMap<PersonId, Presence>> {
  return async (people) => {
    const ids = [...new Set(people)].filter(isObjectId).slice(0, mostPeople)
    if (ids.length === 0) return new Map()
    const answer = await graph.read('/communications/getPresencesByUserId', {
      question: { ids },
      deadlineMs,
    })
    return answer.is === 'done'
      ? presencesIn(answer.body, new Map(ids.map((id) => [id.toLowerCase(), id])))
      : new Map()
  }
}

function presencesIn(body: unknown, asked: ReadonlyMap<string, PersonId>): ReadonlyMap<PersonId, Presence> {
  const value = isRecord(body) ? body['value'] : undefined
  const found = new Map<PersonId, Presence>()
  for (const one of Array.isArray(value) ? value : []) {
    const person = asked.get(wordIn(one, 'id'))
    const presence = presenceOf(wordIn(one, 'availability'), wordIn(one, 'activity'))
    if (person !== undefined && presence !== null) found.set(person, presence)
  }
  return found
}

/**
 * Somebody who chose not to be disturbed stays so in a call, too (presence-admins of Teams); whoever presents is not
 * disturbed by the call itself, and is in it.
 */
function presenceOf(availability: string, activity: string): Presence | null {
  if (availability === 'donotdisturb' && activity !== 'presenting') return 'doNotDisturb'
  if (inACall.includes(activity)) return 'inACall'
  if (availability === 'offline') return 'offline'
  return reachable.includes(availability) ? 'available' : null
}

function wordIn(value: unknown, name: string): string {
  const word = isRecord(value) ? value[name] : undefined
  return typeof word === 'string' ? word.toLowerCase() : ''
}
