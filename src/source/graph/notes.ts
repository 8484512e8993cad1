/** What the graph source notes about each of its calls, so that a restart, or another instance, knows how it stands. */
import { type LegNotes, type LegWork } from '../source.ts'
import { type Leg, type LegStep } from './leg.ts'
import { type GraphOffer } from './notification.ts'

/** A call as it was offered, and whose it is taken to be. */
export type GraphCall = { readonly offer: GraphOffer; readonly owner: string }

export type GraphNotes = GraphCall & {
  readonly leg: Leg
  /** The highest number of a request that was sent. */
  readonly begun: number
}

/** A call that is over is remembered for so long: coming round in a circle it is known again. */
const rememberedMs = 60_000

/** The notes are ours: nobody else writes them. */
export function notesIn(notes: Readonly<Record<string, unknown>> | null): GraphNotes | null {
  return notes as GraphNotes | null
}

/** What a step comes to: notes, what the switchboard hears, then requests in order, then what the owner hears. */
export function afterStep(
  before: GraphNotes,
  { leg, requests, news, notForwarded }: LegStep,
  at: number,
): LegNotes {
  const works: readonly LegWork[] = [
    ...news.map((one) => ({ do: 'news', news: one })),
    ...requests.map((request, index) => ({ do: 'ask', request, number: before.leg.asked + index + 1 })),
    ...(notForwarded === undefined ? [] : [{ do: 'notForwarded', to: notForwarded }]),
  ]
  const noted = leg.state === 'over' ? { ...leg, alarmAt: at + rememberedMs } : leg
  return { notes: { ...before, leg: noted }, works, alarmAt: noted.alarmAt }
}

/** An alarm for a call that is over: it is forgotten, unless the alarm was set before it was over. */
export function forgottenInTime(notes: GraphNotes, at: number): LegNotes {
  const left = (notes.leg.alarmAt ?? at) - at
  return left > 0 && left <= rememberedMs ? justNoted(notes) : forgotten
}

/** Notes with nothing left to be done. */
export function justNoted(notes: GraphNotes): LegNotes {
  return { notes, works: [], alarmAt: notes.leg.alarmAt }
}

export const forgotten: LegNotes = { notes: null, works: [], alarmAt: null }
