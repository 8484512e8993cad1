/** Joins the parts into a running bot: the store, the switchboard, the call sources, the chat and the server. */
import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Admin } from '../admin/admin.ts'
import { Arrivals } from '../chat/arrivals.ts'
import { createBot } from '../chat/bot.ts'
import { ChatAnnouncer } from '../chat/calls/announcer.ts'
import { toldText } from '../chat/draw/refusal.ts'
import { ChatAdapter } from '../chat/gate/adapter.ts'
import { type After } from '../chat/gate/in-time.ts'
import { SendQuota } from '../chat/send/send-quota.ts'
import { Connector } from '../chat/send/connector.ts'
import { Sender } from '../chat/send/sender.ts'
import { type Clock, realClock } from '../clock.ts'
import { type RingInTeams } from '../core/ring-in-teams.ts'
import { type Environment } from '../environment/environment.ts'
import { type GraphDoor } from '../http/graph-door.ts'
import { playgroundDoor } from '../http/playground-door.ts'
import { type Reply } from '../http/reply.ts'
import { startServer } from '../http/server.ts'
import { TurnedAway } from '../http/turned-away.ts'
import { errorFields, type Log } from '../log.ts'
import { createMetrics, type Metrics } from '../metrics.ts'
import { SimulatedSource } from '../source/simulated.ts'
import { type CallSource, type Hear } from '../source/source.ts'
import { WebhookSource } from '../source/webhook.ts'
import { type Store, StoreFailed } from '../store/store.ts'
import { type Instances } from '../store/instances.ts'
import { type Desks, desksOver } from '../switchboard/desks.ts'
import { type Directory } from '../switchboard/directory.ts'
import { Legs } from '../switchboard/legs.ts'
import { notForwarded } from '../switchboard/not-forwarded.ts'
import { perform } from '../switchboard/perform.ts'
import { Switchboard } from '../switchboard/switchboard.ts'
import { ownToken } from '../wire/own-token.ts'
import { type GraphCalls, graphCalls } from './graph-calls.ts'
import { graphReads } from './graph-reads.ts'
import { roster } from './roster.ts'

export type Running = {
  readonly port: number
  /** From now on it says of itself that it lives no more: somebody has to start another. */
  readonly giveUp: () => void
  readonly stop: () => Promise<void>
}

/**
 * Starts the bot on this store; resolves when it listens. Stopping it closes the store too. `instances`: with other
 * instances. Tests bring a Graph of their own.
 */
export async function start(
  environment: Environment,
  store: Store,
  clock: Clock,
  log: Log,
  metrics = createMetrics(),
  budget?: SendQuota,
  instances?: Instances,
  callsOfGraph = graphCalls,
): Promise<Running> {
  const now = () => clock.now()
  // Whoever waits for an answer waits in real time, however a story's time passes.
  const after: After = (ms, run) => realClock.after(ms, run)
  const wait = (ms: number) => new Promise<void>((done) => void clock.after(ms, done))
  const desks = desksOver(store, now, () => randomBytes(16).toString('hex'))
  const { directory, settings } = desks
  const duty = instances ? { hasDuty: (name: string) => instances.hasDuty(name) } : {}
  const reads = graphReads(environment, { ...desks, clock, metrics, ...duty })
  const fromGraph = callsOfGraph(environment, {
    ...graphParts(desks),
    teamsRings: async (owner, caller) => named(await switchboard.ringInTeams(owner, caller), directory),
    hear: (source, event) => hear(source, event),
    clock,
    metrics,
    log,
    maySend: () => instances?.isStillOurs() ?? true,
  })
  const sources = createSources(environment, () => hear, { clock, wait, log }, fromGraph, instances)
  const { simulated, webhook } = sources
  const switchboard = new Switchboard({
    store,
    directory,
    now,
    presence: reads.presence ?? ((people) => Promise.resolve(simulated?.presenceOf(people) ?? new Map())),
    reportsConnection: (name) =>
      sources.all.some((source) => source.name === name && source.reportsConnection),
    connectSeconds: (name) => sources.all.find((source) => source.name === name)?.connectSeconds,
  })
  const hear = hearing(switchboard, metrics, log)
  const connector = createConnector(
    environment,
    budget ?? budgetOf(clock, instances),
    wait,
    metrics,
    instances,
  )
  const sender = new Sender(connector, directory)
  const announcer = new ChatAnnouncer({
    store,
    directory,
    sender,
    now,
    isStillOurs: () => instances?.isStillOurs() ?? true,
    count: metrics.card,
  })
  const onNew = reads.eligibility?.soon
  const arrivals = new Arrivals({
    directory,
    switchboard,
    settings,
    sweeping: desks.sweeping,
    messenger: connector,
    now,
    after,
    onUnsure: (person) => {
      people.soon(person)
    },
    ...(onNew ? { onNew } : {}),
  })
  const people = roster({
    store,
    directory,
    messenger: connector,
    told: (person, member) => arrivals.told(person, member),
    clock,
    count: metrics.roster,
    ...duty,
  })
  const isLocal = environment.identity === null
  const simulation = simulated ? { simulation: simulated } : {}
  const admins = new Set(environment.admins)
  const canRingByTeams = fromGraph !== null
  const office = { ...desks, switchboard, arrivals, admins, isLocal, canRingByTeams, ...simulation }
  const bot = createBot({ ...office, count: metrics.turn, log })
  const adapter = new ChatAdapter({
    identity: environment.identity,
    connector,
    now,
    wall: () => clock.wall(),
    after,
    log,
    bot,
    ...(instances ? { instances } : {}),
  })
  const performers = { switchboard, directory, sources: sources.all, announcer }
  await store.start({
    onTimer: (timer, read) => switchboard.timer(timer, read),
    onEffect: (effect) => perform(effect, performers),
  })
  const defaultOwner = environment.graphCalls?.defaultOwner ?? ''
  if (defaultOwner !== '') await directory.mention(defaultOwner)
  await fromGraph?.source.resume()
  const { adminKey } = environment
  const admin = adminKey === '' ? null : new Admin({ ...desks, inWords: toldText }, adminKey)
  let isAlive = true
  const turnedAway = new TurnedAway({
    now: () => realClock.now(),
    wall: () => realClock.wall(),
    after,
    count: metrics.turnedAway,
    log,
  })
  const playground = environment.hasPlayground
    ? playgroundDoor(async () => {
        const { Playground } = await import('../playground/playground.ts')
        return Playground.open({
          ...desks,
          host: environment.host,
          port: server.port,
          folder: join(environment.dataFolder, 'playground'),
          clock,
          failed: (event, error) => {
            log.warn(event, errorFields(error))
          },
          ...(simulated ? { simulated } : {}),
        })
      })
    : null
  const server = await startServer({
    host: environment.host,
    port: environment.port,
    isAuthenticated: !isLocal,
    messages: (authorization, body) => adapter.receive(authorization, body),
    ...(webhook
      ? { calls: (signature, raw, body) => webhook.receive(signature, raw, body).catch(notKept) }
      : {}),
    ...(fromGraph ? { graph: keeping(fromGraph.door) } : {}),
    ...(playground ? { playground } : {}),
    ...(admin ? { admin: (request) => admin.handle(request).catch(notKept) } : {}),
    isAlive: () => isAlive,
    troubles: () => [store.trouble()].filter((trouble) => trouble !== null),
    metrics: () => {
      metrics.storeTrouble(store.trouble() !== null)
      return metrics.text()
    },
    log,
    turnedAway,
  })
  reads.eligibility?.start()
  people.start()
  const stop = async () => {
    await Promise.all([reads.eligibility?.stop(), people.stop(), playground?.close()])
    await stopped(server.close, store)
    turnedAway.flush()
  }
  const giveUp = () => {
    isAlive = false
  }
  return { port: server.port, giveUp, stop }
}

function keeping(door: GraphDoor): GraphDoor {
  return { ...door, receive: (body) => door.receive(body).catch(notKept) }
}

/** What the store could not keep was not accepted: whoever told it should tell it again. */
function notKept(error: unknown): Reply {
  if (!(error instanceof StoreFailed)) throw error
  const message = 'This could not be kept just now. Please send it again.'
  return { status: 503, body: { error: { code: 'notKept', message } } }
}

async function stopped(closeServer: () => Promise<void>, store: Store): Promise<void> {
  await closeServer()
  await store.stop()
  await store.close()
}

type Timing = { readonly clock: Clock; readonly wait: (ms: number) => Promise<void> }

function createSources(
  { callSources, webhookSecret, replyHosts }: Environment,
  hear: () => Hear,
  { clock, wait, log }: Timing & { readonly log: Log },
  fromGraph: GraphCalls | null,
  instances?: Instances,
) {
  const told: Hear = (source, event) => hear()(source, event)
  const simulated = callSources.includes('simulated')
    ? new SimulatedSource({ hear: told, newId: randomUUID, wait })
    : undefined
  const webhook = callSources.includes('webhook')
    ? new WebhookSource({
        secret: webhookSecret,
        hear: told,
        now: () => clock.now(),
        wall: () => clock.wall(),
        random: Math.random,
        maySend: () => instances?.isStillOurs() ?? true,
        replyHosts,
        barred: (why) => {
          log.warn('replyBarred', { why })
        },
      })
    : undefined
  const all: readonly CallSource[] = [simulated, webhook, fromGraph?.source].filter(
    (source) => source !== undefined,
  )
  return { simulated, webhook, all }
}

/** What the calls of Graph need of the desks. */
function graphParts(desks: Desks) {
  const { store, now, directory, accounts } = desks
  return {
    notForwarded: (owner: string, to: string) => notForwarded(desks, owner, to),
    book: new Legs(store, now, 'graph'),
    ownerOf: async (account: string) => {
      const owner = await accounts.ownerOf(account)
      // Named as Graph names whoever forwards, so that a call that comes round in a circle is known by its owner.
      return owner && ((await directory.objectIdOf(owner)) ?? (await directory.nameOf(owner)))
    },
    objectIdOf: async (named: string) => {
      const person = await directory.find(named)
      return person === null ? null : directory.objectIdOf(person)
    },
  }
}

/** People as Teams knows them; whoever it does not know cannot be rung by it. */
async function named(ring: RingInTeams | null, directory: Directory) {
  if (ring === null) return null
  const to = await Promise.all(
    ring.targets.map(async (one) =>
      one.is === 'number' ? one.number : await directory.objectIdOf(one.person),
    ),
  )
  return { to: to.filter((one) => one !== null), seconds: ring.seconds }
}

function hearing(switchboard: Switchboard, metrics: Metrics, log: Log): Hear {
  return async (source, event) => {
    try {
      const heard = await switchboard.hear(source, event)
      metrics.callEvent(source, event.is, heard)
      log.info('callEvent', { source, event: event.is, heard })
      return heard
    } catch (error) {
      log.warn('callEventLost', { source, event: event.is, ...errorFields(error) })
      throw error
    }
  }
}

function budgetOf(clock: Clock, instances?: Instances): SendQuota {
  return instances
    ? new SendQuota(clock, (wanted, most) => instances.takeSlots(wanted, most))
    : new SendQuota(clock)
}

function createConnector(
  { identity }: Environment,
  budget: SendQuota,
  wait: Timing['wait'],
  metrics: Metrics,
  instances?: Instances,
): Connector {
  return new Connector({
    isLocal: identity === null,
    budget,
    token: identity ? ownToken(identity, 'channel', realClock) : () => Promise.resolve(null),
    wait,
    random: Math.random,
    count: metrics.request,
    ...(instances ? { maySend: () => instances.isStillOurs() } : {}),
  })
}
