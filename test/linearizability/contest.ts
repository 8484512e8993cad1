/** Many people press Pick up while the caller hangs up, over real HTTP; what each was told, and when. */
import { type Person } from '../peer/person.ts'
import { type Office } from '../flows/office.ts'
import { type Operation, type Told } from './checker.ts'

/** One call to ann: everybody presses at once, some twice, and the caller hangs up in between. */
export async function contest(
  office: Office,
  people: readonly Person[],
  round: number,
): Promise<readonly Operation[]> {
  const id = `contest-${round}`
  await office.phone({
    id,
    event: 'offered',
    owner: 'ann@contoso.com',
    caller: { kind: 'pstn', number: '+442079460000' },
  })
  const rings = (person: Person) =>
    person.buttons().some(({ title, shown }) => title === 'Pick up' && !settled.has(shown.id))
  const settled = new Set(
    people.flatMap((person) => (round === 0 ? [] : person.screen().map((shown) => shown.id))),
  )
  for (const person of people) await person.waitFor(() => rings(person), `for card ${round}`)
  const presses = people.flatMap((person, index) => (index % 5 === round % 5 ? [person, person] : [person]))
  const hangUpAt = (round * 7) % (presses.length + 1)
  const operations = presses.map((person) => () => press(person))
  operations.splice(hangUpAt, 0, () => hangUp(office, id))
  return Promise.all(operations.map((run) => run()))
}

async function press(person: Person): Promise<Operation> {
  const button = person.buttons().findLast(({ title }) => title === 'Pick up')
  const from = performance.now()
  const { body } = button ? await person.press(button) : { body: null }
  return {
    from,
    to: performance.now(),
    does: { is: 'pickUp', by: person.name },
    told: toldIn(JSON.stringify(body)),
  }
}

async function hangUp(office: Office, id: string): Promise<Operation> {
  const from = performance.now()
  await office.phone({ id, event: 'ended' })
  return { from, to: performance.now(), does: { is: 'hangUp' }, told: { is: 'heard' } }
}

function toldIn(answer: string): Told {
  if (answer.includes('You picked up')) return { is: 'yours' }
  const by = /"text":"(P\d+) picked up/u.exec(answer)?.[1]
  if (by !== undefined) return { is: 'taken', by }
  return answer.includes('The caller hung up') ? { is: 'ended' } : { is: 'nothing' }
}
