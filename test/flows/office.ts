/** A bot for a story: started in this process on a fresh folder, with a peer of one flavour and people who use it. */
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { start, type Running } from '../../src/assemble.ts'
import { createMetrics } from '../../src/metrics.ts'
import { readEnvironment } from '../../src/environment.ts'
import { type Log } from '../../src/log.ts'
import { signed } from '../../src/source/signature.ts'
import { diskFiles } from '../../src/store/disk.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { load } from '../../src/store/load.ts'
import { type CallHost } from '../graph/call-host.ts'
import { type Flavour, Peer } from '../peer/peer.ts'
import { type Person } from '../peer/person.ts'
import { JumpClock } from './jump-clock.ts'

export const adminKey = 'a key of more than sixteen characters'
export const webhookSecret = 'a secret of more than sixteen characters'

export type Office = {
  readonly peer: Peer
  readonly botUrl: string
  /** Where everything is kept. */
  readonly folder: string
  /** Somebody who has opened the bot, and in the Emulator has said who they are. */
  readonly person: (name: string) => Promise<Person>
  /** Lets time pass at once. */
  readonly pass: (seconds: number) => void
  /** A telephone system's signed word at /api/calls. */
  readonly phone: (event: object) => Promise<Response>
  /** A request to /api/admin with the key; the status, and the answer as JSON. */
  readonly administer: Administer
  /** Stops the bot and starts it again on the same folder and port. */
  readonly restart: () => Promise<void>
  /** A mark of all that is kept: equal marks, equal bytes in the folder. */
  readonly state: () => Promise<string>
  /** The mark once nothing changes any more: effects are done and noted. */
  readonly settled: () => Promise<string>
  /** The names of the files that are kept. */
  readonly files: () => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

export type Administer = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ readonly status: number; readonly body: unknown }>

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

/** `rate` is how fast time passes by itself, in seconds of the story for one of life. */
export async function openOffice(flavour: Flavour, rate = 1, callHost?: CallHost): Promise<Office> {
  const folder = await mkdtemp(join(tmpdir(), 'pickup-'))
  const clock = new JumpClock(rate)
  let running = await startBot(folder, 0, clock, callHost)
  const { port } = running
  const botUrl = `http://127.0.0.1:${port}`
  const peer = await Peer.start(flavour, botUrl)
  return {
    peer,
    botUrl,
    folder,
    person: async (name) => {
      const person = peer.person({ name, address: `${name.toLowerCase()}@contoso.com` })
      await person.open()
      if (flavour === 'emulator') await person.say(`I am ${person.address}`)
      await person.waitFor(() => person.screen().length > 0, 'to be welcomed')
      return person
    },
    pass: (seconds) => {
      clock.jump(seconds)
    },
    phone: async (event) => {
      const body = JSON.stringify(event)
      const headers = {
        'Content-Type': 'application/json',
        'X-Signature': signed(body, webhookSecret, clock.now()),
      }
      return fetch(`${botUrl}/api/calls`, { method: 'POST', headers, body })
    },
    administer: async (method, path, given) => {
      const headers = { Authorization: `Bearer ${adminKey}`, 'Content-Type': 'application/json' }
      const body = given === undefined ? {} : { body: JSON.stringify(given) }
      const response = await fetch(`${botUrl}/api/admin${path}`, { method, headers, ...body })
      const text = await response.text()
      return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) }
    },
    restart: async () => {
      await running.stop()
      running = await startBot(folder, port, clock, callHost)
    },
    state: () => markOf(folder),
    settled: () => settledMark(folder),
    files: async () => (await readdir(folder)).sort(),
    close: async () => {
      await peer.stop()
      await running.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function startBot(
  folder: string,
  port: number,
  clock: JumpClock,
  callHost?: CallHost,
): Promise<Running> {
  const environment = readEnvironment({
    PORT: String(port),
    DATA_DIR: folder,
    CALL_SOURCES: 'simulated,webhook',
    CALL_WEBHOOK_SECRET: webhookSecret,
    ADMIN_API_KEY: adminKey,
    ADMINS: 'root@contoso.com',
  })
  const store = await openEmbedded({ folder, clock })
  return start(environment, store, clock, silent, createMetrics(), undefined, undefined, callHost?.calls)
}

/** Effects that wait for a later time leave the folder alone for so many looks of a tenth of a second. */
const quietWhileWaiting = 5

async function markOf(folder: string): Promise<string> {
  const hash = createHash('sha256')
  for (const name of (await readdir(folder)).sort())
    hash.update(name).update(await readFile(join(folder, name)))
  return hash.digest('hex')
}

/** Waits until all effects are done, or none of those left will be done soon, and the folder stays as it is. */
async function settledMark(folder: string): Promise<string> {
  let mark = await markOf(folder)
  let quiet = 0
  for (let tries = 0; tries < 600; tries += 1) {
    await new Promise((done) => setTimeout(done, 100))
    const next = await markOf(folder)
    quiet = next === mark ? quiet + 1 : 0
    mark = next
    if (quiet >= quietWhileWaiting) return mark
    if (quiet > 0 && (await load(await diskFiles(folder))).memory.effects.size === 0) return mark
  }
  throw new Error('the folder never comes to rest')
}
