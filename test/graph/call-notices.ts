/** How Graph tells of calls: late, in any order, twice, several at once, in odd spellings, and again until somebody listens. */
import type {
  Call,
  CallState,
  CommunicationsIdentitySet,
  Identity,
  ChangeType,
  IncomingContext,
  CommsNotification,
  ResultInfo,
} from '@microsoft/microsoft-graph-types'
import { type CallServiceParts, type Incoming, type PretendCall } from './pretend-call.ts'

export type Notified = { readonly resultInfo: (ResultInfo & { subCode?: number }) | null }

type Typed<T> = T & { readonly '@odata.type': string }
type Notice = Typed<CommsNotification> & { readonly resource?: string; readonly resourceData: unknown }

const mostTries = 60
/** Graph asks again after so long, nobody knows how often. */
const againMs = 1000

export class CallNotices {
  readonly #parts: CallServiceParts
  #waiting: Notice[] = []

  readonly #lost: (id: string) => void

  /** `lost` is told of calls about which a notice never came. */
  constructor(parts: CallServiceParts, lost: (id: string) => void) {
    this.#parts = parts
    this.#lost = lost
  }

  /** The first notice of a call may come in the format before this one, which is to be answered with 204. */
  incoming(incoming: Incoming, acknowledged: () => void): void {
    const notice = this.#notice('created', incoming.id, '', this.#callOf(incoming))
    const { dice, after, slowest } = this.#parts
    const send = () => {
      this.#post([notice], acknowledged)
    }
    if (!dice.chance(0.2)) {
      after(1 + dice.below(slowest), send)
      return
    }
    after(1 + dice.below(slowest), () => {
      const legacy = { id: incoming.id, callState: 'incoming', links: {} }
      const again = (status: number | null) => {
        if (status === 204) send()
        else after(againMs, () => void this.#parts.post(legacy).then(again))
      }
      void this.#parts.post(legacy).then(again)
    })
  }

  state(
    call: PretendCall,
    changeType: ChangeType,
    state: CallState,
    result: Notified['resultInfo'] = null,
  ): void {
    const { dice } = this.#parts
    // What ends without a word of why may end without any word.
    const isBare = changeType === 'deleted' && result === null
    const data = isBare
      ? {}
      : { ...this.#spelled(state), ...(result ? { resultInfo: this.#written(result) } : {}) }
    this.#tell(this.#notice(changeType, call.id, '', { '@odata.type': '#microsoft.graph.call', ...data }))
    if (dice.chance(0.1)) this.#tell(this.#notice('updated', call.id, '', { state: 'ringing' }, true))
  }

  participants({ id }: PretendCall): void {
    const participant = {
      '@odata.type': '#microsoft.graph.participant',
      id: 'p1',
      isMuted: false,
      isInLobby: false,
    }
    this.#tell(this.#notice('updated', id, '/participants', [participant]))
  }

  operation({ id }: PretendCall, operation: { readonly id: string; readonly status: string }): void {
    this.#tell(this.#notice('deleted', id, `/operations/${operation.id}`, operation))
  }

  /** What a call looks like to whoever asks for it. */
  callNow({ id, state }: PretendCall): Typed<Call> {
    return { '@odata.type': '#microsoft.graph.call', id, state, direction: 'incoming' }
  }

  #callOf({ id, from, account, chain, forwardedBy, onBehalfOf }: Incoming): Typed<Call> {
    const { tenantId } = this.#parts
    const who = { '@odata.type': '#microsoft.graph.identity', displayName: from.name ?? null }
    const identity =
      from.phone === undefined
        ? { user: { ...who, id: from.user, tenantId: from.tenant === null ? null : tenantId } }
        : { phone: { ...who, id: from.phone } }
    const line: CommunicationsIdentitySet & { applicationInstance: Typed<Identity> & { tenantId: string } } =
      { applicationInstance: { '@odata.type': '#microsoft.graph.identity', id: account, tenantId } }
    const route = { original: { user: { id: forwardedBy } }, final: line, routingType: 'forwarded' } as const
    return {
      '@odata.type': '#microsoft.graph.call',
      id,
      state: 'incoming',
      direction: 'incoming',
      callbackUri: 'https://pickup.contoso.com/api/graph/calls',
      tenantId,
      callChainId: chain ?? `chain of ${id}`,
      requestedModalities: ['audio'],
      myParticipantId: 'p0',
      source: { identity, region: 'emea', languageId: 'en-GB' },
      targets: [{ identity: line }],
      ...(forwardedBy === undefined ? {} : { callRoutes: [route] }),
      ...(onBehalfOf === undefined ? {} : { incomingContext: contextOf(onBehalfOf) }),
    }
  }

  #notice(changeType: ChangeType, id: string, below: string, resourceData: unknown, isOdd = false): Notice {
    return {
      '@odata.type': '#microsoft.graph.commsNotification',
      changeType,
      resourceUrl: `/communications/calls/${id}${below}`,
      ...(this.#parts.dice.chance(0.3) ? { resource: `/app/calls/${id}${below}` } : {}),
      resourceData: isOdd ? { ...(resourceData as object), odd: true } : resourceData,
    }
  }

  #spelled(state: CallState): object {
    return { state: this.#parts.dice.chance(0.2) ? state.charAt(0).toUpperCase() + state.slice(1) : state }
  }

  /** The metadata says subcode, some pages say subCode. */
  #written({ subcode, ...rest }: ResultInfo): object {
    return this.#parts.dice.chance(0.3) ? { ...rest, subCode: subcode } : { ...rest, subcode }
  }

  /** Comes late, perhaps twice, perhaps with others. */
  #tell(notice: Notice): void {
    const { dice, after, slowest, trouble } = this.#parts
    if (dice.chance(trouble() / 10)) {
      this.#lost(/\/calls\/([^/]+)/u.exec(notice.resourceUrl ?? '')?.[1] ?? '')
      return
    }
    if (dice.chance(0.1)) {
      this.#waiting.push(notice)
      after(slowest, () => {
        const together = this.#waiting.splice(0)
        if (together.length > 0) this.#post(together.reverse())
      })
      return
    }
    for (let copies = dice.chance(0.2) ? 2 : 1; copies > 0; copies -= 1)
      after(1 + dice.below(dice.chance(0.1) ? 10 * slowest : slowest), () => {
        this.#post([notice])
      })
  }

  #post(value: readonly Notice[], acknowledged?: () => void, tries = 0): void {
    const { after, post, witness } = this.#parts
    const body = { '@odata.type': '#microsoft.graph.commsNotifications', value }
    if (tries === 0) witness?.({ is: 'notified', body })
    void post(body).then((status) => {
      if (status !== null && status < 300) acknowledged?.()
      else if (tries < mostTries)
        after(againMs, () => {
          this.#post(value, acknowledged, tries + 1)
        })
    })
  }
}

function contextOf(onBehalfOf: string): Typed<IncomingContext> {
  return {
    '@odata.type': '#microsoft.graph.incomingContext',
    sourceParticipantId: 'p1',
    onBehalfOf: { user: { id: onBehalfOf } },
  }
}
