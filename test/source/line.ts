/** A switchboard with one call source and its far side: the telephone system, or Graph, at the other end of the line. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Call } from '../../src/core/call.ts'
import { type CallSource, type Hear } from '../../src/source/source.ts'
import { openEmbedded } from '../../src/store/embedded/embedded.ts'
import { type Store } from '../../src/store/store.ts'
import { Directory } from '../../src/switchboard/directory.ts'
import { perform } from '../../src/switchboard/perform.ts'
import { SettingsDesk } from '../../src/switchboard/settings.ts'
import { Switchboard } from '../../src/switchboard/switchboard.ts'
import { JumpClock } from '../flows/jump-clock.ts'
import { adds, sender, sends } from '../switchboard/desk.ts'
import { NotingAnnouncer } from '../switchboard/noting.ts'
import { until } from '../until.ts'

/** What a source is built on. */
export type Near = {
  readonly store: Store
  readonly clock: JumpClock
  readonly directory: Directory
  readonly hear: Hear
}

/** The other end of a source, whichever it is. */
export interface FarSide {
  readonly source: CallSource
  /** Carl calls Ann. */
  callIn(id: string): Promise<void>
  hangUp(id: string): Promise<void>
  /** Says that a call has ended, whether or not it has begun. */
  sayEnd(id: string): Promise<void>
  /** Says again whatever was said of this call. */
  sayAgain(id: string): Promise<void>
  /** What the far side was told to do with this caller, in order; null where there is nobody to be told. */
  told(id: string): readonly string[] | null
  /** How it is told to connect somebody. */
  connectWords(address: string): string
  failNext(id: string): void
  /** Says that a hand-over is done, where that is for the far side to say. */
  handedOver(id: string): Promise<void>
}

export const people = ['ann', 'bo', 'cy'] as const
export const objectIdOf = (name: string) =>
  `00000000-0000-4000-8000-00000000000${people.indexOf(name as 'ann') + 1}`

export class Line {
  readonly far: FarSide
  readonly clock: JumpClock
  readonly switchboard: Switchboard
  readonly #store: Store
  readonly #folder: string
  readonly #settings: SettingsDesk

  private constructor(
    folder: string,
    near: Near,
    parts: { far: FarSide; switchboard: Switchboard; settings: SettingsDesk },
  ) {
    this.#folder = folder
    this.clock = near.clock
    this.#store = near.store
    this.far = parts.far
    this.switchboard = parts.switchboard
    this.#settings = parts.settings
  }

  /** Ann forwards to her group of Bo and Cy. */
  static async open(makeFar: (near: Near) => FarSide): Promise<Line> {
    const folder = await mkdtemp(join(tmpdir(), 'pickup-line-'))
    const clock = new JumpClock()
    const store = await openEmbedded({ folder, clock })
    const directory = new Directory(store, () => clock.now())
    const near: Near = { store, clock, directory, hear: (name, event) => switchboard.hear(name, event) }
    const far = makeFar(near)
    const switchboard = new Switchboard({
      store,
      directory,
      now: () => clock.now(),
      presence: () => Promise.resolve(new Map()),
      sources: [far.source],
    })
    const performers = { switchboard, directory, sources: [far.source], announcer: new NotingAnnouncer() }
    await store.start({
      onTimer: (timer, read) => switchboard.timer(timer, read),
      onEffect: (effect) => perform(effect, performers),
    })
    const settings = new SettingsDesk(store, switchboard.calls, () => clock.now())
    for (const name of people)
      await directory.meet(sender(name, { address: `${name}@contoso.com`, objectId: objectIdOf(name) }))
    const desk = { store, directory, switchboard, settings }
    await adds(desk, objectIdOf('ann'), objectIdOf('bo'), objectIdOf('cy'))
    await sends(desk, objectIdOf('ann'), 'immediate', { is: 'group' })
    return new Line(folder, near, { far, switchboard, settings })
  }

  /** Ann's calls go straight to a number. */
  async forwardsTo(number: string): Promise<void> {
    const desk = {
      store: this.#store,
      directory: new Directory(this.#store, () => this.clock.now()),
      switchboard: this.switchboard,
      settings: this.#settings,
    }
    await sends(desk, objectIdOf('ann'), 'immediate', { is: 'number', number })
  }

  async call(id: string): Promise<Call | null> {
    return (await this.#store.get('call', this.name(id)))?.doc.call ?? null
  }

  name(id: string): string {
    return `${this.far.source.name}:${id}`
  }

  async comesTo(id: string, what: string): Promise<void> {
    await until(`${id} is ${what}`, async () => (await this.state(id)) === what)
  }

  /** "ringing", "connecting bo", "answered bo", "forwarded", "voicemail" … */
  async state(id: string): Promise<string> {
    const state = (await this.call(id))?.state
    if (!state) return 'unknown'
    if (state.is === 'ringing') return 'ringing'
    const who = people.find((name) => objectIdOf(name) === state.by)
    return [state.is === 'connecting' ? 'connecting' : state.outcome, who].filter((word) => word).join(' ')
  }

  async rows(): Promise<number> {
    return (await this.#store.history({ person: objectIdOf('ann'), limit: 20 })).length
  }

  async close(): Promise<void> {
    await this.#store.stop()
    await this.#store.close()
    await rm(this.#folder, { recursive: true, force: true })
  }
}
