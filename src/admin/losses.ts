/** What people have now and would not have any more: members, delegates, rules, choices. */
import { type CallingSettings, neverConfigured } from '../core/calling-settings.ts'
import { type PersonId } from '../core/person.ts'
import { walk } from '../walk.ts'
import { type AdminParts } from './api.ts'
import { type SettingsSheet, writeCallingSettings } from './settings-sheet.ts'
import { peopleOn } from './user-settings.ts'
import { addressesOf } from './whom.ts'

/** What somebody would lose by an import, and the row that takes it from them first. */
export type Loss = {
  readonly is: 'loss'
  readonly line: number
  readonly person: string
  readonly lost: readonly string[]
}

/** Sheets as they were, to be compared with what becomes of them. */
export class Losses {
  readonly #before = new Map<PersonId, { readonly line: number; readonly sheet: CallingSettings }>()
  readonly #more = new Map<PersonId, { readonly line: number; readonly lost: readonly string[] }>()

  /** What somebody's sheet says before a row changes it for the first time. */
  remember(line: number, person: PersonId, sheet: CallingSettings): void {
    if (!this.#before.has(person)) this.#before.set(person, { line, sheet })
  }

  /** What somebody loses that is not on their sheet. */
  add(line: number, person: PersonId, ...lost: readonly string[]): void {
    const { line: first, lost: already } = this.#more.get(person) ?? { line, lost: [] }
    if (lost.length > 0) this.#more.set(person, { line: first, lost: [...already, ...lost] })
  }

  /** Everybody who loses something from then to now. */
  async *until({ settings, directory }: AdminParts): AsyncGenerator<Loss> {
    for await (const person of walk(new Set([...this.#before.keys(), ...this.#more.keys()]))) {
      const more = this.#more.get(person)
      const before = this.#before.get(person)
      const now = await settings.settingsOf(person)
      const then = before?.sheet ?? now
      const addressOf = await addressesOf(directory, [person, ...peopleOn(then), ...peopleOn(now)])
      const written = (sheet: CallingSettings) => writeCallingSettings(sheet, addressOf)
      const lost = [...lossesBetween(written(then), written(now)), ...(more?.lost ?? [])]
      const line = before?.line ?? more?.line ?? 1
      if (lost.length > 0) yield { is: 'loss', line, person: addressOf(person), lost }
    }
  }
}

/** What is gone from one sheet to the next, a field each with what it held. */
export function lossesBetween(before: SettingsSheet, after: SettingsSheet): readonly string[] {
  return (Object.keys(before) as ReadonlyArray<keyof SettingsSheet>).flatMap((field) => {
    const gone = goneFrom(before[field], after[field], unset[field])
    return gone.length === 0 ? [] : [`${field} ${gone.join(', ')}`]
  })
}

/** What a sheet says of which nothing was ever set: that cannot be lost. */
const unset = writeCallingSettings(neverConfigured, (person) => person)

type Value = readonly unknown[] | string | boolean | null | undefined

function goneFrom(before: Value, after: Value, never: Value): readonly string[] {
  if (isList(before)) return goneFromList(before, isList(after) ? after : [])
  // That a rule was off is nothing to miss.
  const isSet = before !== null && before !== undefined && before !== false && before !== never
  return isSet && before !== after ? [String(before)] : []
}

function isList(value: Value): value is readonly unknown[] {
  return Array.isArray(value)
}

/** Who is on a list no more; and of those who stay, what they may no longer do or how they no longer want to be told. */
function goneFromList(before: readonly unknown[], after: readonly unknown[]): readonly string[] {
  const now = new Map(after.map(entryOf))
  return before.map(entryOf).flatMap(([who, said]) => {
    const still = now.get(who)
    if (still === undefined) return [said.length === 0 ? who : `${who} (${said.join(', ')})`]
    return said.filter((one) => !still.includes(one)).map((one) => `${who} ${one}`)
  })
}

/** An entry of a list: who it is about, and what it says of them beyond what goes without saying. */
function entryOf(entry: unknown): readonly [who: string, said: readonly string[]] {
  if (typeof entry !== 'object' || entry === null) return [String(entry), []]
  const [[, who] = ['', ''], ...rest] = Object.entries(entry) as ReadonlyArray<readonly [string, unknown]>
  const said = rest.flatMap(([name, value]) => {
    if (typeof value === 'boolean') return value ? [name] : []
    return value === 'Ring' ? [] : [String(value)]
  })
  return [String(who), said]
}
