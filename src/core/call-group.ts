/** One person's call group: who is in it and in which order they ring. */
import { type PersonId } from './person.ts'

export type RingOrder = 'simultaneous' | 'inOrder'
/** Who sees to it that everybody is rung: the bot, in this order; or Teams by itself, all at once. */
export type RingWay = RingOrder | 'byTeams'

export type CallGroup = {
  readonly members: readonly PersonId[]
  readonly order: RingOrder
  /** Teams rings everybody by itself where calls come from Teams; absent: the bot rings by cards. */
  readonly isRungByTeams?: boolean
}

/** Where a member goes; a number is a place, the first one is 0. */
export type Move = 'up' | 'down' | 'first' | 'last' | number

export const emptyGroup: CallGroup = { members: [], order: 'simultaneous' }

/** Microsoft: a group has at most 25 members … */
export const mostMembers = 25
/** … rings in order only with 5 or fewer … */
export const mostInOrder = 5
/** … and its member list is at most 32,768 characters long, read as the list we store: JSON, UTF-16 units. */
export const mostCharacters = 32_768

/** How a group rings, in one word. */
export function ringWay({ order, isRungByTeams }: CallGroup): RingWay {
  return isRungByTeams === true && order === 'simultaneous' ? 'byTeams' : order
}

/** The size that `mostCharacters` limits. */
export function charactersOf(members: readonly PersonId[]): number {
  return JSON.stringify(members).length
}

/** The same members with one of them moved; unchanged when there is nowhere to go. */
export function moved(members: readonly PersonId[], person: PersonId, move: Move): readonly PersonId[] {
  const from = members.indexOf(person)
  const last = members.length - 1
  const to =
    typeof move === 'number' ? Math.min(move, last) : { up: from - 1, down: from + 1, first: 0, last }[move]
  if (from < 0 || to < 0 || to > last || to === from) return members
  const others = members.filter((member) => member !== person)
  return [...others.slice(0, to), person, ...others.slice(to)]
}
