/** The group log: the calls to a person and to the groups they are in, newest first. */
import { type PersonId } from '../../core/person.ts'
import { type HistoryRow } from '../../store/store.ts'
import { type Click, type Command } from '../command.ts'
import { type Answer } from '../draw/answer.ts'
import { render } from '../draw/card.ts'
import { type CardInput } from '../draw/input.ts'
import { plainName } from '../draw/plain.ts'
import { dayAndTime, type NameOf, span } from '../draw/sentences.ts'
import { namesOf } from '../said/people.ts'
import { type Turn } from '../turn.ts'

/** Rows on one card. */
const rowsShown = 10

export const callsCommands: readonly Command[] = [
  {
    title: 'calls',
    description: 'The last calls to you and your groups.',
    phrases: [
      'calls',
      'my calls',
      'call log',
      'log',
      'history',
      'call history',
      'last calls',
      'last call',
      'recent calls',
      'missed calls',
      'who called',
      'what did i miss',
    ],
    topic: 'Calls',
    inManifest: true,
    run: (turn) => showCalls(turn, {}),
  },
]

export const callsClicks = { 'show-calls': showCalls } satisfies Record<string, Click>

async function showCalls(turn: Turn, given: CardInput): Promise<Answer> {
  const before = Number(given['before'])
  const page = Number.isSafeInteger(before) && before > 0 ? { before } : {}
  const rows = await turn.store.history({ person: turn.person.id, limit: rowsShown + 1, ...page })
  const shown = rows.slice(0, rowsShown)
  const nameOf = await namesOf(turn, shown.flatMap(peopleIn))
  const older = rows.length > rowsShown ? shown.at(-1) : undefined
  const view = {
    rows: shown.map((row) => rowView(row, turn, nameOf)),
    isEmpty: shown.length === 0,
    hasOlder: older !== undefined,
    before: older?.at ?? 0,
  }
  return { is: 'card', card: render('calls', view), summary: 'Your last calls' }
}

function rowView(row: HistoryRow, turn: Turn, nameOf: NameOf) {
  const forWhom = row.owner === turn.person.id ? 'you' : nameOf(row.owner)
  return {
    title: `${plainName(row.caller)} → for ${forWhom}`,
    outcome: outcomeWords(row, turn.person.id, nameOf),
    day: dayAndTime(row.at, turn.person.zone),
    rang: `rang ${span(row.secondsRung)}`,
  }
}

/** What became of a call, as a line of the log. */
export function outcomeWords({ outcome, by }: HistoryRow, self: PersonId, nameOf: NameOf): string {
  const who = by === undefined ? 'somebody' : by === self ? 'you' : nameOf(by)
  switch (outcome) {
    case 'answered':
      return by === undefined ? 'Answered on a telephone' : `Picked up by ${who}`
    case 'forwarded':
      return `Went to ${who}`
    case 'voicemail':
      return 'Went to voicemail'
    case 'abandoned':
      return 'Caller hung up'
    case 'busy':
      return 'Busy'
    case 'rejected':
      return 'Turned away'
    case 'leftToTeams':
      return 'Rung by Teams'
    default:
      return 'Missed'
  }
}

function peopleIn({ owner, by }: HistoryRow): readonly PersonId[] {
  return by === undefined ? [owner] : [owner, by]
}
