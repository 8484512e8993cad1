/**
 * Reads settings of many people: what Get-CsUserCallingSettings | ConvertTo-Json prints, or our own export. A row that
 * cannot be kept is named with its line and the rest is done. Three rounds, because rows name each other: who everybody
 * is, then each sheet whole, and at last how people want to be told by the groups they are in by then.
 */
import { type CallingSettings } from '../core/calling-settings.ts'
import { type Change, inTurn } from '../core/change.ts'
import { addDelegate, removeDelegate, setDelegatePermissions } from '../core/delegates.ts'
import { setNotification, setOverride } from '../core/notifications.ts'
import { isAddress, isObjectId, type PersonId, plainAddress } from '../core/person.ts'
import { setRules } from '../core/rules.ts'
import { setGroup } from '../core/set-group.ts'
import { type Subscriber, type Subscribers } from '../core/subscriber.ts'
import { type Author } from '../switchboard/author.ts'
import { linkAddress } from '../switchboard/link.ts'
import { type AdminParts } from './api.ts'
import { settingsOn } from './calling-settings.ts'
import { type Form, readForm } from './form.ts'
import { objectsIn } from './json-values.ts'
import { eligibilityOn, policyOn } from './policy.ts'
import { wordsFor } from './users.ts'
import { whomNamed } from './whom.ts'

/** What an import tells while it goes on: how far it is, what was wrong, and how it ended. */
export type ImportTold =
  | { readonly is: 'progress'; readonly done: number; readonly of: number }
  | { readonly is: 'problem'; readonly line: number; readonly code: string; readonly message: string }
  | { readonly is: 'done'; readonly rows: number; readonly changed: number; readonly problems: number }

type Row = { readonly line: number; readonly json: unknown }
type PersonRow = Row & { readonly person: PersonId }

/** Rows between two words about how far it is. */
const rowsPerWord = 50

export async function* importRows(parts: AdminParts, by: Author, text: string): AsyncGenerator<ImportTold> {
  const rows = [...objectsIn(text.replace(/^\uFEFF/u, ''))]
  const run = new Import(parts, by)
  let done = 0
  const rounds = 3
  const progress = (): ImportTold => ({ is: 'progress', done: Math.floor(done / rounds), of: rows.length })
  const people: PersonRow[] = []
  for (const { line, text: json } of rows) {
    const person = await run.introduce(line, json)
    if (person) people.push(person)
    yield* run.problems()
    if (++done % rowsPerWord === 0) yield progress()
  }
  for (const round of [run.write, run.choose]) {
    for (const row of people) {
      await round(row)
      yield* run.problems()
      if (++done % rowsPerWord === 0) yield progress()
    }
  }
  done = rows.length * rounds
  yield progress()
  yield { is: 'done', rows: rows.length, changed: run.changed.size, problems: run.lines.size }
}

class Import {
  readonly #parts: AdminParts
  readonly #by: Author
  readonly #seen = new Map<PersonId, number>()
  readonly changed = new Set<PersonId>()
  /** The lines that had a problem. */
  readonly lines = new Set<number>()
  #told: ImportTold[] = []

  constructor(parts: AdminParts, by: Author) {
    this.#parts = parts
    this.#by = by
  }

  problems(): readonly ImportTold[] {
    const told = this.#told
    this.#told = []
    return told
  }

  /** Keeps who a row is about and what they may do; null when it is about nobody, or a policy. */
  async introduce(line: number, text: string): Promise<PersonRow | null> {
    const json = parsed(text)
    if (json === undefined)
      return this.#no(line, { code: 'E_FORMAT', message: 'This is not JSON: a brace or a quote is missing.' })
    const read = readForm(json, rowOn)
    if ('error' in read) return this.#no(line, read.error)
    if (read.is === 'policy') {
      await this.#parts.rights.setPolicy(this.#by, read.name, read.policy)
      return null
    }
    const person = await this.#keep(read)
    const earlier = this.#seen.get(person)
    if (earlier !== undefined)
      return this.#no(line, { code: 'E_DUP', message: `This person is on line ${earlier} already.` })
    this.#seen.set(person, line)
    await this.#allow(line, person, read)
    return { line, json, person }
  }

  /** Writes everything a sheet says itself; nothing of it when any part is refused. */
  readonly write = async (row: PersonRow): Promise<void> => {
    const sheet = await this.#sheetIn(row)
    if (sheet) await this.#change(row, (person, who) => written(person, sheet, who))
  }

  /** What somebody chose for the groups they are in. */
  readonly choose = async (row: PersonRow): Promise<void> => {
    if (this.lines.has(row.line)) return
    const sheet = await this.#sheetIn(row)
    if (sheet === null || sheet.memberships.length === 0) return
    const steps = sheet.memberships.map(
      ({ owner, notification }) =>
        (one: Subscriber) =>
          setNotification(one, owner, notification),
    )
    await this.#change(row, (person, who) => inTurn(person, steps, who))
  }

  async #sheetIn({ line, json }: PersonRow): Promise<CallingSettings | null> {
    const whom = await whomNamed(this.#parts.directory, json)
    const sheet = readForm(json, (form) => settingsOn(form, whom.personOf))
    if ('error' in sheet) return this.#no(line, sheet.error)
    await whom.keepNew()
    return sheet
  }

  async #change({ line, person }: PersonRow, rule: (person: Subscriber, who: Subscribers) => Change) {
    const change = await this.#parts.settings.change(this.#by, (who) => rule(who(person), who))
    if (change.sheets.size > 0) this.changed.add(person)
    for (const { code, message } of await wordsFor(this.#parts, change.refusals))
      this.#no(line, { code, message })
  }

  async #keep({ objectId, address, name }: PersonOn): Promise<PersonId> {
    const { directory } = this.#parts
    const id = await directory.mention(objectId ?? address ?? '', name ?? undefined)
    const person = await directory.person(id)
    if (address !== null && person.address !== address)
      await linkAddress(this.#parts, { ...person, name: name ?? person.name }, address)
    else if (name !== null && [person.id, person.address].includes(person.name))
      await directory.change(id, (before) => ({ ...before, name }))
    return id
  }

  async #allow(line: number, person: PersonId, { eligibility, policy }: PersonOn): Promise<void> {
    const { rights } = this.#parts
    if (eligibility) await rights.setEligibility(this.#by, person, eligibility)
    if (policy !== null && !(await rights.assign(this.#by, person, policy)))
      this.#no(line, { code: 'E_NOT_FOUND', message: `There is no policy ${policy}: import it first.` })
  }

  #no(line: number, { code, message }: { readonly code: string; readonly message: string }): null {
    this.lines.add(line)
    this.#told.push({ is: 'problem', line, code, message })
    return null
  }
}

type PersonOn = {
  readonly is: 'person'
  readonly objectId: string | null
  readonly address: string | null
  readonly name: string | null
  readonly eligibility: ReturnType<typeof eligibilityOn> | null
  readonly policy: string | null
}

function rowOn(form: Form) {
  if (form.value('Policy') !== null) {
    const policy = form.form('Policy')
    const name = textOf(policy, 'Identity') ?? ''
    if (name === '') policy.complain('Identity', 'must name the policy')
    return { is: 'policy', name, policy: policyOn(policy) } as const
  }
  return personOn(form)
}

/** Who a row is about: by SipUri as Teams prints it, by object id, or both. */
function personOn(form: Form): PersonOn {
  const names = ['SipUri', 'Identity', 'ObjectId', 'Id'].map((field) =>
    plainAddress(textOf(form, field) ?? ''),
  )
  const objectId = names.find(isObjectId) ?? null
  const address = names.find(isAddress) ?? null
  if (objectId === null && address === null)
    form.complain('SipUri', 'must name the person by address, or ObjectId by object id')
  const hasRights = form.names.includes('TeamsOnly') || form.names.includes('PhoneSystem')
  return {
    is: 'person',
    objectId,
    address,
    name: textOf(form, 'DisplayName'),
    eligibility: hasRights ? eligibilityOn(form) : null,
    policy: textOf(form, 'TeamsCallingPolicy'),
  }
}

function textOf(form: Form, field: string): string | null {
  const value = form.value(field)
  return typeof value === 'string' ? value : null
}

/** The sheet as it is to be, in an order in which no step is in the way of the next. */
function written(person: Subscriber, sheet: CallingSettings, subscribers: Subscribers): Change {
  const before = person.settings
  const { forwarding, unanswered, busyOnBusy } = sheet
  const gone = before.delegates.filter(
    ({ person: one }) => !sheet.delegates.some((other) => other.person === one),
  )
  return inTurn(
    person,
    [
      (one, who) => setRules(one, { forwarding: { is: 'neverSet' }, unanswered: { is: 'neverSet' } }, who),
      (one, who) => setGroup(one, sheet.group, who),
      ...gone.map(
        ({ person: delegate }) =>
          (one: Subscriber, who: Subscribers) =>
            removeDelegate(one, delegate, who),
      ),
      ...sheet.delegates.map(
        ({ person: delegate, may }) =>
          (one: Subscriber, who: Subscribers) =>
            one.settings.delegates.some((other) => other.person === delegate)
              ? setDelegatePermissions(one, delegate, may, who)
              : addDelegate(one, delegate, may, who),
      ),
      (one, who) => setRules(one, { forwarding, unanswered, busyOnBusy }, who),
      (one) => setOverride(one, sheet.override),
    ],
    subscribers,
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
