/** A Pick up click: an invoke in, the call committed, the answer out, and the winner's card redrawn behind it. */
import { begin, cpuOf, type Running, serverAt } from './contestant.ts'
import { sendAll } from './load.ts'
import { median, quantile, ratio, short, upTo } from './numbers.ts'
import { activity, callEvent, click, tokens } from './requests.ts'
import { settled } from './settled.ts'
import { type Scale } from './scale.ts'
import { type Service } from './service.ts'
import { type Row } from './table.ts'

const atOnce = 32
let calls = 0

type Cost = { readonly cpuMs: number; readonly p50: number }

export async function measureClicks(service: Service, scale: Scale): Promise<readonly Row[]> {
  const floor = await begin(serverAt('floor'), service)
  const bot = await begin(serverAt('bot'), service, [scale.clicks, 1])
  const echo = await begin(serverAt('echo'), service)
  const [known = ''] = tokens(1)
  const costs = { floor: [] as Cost[], bot: [] as Cost[], echo: [] as Cost[] }
  for (const round of upTo(scale.rounds + 1)) {
    const one = {
      floor: await plainClicks(floor, service, scale.clicks),
      bot: await botClicks(bot, service, scale.clicks, known),
      echo: await echoClicks(echo, scale.clicks, known),
    }
    // The first round warms up.
    if (round > 0) for (const name of ['floor', 'bot', 'echo'] as const) costs[name].push(one[name])
  }
  await Promise.all([floor, bot, echo].map(({ process }) => process.end()))
  const [base, ours, theirs] = [costs.floor, costs.bot, costs.echo].map((all) =>
    all.map(({ cpuMs }) => cpuMs),
  )
  const figure = (all: readonly Cost[]) =>
    `${short(median(all.map(({ cpuMs }) => cpuMs)))} ms CPU, ${short(median(all.map(({ p50 }) => p50)))} ms p50 at ${atOnce} at once`
  return [
    {
      what: 'a Pick up click, its commit, and the card redrawn',
      peer: 'node:http in, append + fdatasync, answer, one request out',
      ratio: ratio(ours ?? [], base ?? []),
      figure: figure(costs.bot),
      must: 5,
      goal: 3,
    },
    {
      what: 'SDK echo: an invoke answered, nothing kept or sent',
      peer: 'the same',
      ratio: ratio(theirs ?? [], base ?? []),
      figure: figure(costs.echo),
    },
  ]
}

async function plainClicks({ process, port }: Running, service: Service, count: number): Promise<Cost> {
  const put = service.count('PUT') + count
  let took: readonly number[] = []
  const cpuMs = await cpuOf(process, async () => {
    const request = (index: number) => ({ path: '/click', headers: {}, body: activity(index, {}) })
    took = await sendAll({ port, count, atOnce, request })
    await service.until('PUT', put)
  })
  return { cpuMs: cpuMs / count, p50: quantile(took, 0.5) }
}

/** Every person's call rings the next one, who picks it up. */
async function botClicks(
  { process, port }: Running,
  service: Service,
  count: number,
  known: string,
): Promise<Cost> {
  const first = calls
  calls += count
  const id = (index: number) => `click-${first + index}`
  const told = (event: string) =>
    sendAll({ port, count, atOnce, request: (index) => callEvent(id(index), event, index) })
  const posted = service.count('POST') + count
  await told('offered')
  await service.until('POST', posted)
  const put = service.count('PUT') + count
  let took: readonly number[] = []
  const cpuMs = await cpuOf(process, async () => {
    const request = (index: number) =>
      click(known, (index + 1) % count, 'pick-up', { call: `webhook:${id(index)}` })
    const isRight = (text: string) => text.includes('You picked up')
    took = await sendAll({ port, count, atOnce, request, isRight })
    await service.until('PUT', put)
  })
  await told('connected')
  await settled(service)
  return { cpuMs: cpuMs / count, p50: quantile(took, 0.5) }
}

async function echoClicks({ process, port }: Running, count: number, known: string): Promise<Cost> {
  let took: readonly number[] = []
  const request = (index: number) => click(known, index, 'pick-up', { call: 'any' })
  const cpuMs = await cpuOf(process, async () => {
    took = await sendAll({ port, count, atOnce, request })
  })
  return { cpuMs: cpuMs / count, p50: quantile(took, 0.5) }
}
