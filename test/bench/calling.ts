/** In a measured process: calls that ring five, are taken by one of them, and refused to another who was slower. */
import { Directory } from '../../src/switchboard/directory.ts'
import { Switchboard } from '../../src/switchboard/switchboard.ts'
import { type Store } from '../../src/store/store.ts'
import { addressOf, idOf, seed } from './people.ts'
import { openAt, type Place } from './places.ts'

const members = 5
const people = 1000
const atOnce = 24

export type Called = { readonly seconds: number; readonly cpuMs: number }

let store: Store
let calls = 0

/** Opens the store; with `isDelivering` what the calls leave to be done is handed out, and done at once. */
export async function open(place: Place, isDelivering: boolean): Promise<void> {
  store = await openAt(place)
  await seed(store, people, members)
  if (!isDelivering) return
  await store.start({
    onTimer: () => Promise.resolve({}),
    onEffect: () => Promise.resolve({ is: 'done' }),
  })
}

export async function close(): Promise<void> {
  await store.close()
}

/** Rings so many calls, so many at once, and lets two people claim each. */
export async function ring(count: number): Promise<Called> {
  const switchboard = new Switchboard({
    store,
    directory: new Directory(store, () => Date.now()),
    now: () => Date.now(),
    presence: () => Promise.resolve(new Map()),
    sources: [{ name: 'bench', reportsConnection: true }],
  })
  const end = calls + count
  const cpu = process.cpuUsage()
  const begun = performance.now()
  const loop = async () => {
    while (calls < end) {
      calls += 1
      await one(switchboard, calls)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, loop))
  const seconds = (performance.now() - begun) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return { seconds, cpuMs: (user + system) / 1000 }
}

async function one(switchboard: Switchboard, call: number): Promise<void> {
  const owner = call % people
  const caller = { kind: 'pstn', number: '+442079460000', name: 'Carl Jones' } as const
  await switchboard.hear('bench', { is: 'offered', id: `c${call}`, owner: addressOf(owner), caller })
  const won = await switchboard.pickUp(`bench:c${call}`, idOf((owner + 1) % people))
  const lost = await switchboard.pickUp(`bench:c${call}`, idOf((owner + 2) % people))
  if (won.is !== 'yours' || lost.is !== 'tooLate') throw new Error(`call ${call}: ${won.is}, ${lost.is}`)
}
