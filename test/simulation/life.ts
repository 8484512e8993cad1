/** One life of the bot, from its start to a crash: the real store, switchboard and announcer over pretended ports. */
import { ChatAnnouncer } from '../../src/chat/calls/announcer.ts'
import { Sender } from '../../src/chat/send/sender.ts'
import { type Clock } from '../../src/clock.ts'
import { GraphSource } from '../../src/source/graph/graph.ts'
import { type CallSource } from '../../src/source/source.ts'
import { type Store } from '../../src/store/store.ts'
import { Directory } from '../../src/switchboard/directory.ts'
import { perform } from '../../src/switchboard/perform.ts'
import { SettingsDesk } from '../../src/switchboard/settings.ts'
import { Switchboard } from '../../src/switchboard/switchboard.ts'
import { type Audit } from './audit.ts'
import { type Channel } from './channel.ts'
import { type Dice } from './dice.ts'
import { type PlantedFault } from './faults/planted.ts'
import { type Ground } from './ground.ts'
import { type Lines } from './lines.ts'

export type LifeParts = {
  readonly clock: Clock
  readonly ground: Ground
  readonly dice: Dice
  readonly channel: Channel
  readonly telephony: Lines
  readonly fault: PlantedFault | null
  readonly audit: Audit
}

export class Life {
  isAlive = true
  /** How far the wall clock was set back or ahead before this life began, in milliseconds. */
  readonly skew: number
  /** Absent until the store is open. */
  bot: Bot | null = null

  constructor(skew = 0) {
    this.skew = skew
  }

  /** Nothing a dead life waits for ever comes. */
  clock(clock: Clock): Clock {
    return {
      now: () => clock.now() + this.skew,
      wall: () => clock.wall() + this.skew,
      after: (ms, run) =>
        clock.after(ms, () => {
          if (this.isAlive) run()
        }),
    }
  }
}

export type Bot = {
  readonly store: Store
  readonly directory: Directory
  readonly switchboard: Switchboard
  readonly settings: SettingsDesk
  readonly source: CallSource
}

/** Starts a life on what is kept; resolves when it hears and acts. */
export async function begin(life: Life, parts: LifeParts): Promise<void> {
  const { ground, dice, channel, telephony, fault, audit } = parts
  const opened = await ground.open(life.clock(parts.clock), () => dice.next())
  const { clock } = opened
  await audit.look(opened.store)
  const store = audit.watch(fault?.store?.(opened.store) ?? opened.store)
  const directory = new Directory(store, () => clock.now())
  const sources: Array<{ name: string; reportsConnection: boolean; connectSeconds?: number }> = []
  const plain = new Switchboard({
    store,
    directory,
    now: () => clock.now(),
    presence: () => Promise.resolve(new Map()),
    sources,
  })
  const switchboard = fault?.switchboard?.(plain) ?? plain
  const settings = new SettingsDesk(store, switchboard.calls, () => clock.now())
  const sender = new Sender(channel.messenger(life), directory)
  const told = new ChatAnnouncer({ store, directory, sender, now: () => clock.now(), count: () => undefined })
  const announcer = fault?.announcer?.(told, clock) ?? told
  const source = telephony.connect({
    store,
    clock,
    hear: (name, event) => switchboard.hear(name, event),
  })
  const { name, connectSeconds } = source
  sources.push({ name, reportsConnection: true, ...(connectSeconds ? { connectSeconds } : {}) })
  const performers = { switchboard, directory, sources: [source], announcer }
  const handlers = {
    onTimer: (timer: Parameters<Switchboard['timer']>[0], read: Parameters<Switchboard['timer']>[1]) =>
      switchboard.timer(timer, read),
    onEffect: (effect: Parameters<typeof perform>[0]) => perform(effect, performers),
  }
  await store.start(fault?.handlers?.(handlers) ?? handlers)
  if (source instanceof GraphSource) await source.resume()
  if (life.isAlive) life.bot = { store, directory, switchboard, settings, source }
}
