/**
 * Every change of settings from the chat goes through here: whose sheet it is, whether the person may change it, whether
 * the card still shows the truth, and what to say afterwards. All of it is decided together with the change itself.
 */
import { createHash } from 'node:crypto'
import { type CallingSettings } from '../../core/calling-settings.ts'
import { type Change, refuse } from '../../core/change.ts'
import { mayManage } from '../../core/delegates.ts'
import { type PersonId } from '../../core/person.ts'
import { type Refusal, type Warning } from '../../core/refusal.ts'
import { type Subscriber, type Subscribers } from '../../core/subscriber.ts'
import { isNamedIn } from '../../switchboard/identity.ts'
import { type CardInput, textIn } from '../draw/input.ts'
import { type Notice } from '../draw/parts.ts'
import { refusalText, warningText } from '../draw/refusal.ts'
import { namesOf } from '../said/people.ts'
import { type Turn } from '../turn.ts'
import { fixesFor } from './fixes.ts'

export type Edit = {
  /** Whose sheet: the owner a card was drawn for, or the person themselves. */
  readonly owner: PersonId
  /** The part of the sheet that the card shows, and the mark it was drawn with; absent when typed. */
  readonly seen?: { readonly part: (settings: CallingSettings) => unknown; readonly mark: string }
  readonly rule: (owner: Subscriber, subscribers: Subscribers) => Change
}

export async function edit(turn: Turn, { owner, seen, rule }: Edit): Promise<Change> {
  const self = turn.person.id
  const door = owner === self ? 'chat' : isAdminHere(turn) ? 'admin' : 'delegate'
  return turn.settings.change({ person: self, door }, (subscribers) => {
    const sheet = subscribers(owner)
    if (!mayEdit(turn, sheet.settings, owner)) return refuse({ code: 'E_FORBIDDEN' })
    if (seen && seen.mark !== '' && markOf(seen.part(sheet.settings)) !== seen.mark)
      return refuse({ code: 'E_STALE_CARD' })
    return rule(sheet, subscribers)
  })
}

/** Whether somebody is listed in ADMINS, by their object id or an address that is theirs now. */
export function isAdminHere({ admins, person }: Pick<Turn, 'admins' | 'person'>): boolean {
  return isNamedIn(admins, person)
}

/** Whether somebody may see and change this sheet: its owner, a delegate who manages it, an admin. */
export function mayEdit(turn: Turn, settings: CallingSettings, owner: PersonId): boolean {
  return mayManage(settings, owner, turn.person.id) || isAdminHere(turn)
}

/** Whose sheet a click is about. */
export function ownerIn(turn: Turn, given: CardInput): PersonId {
  return textIn(given, 'owner') || turn.person.id
}

/** A short mark of what a card shows: equal marks, equal contents. */
export function markOf(part: unknown): string {
  return createHash('sha256').update(JSON.stringify(part)).digest('base64url').slice(0, 8)
}

/**
 * What came of a change to this owner's sheet, in words: every refusal, else every warning, else the sentence for
 * success; with buttons that do what the words advise.
 */
export async function changeWords(
  turn: Turn,
  change: Change,
  success: string,
  owner: PersonId = turn.person.id,
): Promise<Notice> {
  const { refusals, warnings } = change
  const buttons = await fixesFor(turn, owner, [...refusals, ...warnings])
  const nameOf = await namesOf(turn, [...refusals, ...warnings].flatMap(peopleIn))
  const refusalWords = refusals.map((refusal) => refusalText(refusal, nameOf))
  if (refusals.length > 0) {
    const done = change.sheets.size > 0 ? [success] : []
    return { tone: 'attention', text: [...done, ...refusalWords].join(' '), buttons }
  }
  const isUnchanged = change.sheets.size === 0
  if (warnings.length === 0)
    return { tone: 'good', text: isUnchanged ? 'Nothing had to be changed.' : success }
  return {
    tone: 'warning',
    text: [success, ...warnings.map((warning) => warningText(warning, nameOf))].join(' '),
    buttons,
  }
}

/** What is wrong with somebody's settings as they are, with buttons for whoever may mend it; undefined when nothing is. */
export async function lastingNotice(
  turn: Turn,
  owner: PersonId,
  warnings: readonly Warning[],
): Promise<Notice | undefined> {
  if (warnings.length === 0) return undefined
  const nameOf = await namesOf(turn, warnings.flatMap(peopleIn))
  const text = warnings.map((warning) => warningText(warning, nameOf)).join(' ')
  const mayMend = mayEdit(turn, await turn.settings.settingsOf(owner), owner)
  return { tone: 'warning', text, buttons: mayMend ? await fixesFor(turn, owner, warnings) : [] }
}

function peopleIn(told: Refusal | Warning): readonly PersonId[] {
  if ('unreachable' in told) return told.unreachable
  const person = 'person' in told ? [told.person] : []
  return 'owner' in told ? [...person, told.owner] : person
}
