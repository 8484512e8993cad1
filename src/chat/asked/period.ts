/** A span of days that people name: today, yesterday, this week. In the time zone of whoever asks. */
import { Recent } from '../draw/recent.ts'

/** How a period is worded, for phrases. */
export const periodWords =
  '[(in|on|during|over|since)] [the] (today|yesterday|this morning|this afternoon|this week|last week|past week|this month|last month|week|month|weekend|lately|recently)'

export type Period = {
  /** "today", "this week". */
  readonly words: string
  readonly has: (at: number) => boolean
}

/** The period that one of these words names. */
export function periodIn(
  has: (word: string) => boolean,
  now: number,
  zone: string | undefined,
): Period | null {
  const today = dayOf(now, zone)
  const monday = today - ((today + 3) % 7)
  const days = (words: string, from: number, to: number): Period => ({
    words,
    has: (at) => dayOf(at, zone) >= from && dayOf(at, zone) <= to,
  })
  if (has('today') || has('morning') || has('afternoon')) return days('today', today, today)
  if (has('yesterday')) return days('yesterday', today - 1, today - 1)
  if (has('week'))
    return has('last') || has('past')
      ? days('last week', monday - 7, monday - 1)
      : days('this week', monday, today)
  if (has('month')) return has('last') ? days('in the last 31 days', today - 31, today) : monthOf(now, zone)
  return null
}

function monthOf(now: number, zone: string | undefined): Period {
  const month = dateOf(now, zone).slice(0, 7)
  return { words: 'this month', has: (at) => dateOf(at, zone).startsWith(month) }
}

const calendars = new Recent<Intl.DateTimeFormat>(50)

/** "2026-12-01" where whoever asks is. */
function dateOf(ms: number, zone: string | undefined): string {
  const make = () =>
    new Intl.DateTimeFormat('en-CA', {
      dateStyle: 'short',
      ...(zone === undefined ? {} : { timeZone: zone }),
    })
  return calendars.of(zone ?? '', make).format(ms)
}

/** Days since 1970, a Thursday. */
function dayOf(ms: number, zone: string | undefined): number {
  const [year = 0, month = 1, day = 1] = dateOf(ms, zone).split('-').map(Number)
  return Date.UTC(year, month - 1, day) / 86_400_000
}
