/** What Microsoft Graph is asked about people: who may take a call now, and who may share calls at all. */
import { type Environment } from './environment.ts'
import { Graph } from './graph/client.ts'
import { graphPresence } from './graph/presence.ts'
import { Refresher } from './graph/refresher.ts'
import { graphToken } from './graph/token.ts'
import { userConfiguration, type UserConfiguration } from './graph/user-configuration.ts'
import { isObjectId, type PersonId } from './core/person.ts'
import { type Metrics } from './metrics.ts'
import { type Clock } from './store/clock.ts'
import { type Store } from './store/store.ts'
import { every } from './switchboard/every.ts'
import { type RightsDesk } from './switchboard/rights.ts'
import { type PresenceOf } from './switchboard/switchboard.ts'
import { send } from './wire/wire.ts'

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
  const ask = { baseUrl, token: token ?? graphToken(identity, clock), count: metrics.graph }
  const graph = new Graph({ ...ask, send, clock, random: Math.random })
  return {
    ...(reads.includes('presence') ? { presence: graphPresence(graph) } : {}),
    ...(reads.includes('eligibility') ? { eligibility: refresher(graph, parts) } : {}),
  }
}

function refresher(graph: Graph, { store, rights, clock, metrics, hasDuty }: GraphReadsParts) {
  const found = new Refresher<UserConfiguration>({
    people: () => peopleOf(store, hasDuty),
    look: (id) => userConfiguration(graph, id),
    keep: (id, { eligibility, policyName }) => rights.found(id, { eligibility, policy: policyName }),
    clock,
    count: metrics.lookUp,
  })
  return {
    start: () => {
      found.start()
    },
    soon: (person: PersonId) => {
      if (isObjectId(person)) found.soon(person)
    },
    stop: () => found.stop(),
  }
}

/** Graph knows people by object id only. Throws when another instance asks about them. */
async function* peopleOf(
  store: Store,
  hasDuty?: (name: string) => Promise<boolean>,
): AsyncGenerator<PersonId> {
  for await (const { id } of every(store, 'person')) {
    if ((await hasDuty?.('eligibility')) === false) throw new Error('another instance looks people up')
    if (isObjectId(id)) yield id
  }
}
