/**
 * Stands between the bot and its store and writes down what the bot was told is kept. After each restart it looks
 * whether that is still so, and at every commit whether the limits hold and an end stays an end.
 */
import { faceOf } from '../../src/core/face.ts'
import { type CallRecord } from '../../src/store/documents.ts'
import { type Batch, type Handlers, type Kind, type Put, type Store } from '../../src/store/store.ts'
import { mostMembers } from '../../src/core/call-group.ts'
import { mostGroupsPerMember } from '../../src/core/notification.ts'

type State = { readonly rev: number; readonly json: string }
type Acknowledged = State & { readonly kind: Kind; readonly id: string }

/** Documents that come and go and come again: their revisions begin anew, and they are judged by what they mean. */
const passing: readonly Kind[] = ['line']

export class Audit {
  readonly wrong: string[] = []
  /** When each call ended, by the clock of the schedule. */
  readonly endedAt = new Map<string, number>()
  /** Everybody to whom the bot decided to give a call, whether it could keep that or not. */
  readonly givenTo = new Map<string, Set<string>>()
  /** For how long each person of each call was offered it at a stretch, and since when they are now. */
  readonly #offered = new Map<string, { longest: number; since: number | null }>()
  readonly #kept = new Map<string, Acknowledged>()
  /** What was decided and may have been kept, without anybody having been told. */
  readonly #decided = new Map<string, Set<string>>()

  /** The owners of the groups that everybody is in. */
  readonly #groups = new Map<string, Set<string>>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** The store as the bot sees it. */
  watch(store: Store): Store {
    return {
      get: (kind, id) => store.get(kind, id),
      groupsOf: (member) => store.groupsOf(member),
      history: (query) => store.history(query),
      audit: (query) => store.audit(query),
      list: (kind, page) => store.list(kind, page),
      start: (handlers) => store.start(this.#watched(handlers)),
      stop: () => store.stop(),
      close: () => store.close(),
      trouble: () => store.trouble(),
      commit: async (batch) => {
        this.#note(batch)
        const answer = await store.commit(batch)
        if (answer === 'committed') this.#committed(batch)
        return answer
      },
    }
  }

  /** For how long somebody could pick up a call at a stretch, by the clock of the schedule: milliseconds. */
  offeredFor(call: string, person: string): number {
    return this.#offered.get(`${call} ${person}`)?.longest ?? 0
  }

  /** Looks whether a store that was opened anew holds everything that was acknowledged. */
  async look(store: Store): Promise<void> {
    for (const member of this.#groups.keys()) this.#groups.set(member, new Set(await store.groupsOf(member)))
    for (const [key, { kind, id, rev, json }] of this.#kept) {
      const now = await store.get(kind, id)
      const found = now ? JSON.stringify(now.doc) : 'null'
      if (now && now.rev < rev) this.wrong.push(`${key} was acknowledged, and is older after the restart`)
      else if (now?.rev === rev && found !== json) this.wrong.push(`${key} is not what was acknowledged`)
      else if ((now?.rev ?? 0) !== rev && !this.#decided.get(key)?.has(stateName(now?.rev ?? 0, found)))
        this.wrong.push(`${key} was acknowledged, and after the restart it is something that nobody decided`)
    }
  }

  #watched(handlers: Handlers): Handlers {
    return {
      onEffect: (effect) => handlers.onEffect(effect),
      onTimer: async (timer, read) => {
        const batch = await handlers.onTimer(timer, read)
        this.#note(batch)
        return batch
      },
    }
  }

  #note({ puts = [], history = [] }: Batch): void {
    for (const row of history) this.endedAt.set(row.call, this.#now())
    for (const put of puts) {
      const key = `${put.kind} ${put.id}`
      const states = this.#decided.get(key) ?? new Set()
      states.add(stateName(put.doc === null ? 0 : put.expect + 1, JSON.stringify(put.doc)))
      this.#decided.set(key, states)
      if (put.kind === 'call' && put.doc !== null) {
        this.#gave(put.doc)
        this.#offer(put.doc)
      }
      if (put.kind === 'settings' && put.doc !== null) {
        const { group, memberships } = put.doc
        if (group.members.length > mostMembers) this.wrong.push(`${put.id} has too many members`)
        if (memberships.length > mostGroupsPerMember) this.wrong.push(`${put.id} is in too many groups`)
      }
    }
  }

  #committed({ puts = [], memberships = [] }: Batch): void {
    for (const put of puts) {
      this.#acknowledge(put)
      // Somebody may have noted meanwhile what was then refused.
      if (put.kind === 'call' && put.doc !== null) this.#offer(put.doc)
    }
    for (const { change, owner, member } of memberships) {
      const groups = this.#groups.get(member) ?? new Set()
      if (change === 'join') groups.add(owner)
      else groups.delete(owner)
      if (groups.size > mostGroupsPerMember) this.wrong.push(`${member} is in ${groups.size} groups`)
      this.#groups.set(member, groups)
    }
  }

  #gave({ call }: CallRecord): void {
    if (call.state.is !== 'connecting') return
    this.givenTo.set(call.id, (this.givenTo.get(call.id) ?? new Set()).add(call.state.by))
  }

  #offer({ call }: CallRecord): void {
    const now = this.#now()
    for (const { person } of call.parties) {
      const key = `${call.id} ${person}`
      const { longest, since } = this.#offered.get(key) ?? { longest: 0, since: null }
      const isOffered = faceOf(call, person)?.is === 'ringing'
      this.#offered.set(key, {
        longest: Math.max(longest, now - (since ?? now)),
        since: isOffered ? (since ?? now) : null,
      })
    }
  }

  #acknowledge(put: Put): void {
    if (passing.includes(put.kind)) return
    const key = `${put.kind} ${put.id}`
    const before = this.#kept.get(key)
    if (before?.json.includes('"is":"ended"') && put.kind === 'call' && put.doc !== null)
      this.wrong.push(`${put.id} changed after its end`)
    const rev = put.doc === null ? 0 : put.expect + 1
    if (before && rev !== 0 && rev <= before.rev) return
    this.#kept.set(key, { kind: put.kind, id: put.id, rev, json: JSON.stringify(put.doc) })
  }
}

function stateName(rev: number, json: string): string {
  return `${rev} ${json}`
}
