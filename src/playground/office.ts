/**
 * The page's office: its people, their screens, the calls to them, and the four steps, as one piece that is kept in the data
 * folder and told to every open page when it changes.
 */
import { commands } from '../chat/commands.ts'
import { type Clock } from '../clock.ts'
import { type Call } from '../core/call.ts'
import { type Presence } from '../core/lane.ts'
import { type SimulatedSource } from '../source/simulated.ts'
import { type CallRecord } from '../store/documents.ts'
import { type Store } from '../store/store.ts'
import { type Directory } from '../switchboard/directory.ts'
import { LiveCalls } from '../switchboard/live-calls.ts'
import { type SettingsDesk } from '../switchboard/settings.ts'
import { send } from '../wire/wire.ts'
import { CallWatch, type Story } from './call-watch.ts'
import { ChatService } from './chat-service.ts'
import { Chats } from './chats.ts'
import { Events } from './events.ts'
import { KeptFiles } from './kept-files.ts'
import { type PagePerson, People } from './people.ts'
import { type ScreenChange, Screens, type Shown } from './screens.ts'
import { Steps, type StepsView, type Three } from './steps.ts'
import { type Talk, Telephone } from './telephone.ts'

export type OfficeParts = {
  readonly folder: string
  readonly botUrl: string
  readonly zone: string
  readonly store: Store
  readonly directory: Directory
  readonly settings: SettingsDesk
  /** Absent: no pretend calls come in here. */
  readonly simulated?: SimulatedSource
  readonly clock: Clock
  readonly newId: () => string
  /** Told of what could not be kept or looked at; the page goes on. */
  readonly failed: (event: string, error: unknown) => void
}

/** What is kept besides the screens and the people. */
type KeptOffice = { readonly talks: readonly Talk[]; readonly story: Story | null; readonly steps: StepsView }

/** As many messages as somebody scrolls back through. */
const mostMessages = 200
/** A call changes by itself when its time is up: so often is looked while there is one. */
const lookAgainMs = 400

/** What people can type, as Teams offers it; those for trying things out need pretend calls. */
const suggestions = commands
  .filter(({ topic, inManifest }) => inManifest === true || topic === 'Trying it out')
  .map(({ title, description }) => ({ title, description }))

export class Office {
  readonly people: People
  readonly service: ChatService
  readonly chats: Chats
  readonly telephone: Telephone | null
  readonly watch: CallWatch
  readonly steps = new Steps()
  readonly events = new Events()
  readonly #parts: OfficeParts
  readonly #files: KeptFiles
  /** How the bot knows each of the people, by object id. */
  #known: ReadonlyMap<string, string> = new Map()
  #told = ''
  #isDirty = false
  #looking: Promise<void> | null = null
  #callOff: () => void = () => undefined
  #isClosed = false

  private constructor(parts: OfficeParts, files: KeptFiles) {
    const { clock, newId, botUrl, zone, store, directory, simulated } = parts
    const now = () => clock.now()
    const changed = () => void this.changed()
    this.#parts = parts
    this.#files = files
    this.people = new People({ newId, changed })
    const screens = new Screens({ now, most: mostMessages, changed: (change) => this.#drawn(change) })
    this.service = new ChatService(screens, () => this.people.all(), now())
    this.chats = new Chats({
      service: this.service,
      people: this.people,
      botUrl,
      serviceUrl: `${botUrl}/playground/teams`,
      zone,
      now,
      newId,
      send,
    })
    this.telephone = simulated ? new Telephone(simulated, this.people) : null
    const seen = (_before: Call | null, record: CallRecord) => {
      this.#seen(record)
    }
    this.watch = new CallWatch({ store, calls: new LiveCalls(store, now), directory, now, seen })
  }

  /** Opens it as it was left, or with three people who install the bot now. */
  static async open(parts: OfficeParts): Promise<Office> {
    const office = new Office(parts, await KeptFiles.open(parts.folder))
    await office.#restore()
    return office
  }

  /** What a page that opens is told first. */
  hello(): object {
    return { suggestions, canCall: this.telephone !== null }
  }

  /** Everything but the screens. */
  view(): object {
    const people = this.people.all().map(({ objectId, name, address, presence, isRemoved }) => ({
      id: objectId,
      name,
      address,
      presence,
      isInstalled: !isRemoved,
    }))
    const { telephone, watch } = this
    const calls = watch.views().map((call) => ({ ...call, ...this.#heldBy(call.id) }))
    const talks = (telephone?.talks() ?? []).map(({ call, person, caller, owner }) => ({
      id: call,
      words: `${caller}, who called ${owner}, talks to ${this.people.find(person)?.name ?? 'somebody'}.`,
    }))
    return { people, calls, talks, steps: this.steps.view(), story: watch.story() }
  }

  /** Tells one page how everything is now. */
  greet(response: Parameters<Events['tell']>[0]): void {
    this.events.tell(response, 'hello', this.hello())
    this.events.tell(response, 'office', { ...this.view(), now: this.#parts.clock.now() })
  }

  /** Something may have changed: it is looked at, told to every page, and kept. Resolves once that is done. */
  changed(): Promise<void> {
    this.#isDirty = true
    this.#looking ??= this.#look()
      .catch((error: unknown) => {
        this.#parts.failed('playgroundNotSeen', error)
      })
      .finally(() => (this.#looking = null))
    return this.#looking
  }

  /** Resolves once everybody's screen is on disk. */
  kept(): Promise<void> {
    return this.#files.settled()
  }

  setPresence(person: PagePerson, presence: Presence): void {
    const id = this.#known.get(person.objectId)
    if (id !== undefined) this.telephone?.setPresence(id, presence)
    this.people.change(person.objectId, { presence })
  }

  /** The talk is over; false when there is none. */
  finish(call: string): boolean {
    const talk = this.telephone?.finish(call)
    if (!talk) return false
    const person = this.people.find(talk.person)
    if (person?.presence === 'inACall' && this.telephone?.isTalking(talk.person) === false)
      this.setPresence(person, 'available')
    void this.changed()
    return true
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#callOff()
    this.events.close()
    await this.#looking
    await this.#files.settled()
  }

  async #restore(): Promise<void> {
    if (!this.people.restore(await this.#files.read('people'))) {
      for (const person of this.people.begin()) void this.chats.install(person)
      return
    }
    for (const { objectId, conversation } of this.people.all()) {
      const messages = await this.#files.read(objectId)
      if (Array.isArray(messages)) this.service.screens.restore(conversation, messages as Shown[])
    }
    const kept = (await this.#files.read('office')) as KeptOffice | null
    if (kept) {
      this.steps.restore(kept.steps)
      this.watch.restore(kept.story)
      this.telephone?.restore(kept.talks)
    }
    await this.#meet()
    for (const person of this.people.all()) this.setPresence(person, person.presence)
    await this.changed()
  }

  async #look(): Promise<void> {
    this.#callOff()
    while (this.#isDirty && !this.#isClosed) {
      this.#isDirty = false
      await this.#meet()
      await this.watch.look([...this.#known.values()])
      await this.#lookAtSettings()
      this.#lookAtPresence()
    }
    this.#tell()
    if (this.watch.live().length > 0 && !this.#isClosed)
      this.#callOff = this.#parts.clock.after(lookAgainMs, () => void this.changed())
  }

  #tell(): void {
    const view = this.view()
    const text = JSON.stringify(view)
    if (text === this.#told) return
    this.#told = text
    this.events.tellAll('office', { ...view, now: this.#parts.clock.now() })
    this.#keep('people', () => this.people.all())
    this.#keep('office', (): KeptOffice => ({
      talks: this.telephone?.talks() ?? [],
      story: this.watch.story(),
      steps: this.steps.view(),
    }))
  }

  async #meet(): Promise<void> {
    const ids = await Promise.all(
      this.people
        .all()
        .map(async ({ objectId }) => [objectId, await this.#parts.directory.find(objectId)] as const),
    )
    this.#known = new Map(ids.flatMap(([objectId, id]) => (id === null ? [] : [[objectId, id] as const])))
  }

  async #lookAtSettings(): Promise<void> {
    const three = this.#three()
    if (three) this.steps.sawSettings(three, await this.#parts.settings.settingsOf(three.ann))
  }

  /** Presence may have been changed in a chat. */
  #lookAtPresence(): void {
    const { telephone } = this
    if (!telephone) return
    for (const { objectId, presence } of this.people.all()) {
      const id = this.#known.get(objectId)
      const now = id === undefined ? presence : telephone.presenceOf(id)
      if (now !== presence) this.people.change(objectId, { presence: now })
    }
  }

  #three(): Three | null {
    const [ann, bo, cy] = this.people.all().map(({ objectId }) => this.#known.get(objectId))
    return ann !== undefined && bo !== undefined && cy !== undefined ? { ann, bo, cy } : null
  }

  #heldBy(id: string): { readonly mayHangUp: boolean; readonly fails: string } {
    const record = this.watch.find(id)
    if (record?.source !== 'simulated' || !this.telephone) return { mayHangUp: false, fails: 'never' }
    return { mayHangUp: true, fails: this.telephone.failingOf(record) }
  }

  /** Whoever a caller was handed to is in a call from now on, and talks. */
  #seen({ call }: CallRecord): void {
    const three = this.#three()
    if (three) this.steps.sawCall(three, call)
    const { state } = call
    if (state.is !== 'ended' || state.outcome !== 'answered' || state.by === undefined) return
    const [objectId] = [...this.#known].find(([, id]) => id === state.by) ?? []
    const person = objectId === undefined ? undefined : this.people.find(objectId)
    if (!person || !this.telephone) return
    this.telephone.connected({ call: call.id, person: person.objectId, ...this.watch.namesIn(call) })
    if (person.presence === 'available') this.setPresence(person, 'inACall')
  }

  #keep(name: string, value: () => unknown): void {
    this.#files.write(name, value).catch((error: unknown) => {
      this.#parts.failed('playgroundNotKept', error)
    })
  }

  #drawn(change: ScreenChange): void {
    const person = this.people.all().find(({ conversation }) => conversation === change.conversation)
    if (!person) return
    const { objectId } = person
    if (change.is === 'gone') this.events.tellAll('gone', { person: objectId, id: change.id })
    else this.events.tellAll('message', { person: objectId, message: change.shown, isNew: change.isNew })
    this.#keep(objectId, () => this.service.screens.of(change.conversation))
    void this.changed()
  }
}
