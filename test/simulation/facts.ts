/** What happened in a schedule, as people and the telephone system saw it. The verdict is spoken on this. */
import { type CallId } from '../../src/core/call.ts'
import { type PersonId } from '../../src/core/person.ts'
import { type Heard } from '../../src/source/source.ts'
import { type PickUp } from '../../src/switchboard/switchboard.ts'
import { type Audit } from './audit.ts'
import { type Channel } from './channel.ts'
import { type Telephony } from './telephony.ts'

export type Told = { readonly person: PersonId; readonly call: CallId; readonly answer: PickUp }

export type Facts = {
  /** The calls that came in: the telephone system's ids, and when, by the clock of the schedule. */
  readonly calls: Map<string, number>
  /** What the bot said last to the offer of a call. */
  readonly heard: Map<string, Heard>
  readonly told: Told[]
  /** People who were taken out of the group at some time, for whom a click may come to nothing. */
  readonly removed: Set<PersonId>
  /** Calls and who declined them. */
  readonly declined: Set<string>
  /** Whether the wall clock was set ahead: then the bot was away for longer than any call waits. */
  isSetAhead: boolean
  isSetBack: boolean
  /** Whether requests went wrong. */
  isBadDay: boolean
  /** How long no bot was there, in milliseconds. */
  away: number
  readonly channel: Channel
  readonly telephony: Telephony
  readonly audit: Audit
}

export function noFacts(parts: Pick<Facts, 'channel' | 'telephony' | 'audit'>): Facts {
  return {
    calls: new Map(),
    heard: new Map(),
    told: [],
    removed: new Set(),
    declined: new Set(),
    isSetAhead: false,
    isSetBack: false,
    isBadDay: false,
    away: 0,
    ...parts,
  }
}
