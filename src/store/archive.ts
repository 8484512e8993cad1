/**
 * Everything that a store keeps, read out of one store and taken into another as it is. Both adapters can do it, under
 * the same conformance suite; move.ts moves all of it from one to the other.
 */
import { type Change } from './change.ts'
import { type Place, type Section, sections } from './documents.ts'
import { type MembershipChange } from './store.ts'

/** Things as they are kept, with their revisions and numbers. */
export type Held = Pick<Change, 'puts' | 'setTimers' | 'effects' | 'history' | 'audit'> & {
  readonly memberships?: ReadonlyArray<MembershipChange & { readonly change: 'join' }>
}

/** Some of what is kept, all of one section; the next part begins after `place`. */
export type Piece = { readonly held: Held; readonly place: Place }

export type Counts = Readonly<Record<Section, number>>

/** Marks of moves (`move` documents) are no part of what is read out and counted. */
export interface Archive {
  counts(): Promise<Counts>
  /** All that is kept, in an order that stays while nothing changes; what comes after `after` when that is given. */
  pieces(after: Place | null): AsyncIterable<Piece>
  /**
   * Takes things in as they are, all of them and durably. Doing it again comes to the same. Numbers given later are higher
   * than these. Throws StoreFailed when they cannot be kept.
   */
  restore(held: Held): Promise<void>
  /** Whether somebody besides this process has the store open now. */
  isShared(): Promise<boolean>
}

/** How many things a piece holds at most: few enough to be kept in a moment. */
export const perPiece = 500

/** The sections from the one of this place on, each with the key to go on after; null: from its beginning. */
export function sectionsAfter(place: Place | null): ReadonlyArray<readonly [Section, string | null]> {
  const first = place === null ? 0 : sections.indexOf(place.section)
  return sections
    .slice(first)
    .map((section) => [section, section === place?.section ? place.key : null] as const)
}
