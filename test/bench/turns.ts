/** A message turn: a message in, a message out. Every server in turn, round after round. */
import { begin, serverAt as server } from './contestant.ts'
import { median, quantile, ratio, short, upTo } from './numbers.ts'
import { sendAll, type Request } from './load.ts'
import { type MeasuredProcess } from './process.ts'
import { message, openMessage, slack, telegram, tokens } from './requests.ts'
import { type Scale } from './scale.ts'
import { type Service } from './service.ts'
import { type Row } from './table.ts'

type Contestant = {
  readonly name: string
  readonly module: URL
  readonly request: (index: number) => Request
}

type Measured = { readonly cpuMs: number[]; readonly tookMs: number[]; readonly rssMb: number[] }

const atOnce = 32
const people = 200
/** More than the bot remembers, so that none is known any more when it comes again. */
const tooManyTokens = 1100

export async function measureTurns(
  service: Service,
  scale: Scale,
  peers: URL | null,
): Promise<readonly Row[]> {
  const contestants = contestantsFor(service.url, peers)
  const running = await Promise.all(
    contestants.map(async (contestant) => ({ ...contestant, ...(await begin(contestant.module, service)) })),
  )
  const results = running.map((): Measured => ({ cpuMs: [], tookMs: [], rssMb: [] }))
  for (const round of upTo(scale.rounds + 1)) {
    for (const [index, { name, process, port, request }] of running.entries()) {
      // It has rested while others were measured, and gets warm again first.
      await turns(process, port, request, scale.turns / 10)
      const sent = service.count('POST')
      const measured = await turns(process, port, request, scale.turns)
      if (service.count('POST') - sent !== scale.turns)
        throw new Error(`${name} did not answer every message`)
      // The first round warms up.
      if (round > 0) results[index]?.cpuMs.push(measured.cpuMs / scale.turns)
      if (round > 0) results[index]?.tookMs.push(quantile(measured.took, 0.5))
      if (round > 0) results[index]?.rssMb.push(measured.rssMb)
    }
  }
  await Promise.all(running.map(({ process }) => process.end()))
  return rowsOf(contestants, results)
}

function contestantsFor(service: string, peers: URL | null): readonly Contestant[] {
  const [known = ''] = tokens(1)
  const many = tokens(tooManyTokens)
  const person = (index: number) => index % people
  const peer = (file: string, name: string, request: Contestant['request']) =>
    peers === null ? [] : [{ name, module: new URL(file, peers), request }]
  return [
    { name: floor, module: server('floor'), request: (index) => openMessage(service, person(index)) },
    { name: cached, module: server('bot'), request: (index) => message(known, person(index)) },
    {
      name: uncached,
      module: server('bot'),
      request: (index) => message(many[index % many.length] ?? '', person(index)),
    },
    {
      name: 'a message answered with a card',
      module: server('bot'),
      request: (index) => message(known, person(index), 'settings'),
    },
    { name: echo, module: server('echo'), request: (index) => message(known, person(index)) },
    ...peer('grammy.js', 'grammY, secret checked', telegram),
    ...peer('bolt.js', 'Slack Bolt, signature checked', slack),
    ...peer('teams.js', 'teams.apps, no authentication', (index) => openMessage(service, person(index))),
    ...peer('agents.js', 'Agents SDK, no authentication', (index) => openMessage(service, person(index))),
  ]
}

const floor = 'node:http in and out'
const cached = 'a message, token seen before'
const uncached = 'a message, new token'
const echo = 'SDK echo (restify, botbuilder), authentication on'

async function turns(
  process: MeasuredProcess,
  port: number,
  request: (index: number) => Request,
  count: number,
) {
  const before = await process.usage()
  const took = await sendAll({ port, count, atOnce, request })
  const after = await process.usage()
  return { cpuMs: after.cpuMs - before.cpuMs, took, rssMb: after.rssMb }
}

function rowsOf(contestants: readonly Contestant[], results: readonly Measured[]): readonly Row[] {
  const of = (name: string) => results[contestants.findIndex((one) => one.name === name)] ?? results[0]
  const base = of(floor)?.cpuMs ?? []
  const limits: Readonly<Record<string, { must: number; goal: number }>> = {
    [cached]: { must: 4, goal: 2.4 },
    [uncached]: { must: 8, goal: 5 },
  }
  const turnRows = contestants.slice(1).map(({ name }): Row => {
    const { cpuMs = [], tookMs = [] } = of(name) ?? {}
    const figure = `${short(median(cpuMs))} ms CPU, ${short(median(tookMs))} ms p50 at ${atOnce} at once`
    return { what: name, peer: floor, ratio: ratio(cpuMs, base), figure, ...limits[name] }
  })
  const [bot = [], sdk = []] = [cached, echo].map((name) => of(name)?.rssMb)
  return [
    ...turnRows,
    {
      what: 'memory of the process after those turns',
      peer: echo,
      ratio: ratio(bot, sdk),
      figure: `${short(median(bot))} MB, ${short(median(sdk))} MB`,
      must: 1.2,
      goal: 1,
    },
  ]
}
