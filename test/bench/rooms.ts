/** What live calls hold in memory, and how long the bot ever makes anybody wait while many people use it. */
import { begin, type Running, serverAt } from './contestant.ts'
import { sendAll } from './load.ts'
import { median, short, upTo } from './numbers.ts'
import { callEvent, click, message, tokens } from './requests.ts'
import { type Scale } from './scale.ts'
import { type Service } from './service.ts'
import { settled } from './settled.ts'
import { type Row } from './table.ts'

const atOnce = 32
const members = 5
const liveCalls = 1000
const changes = ['settings', 'my group', 'ring in order', 'pickup', 'ring everyone', 'who rings']

/** Memory for 1,000 live calls of 5 members each, in use and not to be collected. */
export async function measureMemory(service: Service): Promise<readonly Row[]> {
  const bot = await begin(serverAt('bot'), service, [liveCalls, members], { flags: ['--expose-gc'] })
  const { process, port } = bot
  await sendAll({ port, count: 500, atOnce, request: (index) => callEvent('none', 'ended', index) })
  const before = await held(bot)
  const enough = service.count('POST') + liveCalls * members
  const request = (index: number) => callEvent(`live-${index}`, 'offered', index)
  await sendAll({ port, count: liveCalls, atOnce, request })
  await service.until('POST', enough)
  await settled(service)
  const after = await held(bot)
  await process.end()
  const heap = after.heapMb - before.heapMb
  return [
    {
      what: 'memory for 1,000 live calls of 5 members, with their cards',
      peer: 'the same as JSON',
      ratio: heap / (after.keptMb - before.keptMb),
      figure: `${short(heap)} MB`,
    },
  ]
}

async function held({ process }: Running) {
  const keptMb = (await process.call(serverAt('bot'), 'keptMb')) as number
  await process.usage()
  return { keptMb, heapMb: (await process.usage()).heapMb }
}

/** The longest single block of the event loop, beside that of the bare SDK under messages as many. */
export async function measureBlocks(service: Service, scale: Scale): Promise<readonly Row[]> {
  const bot = await begin(serverAt('bot'), service, [scale.blockPeople, members])
  const echo = await begin(serverAt('echo'), service)
  const [known = ''] = tokens(1)
  const longest = { bot: [] as number[], echo: [] as number[] }
  for (const round of upTo(scale.rounds + 1)) {
    const ours = await watched(bot, () => everything(bot, service, scale, known, round))
    const theirs = await watched(echo, () => messages(echo, scale, known))
    // The first round compiles.
    if (round === 0) continue
    longest.bot.push(ours)
    longest.echo.push(theirs)
  }
  await Promise.all([bot, echo].map(({ process }) => process.end()))
  const block = median(longest.bot)
  return [
    {
      what: `the longest block (processor time) under load, ${scale.blockPeople.toLocaleString('en')} people: at most 50 ms, better 20`,
      peer: 'SDK echo',
      ratio: block / median(longest.echo),
      figure: `${short(block)} ms`,
    },
  ]
}

async function watched({ process }: Running, work: () => Promise<unknown>): Promise<number> {
  await process.call('', 'watch')
  await work()
  return (await process.call('', 'longestBlock')) as number
}

function messages({ port }: Running, { turns, blockPeople }: Scale, known: string) {
  const request = (index: number) => message(known, index % blockPeople)
  return sendAll({ port, count: turns, atOnce, request })
}

/** Messages, changes of settings, calls and clicks, all at once. */
async function everything(
  { port }: Running,
  service: Service,
  { turns, clicks, blockPeople }: Scale,
  known: string,
  round: number,
): Promise<void> {
  const person = (index: number) => (round * 1999 + index * 7) % blockPeople
  const said = sendAll({
    port,
    count: turns,
    atOnce,
    request: (index) => message(known, person(index), changes[index % changes.length]),
  })
  const count = Math.floor(clicks / 4)
  const told = (event: string) =>
    sendAll({
      port,
      count,
      atOnce: 8,
      request: (index) => callEvent(`block-${round}-${index}`, event, index),
    })
  await told('offered')
  const request = (index: number) =>
    click(known, (index + 1) % blockPeople, 'pick-up', { call: `webhook:block-${round}-${index}` })
  await sendAll({ port, count, atOnce: 8, request })
  await told('connected')
  await said
  await settled(service)
}
