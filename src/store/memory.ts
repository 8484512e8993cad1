/** All that the embedded store keeps, in memory. The only way to change it is a change, and a change can be undone. */
import { type PersonId } from '../core/person.ts'
import { AuditLog } from './audit-log.ts'
import {
  type Change,
  documentKey,
  type KeptPut,
  type NumberedAudit,
  type NumberedEffect,
  type NumberedRow,
} from './change.ts'
import { deepFrozen } from './frozen.ts'
import { History } from './history.ts'
import {
  type Effect,
  type Kept,
  type Kind,
  type Listed,
  type MembershipChange,
  type Page,
  type Put,
  type Timer,
} from './store.ts'

export type Undo = () => void

export class Memory {
  readonly documents = new Map<string, KeptPut>()
  readonly groups = new Map<PersonId, Set<PersonId>>()
  readonly timers = new Map<string, Timer>()
  readonly effects = new Map<number, Effect>()
  readonly history = new History()
  readonly audit = new AuditLog()
  /** The ids of each kind in order, until one comes or goes. */
  readonly #ids = new Map<Kind, readonly string[]>()
  #number = 0

  /** Numbers effects and rows; never the same twice, not even after a restart. */
  readonly nextNumber = (): number => ++this.#number

  /** The last number given. */
  get lastNumber(): number {
    return this.#number
  }

  /** Goes on from the numbers given before. */
  numberFrom(last: number): void {
    this.#number = Math.max(this.#number, last)
  }

  get<K extends Kind>(kind: K, id: string): Kept<K> | null {
    const kept = this.documents.get(documentKey(kind, id))
    // The key holds the kind, so what lies there is of that kind.
    return kept ? ({ rev: kept.rev, doc: deepFrozen(kept.doc) } as Kept<K>) : null
  }

  list<K extends Kind>(kind: K, { after = '', limit }: Page): ReadonlyArray<Listed<K>> {
    const ids = this.#idsOf(kind)
    const first = firstAfter(ids, after)
    return ids.slice(first, first + limit).flatMap((id) => {
      const kept = this.get(kind, id)
      return kept ? [{ ...kept, id }] : []
    })
  }

  groupsOf(member: PersonId): readonly PersonId[] {
    return [...(this.groups.get(member) ?? [])].sort()
  }

  /** Whether every document is as these puts expect it. */
  isAsExpected(puts: readonly Put[]): boolean {
    return puts.every(
      ({ kind, id, expect }) => (this.documents.get(documentKey(kind, id))?.rev ?? 0) === expect,
    )
  }

  /** Makes the change; the answer takes it back, later changes having been taken back first. */
  apply(change: Change): Undo {
    const undos: Undo[] = []
    for (const put of change.puts ?? []) undos.push(this.#put(put))
    for (const membership of change.memberships ?? []) undos.push(this.#change(membership))
    for (const key of change.cancelTimers ?? []) undos.push(replace(this.timers, key, undefined))
    for (const timer of change.setTimers ?? []) undos.push(replace(this.timers, timer.key, timer))
    for (const effect of change.effects ?? []) undos.push(this.#addEffect(effect))
    for (const number of change.performed ?? []) undos.push(replace(this.effects, number, undefined))
    for (const row of change.history ?? []) undos.push(this.#addRow(row))
    for (const row of change.audit ?? []) undos.push(this.#addAudit(row))
    return () => {
      for (const undo of undos.reverse()) undo()
    }
  }

  #put(put: KeptPut): Undo {
    const key = documentKey(put.kind, put.id)
    if (this.documents.has(key) === (put.doc === null)) this.#ids.delete(put.kind)
    const undo = replace(this.documents, key, put.doc === null ? undefined : put)
    return () => {
      this.#ids.delete(put.kind)
      undo()
    }
  }

  #idsOf(kind: Kind): readonly string[] {
    const known = this.#ids.get(kind)
    if (known) return known
    const ids: string[] = []
    for (const put of this.documents.values()) if (put.kind === kind) ids.push(put.id)
    this.#ids.set(kind, ids.sort())
    return ids
  }

  #addEffect({ number, effect }: NumberedEffect): Undo {
    this.numberFrom(number)
    return replace(this.effects, number, effect)
  }

  #addRow(row: NumberedRow): Undo {
    this.numberFrom(row.number)
    this.history.add(row)
    return () => {
      this.history.remove(row.number)
    }
  }

  #addAudit({ number, row }: NumberedAudit): Undo {
    this.numberFrom(number)
    this.audit.add(number, row)
    return () => {
      this.audit.remove(number)
    }
  }

  #change({ change, owner, member }: MembershipChange): Undo {
    const owners = this.groups.get(member) ?? new Set()
    const was = owners.has(owner)
    const set = (isIn: boolean) => {
      if (isIn) owners.add(owner)
      else owners.delete(owner)
      replace(this.groups, member, owners.size > 0 ? owners : undefined)
    }
    set(change === 'join')
    return () => {
      set(was)
    }
  }
}

/** Where the ids after this one begin. */
function firstAfter(ids: readonly string[], after: string): number {
  let low = 0
  for (let high = ids.length; low < high;) {
    const middle = (low + high) >>> 1
    if ((ids[middle] ?? '') > after) high = middle
    else low = middle + 1
  }
  return low
}

function replace<K, V>(map: Map<K, V>, key: K, value: V | undefined): Undo {
  const was = map.get(key)
  const set = (to: V | undefined) => {
    if (to === undefined) map.delete(key)
    else map.set(key, to)
  }
  set(value)
  return () => {
    set(was)
  }
}
