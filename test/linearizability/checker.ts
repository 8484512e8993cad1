/** Whether what people were told of one call can be explained by some order in which one thing happened after the other. */

/** One request: who asked for what, when it left, when its answer came, and what that said. */
export type Operation = {
  readonly from: number
  /** Infinity when no answer came: it may or may not have happened. */
  readonly to: number
  readonly does: { readonly is: 'pickUp'; readonly by: string } | { readonly is: 'hangUp' }
  readonly told: Told
}

export type Told =
  | { readonly is: 'yours' }
  | { readonly is: 'taken'; readonly by: string }
  | { readonly is: 'ended' }
  | { readonly is: 'heard' }
  | { readonly is: 'nothing' }

/** The call: free, somebody's, or ended by the caller. */
type State = { readonly winner: string | null; readonly isEnded: boolean }

const free: State = { winner: null, isEnded: false }

/** True when there is an order of the operations that fits both their times and what was told (Wing and Gong, 1993). */
export function isLinearizable(history: readonly Operation[]): boolean {
  const seen = new Set<string>()
  const search = (left: readonly Operation[], state: State): boolean => {
    if (left.every(({ to }) => to === Infinity)) return true
    const key = JSON.stringify([state, left.map((one) => history.indexOf(one))])
    if (seen.has(key)) return false
    seen.add(key)
    const firstAnswer = Math.min(...left.map(({ to }) => to))
    const next = left.filter(({ from }) => from <= firstAnswer)
    // What fits now and changes nothing may as well come first; to try all orders of many such would take for ever.
    const idle = next.find((one) => {
      const after = apply(state, one)
      return after.length === 1 && after[0] === state
    })
    if (idle) return search(without(left, idle), state)
    return next.some((one) => apply(state, one).some((after) => search(without(left, one), after)))
  }
  return search(history, free)
}

/** What the state may be after an operation; nothing when it would have been told something else. */
function apply(state: State, { does, told }: Operation): readonly State[] {
  if (does.is === 'hangUp') {
    const fits = told.is === 'heard' || told.is === 'nothing'
    if (!fits) return []
    // A caller who is being handed over may go, or may be through already: then nothing changes.
    return state.isEnded ? [state] : [{ ...state, isEnded: true }, ...(state.winner === null ? [] : [state])]
  }
  const after = state.winner === null && !state.isEnded ? { ...state, winner: does.by } : state
  return told.is === 'nothing' || isSame(told, answerIn(after, does.by)) ? [after] : []
}

function answerIn({ winner, isEnded }: State, by: string): Told {
  if (isEnded) return { is: 'ended' }
  if (winner === null) return { is: 'nothing' }
  return winner === by ? { is: 'yours' } : { is: 'taken', by: winner }
}

function isSame(one: Told, other: Told): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function without<T>(list: readonly T[], item: T): readonly T[] {
  return list.filter((one) => one !== item)
}
