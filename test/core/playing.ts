/** Plays a story in front of the pretend office, then lets time run until the call is over. */
import assert from 'node:assert/strict'
import { type Machine, PretendOffice } from './pretend-office.ts'
import { arrivedAt, eventOf, peopleOf, type Story } from './random-calls.ts'

/** More than any call has deadlines: rounds, turns, two hand-overs. */
const mostDeadlines = 60

export function playedOut(machine: Machine, { offer, moves }: Story): PretendOffice {
  const people = peopleOf(offer)
  const office = new PretendOffice(machine, offer, arrivedAt, people)
  let now = arrivedAt
  for (const move of moves) {
    const event = eventOf(move, office.call, now, people)
    now = event.at
    office.hear(event)
  }
  for (let count = 0; office.call.state.is !== 'ended'; count += 1) {
    assert.ok(count < mostDeadlines, 'time ends every call')
    const due = machine.nextDue(office.call)
    assert.ok(due !== null, 'a call that lives has a deadline')
    now = Math.max(now, due)
    office.hear({ is: 'timeUp', at: now })
  }
  return office
}
