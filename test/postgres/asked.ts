/** What passes between a test and an instance that is a process of its own. */

/** What an instance is asked, and what it answers; notes of what it does by itself have no number. */
export type Ask =
  | { readonly do: 'claim'; readonly id: string; readonly by: number }
  | { readonly do: 'offer'; readonly id: string; readonly owner: string }
  | { readonly do: 'pickUp'; readonly id: string; readonly people: readonly string[] }
  | { readonly do: 'stop' }

export type Note =
  | { readonly is: 'ready' }
  | { readonly is: 'deciding' | 'fired' | 'performing' | 'performed' | 'notOurs'; readonly id: string }

/** Timers and effects whose name begins so take their time, so that something can happen meanwhile. */
export const slow = 'slow'
