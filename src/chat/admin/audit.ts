/** Who changed what: the rows of the audit as a card. */
import { type PersonId } from '../../core/person.ts'
import { type AuditEntry } from '../../store/store.ts'
import { type Answer } from '../draw/answer.ts'
import { plainName } from '../draw/plain.ts'
import { dayAndTime, type NameOf } from '../draw/sentences.ts'
import { namesOf } from '../said/people.ts'
import { type Turn } from '../turn.ts'
import { adminCard, backToAdministration, rowsShown } from './admin-card.ts'
import { partWords, peopleInPart } from './audit-words.ts'

type AuditPage = { readonly about?: string; readonly before?: number }

/** The last changes, or those about one person; older ones a page at a time. */
export async function auditCard(turn: Turn, { about = '', before = NaN }: AuditPage): Promise<Answer> {
  const found = await turn.store.audit({
    limit: rowsShown + 1,
    ...(about === '' ? {} : { about }),
    ...(Number.isSafeInteger(before) && before > 0 ? { before } : {}),
  })
  const shown = found.slice(0, rowsShown)
  const nameOf = await namesOf(turn, [about, ...shown.flatMap(peopleIn)])
  const last = found.length > rowsShown ? shown.at(-1) : undefined
  return adminCard({
    title: about === '' ? 'Who changed what' : `Changes about ${nameOf(about)}`,
    lead: shown.length === 0 ? 'Nothing was changed yet.' : '',
    rows: shown.map((row) => ({
      title: auditLine(row, nameOf),
      detail: row.parts.map((part) => partWords(part, nameOf)).join(' '),
      side: dayAndTime(row.at, turn.person.zone),
    })),
    buttons: [
      ...(last ? [{ title: 'Older', verb: 'admin-audit', data: { about, before: last.number } }] : []),
      backToAdministration,
    ],
  })
}

/** Everybody whose name it takes to tell of a change. */
export function peopleIn({ by, about, parts }: AuditEntry): readonly PersonId[] {
  const whose = about.startsWith(ofPolicy) || about.startsWith(ofAccount) ? [] : [about]
  return [...(by === null ? [] : [by]), ...whose, ...parts.flatMap(peopleInPart)]
}

const ofPolicy = 'policy:'
const ofAccount = 'resourceAccount:'

const doorWords: ReadonlyMap<string, string> = new Map([
  ['chat', 'in the chat'],
  ['delegate', 'as a delegate'],
  ['admin', 'as an admin'],
  ['http', 'through the admin API'],
  ['terminal', 'at the terminal'],
  ['bot', 'by itself'],
])

/** "Dee changed the settings of Ann, as a delegate". */
export function auditLine({ by, about, door }: AuditEntry, nameOf: NameOf): string {
  const who = by === null ? (door === 'bot' ? 'The bot' : 'An admin') : nameOf(by)
  return `${who} changed ${whatChanged(by, about, nameOf)}, ${doorWords.get(door) ?? door}`
}

function whatChanged(by: AuditEntry['by'], about: string, nameOf: NameOf): string {
  if (about.startsWith(ofPolicy)) return `the policy ${plainName(about.slice(ofPolicy.length))}`
  if (about.startsWith(ofAccount)) return `the resource account ${about.slice(ofAccount.length)}`
  return by === about ? 'their settings' : `the settings of ${nameOf(about)}`
}
