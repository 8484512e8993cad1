/** The other ends of the three sources: nobody, a telephone system behind the webhook, and a pretended Graph. */
import { asking } from '../../src/assemble/graph-calls.ts'
import { type Caller } from '../../src/core/lane.ts'
import { Graph } from '../../src/graph/client.ts'
import { GraphSource } from '../../src/source/graph/graph.ts'
import { signed } from '../../src/source/signature.ts'
import { SimulatedSource } from '../../src/source/simulated.ts'
import { WebhookSource } from '../../src/source/webhook.ts'
import { Legs } from '../../src/switchboard/legs.ts'
import { CallService } from '../graph/call-service.ts'
import { Dice } from '../simulation/dice.ts'
import { type FarSide, type Near, objectIdOf } from './line.ts'

export const voicemailNumber = '+442079461111'
const owner = 'ann@contoso.com'
export const carl: Caller = { kind: 'pstn', name: 'Carl', number: '+442079460000' }

export function simulatedFar({ hear, clock }: Near): FarSide {
  let next = ''
  const failing = new Set<string>()
  const source = new SimulatedSource({
    hear,
    newId: () => next,
    wait: (ms) => new Promise((done) => clock.after(ms, done)),
  })
  const callIn = async (id: string) => {
    next = id
    await source.call({ owner, caller: carl, connectFails: failing.has(id) })
  }
  return {
    source,
    callIn,
    hangUp: async (id) => void (await source.hangUp(id)),
    sayEnd: async (id) => void (await source.hangUp(id)),
    sayAgain: callIn,
    told: () => null,
    connectWords: () => '',
    failNext: (id) => failing.add(id),
    handedOver: () => Promise.resolve(),
  }
}

export function webhookFar({ hear, clock }: Near): FarSide {
  const secret = 'a secret of more than sixteen characters'
  const orders: Array<Readonly<Record<string, string>>> = []
  const said = new Map<string, object[]>()
  const failing = new Set<string>()
  const source = new WebhookSource({
    secret,
    hear,
    now: () => clock.now(),
    wall: () => clock.wall(),
    random: () => 0,
    maySend: () => true,
    send: ({ body }) => {
      const order = JSON.parse(typeof body === 'string' ? body : '{}') as Record<string, string>
      orders.push(order)
      const id = order['id'] ?? ''
      if (order['do'] === 'connect' && failing.delete(id)) void say(id, { event: 'connectFailed' })
      return Promise.resolve({ is: 'answered', status: 200, body: null })
    },
  })
  const post = async (event: object) => {
    const raw = Buffer.from(JSON.stringify(event))
    await source.receive(signed(raw.toString(), secret, clock.now()), raw, event)
  }
  const say = async (id: string, event: object) => {
    said.set(id, [...(said.get(id) ?? []), { id, ...event }])
    await post({ id, ...event })
  }
  return {
    source,
    callIn: (id) => say(id, { event: 'offered', owner, caller: carl, replyUrl: 'https://pbx.contoso.com/' }),
    hangUp: (id) => say(id, { event: 'ended' }),
    sayEnd: (id) => post({ id, event: 'ended' }),
    sayAgain: async (id) => {
      for (const event of said.get(id) ?? []) await post(event)
    },
    told: (id) =>
      orders
        .filter((order) => order['id'] === id)
        .map((order) => [order['do'], order['to']].join(' ').trim()),
    connectWords: (address) => `connect ${address}`,
    failNext: (id) => failing.add(id),
    handedOver: (id) => say(id, { event: 'connected' }),
  }
}

export function graphFar({ hear, clock, store, directory }: Near): FarSide {
  const said = new Map<string, object[]>()
  const after = (ms: number, run: () => void) => clock.after(ms, run)
  const service: CallService = new CallService({
    dice: new Dice(7),
    after,
    trouble: () => 0,
    tenantId: 'tenant',
    slowest: 20,
    post: async (body) => {
      const [, id = ''] = /\/calls\/([^/"]+)/u.exec(JSON.stringify(body)) ?? []
      said.set(id, [...(said.get(id) ?? []), body])
      // Where nothing is kept any more, nobody answers.
      return source.receive(body).catch(() => null)
    },
  })
  const graph = new Graph({
    token: () => Promise.resolve('token'),
    send: service.send,
    clock,
    random: () => 0,
    count: () => undefined,
  })
  const source: GraphSource = new GraphSource({
    own: { callbackUri: 'https://contoso.com/calls', ringbackUri: 'https://contoso.com/ringback.wav' },
    tenantId: 'tenant',
    ownerOf: () => Promise.resolve(owner),
    defaultOwner: '',
    voicemailNumber,
    mostCalls: 10,
    hear,
    book: new Legs(store, () => clock.now(), 'graph'),
    ask: asking(graph),
    objectIdOf: (named) => directory.objectIdOf(named),
    notForwarded: () => Promise.resolve('missed'),
    teamsRings: () => Promise.resolve(null),
    turnedAway: () => undefined,
  })
  return {
    source,
    callIn: (id) => {
      service.callIn({
        id,
        from: { phone: `${carl.number ?? ''}${service.calls.size}`, name: 'Carl' },
        account: 'line',
      })
      return Promise.resolve()
    },
    sayEnd: async (id) => {
      const one = { changeType: 'deleted', resourceUrl: `/communications/calls/${id}`, resourceData: {} }
      await source.receive({ value: [one] })
    },
    hangUp: (id) => {
      service.hangUp(id)
      return Promise.resolve()
    },
    sayAgain: async (id) => {
      for (const body of said.get(id) ?? []) await source.receive(body)
    },
    told: (id) => {
      const words = (service.calls.get(id)?.done ?? []).filter((one) =>
        /^(redirect|transfer|reject|hangUp)/u.test(one),
      )
      return words.map((one) => one.replace(/^(redirect|transfer)/u, 'connect'))
    },
    connectWords: (address) => `connect ${objectIdOf(address.split('@')[0] ?? '')}`,
    failNext: () => {
      service.redirectsFail = 1
    },
    handedOver: () => Promise.resolve(),
  }
}
