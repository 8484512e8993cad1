/** A call that rings 25 members: 25 cards posted, and 25 redrawn when one of them picks up. */
import { begin, cpuOf, plainly, type Running, serverAt } from './contestant.ts'
import { type Request, sendAll } from './load.ts'
import { median, ratio, short, times, upTo } from './numbers.ts'
import { membersOf } from './people.ts'
import { type MeasuredProcess } from './process.ts'
import { callEvent, click, tokens } from './requests.ts'
import { settled } from './settled.ts'
import { type Scale } from './scale.ts'
import { type Service } from './service.ts'
import { type Row } from './table.ts'

const members = 25
const people = 100
let calls = 0

const methods = ['POST', 'PUT'] as const
type Costs = Readonly<Record<(typeof methods)[number], number[]>>

export async function measureRings(service: Service, scale: Scale): Promise<readonly Row[]> {
  const bot = await begin(serverAt('bot'), service, [people, members])
  const floor = await begin(serverAt('floor'), service)
  const sender = plainly(service)
  const costs = { whole: none(), sending: none(), floor: none() }
  const [known = ''] = tokens(1)
  for (const round of upTo(scale.rounds + 1)) {
    const whole = await rings(bot, service, scale.rings, known)
    for (const method of methods) {
      const bytes = service.length(method)
      const theirs = await fans(floor.process, 'floor', method, scale.rings, bytes)
      const sending = await fans(sender, 'sender', method, scale.rings, bytes)
      // The first round warms up.
      if (round === 0) continue
      costs.whole[method].push(whole[method])
      costs.sending[method].push(sending)
      costs.floor[method].push(theirs)
    }
  }
  await Promise.all([bot.process, floor.process, sender].map((process) => process.end()))
  const row = (what: string, ours: readonly number[], theirs: readonly number[]) => ({
    what,
    peer: '25 requests by node:http, as long, all at once',
    ratio: ratio(ours, theirs),
    figure: `${short(median(ours) / scale.rings)} ms CPU`,
    must: 2,
    goal: 1.3,
  })
  return methods.flatMap((method) => {
    const done = method === 'POST' ? 'posted' : 'redrawn after the click'
    const { whole, sending, floor: theirs } = costs
    return [
      row(`25 cards ${done}: the sending alone`, sending[method], theirs[method]),
      row(`25 cards ${done}: all of it, decided, kept, drawn, sent, noted`, whole[method], theirs[method]),
    ]
  })
}

function none(): Costs {
  return { POST: [], PUT: [] }
}

function fans(process: MeasuredProcess, server: string, method: string, count: number, bytes: number) {
  return cpuOf(process, () =>
    times(count, () => process.call(serverAt(server), 'fan', method, members, bytes)),
  )
}

/** What the posting and the redrawing of so many rings costs, in milliseconds. */
async function rings({ process, port }: Running, service: Service, count: number, known: string) {
  const first = calls
  calls += count
  const owner = (index: number) => index % people
  const one = (request: Request) => sendAll({ port, count: 1, atOnce: 1, request: () => request })
  const each = async (method: 'POST' | 'PUT', request: (index: number) => Request) => {
    for (const index of upTo(count)) {
      const enough = service.count(method) + members
      await one(request(index))
      await service.until(method, enough)
    }
  }
  const id = (index: number) => `ring-${first + index}`
  const posting = await cpuOf(process, () =>
    each('POST', (index) => callEvent(id(index), 'offered', owner(index))),
  )
  const redrawing = await cpuOf(process, () =>
    each('PUT', (index) => {
      const [member = 0] = membersOf(owner(index), people, members)
      return click(known, member, 'pick-up', { call: `webhook:${id(index)}` })
    }),
  )
  for (const index of upTo(count)) await one(callEvent(id(index), 'connected', owner(index)))
  await settled(service)
  return { POST: posting, PUT: redrawing }
}
