/** Everybody the bot knows, by name, a page at a time. */
import { type PersonRecord } from '../../store/documents.ts'
import { every } from '../../switchboard/every.ts'
import { type Answer } from '../draw/answer.ts'
import { plainName } from '../draw/plain.ts'
import { choiceOf } from '../said/people.ts'
import { type Turn } from '../turn.ts'
import { adminCard, backToAdministration, people, rowsShown } from './admin-card.ts'

/** People looked at before they are sorted in. */
const mostWaiting = 200

/** Those that come after this person; everybody when that is nobody any more. */
export async function peopleCard(turn: Turn, after: string): Promise<Answer> {
  const found = await nextByName(turn, after, rowsShown + 1)
  const shown = found.slice(0, rowsShown)
  const links = await Promise.all(
    shown.map(async (person) => ({
      title: choiceOf(person).title,
      detail: await personLine(turn, person.id),
      verb: 'admin-rights',
      data: { person: person.id },
    })),
  )
  const last = found.length > rowsShown ? shown.at(-1) : undefined
  return adminCard({
    title: 'People',
    lead: links.length === 0 ? 'Nobody more.' : '',
    links,
    asksForName: true,
    nameLabel: 'Find somebody',
    namePlaceholder: 'Name or address',
    buttons: [
      { title: 'Find', verb: 'admin-find', data: {} },
      ...(last ? [{ title: 'More', verb: 'admin-people', data: { after: last.id } }] : []),
      backToAdministration,
    ],
  })
}

const { compare } = new Intl.Collator('en')

/** As people look for each other: by name, whatever its case and accents; of two with one name by id. */
function byName(one: PersonRecord, other: PersonRecord): number {
  return compare(one.name, other.name) || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)
}

/** The first so many behind somebody. Everybody is looked at, but never more than a few pages are held. */
async function nextByName({ store }: Turn, after: string, count: number): Promise<readonly PersonRecord[]> {
  const last = after === '' ? undefined : (await store.get('person', after))?.doc
  let first: readonly PersonRecord[] = []
  let waiting: PersonRecord[] = []
  const sorted = () => [...first, ...waiting].sort(byName).slice(0, count)
  for await (const { doc } of every(store, 'person')) {
    if (last !== undefined && byName(doc, last) <= 0) continue
    waiting.push(doc)
    if (waiting.length < mostWaiting) continue
    first = sorted()
    waiting = []
  }
  return sorted()
}

/** "Policy Global. 3 people in their call group; in 2 groups." */
async function personLine({ rights, settings }: Turn, id: string): Promise<string> {
  const [{ policy }, { group, memberships }] = await Promise.all([rights.of(id), settings.settingsOf(id)])
  const has = group.members.length === 0 ? [] : [`${people(group.members.length)} in their call group`]
  const groups = memberships.length === 1 ? '1 group' : `${memberships.length} groups`
  const isIn = memberships.length === 0 ? [] : [`in ${groups} of others`]
  const sharing = [...has, ...isIn].join('; ') || 'Shares no calls'
  return `Policy ${plainName(policy)}. ${sharing.charAt(0).toUpperCase()}${sharing.slice(1)}.`
}
