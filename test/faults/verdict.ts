/** Whether a call that is over has kept all promises, whatever happened to the bot on the way. */
import { type Shown } from '../../src/playground/screens.ts'
import { cardId } from '../../src/store/documents.ts'
import { type Memory } from '../../src/store/embedded/memory.ts'
import { type Person } from '../peer/person.ts'
import { type ProcessOffice } from './process-office.ts'

export type Verdict = {
  /** What is wrong; empty when all promises were kept. */
  readonly wrong: readonly string[]
  /** Cards that nobody knows of any more: posted, and their ids not kept. */
  readonly orphans: number
}

/** Looks at the folder, at all screens (messages in `seen` are from before), and at everything that was ever told. */
export async function verdictOn(
  office: ProcessOffice,
  call: string,
  seen: ReadonlySet<string>,
): Promise<Verdict> {
  const kept = await office.kept()
  const state = kept.get('call', call)?.doc.call.state
  const winner = state?.is === 'ended' && state.by !== undefined ? nameIn(kept, state.by) : 'nobody'
  const wrong = [...wrongWords(office, winner), ...wrongOrders(office, winner)]
  if (state?.is !== 'ended' || state.outcome !== 'answered') wrong.push('the call did not end as answered')
  let orphans = 0
  for (const person of office.people) {
    const cards = person.screen().filter(({ id, card }) => card !== null && !seen.has(id))
    const known = kept.get('card', cardId(call, idIn(kept, person)))?.doc.activity
    const lost = cards.filter(({ id }) => id !== known)
    if (lost.length > 1) wrong.push(`${person.name} has ${lost.length} cards too many`)
    if (cards.some((card) => card.id === known && isLive(person, card)))
      wrong.push(`${person.name}'s card is still live`)
    for (const card of lost) {
      orphans += 1
      if (!(await heals(person, card))) wrong.push(`${person.name}'s lost card does not heal`)
    }
  }
  if (!office.people.some((person) => person.words().includes('You picked up')))
    wrong.push('nobody was told to have it')
  const later = (await office.kept()).get('call', call)?.doc.call.state
  if (JSON.stringify(later) !== JSON.stringify(state)) wrong.push('a late click changed the call')
  return { wrong, orphans }
}

/** Every winner that anybody was ever told of must be the one that is kept. */
function wrongWords({ peer, people }: ProcessOffice, winner: string): readonly string[] {
  const sent = peer.requests.flatMap(({ path, body }) => {
    const to = people.find(({ conversation }) => path.includes(conversation))
    return winnersIn(JSON.stringify(body), to?.name ?? 'somebody')
  })
  const shown = people.flatMap((person) => winnersIn(person.words(), person.name))
  return [...new Set([...sent, ...shown])]
    .filter((told) => told !== winner)
    .map((told) => `somebody was told that ${told} has it, and ${winner} has`)
}

function winnersIn(words: string, to: string): readonly string[] {
  return [...words.matchAll(/(\w+) picked up/g)].map(([, who = '']) => (who === 'You' ? to : who))
}

/** The caller is handed over, and to nobody but the winner. */
function wrongOrders({ phone, people }: ProcessOffice, winner: string): readonly string[] {
  const address = people.find(({ name }) => name === winner)?.address
  if (phone.orders.length === 0) return ['the caller was never handed over']
  return phone.orders
    .filter((order) => order.do !== 'connect' || order.to !== address)
    .map((order) => `the phone was told ${JSON.stringify(order)}`)
}

/** Whether a card that the bot cannot change any more becomes final when it is looked at or, even so, clicked. */
async function heals(person: Person, card: Shown): Promise<boolean> {
  if (!isLive(person, card)) return true
  const button = person.buttons().find((one) => one.title === 'Pick up' && one.shown === card)
  // What is pressed is what was on the screen before it was drawn anew.
  const before = button && { ...button, shown: { ...card } }
  await person.refresh(card)
  const isHealed = !isLive(person, card)
  if (before) await person.press(before)
  return isHealed && !isLive(person, card)
}

function isLive(person: Person, card: Shown): boolean {
  return person.buttons().some(({ title, shown }) => title === 'Pick up' && shown === card)
}

function idIn(kept: Memory, person: Person): string {
  return kept.get('alias', person.address)?.doc.person ?? person.objectId
}

function nameIn(kept: Memory, id: string): string {
  return kept.get('person', id)?.doc.name ?? id
}
