/** Joins the parts into a running bot: the store, the switchboard, the call sources, the chat and the server. */
import { randomBytes } from 'node:crypto'
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
import { playgroundDoor } from '../http/playground-door.ts'
import { startServer } from '../http/server.ts'
import { TurnedAway } from '../http/turned-away.ts'
import { errorFields, type Log } from '../log.ts'
import { createMetrics, type Metrics } from '../metrics.ts'
import { type Hear } from '../source/source.ts'
import { type Store } from '../store/store.ts'
import { type Instances } from '../store/instances.ts'
import { type Desks, desksOver } from '../switchboard/desks.ts'
import { type Directory } from '../switchboard/directory.ts'
import { Legs } from '../switchboard/legs.ts'
import { notForwarded } from '../switchboard/not-forwarded.ts'
import { perform } from '../switchboard/perform.ts'
import { Switchboard } from '../switchboard/switchboard.ts'
import { ownToken } from '../wire/own-token.ts'
import { makeCallSources } from './call-sources.ts'
import { graphCalls } from './graph-calls.ts'
import { graphReads } from './graph-reads.ts'
import { keptOr503 } from './kept-or-503.ts'
import { roster } from './roster.ts'

export type Running = {
  readonly port: number
  /** From now on it says of itself that it lives no more: somebody has to start another. */
  readonly giveUp: () => void
  readonly stop: () => Promise<void>
}

/** What a bot is started with. */
export type StartParts = {
  readonly environment: Environment
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly metrics?: Metrics
  /** What Teams lets this bot send; its own, or shared with the other instances, unless given. */
  readonly quota?: SendQuota
  /** The other instances on the same database. */
  readonly instances?: Instances
  /** Makes the calls of Graph; tests bring a Graph of their own. */
  readonly callsOfGraph?: typeof graphCalls
}

/** Starts the bot; resolves when it listens. Stopping it closes the store too. */
export async function start(parts: StartParts): Promise<Running> {
  const { environment, store, clock, log, instances, callsOfGraph = graphCalls } = parts
  const { metrics = createMetrics(), quota = quotaOf(clock, instances) } = parts
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
  const made = makeCallSources({
    environment,
    hear: (source, event) => hear(source, event),
    clock,
    wait,
    log,
    fromGraph,
    ...(instances ? { instances } : {}),
  })
  const sources = made.map((one) => one.source)
  const simulated = made.find((one) => one.simulation)?.simulation
  const switchboard = new Switchboard({
    store,
    directory,
    now,
    presence: reads.presence ?? ((people) => Promise.resolve(simulated?.presenceOf(people) ?? new Map())),
    sources,
  })
  const hear = hearing(switchboard, metrics, log)
  const connector = createConnector(environment, quota, wait, metrics, instances)
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
  const performers = { switchboard, directory, sources, announcer }
  await store.start({
    onTimer: (timer, read) => switchboard.timer(timer, read),
    onEffect: (effect) => perform(effect, performers),
  })
  const defaultOwner = environment.graphCalls?.defaultOwner ?? ''
  if (defaultOwner !== '') await directory.mention(defaultOwner)
  for (const { resume } of made) await resume?.()
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
    ...made.reduce((doors, one) => ({ ...doors, ...one.doors }), {}),
    ...(playground ? { playground } : {}),
    ...(admin ? { admin: (request) => keptOr503(admin.handle(request)) } : {}),
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

async function stopped(closeServer: () => Promise<void>, store: Store): Promise<void> {
  await closeServer()
  await store.stop()
  await store.close()
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

function quotaOf(clock: Clock, instances?: Instances): SendQuota {
  return instances
    ? new SendQuota(clock, (wanted, most) => instances.takeSlots(wanted, most))
    : new SendQuota(clock)
}

function createConnector(
  { identity }: Environment,
  budget: SendQuota,
  wait: (ms: number) => Promise<void>,
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
