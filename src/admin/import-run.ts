/** One run of an import: what each row leads to, and what was wrong with it. */
import { type CallingSettings } from '../core/calling-settings.ts'
import { type Change, inTurn } from '../core/change.ts'
import { setNotification } from '../core/notifications.ts'
import { isAddress, type PersonId } from '../core/person.ts'
import { impossibleAddress } from '../core/refusal.ts'
import { replaceSheet } from '../core/replace-sheet.ts'
import { type Subscriber, type Subscribers } from '../core/subscriber.ts'
import { type Author } from '../switchboard/author.ts'
import { linkAddress } from '../switchboard/link.ts'
import { type AdminParts } from './api.ts'
import { settingsOn } from './calling-settings.ts'
import { readForm } from './form.ts'
import { type AccountOn, parsed, type PersonOn, type PolicyOn, rowOn } from './import-row.ts'
import { nameOwner, nobodyCalled } from './resource-accounts.ts'
import { wordsFor } from './somebody.ts'
import { whomNamed } from './whom.ts'

/** A row about a person who is known by now. */
export type PersonRow = {
  readonly line: number
  readonly json: unknown
  readonly person: PersonId
  readonly rights: Pick<PersonOn, 'eligibility' | 'policy'>
}

/** What was wrong with a row. */
export type RowProblem = {
  readonly is: 'problem'
  readonly line: number
  readonly code: string
  readonly message: string
}

export class ImportRun {
  readonly #parts: AdminParts
  readonly #by: Author
  /** The lines of people and resource accounts, by id. */
  readonly #seen = new Map<string, number>()
  readonly #policies: PolicyOn[] = []
  readonly #accounts: Array<AccountOn & { readonly line: number }> = []
  readonly changed = new Set<PersonId>()
  /** The lines that had a problem. */
  readonly lines = new Set<number>()
  #told: RowProblem[] = []

  constructor(parts: AdminParts, by: Author) {
    this.#parts = parts
    this.#by = by
  }

  /** What was wrong since this was asked before. */
  problems(): readonly RowProblem[] {
    const told = this.#told
    this.#told = []
    return told
  }

  /** There is a text, but no row in it. */
  nothingIn(): void {
    const message =
      'There are no settings in this: it must be JSON, as ConvertTo-Json -Depth 5 or an export prints it.'
    this.#no(1, { code: 'E_FORMAT', message })
  }

  /** Keeps who a row is about; null when it is about nobody, a policy or a resource account. */
  async introduce(line: number, text: string): Promise<PersonRow | null> {
    const json = parsed(text)
    if (json === undefined)
      return this.#no(line, { code: 'E_FORMAT', message: 'This is not JSON: a brace or a quote is missing.' })
    const read = readForm(json, rowOn)
    if ('error' in read) return this.#no(line, read.error)
    if (read.is === 'policy') {
      this.#policies.push(read)
      return null
    }
    if (read.is === 'account') {
      if (this.#isFirst(line, 'resource account', read.account)) this.#accounts.push({ line, ...read })
      return null
    }
    const impossible = await this.#impossible(read)
    if (impossible !== null) return this.#no(line, { code: 'E_FORMAT', message: impossible })
    const person = await this.#keep(read)
    return this.#isFirst(line, 'person', person) ? { line, json, person, rights: read } : null
  }

  /** Writes everything a sheet says itself, or nothing of it. False: it was refused, which is told when it is the last try. */
  async write(row: PersonRow, isLast = false): Promise<boolean> {
    const sheet = await this.#sheetIn(row)
    return sheet === null || this.#change(row, isLast, (person, who) => replaceSheet(person, sheet, who))
  }

  async decidePolicies(): Promise<void> {
    for (const { name, policy } of this.#policies) await this.#parts.rights.setPolicy(this.#by, name, policy)
  }

  /** Whose calls resource accounts take; people are known under all their names by now. */
  async nameOwners(): Promise<void> {
    for (const { line, account, owner } of this.#accounts)
      if ((await nameOwner(this.#parts, this.#by, account, owner)) === null)
        this.#no(line, { code: 'E_FORMAT', message: nobodyCalled(owner) })
  }

  /** What somebody may do, as far as the row says. */
  async decide({ line, person, rights: { eligibility, policy } }: PersonRow): Promise<void> {
    const { rights } = this.#parts
    if (eligibility) await rights.setEligibility(this.#by, person, eligibility)
    if (policy !== null && !(await rights.assign(this.#by, person, policy)))
      this.#no(line, { code: 'E_NOT_FOUND', message: `There is no policy ${policy}: import it first.` })
  }

  /** What somebody chose for the groups they are in. */
  async choose(row: PersonRow): Promise<void> {
    if (this.lines.has(row.line)) return
    const sheet = await this.#sheetIn(row)
    if (sheet === null || sheet.memberships.length === 0) return
    const steps = sheet.memberships.map(
      ({ owner, notification }) =>
        (one: Subscriber) =>
          setNotification(one, owner, notification),
    )
    await this.#change(row, true, (person, who) => inTurn(person, steps, who))
  }

  async #sheetIn({ line, json }: PersonRow): Promise<CallingSettings | null> {
    const whom = await whomNamed(this.#parts.directory, json)
    const sheet = readForm(json, (form) => settingsOn(form, whom.personOf))
    if ('error' in sheet) return this.#no(line, sheet.error)
    await whom.keepNew()
    return sheet
  }

  async #change(
    { line, person }: PersonRow,
    isLast: boolean,
    rule: (person: Subscriber, who: Subscribers) => Change,
  ): Promise<boolean> {
    const change = await this.#parts.settings.change(this.#by, (who) => rule(who(person), who))
    if (change.sheets.size > 0) this.changed.add(person)
    if (isLast)
      for (const { code, message } of await wordsFor(this.#parts, change.refusals))
        this.#no(line, { code, message })
    return change.refusals.length === 0
  }

  /** Why nobody can be called as a row says; whoever was kept under such an address before stays known by it. */
  async #impossible({ address }: PersonOn): Promise<string | null> {
    const isKnown = address === null || (await this.#parts.directory.find(address)) !== null
    if (isKnown || isAddress(address)) return null
    const [no] = await wordsFor(this.#parts, [impossibleAddress(address)])
    return no?.message ?? null
  }

  async #keep({ objectId, address, name }: PersonOn): Promise<PersonId> {
    const { directory } = this.#parts
    const id = await directory.mention(objectId ?? address ?? '', name ?? undefined)
    const person = await directory.person(id)
    if (address !== null && person.address !== address)
      await linkAddress(this.#parts, { person: id, address, name: name ?? '', source: 'import' })
    else if (name !== null && [person.id, person.address].includes(person.name))
      await directory.change(id, (before) => ({ ...before, name }))
    return id
  }

  #isFirst(line: number, what: string, id: string): boolean {
    const earlier = this.#seen.get(id)
    if (earlier === undefined) this.#seen.set(id, line)
    else this.#no(line, { code: 'E_DUP', message: `This ${what} is on line ${earlier} already.` })
    return earlier === undefined
  }

  #no(line: number, { code, message }: { readonly code: string; readonly message: string }): null {
    this.lines.add(line)
    this.#told.push({ is: 'problem', line, code, message })
    return null
  }
}
