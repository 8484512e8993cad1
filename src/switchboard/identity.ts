/** Who is who: what tells two people apart, which names lead to one alone, and whose word about a name counts. */
import { isObjectId, type PersonId } from '../core/person.ts'
import { wholeText } from '../core/whole.ts'
import { type NameSource, type PersonRecord } from '../store/documents.ts'

/** Their Entra object id, where it is known. */
export function objectIdIn({ id, objectId }: Pick<PersonRecord, 'id' | 'objectId'>): string | undefined {
  return objectId ?? (isObjectId(id) ? id : undefined)
}

/** An id that is theirs alone: their object id, else the channel's. Undefined for somebody known by address only. */
export function ownIdOf({ id, objectId }: Pick<PersonRecord, 'id' | 'objectId'>): string | undefined {
  return objectId ?? (id.includes('@') ? undefined : id)
}

/**
 * Whether a record is certainly not that of whoever has this id of their own. Addresses change hands: somebody who has
 * another id, or whom the bot has met, is never met again by an address alone.
 */
export function isSomebodyElse(record: PersonRecord, ownId: string | undefined): boolean {
  const known = ownIdOf(record)
  return known === undefined ? record.reach !== undefined : known !== ownId
}

/** Whether what is known of them is from Teams itself, and not from a file or from others. */
export function isOfTeams({ reach, teams }: PersonRecord): boolean {
  return teams !== undefined || reach?.channel === 'msteams'
}

/**
 * A name that leads back to this person and nobody else: the address they have now, else their own id. An address that a
 * record is merely kept under may have become somebody else's.
 */
export function nameLeadingTo(record: PersonRecord): string {
  return record.address ?? ownIdOf(record) ?? record.reach?.user ?? record.id
}

/** Whether a name leads to them: not to somebody played in the Emulator whose address is somebody else's by now. */
export function canBeNamed(record: PersonRecord): boolean {
  return [record.address, ownIdOf(record), record.reach].some((name) => name !== undefined)
}

/** Whether somebody is meant by one of these names: by object id, or by an address that leads to them. */
export function isNamedIn(names: ReadonlySet<string>, person: PersonRecord): boolean {
  const own = [ownIdOf(person), person.address, ...(person.alsoAt ?? [])]
  return own.some((name) => name !== undefined && names.has(name))
}

/** Whose word about a name counts more: what Teams tells of somebody before an import, and that before any other. */
const weights: Readonly<Record<NameSource, number>> = { address: 0, mention: 1, import: 2, channel: 3 }

/** The record under this name, unless somebody whose word counts more has told another. */
export function called(record: PersonRecord, told: string, source: NameSource): PersonRecord {
  const name = wholeText(told)
  if (name === '' || weights[source] < weightOf(record)) return record
  // A mention may be cut short by whoever writes it.
  if (source === 'mention' && !isNameless(record)) return record
  return record.name === name && record.nameFrom === source ? record : { ...record, name, nameFrom: source }
}

/** What Teams calls somebody with what they write. */
export function calledInTurn(record: PersonRecord, told: string): PersonRecord {
  const name = wholeText(told)
  if (name === '' || record.teams?.inTurn === name) return record
  return { ...called(record, name, 'channel'), teams: { ...record.teams, inTurn: name } }
}

/** What Teams calls somebody when it is asked. */
export function calledInRoster(record: PersonRecord, told: string, askedAt: number): PersonRecord {
  const name = wholeText(told)
  const isNews = name !== '' && record.teams?.inRoster !== name
  const known = isNews ? { ...record.teams, inRoster: name } : record.teams
  return { ...(isNews ? called(record, name, 'channel') : record), teams: { ...known, askedAt } }
}

/** Whether the record has no name but the address or id it is known by. */
export function isNameless({ id, name, address }: PersonRecord): boolean {
  return name === id || name === address
}

/** Of records from before it was kept, Teams told the names of whoever it has brought. */
function weightOf(record: PersonRecord): number {
  if (record.nameFrom !== undefined) return weights[record.nameFrom]
  if (isNameless(record)) return -1
  return record.reach?.channel === 'msteams' ? weights.channel : weights.address
}

/** The record of somebody who has this address now. The one they had goes on leading to them. */
export function withAddress(record: PersonRecord, address: string): PersonRecord {
  if (record.address === address) return record
  const had = record.address === undefined ? [] : [record.address]
  return { ...alsoAt(record, [...had, ...(record.alsoAt ?? [])], address), address }
}

/** The record of somebody whom this address leads to besides the one they are known by. */
export function withFurtherAddress(record: PersonRecord, address: string): PersonRecord {
  if (record.address === address) return record
  return alsoAt(record, [address, ...(record.alsoAt ?? [])], record.address)
}

/** The record of somebody whose address has become somebody else's. */
export function withoutAddress({ address: had, ...record }: PersonRecord, address: string): PersonRecord {
  const rest = alsoAt(record, record.alsoAt ?? [], address)
  return had === undefined || had === address ? rest : { ...rest, address: had }
}

/** How many further addresses of one person are kept in mind; all of them go on leading to them. */
const mostFurther = 10

function alsoAt(
  { alsoAt: _, ...record }: PersonRecord,
  addresses: readonly string[],
  except: string | undefined,
): PersonRecord {
  const left = [...new Set(addresses)].filter((one) => one !== except).slice(0, mostFurther)
  return left.length > 0 ? { ...record, alsoAt: left } : record
}

/** Somebody the bot knows nothing about but their id. */
export function stranger(id: PersonId): PersonRecord {
  return { id, name: id, welcomed: false, ...(id.includes('@') ? { address: id } : {}) }
}
