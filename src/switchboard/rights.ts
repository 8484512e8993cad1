/** What people may do: named policies, who has which, and who meets the requirements. */
import { type PersonId } from '../core/person.ts'
import { type CallingPolicy, eligible, type Eligibility, globalPolicy } from '../core/policy.ts'
import { type NamedPolicy, type Rights } from '../store/documents.ts'
import { type Page, type Store } from '../store/store.ts'
import { auditRow, differing } from './audit.ts'
import { type Author, theBot } from './author.ts'
import { every } from './every.ts'
import { decided, globalId } from './sheets.ts'

/** What Microsoft Graph says of somebody. */
export type FromGraph = { readonly eligibility: Eligibility; readonly policy: string | null }

/** What counts for somebody now, and where it comes from. */
export type RightsNow = {
  readonly eligibility: Eligibility
  readonly eligibilityFrom: 'admin' | 'graph' | 'default'
  /** The name of the policy that counts. */
  readonly policy: string
  readonly policyFrom: 'admin' | 'graph' | 'default'
}

/** What an admin decides about somebody by hand. */
export type Decided = { readonly policy: string | null; readonly eligibility: Eligibility | null }

/** How many characters the name of a policy may have; Teams takes 64 too. */
export const longestPolicyName = 64

const globalName = 'Global'
const teamsOwn: NamedPolicy = { name: globalName, policy: globalPolicy }

export class RightsDesk {
  readonly #store: Store
  readonly #now: () => number

  constructor(store: Store, now: () => number) {
    this.#store = store
    this.#now = now
  }

  /** What counts for this person, and why. */
  async of(person: PersonId): Promise<RightsNow> {
    return this.#counting((await this.#store.get('rights', person))?.doc ?? {})
  }

  async #counting(rights: Rights): Promise<RightsNow> {
    const { eligibility = eligible, policy } = decided(rights)
    const kept = policy === undefined ? null : await this.policy(policy)
    const policyFrom = rights.policy === undefined ? 'graph' : 'admin'
    return {
      eligibility,
      eligibilityFrom: rights.eligibility ? 'admin' : rights.graph ? 'graph' : 'default',
      policy: kept?.name ?? (await this.global()).name,
      policyFrom: kept ? policyFrom : 'default',
    }
  }

  /** Says whether somebody meets the requirements; null leaves it to Graph, and to the default without it. */
  async setEligibility(by: Author, person: PersonId, eligibility: Eligibility | null): Promise<void> {
    await this.#change(by, person, ({ eligibility: _, ...rest }) =>
      eligibility === null ? rest : { ...rest, eligibility },
    )
  }

  /** Gives somebody a policy, null the one that Graph names or the global one. False: there is no such policy. */
  async assign(by: Author, person: PersonId, name: string | null): Promise<boolean> {
    const id = name === null ? null : await this.#idOf(name)
    if (id !== null && (await this.policy(id)) === null) return false
    await this.#change(by, person, ({ policy: _, ...rest }) => (id === null ? rest : { ...rest, policy: id }))
    return true
  }

  /**
   * Says both at once, null leaving it to Graph and to the default. Nothing is written when there is no such policy, or
   * when what counts now turns out not to be expected.
   */
  async decide(
    by: Author,
    person: PersonId,
    { policy, eligibility }: Decided,
    isExpected: (now: RightsNow) => boolean,
  ): Promise<'decided' | 'noPolicy' | 'unexpected'> {
    const id = policy === null ? null : await this.#idOf(policy)
    if (id !== null && (await this.policy(id)) === null) return 'noPolicy'
    const isDone = await this.#change(
      by,
      person,
      ({ graph }) => ({
        ...(graph ? { graph } : {}),
        ...(eligibility ? { eligibility } : {}),
        ...(id === null ? {} : { policy: id }),
      }),
      async (before) => isExpected(await this.#counting(before)),
    )
    return isDone ? 'decided' : 'unexpected'
  }

  /** Keeps what Graph said last; nobody is told, and only a change is written down. */
  async found(person: PersonId, { eligibility, policy }: FromGraph): Promise<void> {
    const name = policy === null ? null : policyId(policy)
    await this.#change(theBot, person, (before) => {
      const { graph } = before
      const isSame =
        graph?.policy === name && JSON.stringify(graph.eligibility) === JSON.stringify(eligibility)
      return isSame ? before : { ...before, graph: { eligibility, policy: name, at: this.#now() } }
    })
  }

  /** The policies by name, the global one among them. */
  async policies(page: Page): Promise<readonly NamedPolicy[]> {
    const kept = (await this.#store.list('policy', page)).map(({ doc }) => doc)
    const isMissing = (page.after ?? '') < globalId && (await this.#store.get('policy', globalId)) === null
    const all = isMissing ? [...kept, teamsOwn] : kept
    return all.sort((one, other) => (policyId(one.name) < policyId(other.name) ? -1 : 1)).slice(0, page.limit)
  }

  /** The policy of this name; null when there is none. */
  async policy(name: string): Promise<NamedPolicy | null> {
    const id = await this.#idOf(name)
    return id === globalId ? this.global() : ((await this.#store.get('policy', id))?.doc ?? null)
  }

  /** Writes a policy whole, or makes it. False, and nothing is written, when what there is turns out not to be expected. */
  async setPolicy(
    by: Author,
    name: string,
    policy: CallingPolicy,
    isExpected: (before: CallingPolicy | null) => boolean = () => true,
  ): Promise<boolean> {
    const id = await this.#idOf(name)
    const given = id === policyId(name) ? policyName(name) : name.trim()
    const doc: NamedPolicy = { name: id === globalId ? globalName : given, policy }
    for (;;) {
      const kept = await this.#store.get('policy', id)
      const now = kept?.doc.policy ?? (id === globalId ? globalPolicy : null)
      if (!isExpected(now)) return false
      const parts = differing(now ?? {}, policy)
      if (kept && parts.length === 0) return true
      const audit = [auditRow(this.#now(), by, `policy:${doc.name}`, parts)]
      const puts = [{ kind: 'policy', id, expect: kept?.rev ?? 0, doc } as const]
      if ((await this.#store.commit({ puts, audit })) === 'committed') return true
    }
  }

  /** Removes a policy; the global one goes back to what Teams has. Refused while an admin gave it to somebody. */
  async removePolicy(by: Author, name: string): Promise<'removed' | 'unknown' | 'inUse'> {
    const id = await this.#idOf(name)
    const kept = await this.#store.get('policy', id)
    if (!kept) return id === globalId ? 'removed' : 'unknown'
    if (id !== globalId && (await this.#isInUse(id))) return 'inUse'
    const audit = [
      auditRow(this.#now(), by, `policy:${kept.doc.name}`, [
        { part: 'policy', before: kept.doc.policy, after: null },
      ]),
    ]
    const puts = [{ kind: 'policy', id, expect: kept.rev, doc: null } as const]
    return (await this.#store.commit({ puts, audit })) === 'committed'
      ? 'removed'
      : this.removePolicy(by, name)
  }

  /** The policy of everybody who was given no other. */
  async global(): Promise<NamedPolicy> {
    return (await this.#store.get('policy', globalId))?.doc ?? teamsOwn
  }

  /** The id of a policy of this name. One that was made when `Tag:` still was part of its name goes by that. */
  async #idOf(name: string): Promise<string> {
    const asWritten = name.trim().toLowerCase()
    const id = policyId(name)
    return asWritten !== id && (await this.#store.get('policy', asWritten)) !== null ? asWritten : id
  }

  async #isInUse(id: string): Promise<boolean> {
    for await (const { doc } of every(this.#store, 'rights')) if (doc.policy === id) return true
    return false
  }

  async #change(
    by: Author,
    person: PersonId,
    change: (before: Rights) => Rights,
    isExpected: (before: Rights) => Promise<boolean> = () => Promise.resolve(true),
  ): Promise<boolean> {
    for (;;) {
      const kept = await this.#store.get('rights', person)
      const before = kept?.doc ?? {}
      if (!(await isExpected(before))) return false
      const after = change(before)
      const parts = differing(before, after)
      if (parts.length === 0) return true
      const audit = [auditRow(this.#now(), by, person, parts)]
      const puts = [{ kind: 'rights', id: person, expect: kept?.rev ?? 0, doc: after } as const]
      if ((await this.#store.commit({ puts, audit })) === 'committed') return true
    }
  }
}

/** The name of a policy as it is shown: Teams prints `Tag:Sales` for the policy Sales. */
export function policyName(name: string): string {
  return name.trim().replace(/^tag:\s*/iu, '')
}

/** Whether a policy can be called so: longer names are refused, as Teams refuses them. */
export function isPolicyName(name: string): boolean {
  const shown = policyName(name)
  return shown !== '' && shown.length <= longestPolicyName
}

/** Policies are told apart by their names in any letters. */
export function policyId(name: string): string {
  return policyName(name).toLowerCase()
}
