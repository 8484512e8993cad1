/** A bot in this process whose store throws on order, and all it writes to its log about it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { start } from '../../src/assemble/assemble.ts'
import { type Clock, realClock } from '../../src/clock.ts'
import { readEnvironment } from '../../src/environment/environment.ts'
import { type Log } from '../../src/log.ts'
import { openEmbedded } from '../../src/store/embedded/embedded.ts'
import { type StoreEvent } from '../../src/store/store-event.ts'
import { Peer } from '../peer/peer.ts'
import { type Person } from '../peer/person.ts'
import { ThrowingStore } from './throwing-store.ts'

/** So many times faster than life, so that nobody waits for limits of sending. */
function fastClock(times: number): Clock {
  const now = () => Math.floor(performance.timeOrigin + performance.now() * times)
  return {
    now,
    wall: now,
    after: (ms, run) => realClock.after(ms / times, run),
  }
}

export type ThrowingOffice = {
  readonly store: ThrowingStore
  readonly people: readonly Person[]
  /** The errors of the log, by their names. */
  readonly errors: readonly string[]
  readonly notices: readonly StoreEvent[]
  readonly close: () => Promise<void>
}

export async function openThrowing(names: readonly string[], times = 1000): Promise<ThrowingOffice> {
  const fast = fastClock(times)
  const folder = await mkdtemp(join(tmpdir(), 'pickup-'))
  const [errors, notices]: [string[], StoreEvent[]] = [[], []]
  const log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: (event) => errors.push(event),
  }
  const kept = await openEmbedded({ folder, clock: fast, log: (notice) => notices.push(notice) })
  const store = new ThrowingStore(kept)
  const running = await start({
    environment: readEnvironment({ PORT: '0', DATA_DIR: folder }),
    store,
    clock: fast,
    log,
  })
  const peer = await Peer.start('msteams', `http://127.0.0.1:${running.port}`)
  for (const name of names) await peer.person({ name, address: `${name.toLowerCase()}@contoso.com` }).open()
  return {
    store,
    people: peer.people,
    errors,
    notices,
    close: async () => {
      await peer.stop()
      await running.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
