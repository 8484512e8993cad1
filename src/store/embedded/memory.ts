/** All that the embedded store keeps, in memory. The only way to change it is a change, and a change can be undone. */
import { type PersonId } from '../../core/person.ts'
import {
  type Change,
  documentKey,
  type KeptPut,
  type NumberedAudit,
  type NumberedEffect,
  type NumberedRow,
} from '../change.ts'
import {
  type Effect,
  type Kept,
  type Kind,
  type Listed,
  type MembershipChange,
  type Page,
  type Put,
  type Timer,
} from '../store.ts'
import { AuditLog } from './audit-log.ts'
import { deepFrozen } from './frozen.ts'
import { History } from './history.ts'
import { SortedIds } from './sorted-ids.ts'

export type Undo = () => void

export class Memory {
  readonly documents = new Map<string, KeptPut>()
  readonly groups = new Map<PersonId, Set<PersonId>>()
  readonly timers = new Map<string, Timer>()
  readonly effects = new Map<number, Effect>()
  readonly history = new History()
  readonly audit = new AuditLog()
  /** The ids of each kind that was listed before. */
  readonly #ids = new Map<Kind, SortedIds>()
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
    return this.#idsOf(kind)
      .after(after, limit)
      .flatMap((id) => {
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
    const undo = replace(this.documents, key, put.doc === null ? undefined : put)
    this.#listOrNot(put, key)
    return () => {
      undo()
      this.#listOrNot(put, key)
    }
  }

  /** Brings the list of a kind in line with whether the document is there. */
  #listOrNot({ kind, id }: KeptPut, key: string): void {
    if (this.documents.has(key)) this.#ids.get(kind)?.add(id)
    else this.#ids.get(kind)?.remove(id)
  }

  #idsOf(kind: Kind): SortedIds {
    const known = this.#ids.get(kind)
    if (known) return known
    const ids: string[] = []
    for (const put of this.documents.values()) if (put.kind === kind) ids.push(put.id)
    const sorted = new SortedIds(ids)
    this.#ids.set(kind, sorted)
    return sorted
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
