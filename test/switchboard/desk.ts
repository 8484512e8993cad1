/** The switchboard on a store of its own, between a telephone system and a chat that only write things down. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ForwardingType } from '../../src/core/forwarding.ts'
import { type Caller } from '../../src/core/lane.ts'
import { addMembers } from '../../src/core/members.ts'
import { setRules } from '../../src/core/rules.ts'
import { type Target } from '../../src/core/target.ts'
import { type Heard } from '../../src/source/source.ts'
import { openEmbedded } from '../../src/store/embedded/embedded.ts'
import { type Store } from '../../src/store/store.ts'
import { themselves } from '../../src/switchboard/author.ts'
import { Directory, type Sender } from '../../src/switchboard/directory.ts'
import { perform } from '../../src/switchboard/perform.ts'
import { SettingsDesk } from '../../src/switchboard/settings.ts'
import { Switchboard } from '../../src/switchboard/switchboard.ts'
import { JumpClock } from '../flows/jump-clock.ts'
import { NotingAnnouncer, NotingSource } from './noting.ts'

export const carl: Caller = { kind: 'pstn', name: 'Carl', number: '+442079460000' }

/** What the small stories below need of a desk. */
export type Parts = {
  readonly store: Store
  readonly directory: Directory
  readonly switchboard: Switchboard
  readonly settings: SettingsDesk
}

export type Desk = Parts & {
  readonly folder: string
  readonly clock: JumpClock
  readonly source: NotingSource
  readonly announcer: NotingAnnouncer
  /** Stops, lets time pass meanwhile, and opens the same folder again. */
  readonly restart: (secondsMeanwhile?: number) => Promise<void>
  readonly close: () => Promise<void>
}

/** Open, and acting on timers and effects. */
export async function openDesk(): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'pickup-'))
  const [clock, source, announcer] = [new JumpClock(), new NotingSource(), new NotingAnnouncer()]
  const open = () => started(folder, clock, source, announcer)
  const stop = async () => {
    await parts.store.stop()
    await parts.store.close()
  }
  let parts = await open()
  return {
    folder,
    clock,
    source,
    announcer,
    get store() {
      return parts.store
    },
    get directory() {
      return parts.directory
    },
    get switchboard() {
      return parts.switchboard
    },
    get settings() {
      return parts.settings
    },
    restart: async (secondsMeanwhile = 0) => {
      await stop()
      clock.jump(secondsMeanwhile)
      parts = await open()
    },
    close: async () => {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function started(
  folder: string,
  clock: JumpClock,
  source: NotingSource,
  announcer: NotingAnnouncer,
): Promise<Parts> {
  const store = await openEmbedded({ folder, clock })
  const directory = new Directory(store, () => clock.now())
  const switchboard = new Switchboard({
    store,
    directory,
    now: () => clock.now(),
    presence: () => Promise.resolve(new Map()),
    sources: ['pbx', 'sip'].map((name) => ({ name, reportsConnection: true })),
  })
  const performers = { switchboard, directory, sources: [source], announcer }
  await store.start({
    onTimer: (timer, read) => switchboard.timer(timer, read),
    onEffect: (effect) => perform(effect, performers),
  })
  return {
    store,
    directory,
    switchboard,
    settings: new SettingsDesk(store, switchboard.calls, () => clock.now()),
  }
}

/** What a channel tells about somebody who writes to the bot. */
export function sender(user: string, more: Partial<Sender> = {}): Sender {
  const reach = {
    channel: 'emulator',
    serviceUrl: 'http://127.0.0.1:1/',
    conversation: `with ${user}`,
    bot: 'bot',
    user,
  }
  return { user, name: user, reach, ...more }
}

/** Somebody the bot has met, by a name without a surname; their id is that name. */
export async function meets(desk: Parts, ...names: readonly string[]): Promise<void> {
  for (const name of names) await desk.directory.meet(sender(name, { address: `${name}@contoso.com` }))
}

export async function adds(desk: Parts, owner: string, ...members: readonly string[]) {
  return desk.settings.change(themselves(owner), (who) => addMembers(who(owner), members, who))
}

export async function sends(desk: Parts, owner: string, type: ForwardingType, to: Target) {
  return desk.settings.change(themselves(owner), (who) =>
    setRules(who(owner), { forwarding: { is: 'on', rule: { type, to } } }, who),
  )
}

/** A call comes in; it is known as `pbx:<id>`. */
export async function offered(desk: Parts, id: string, owner: string, caller = carl): Promise<Heard> {
  return desk.switchboard.hear('pbx', { is: 'offered', id, owner, caller })
}
