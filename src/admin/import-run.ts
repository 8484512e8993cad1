/** One run of an import: what each row leads to. */
import { type Change } from '../core/change.ts'
import { setNotificationsWhereMember } from '../core/notifications.ts'
import { isAddress, type PersonId } from '../core/person.ts'
import { eligible, globalPolicy } from '../core/policy.ts'
import { impossibleAddress } from '../core/refusal.ts'
import { brokenIn, notWhole } from '../core/whole.ts'
import { type Rule } from '../switchboard/sheets.ts'
import { type Author } from '../switchboard/author.ts'
import { called, isOfTeams, isSomebodyElse, objectIdIn } from '../switchboard/identity.ts'
import { linkAddress, type Linked } from '../switchboard/link.ts'
import { walk } from '../walk.ts'
import { type AdminParts } from './api.ts'
import { straysIn } from './field-names.ts'
import { isEmpty, readForm, shortened } from './form.ts'
import { ImportReport } from './import-report.ts'
import { type AccountOn, parsed, type PersonOn, type PolicyOn, rowOn, shownNames } from './import-row.ts'
import { choicesOn, type ImportSheet, importSheetOn, peopleOnto, replaceSheet } from './import-sheet.ts'
import { Losses } from './losses.ts'
import { nameOwner, nobodyCalled } from './resource-accounts.ts'
import { wordsFor } from './somebody.ts'
import { whomNamed } from './whom.ts'

const emptyRow =
  'This row is empty: {} says nothing about anybody. Print it again with Get-CsUserCallingSettings, or leave it out.'

/** A row about a person who is known by now. */
export type PersonRow = {
  readonly line: number
  readonly json: unknown
  readonly person: PersonId
  readonly rights: Pick<PersonOn, 'eligibility' | 'policy'>
  /** Fields that it has under a wrong name. */
  readonly misspelt: ReadonlySet<string>
}

/** A row whose sheet could be read. */
export type SheetRow = PersonRow & { readonly sheet: ImportSheet }

export class ImportRun {
  readonly #parts: AdminParts
  readonly #by: Author
  /** The lines of people and resource accounts, by id. */
  readonly #seen = new Map<string, number>()
  readonly #policies: PolicyOn[] = []
  readonly #accounts: Array<AccountOn & { readonly line: number }> = []
  readonly changed = new Set<PersonId>()
  readonly report = new ImportReport()
  readonly #losses = new Losses()

  constructor(parts: AdminParts, by: Author) {
    this.#parts = parts
    this.#by = by
  }

  /** Keeps who a row is about; null when it is about nobody, a policy or a resource account. */
  async introduce(line: number, text: string): Promise<PersonRow | null> {
    const json = parsed(text)
    if (json === undefined) return this.#refuse(line, 'This is not JSON: a brace or a quote is missing.')
    if (isEmpty(json)) return this.#refuse(line, emptyRow)
    const broken = brokenIn(json, shownNames)
    if (broken !== null) return this.#refuse(line, `${broken} ${notWhole}`)
    const misspelt = this.#misspeltIn(line, json)
    const read = readForm(json, rowOn)
    if ('error' in read) return this.report.refuse(line, read.error)
    if (read.is === 'policy') {
      this.#policies.push(read)
      return null
    }
    if (read.is === 'account') {
      if (this.#isFirst(line, 'resource account', read.account)) this.#accounts.push({ line, ...read })
      return null
    }
    const impossible = await this.#impossible(read)
    if (impossible !== null) return this.#refuse(line, impossible)
    const person = await this.#keep(line, read)
    return this.#isFirst(line, 'person', person) ? { line, json, person, rights: read, misspelt } : null
  }

  /** Reads the sheet of a row, now that everybody is known; null when it cannot be read. */
  async read(row: PersonRow): Promise<SheetRow | null> {
    const { line, json, misspelt } = row
    const whom = await whomNamed(this.#parts.directory, json)
    const sheet = readForm(json, (form) => importSheetOn(form, whom.personOf, misspelt))
    if ('error' in sheet) return this.report.refuse(line, sheet.error)
    for (const message of sheet.leftAlone) this.report.problem(line, { code: 'E_FORMAT', message })
    await whom.keepNew(peopleOnto(sheet))
    return { ...row, sheet }
  }

  /** Writes everything a sheet says itself, or nothing of it. False: it was refused, which is told when it is the last try. */
  async write(row: SheetRow, isLast = false): Promise<boolean> {
    const { line, person, sheet } = row
    const { refusals } = await this.#change(row, (who) => replaceSheet(sheet, who(person), who))
    for (const words of isLast ? await wordsFor(this.#parts, refusals) : []) this.report.refuse(line, words)
    return refusals.length === 0
  }

  /** Writes the policies; what a row does not say of one stays as it is. */
  async decidePolicies(): Promise<void> {
    const { rights } = this.#parts
    for await (const { name, policy } of walk(this.#policies)) {
      const before = (await rights.policy(name))?.policy ?? globalPolicy
      await rights.setPolicy(this.#by, name, { ...before, ...policy })
    }
  }

  /** Whose calls resource accounts take; people are known under all their names by now. */
  async nameOwners(): Promise<void> {
    for await (const { line, account, owner } of walk(this.#accounts)) {
      const before = await this.#parts.accounts.ownerOf(account)
      const now = await nameOwner(this.#parts, this.#by, account, owner)
      if (now === null) this.#refuse(line, nobodyCalled(owner))
      else if (before !== null && before !== now) this.#losses.add(line, before, `ResourceAccount ${account}`)
    }
  }

  /** What somebody may do, as far as the row says. */
  async decide({ line, person, rights: { eligibility, policy } }: PersonRow): Promise<void> {
    if (this.report.refused.has(line)) return
    const { rights, store } = this.#parts
    const before = (await store.get('rights', person))?.doc ?? {}
    if (Object.keys(eligibility).length > 0) {
      const now = { ...(before.eligibility ?? eligible), ...eligibility }
      await rights.setEligibility(this.#by, person, now)
    }
    if (policy === null) return
    if (!(await rights.assign(this.#by, person, policy)))
      this.report.problem(line, {
        code: 'E_NOT_FOUND',
        message: `There is no policy ${policy}: import it first.`,
      })
    const after = (await store.get('rights', person))?.doc.policy
    if (before.policy !== undefined && before.policy !== after)
      this.#losses.add(line, person, `TeamsCallingPolicy ${(await rights.policy(before.policy))?.name ?? ''}`)
  }

  /** What somebody chose for the groups they are in. */
  async choose(row: SheetRow): Promise<void> {
    const { line, person, sheet } = row
    const choices = choicesOn(sheet)
    if (this.report.refused.has(line) || choices.length === 0) return
    const { refusals } = await this.#change(row, (who) =>
      setNotificationsWhereMember(who(person), choices, who),
    )
    for (const words of await wordsFor(this.#parts, refusals)) this.report.problem(line, words)
  }

  /** What everybody would lose by what was written so far. */
  losses() {
    return this.#losses.until(this.#parts)
  }

  async #change({ line, person }: PersonRow, rule: Rule<Change>): Promise<Change> {
    const change = await this.#parts.settings.change(this.#by, rule, {
      also: ({ change: { sheets }, before }) => {
        for (const id of sheets.keys()) this.#losses.remember(line, id, before(id))
        return {}
      },
    })
    if (change.sheets.size > 0) this.changed.add(person)
    return change
  }

  /** The fields that a row has under a wrong name, each of them said. */
  #misspeltIn(line: number, json: unknown): ReadonlySet<string> {
    const misspelt = new Set<string>()
    for (const { name: long, meant, within } of straysIn(json)) {
      const name = shortened(long)
      const place = within === null ? '' : ` in ${within}`
      if (meant === null)
        this.report.warn(line, `${name}${place} is not a setting the bot keeps, so it was left out.`)
      else {
        misspelt.add(within ?? meant)
        const message = `\`${name}\`${place}: did you mean \`${meant}\`? It was left as it is.`
        this.report.problem(line, { code: 'E_FORMAT', message })
      }
    }
    return misspelt
  }

  /** Why nobody can be called as a row says; whoever was kept under such an address before stays known by it. */
  async #impossible({ address }: PersonOn): Promise<string | null> {
    const isKnown = address === null || (await this.#parts.directory.find(address)) !== null
    if (isKnown || isAddress(address)) return null
    const [no] = await wordsFor(this.#parts, [impossibleAddress(address)])
    return no?.message ?? null
  }

  /** How many of these people Teams cannot be asked about: they are known by address alone, and have not come yet. */
  async notLinked(people: readonly PersonRow[]): Promise<number> {
    const records = await this.#parts.directory.people(people.map(({ person }) => person))
    return [...records.values()].filter(
      (record) => record.reach === undefined && objectIdIn(record) === undefined,
    ).length
  }

  /** Who a row is about, known by all its names from now on. */
  async #keep(line: number, read: PersonOn): Promise<PersonId> {
    const { directory } = this.#parts
    const { objectId, address, furtherAddresses, name } = read
    const addresses = address === null ? [] : [address, ...furtherAddresses]
    const known = objectId === null ? await this.#known(addresses) : null
    const id = known ?? (await directory.mention(objectId ?? address ?? ''))
    if (name !== null) await directory.change(id, (before) => called(before, name, 'import'))
    const isKnown = isOfTeams(await directory.person(id))
    for (const [index, one] of addresses.entries())
      await this.#link(line, { person: id, address: one, isFurther: isKnown || index > 0 })
    return id
  }

  /** Whom these addresses mean: of several records of one person that which has more than an address. */
  async #known(addresses: readonly string[]): Promise<PersonId | null> {
    const { directory } = this.#parts
    const found = await Promise.all(addresses.map((address) => directory.find(address)))
    const people = await directory.people(found.filter((id) => id !== null))
    const [first = null] = people.values()
    return ([...people.values()].find((record) => isSomebodyElse(record, undefined)) ?? first)?.id ?? null
  }

  /** What Teams told counts more than a file, which may be old: nobody loses an address for it that is theirs in Teams. */
  async #link(line: number, linked: Linked): Promise<void> {
    const { directory } = this.#parts
    const holder = await directory.find(linked.address)
    const isHeld = holder !== null && isOfTeams(await directory.person(holder))
    const isFurther = linked.isFurther === true || isHeld
    if (await linkAddress(this.#parts, { ...linked, isFurther })) return
    const message = `${linked.address} is the address of somebody else by now, and was left with them. The rest of the row is kept.`
    this.report.problem(line, { code: 'E_DUP', message })
  }

  #isFirst(line: number, what: string, id: string): boolean {
    const earlier = this.#seen.get(id)
    if (earlier === undefined) this.#seen.set(id, line)
    else this.report.refuse(line, { code: 'E_DUP', message: `This ${what} is on line ${earlier} already.` })
    return earlier === undefined
  }

  #refuse(line: number, message: string): null {
    return this.report.refuse(line, { code: 'E_FORMAT', message })
  }
}
