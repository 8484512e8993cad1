/** The people of a call: who was told of it, and how each of them stands to it. */
import { type Call, type Party } from './call.ts'
import { type Alert } from './lane.ts'
import { type PersonId } from './person.ts'

/** What this person has to do with the call, if they were told of it. */
export function partyOf(call: Call, person: PersonId): Party | undefined {
  return call.parties.find((party) => party.person === person)
}

/** Whether this person is out of the call for good: they declined, or were taken out of the group. */
export function isGone(call: Call, person: PersonId): boolean {
  return call.removed.includes(person) || partyOf(call, person)?.standing === 'declined'
}

/** The call with one person told of it, or alerted anew. */
export function withAlert(call: Call, alert: Alert): Call {
  const alerts = (partyOf(call, alert.person)?.alerts ?? 0) + 1
  const party: Party = { ...alert, standing: 'ringing', alerts }
  return { ...call, parties: [...call.parties.filter(({ person }) => person !== alert.person), party] }
}

/** The call with one person standing differently to it. */
export function withStanding(call: Call, person: PersonId, standing: Party['standing']): Call {
  const parties = call.parties.map((party) => (party.person === person ? { ...party, standing } : party))
  return { ...call, parties }
}
