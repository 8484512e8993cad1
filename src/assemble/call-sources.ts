/** The call sources by name: what makes each one, the door at which its side knocks, and what it does at the start. */
import { randomUUID } from 'node:crypto'
import { type Clock } from '../clock.ts'
import { type CallSourceName, type Environment } from '../environment/environment.ts'
import { type GraphDoor } from '../http/graph-door.ts'
import { type RouteParts } from '../http/routes.ts'
import { type Log } from '../log.ts'
import { SimulatedSource } from '../source/simulated.ts'
import { type CallSource, type Hear } from '../source/source.ts'
import { WebhookSource } from '../source/webhook.ts'
import { type Instances } from '../store/instances.ts'
import { type GraphCalls } from './graph-calls.ts'
import { keptOr503 } from './kept-or-503.ts'

export type CallSourceParts = {
  readonly environment: Environment
  readonly hear: Hear
  readonly clock: Clock
  readonly wait: (ms: number) => Promise<void>
  readonly log: Log
  readonly instances?: Instances
  /** The calls of Graph, where it is set up. */
  readonly fromGraph: GraphCalls | null
}

/** A source, with what only it brings along. */
export type MadeSource = {
  readonly source: CallSource
  /** Where its side reaches the bot over HTTP. */
  readonly doors?: Pick<RouteParts, 'calls' | 'graph'>
  /** Pretends calls, for "simulate" and the playground. */
  readonly simulation?: SimulatedSource
  /** Takes up what was left undone. */
  readonly resume?: () => Promise<void>
}

const makers: Readonly<Record<CallSourceName, (parts: CallSourceParts) => MadeSource | null>> = {
  simulated: ({ hear, wait }) => {
    const source = new SimulatedSource({ hear, newId: randomUUID, wait })
    return { source, simulation: source }
  },
  webhook: ({ environment, hear, clock, log, instances }) => {
    const source = new WebhookSource({
      secret: environment.webhookSecret,
      hear,
      now: () => clock.now(),
      wall: () => clock.wall(),
      random: Math.random,
      maySend: () => instances?.isStillOurs() ?? true,
      replyHosts: environment.replyHosts,
      barred: (why) => {
        log.warn('replyBarred', { why })
      },
    })
    const calls: RouteParts['calls'] = (...posted) => keptOr503(source.receive(...posted))
    return { source, doors: { calls } }
  },
  graph: ({ fromGraph }) => {
    if (fromGraph === null) return null
    const { source, door } = fromGraph
    const graph: GraphDoor = { ...door, receive: (body) => keptOr503(door.receive(body)) }
    return { source, doors: { graph }, resume: () => source.resume() }
  },
}

/** Makes the sources that the settings name. */
export function makeCallSources(parts: CallSourceParts): readonly MadeSource[] {
  return parts.environment.callSources.map((name) => makers[name](parts)).filter((made) => made !== null)
}
