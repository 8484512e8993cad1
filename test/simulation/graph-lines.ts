/** The telephone side of a schedule when calls come from Graph: the pretended call service, and the bot's real client in front of it. */
import { asking } from '../../src/assemble/graph-calls.ts'
import { type Caller } from '../../src/core/lane.ts'
import { Graph } from '../../src/graph/client.ts'
import { GraphSource } from '../../src/source/graph/graph.ts'
import { type CallSource } from '../../src/source/source.ts'
import { Legs } from '../../src/switchboard/legs.ts'
import { CallService } from '../graph/call-service.ts'
import { type Incoming, type PretendCall, type Traffic } from '../graph/pretend-call.ts'
import { type Connection, type Lines, type LinesParts } from './lines.ts'

const voicemailNumber = '+442079461111'
const tenantId = 'tenant'
/** A bot that does not answer is told again after so long. */
const patienceMs = 1000
const slowest = 600

export class GraphLines implements Lines {
  readonly name = 'graph'
  readonly #parts: LinesParts
  readonly #service: CallService
  /** How often each call was heard to have failed. */
  readonly #heard = new Map<string, number>()

  readonly #turnedAway: string[] = []
  /** Calls that the bot noted down, rung by it or not. */
  readonly #offered = new Set<string>()
  /** Callers for whom the owner wants Teams to ring by itself. */
  readonly #ringTeams = new Set<string>()

  constructor(parts: LinesParts, witness?: (seen: Traffic) => void) {
    this.#parts = parts
    const { dice, after, trouble, tell, acknowledged, source: life } = parts
    const post = (body: object) => this.#post(body)
    const how = witness ? { witness } : {}
    this.#service = new CallService({
      dice,
      after,
      trouble,
      tell,
      acknowledged,
      tenantId,
      slowest,
      post,
      life,
      ...how,
    })
  }

  connect({ store, clock, hear }: Connection): CallSource {
    const token = () => Promise.resolve('token')
    const { send } = this.#service
    const graph = new Graph({ token, send, clock, random: () => 0.5, count: () => undefined })
    return new GraphSource({
      own: {
        callbackUri: 'https://pickup.contoso.com/api/graph/calls',
        ringbackUri: 'https://pickup.contoso.com/ringback.wav',
      },
      tenantId,
      ownerOf: (account) => Promise.resolve(ownerIn(account)),
      defaultOwner: '',
      voicemailNumber,
      mostCalls: 100,
      hear: async (source, event) => {
        const heard = await hear(source, event)
        if (event.is === 'offered') this.#offered.add(event.id)
        if (event.is === 'connectFailed' && heard === 'accepted')
          this.#heard.set(event.id, (this.#heard.get(event.id) ?? 0) + 1)
        return heard
      },
      book: new Legs(store, () => clock.now(), this.name),
      ask: asking(graph),
      objectIdOf: (named) => Promise.resolve(named),
      notForwarded: () => Promise.resolve('missed'),
      teamsRings: (_, { number = '' }) => {
        const to = ['bo@contoso.com', 'cy@contoso.com']
        return Promise.resolve(this.#ringTeams.has(number) ? { to, seconds: 20 } : null)
      },
      turnedAway: (why) => this.#turnedAway.push(`a call was turned away: ${why}`),
    })
  }

  /** Graph tells whose call it is in several ways. */
  callIn(id: string, owner: string, caller: Caller): void {
    const whose = this.#parts.dice.pick<Pick<Incoming, 'account' | 'forwardedBy' | 'onBehalfOf'>>([
      { account: accountOf(owner) },
      { account: 'somebody’s', forwardedBy: owner },
      { account: 'somebody’s', onBehalfOf: owner },
    ])
    const { number = '' } = caller
    if (this.#parts.dice.chance(0.2)) this.#ringTeams.add(number)
    this.#service.callIn({ id, from: { phone: number }, ...whose })
  }

  hangUp(id: string): void {
    this.#service.hangUp(id)
  }

  /** A failure that is heard too late to change anything is one, too. */
  get failures(): ReadonlyMap<string, number> {
    return new Map(
      [...this.#service.calls].map(([id, call]) => [id, Math.max(this.#heard.get(id) ?? 0, call.failures)]),
    )
  }

  /** As the caller's side carried them out, without repetitions in a row. */
  get orders(): ReadonlyMap<string, readonly string[]> {
    return new Map([...this.#service.calls].map(([id, call]) => [id, ordersOf(call)]))
  }

  takenBy(id: string): string | null {
    const { takenBy = null, isUnheard = true } = this.#service.calls.get(id) ?? {}
    return isUnheard || takenBy === voicemailNumber ? null : takenBy
  }

  isLetDown(id: string): boolean {
    return this.#service.calls.get(id)?.end === 'unanswered'
  }

  isGone(id: string): boolean {
    const { end = null, refused = 0, failures = 0 } = this.#service.calls.get(id) ?? {}
    return end === 'hungUp' || end === 'unanswered' || end === 'handedOver' || refused + failures > 0
  }

  wrong(): readonly string[] {
    const calls = [...this.#service.calls.values()]
    return [
      ...this.#service.wrong,
      ...this.#turnedAway,
      ...calls
        .filter(({ state }) => state !== 'terminated')
        .map(({ id, state }) => `${id} still is ${state}: nobody lets the caller go`),
      ...calls
        .filter(({ id, handedTo }) => handedTo.length > 0 && !this.#offered.has(id))
        .map(({ id }) => `${id} was handed over, and nobody noted it`),
      ...calls.filter(({ handedTo }) => handedTo.length > 1).map(({ id }) => `${id} was handed over twice`),
    ]
  }

  /** The status with which whichever bot lives now answers; null when it dies over it, or there is none. */
  #post(body: object): Promise<number | null> {
    const { source, after } = this.#parts
    const graph = source()
    return new Promise((resolve) => {
      after(patienceMs, () => {
        resolve(null)
      })
      if (graph instanceof GraphSource)
        graph.receive(body).then(
          (status) => {
            resolve(source() === graph ? status : null)
          },
          () => {
            resolve(503)
          },
        )
    })
  }
}

/** The resource account that takes somebody's calls, and back again. */
function accountOf(owner: string): string {
  return `line of ${owner}`
}

function ownerIn(account: string): string | null {
  return account.startsWith(accountOf('')) ? account.slice(accountOf('').length) : null
}

/** What was decided, in the words of other telephone systems. */
function ordersOf({ done }: PretendCall): readonly string[] {
  const orders = done.flatMap((words) => orderIn(words) ?? [])
  return orders.filter((order, index) => order !== orders[index - 1])
}

function orderIn(words: string): string | null {
  const [action, what = '', ...others] = words.split(' ')
  if (action === 'hangUp') return 'missed'
  if (action === 'reject') return what === 'busy' ? 'busy' : 'missed'
  if (action !== 'redirect' && action !== 'transfer') return null
  if (others.length > 0) return 'leftToTeams'
  return what === voicemailNumber ? 'voicemail' : `connect ${what}`
}
