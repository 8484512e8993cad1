/** What Microsoft Graph is asked about people: who may take a call now, and who may share calls at all. */
import { type Clock } from '../clock.ts'
import { type Presence } from '../core/lane.ts'
import { isObjectId, type PersonId } from '../core/person.ts'
import { type Environment } from '../environment/environment.ts'
import { Graph } from '../graph/client.ts'
import { graphPresence } from '../graph/presence.ts'
import { Refresher } from '../graph/refresher.ts'
import { userConfiguration, type UserConfiguration } from '../graph/user-configuration.ts'
import { type Metrics } from '../metrics.ts'
import { type Store } from '../store/store.ts'
import { type Directory } from '../switchboard/directory.ts'
import { every } from '../switchboard/every.ts'
import { type RightsDesk } from '../switchboard/rights.ts'
import { type PresenceOf } from '../switchboard/switchboard.ts'
import { ownToken } from '../wire/own-token.ts'
import { send } from '../wire/wire.ts'

export type GraphReads = {
  /** Absent: everybody is available. */
  readonly presence?: PresenceOf
  /** Keeps asking who may share calls, in the background; absent: an admin says so by hand. */
  readonly eligibility?: {
    readonly start: () => void
    /** Somebody new is asked about at once. */
    readonly soon: (person: PersonId) => void
    readonly stop: () => Promise<void>
  }
}

export type GraphReadsParts = {
  readonly store: Store
  readonly directory: Directory
  readonly rights: RightsDesk
  readonly clock: Clock
  readonly metrics: Metrics
  /** Whether this instance asks about everybody; unless given it does. */
  readonly hasDuty?: (name: string) => Promise<boolean>
  /** The bot's token for Graph; had from the login host unless given. */
  readonly token?: () => Promise<string>
}

/** Nothing is asked that GRAPH_READS does not name. */
export function graphReads(
  { identity, graphReads: reads, graphUrl: baseUrl }: Environment,
  parts: GraphReadsParts,
): GraphReads {
  const { clock, metrics, token } = parts
  if (identity === null || reads.length === 0) return {}
  const ask = { baseUrl, token: token ?? ownToken(identity, 'graph', clock), count: metrics.graph }
  const graph = new Graph({ ...ask, send, clock, random: Math.random })
  return {
    ...(reads.includes('presence') ? { presence: presence(graph, parts) } : {}),
    ...(reads.includes('eligibility') ? { eligibility: refresher(graph, parts) } : {}),
  }
}

/** Graph knows people by object id only; whoever has none is not in the answer. */
function presence(graph: Graph, { directory }: GraphReadsParts): PresenceOf {
  const ofObjects = graphPresence(graph)
  return async (people) => {
    const named = await Promise.all(
      people.map(async (person) => [person, await objectIdOf(directory, person)] as const),
    )
    const found = await ofObjects(named.flatMap(([, objectId]) => objectId ?? []))
    return new Map<PersonId, Presence>(
      named.flatMap(([person, objectId]) => {
        const one = objectId === null ? undefined : found.get(objectId)
        return one === undefined ? [] : [[person, one]]
      }),
    )
  }
}

function refresher(graph: Graph, { store, directory, rights, clock, metrics, hasDuty }: GraphReadsParts) {
  const found = new Refresher<UserConfiguration>({
    people: () => peopleOf(store, hasDuty),
    look: async (person) => {
      const objectId = await objectIdOf(directory, person)
      return objectId === null ? { is: 'notFound' } : userConfiguration(graph, objectId)
    },
    keep: (person, { eligibility, policyName }) => rights.found(person, { eligibility, policy: policyName }),
    clock,
    count: metrics.lookUp,
  })
  return {
    start: () => {
      found.start()
    },
    soon: (person: PersonId) => {
      found.soon(person)
    },
    stop: () => found.stop(),
  }
}

/** Nearly everybody is kept under their object id: nothing is read then. */
async function objectIdOf(directory: Directory, person: PersonId): Promise<string | null> {
  return isObjectId(person) ? person : directory.objectIdOf(person)
}

/** Everybody with an object id. Throws when another instance asks about them. */
async function* peopleOf(
  store: Store,
  hasDuty?: (name: string) => Promise<boolean>,
): AsyncGenerator<PersonId> {
  for await (const { id, doc } of every(store, 'person')) {
    if ((await hasDuty?.('eligibility')) === false) throw new Error('another instance looks people up')
    if (isObjectId(id) || doc.objectId !== undefined) yield id
  }
}
