/** People who talk to the bot in this process: every part of it is real, and what it would send is only kept. */
import { Arrivals } from '../../src/chat/arrivals.ts'
import { type Answer } from '../../src/chat/draw/answer.ts'
import { type Messenger } from '../../src/chat/send/messenger.ts'
import { type Office, type Turn } from '../../src/chat/turn.ts'
import { callGroup } from '../../src/core/target.ts'
import { adds, offered, sender, sends } from '../switchboard/desk.ts'
import { type Ledger, openLedger } from '../switchboard/ledger.ts'

export type Talk = {
  readonly ledger: Ledger
  readonly office: Office
  /** Somebody speaks; they are known by their first name in small letters, and met when they were not. */
  readonly turn: (name: string) => Promise<Turn>
  /** The owner's group has these members, and all calls go to it. */
  readonly shares: (owner: string, ...members: readonly string[]) => Promise<void>
  /** A call comes in; the answer is its id. */
  readonly rings: (id: string, owner: string) => Promise<string>
  readonly close: () => Promise<void>
}

/** A chat service that nobody can be reached by. */
const nobodyThere: Messenger = {
  post: () => Promise.resolve({ is: 'unreachable' }),
  update: () => Promise.resolve({ is: 'unreachable' }),
  delete: () => Promise.resolve({ is: 'unreachable' }),
  open: () => Promise.resolve({ is: 'unreachable' }),
  member: () => Promise.resolve({ is: 'unreachable' }),
}

export async function openTalk(): Promise<Talk> {
  const ledger = await openLedger()
  const office = officeOver(ledger)
  const { directory } = office
  const meets = (name: string) => {
    const id = name.toLowerCase()
    return directory.meet(sender(id, { name: `${name} Ek`, address: `${id}@contoso.com` }))
  }
  return {
    ledger,
    office,
    turn: async (name) => {
      const { person } = await meets(name)
      return { ...office, person, sender: sender(person.id), channel: 'emulator', mentions: [] }
    },
    shares: async (owner, ...members) => {
      for (const name of [owner, ...members]) await meets(name)
      await adds(ledger, owner.toLowerCase(), ...members.map((name) => name.toLowerCase()))
      await sends(ledger, owner.toLowerCase(), 'immediate', callGroup)
    },
    rings: async (id, owner) => {
      await offered(ledger, id, owner.toLowerCase())
      return `pbx:${id}`
    },
    close: ledger.close,
  }
}

function officeOver(ledger: Ledger): Office {
  const { store, directory, settings, rights, sweeping, switchboard, now } = ledger
  const after = () => () => undefined
  const parts = { directory, switchboard, settings, sweeping, messenger: nobodyThere, now, after }
  const arrivals = new Arrivals(parts)
  const desks = { store, directory, settings, rights, sweeping, switchboard, now }
  return { ...desks, arrivals, admins: new Set(), isLocal: true }
}

/** All that an answer shows, as text. */
export function words(answer: Answer): string {
  return answer.is === 'card' ? JSON.stringify(answer.card) : answer.text
}

/** Everything that stands on a card, line by line. */
export function lines(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'text' && typeof inner === 'string' ? [inner] : lines(inner),
  )
}
