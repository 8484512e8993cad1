/** Everybody the bot knows, a page at a time. */
import { adminCard, backToAdministration, people, rowsShown } from './admin-card.ts'
import { choiceOf } from './people.ts'
import { plainName } from './plain.ts'
import { type Answer, type Turn } from './turn.ts'

/** Those that come after this id, in the order of ids. */
export async function peopleCard(turn: Turn, after: string): Promise<Answer> {
  const found = await turn.store.list('person', { after, limit: rowsShown + 1 })
  const shown = found.slice(0, rowsShown)
  const links = await Promise.all(
    shown.map(async ({ id, doc }) => ({
      title: choiceOf(doc).title,
      detail: await personLine(turn, id),
      verb: 'admin-rights',
      data: { person: id },
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

/** "Policy Global. 3 people in their call group; in 2 groups." */
async function personLine({ rights, settings }: Turn, id: string): Promise<string> {
  const [{ policy }, { group, memberships }] = await Promise.all([rights.of(id), settings.settingsOf(id)])
  const has = group.members.length === 0 ? [] : [`${people(group.members.length)} in their call group`]
  const groups = memberships.length === 1 ? '1 group' : `${memberships.length} groups`
  const isIn = memberships.length === 0 ? [] : [`in ${groups} of others`]
  const sharing = [...has, ...isIn].join('; ') || 'Shares no calls'
  return `Policy ${plainName(policy)}. ${sharing.charAt(0).toUpperCase()}${sharing.slice(1)}.`
}
