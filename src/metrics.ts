/** What Prometheus may ask: turns, calls, cards, requests to the chat service, and whether the store can keep things. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof createMetrics>

export function createMetrics() {
  const registers = [new Registry()]
  const [registry] = registers
  if (registry) collectDefaultMetrics({ register: registry })
  const counter = (name: string, help: string, labelNames: readonly string[]) =>
    new Counter({ name, help, labelNames: [...labelNames], registers })
  const turns = counter(
    'pickup_turns_total',
    'Messages and clicks, by what they were and how they were answered',
    ['kind', 'answer'],
  )
  const calls = counter(
    'pickup_call_events_total',
    'What call sources told, by source, event and how it was heard',
    ['source', 'event', 'heard'],
  )
  const cards = counter('pickup_cards_total', 'Cards sent, by kind and result', ['kind', 'result'])
  const requests = counter(
    'pickup_chat_requests_total',
    'Requests to the chat service, by method and result',
    ['method', 'result'],
  )
  const graph = new Histogram({
    name: 'pickup_graph_request_seconds',
    help: 'Requests to Microsoft Graph, by kind and result',
    labelNames: ['kind', 'result'],
    registers,
  })
  const lookUps = counter('pickup_eligibility_total', 'People looked up in Microsoft Graph, by result', [
    'result',
  ])
  const roster = counter('pickup_roster_total', 'People asked about in the roster of Teams, by result', [
    'result',
  ])
  const turnedAway = counter(
    'pickup_turned_away_total',
    'Requests without the right key, signature or token, by where they came',
    ['door'],
  )
  const failures = counter('pickup_failures_total', 'What went wrong unexpectedly, as the log names it', [
    'event',
  ])
  const trouble = new Gauge({
    name: 'pickup_store_trouble',
    help: '1 while the store cannot keep commits',
    registers,
  })
  return {
    turn: (kind: string, answer: string) => turns.inc({ kind, answer }),
    callEvent: (source: string, event: string, heard: string) => calls.inc({ source, event, heard }),
    card: (kind: string, result: string) => cards.inc({ kind, result }),
    request: (method: string, result: string) => requests.inc({ method, result }),
    graph: (kind: string, result: string, seconds: number) => {
      graph.observe({ kind, result }, seconds)
    },
    roster: (result: string) => roster.inc({ result }),
    turnedAway: (door: string) => turnedAway.inc({ door }),
    lookUp: (result: string) => lookUps.inc({ result }),
    failure: (event: string) => failures.inc({ event }),
    storeTrouble: (isTrouble: boolean) => {
      trouble.set(isTrouble ? 1 : 0)
    },
    text: async () => (await Promise.all(registers.map((one) => one.metrics()))).join('\n'),
  }
}
