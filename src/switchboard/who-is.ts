/** Who somebody is now: two records of one person become one, and what names the old record means the person it became. */
import { type PersonId } from '../core/person.ts'
import { type Put, type Reader } from '../store/store.ts'

/**
 * The person kept under this id, or whom it leads to when nobody is; null when it leads to nobody. A record goes before
 * another name: a channel's user who now is somebody else may have left a person behind under their old id. So does whom
 * an address meant while it was an id: as a name it may be somebody else's by now.
 */
export async function whoIs(read: Pick<Reader, 'get'>, id: PersonId): Promise<PersonId | null> {
  const seen = new Set<PersonId>()
  for (let now = id; !seen.has(now);) {
    seen.add(now)
    const [person, became, alias] = await Promise.all([
      read.get('person', now),
      read.get('became', now),
      read.get('alias', now),
    ])
    if (person) return now
    const next = became ?? alias
    if (!next) return null
    now = next.doc.person
  }
  return null
}

/**
 * Puts by which an old record is no more. Its id leads to the person instead, unless it already leads to somebody; what
 * an admin decided about it holds for the person, unless something was decided about them.
 */
export async function replacing(read: Reader, old: PersonId, person: PersonId): Promise<readonly Put[]> {
  const [record, alias, rights, own] = await Promise.all([
    read.get('person', old),
    read.get('alias', old),
    read.get('rights', old),
    read.get('rights', person),
  ])
  const puts: Put[] = []
  if (record) puts.push({ kind: 'person', id: old, expect: record.rev, doc: null })
  if (!alias) puts.push({ kind: 'alias', id: old, expect: 0, doc: { person } })
  if (rights) puts.push({ kind: 'rights', id: old, expect: rights.rev, doc: null })
  const both = { ...rights?.doc, ...own?.doc }
  if (rights) puts.push({ kind: 'rights', id: person, expect: own?.rev ?? 0, doc: both })
  return puts
}
