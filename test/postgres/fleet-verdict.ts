/** Whether calls that are over have kept all promises, whatever happened to the bots on the way. */
import { type Shown } from '../../src/playground/screens.ts'
import { cardId } from '../../src/store/documents.ts'
import { type Memory } from '../../src/store/embedded/memory.ts'
import { type Person } from '../peer/person.ts'
import { type Fleet, type Pressed } from './fleet.ts'

/** How a call is called in the store. */
export const keptId = (id: string) => `webhook:${encodeURIComponent(id)}`

/** What is wrong with these calls, each picked up by somebody, of whom their members were told so. */
export async function wrongWith(
  fleet: Fleet,
  calls: ReadonlyMap<string, readonly Pressed[]>,
  members: readonly Person[],
): Promise<readonly string[]> {
  await fleet.rests()
  const kept = await fleet.kept()
  const wrong = [...calls].flatMap(([id, pressed]) => {
    const state = kept.get('call', keptId(id))?.doc.call.state
    if (state?.is !== 'ended' || state.outcome !== 'answered') return [`${id} did not end as answered`]
    const winner = members.find((person) => idOf(kept, person) === state.by)
    if (!winner) return [`${id} was won by a stranger`]
    return [
      ...wronglyTold(pressed, winner),
      ...wrongOrders(fleet, id, winner),
      ...members.flatMap((person) => wrongCard(kept, id, person, winner)),
    ].map((what) => `${id}: ${what}`)
  })
  for (const person of fleet.people) {
    for (const card of live(person)) {
      // A card whose bot died before it had noted its id: it is drawn anew when somebody looks at it.
      await person.refresh(card)
      if (live(person).includes(card))
        wrong.push(`${person.name} has a card that offers a call which is over`)
    }
  }
  return wrong
}

/** Whoever was told to have it has it; whoever was told that somebody else has it was told who. */
function wronglyTold(pressed: readonly Pressed[], winner: Person): readonly string[] {
  return pressed.flatMap(({ by, answer }) => {
    const isYours = answer.includes('You picked up')
    if (isYours && by !== winner) return [`${by.name} was told to have it, and ${winner.name} has`]
    const other = /"(\w+) picked up/u.exec(answer)?.[1]
    const isWrong = other !== undefined && other !== 'You' && other !== winner.name
    return isWrong ? [`${by.name} was told that ${other} has it, and ${winner.name} has`] : []
  })
}

function wrongOrders({ phone }: Fleet, id: string, winner: Person): readonly string[] {
  const orders = phone.orders.filter((order) => order.id === id)
  if (orders.length === 0) return ['the caller was never handed over']
  return orders
    .filter((order) => order.do !== 'connect' || order.to !== winner.address)
    .map((order) => `the phone was told ${JSON.stringify(order)}`)
}

/** The card that the bots know of says at last who has the call. */
function wrongCard(kept: Memory, id: string, person: Person, winner: Person): readonly string[] {
  const activity = kept.get('card', cardId(keptId(id), idOf(kept, person)))?.doc.activity
  const card = person.screen().find((shown) => shown.id === activity)
  if (!card) return [`${person.name} has no card`]
  const words = person.words([card])
  const isRight = words.includes(person === winner ? 'You picked up' : `${winner.name} picked up`)
  return isRight ? [] : [`${person.name}'s card says: ${words}`]
}

function live(person: Person): readonly Shown[] {
  return person.buttons().flatMap(({ title, shown }) => (title === 'Pick up' ? [shown] : []))
}

function idOf(kept: Memory, person: Person): string {
  return kept.get('alias', person.address)?.doc.person ?? person.objectId
}
