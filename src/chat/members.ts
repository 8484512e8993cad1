/** Who is in the call group: adding, removing and moving people, typed and clicked. */
import { type Move } from '../core/call-group.ts'
import { type Change, refuse } from '../core/change.ts'
import { addMembers, moveMember, removeMember, takeBack } from '../core/members.ts'
import { type PersonId } from '../core/person.ts'
import { type Subscriber, type Subscribers } from '../core/subscriber.ts'
import { callGroupCard, groupPart } from './call-group-card.ts'
import { choosePerson } from './choose-person.ts'
import { type CardInput, textIn } from './command.ts'
import { changeWords, edit, markOf, ownerIn } from './edit.ts'
import { findPerson, namesOf, sorted } from './people.ts'
import { listOf } from './sentences.ts'
import { type Answer, say, type Turn } from './turn.ts'
import { type Notice } from './views.ts'
import { listed, plainWord } from './words.ts'

/** More names than this in one message are not looked up: no group has room for them. */
const mostNames = 60

/** "add Bo and Cy" */
export function addByText(turn: Turn, rest: readonly string[]): Promise<Answer> {
  return addPeople(turn, turn.person.id, listed(withoutGroupWords(rest)))
}

export function addByClick(turn: Turn, given: CardInput): Promise<Answer> {
  const picked = textIn(given, 'people').split(',')
  const typed = listed(textIn(given, 'text').split(/\s/u))
  const names = [...picked, ...typed].map((name) => name.trim()).filter((name) => name !== '')
  return addPeople(turn, ownerIn(turn, given), names)
}

async function addPeople(turn: Turn, owner: PersonId, names: readonly string[]): Promise<Answer> {
  if (names.length === 0)
    return callGroupCard(turn, owner, {
      tone: 'warning',
      text: 'Say whom to add: a name, a mention or an address.',
    })
  const found = []
  for (const name of names.slice(0, mostNames)) found.push(await findPerson(turn, name))
  const { ids, refusals, several } = sorted(found)
  const change = await edit(turn, {
    owner,
    rule: (sheet, subscribers) => addMembers(sheet, ids, subscribers),
  })
  if (several)
    return choosePerson(turn, several, (person) => ({ verb: 'add-members', data: { owner, people: person } }))
  const nameOf = await namesOf(turn, ids)
  const added = ids.filter((id) => change.sheets.has(id))
  const notice = await changeWords(
    turn,
    { ...change, refusals: [...change.refusals, ...refusals] },
    added.length === 0 ? '' : `Added ${listOf(added.map(nameOf), 5)}.`,
  )
  return callGroupCard(turn, owner, { ...notice, ...undoOf(change, owner, added) })
}

/** The sixth member ends ringing in order; one press takes that back. */
function undoOf({ warnings, sheets }: Change, owner: PersonId, added: readonly PersonId[]): Partial<Notice> {
  const after = sheets.get(owner)
  if (!after || !warnings.some(({ code }) => code === 'W_ORDER_SWITCHED')) return {}
  const data = { owner, people: added.join(','), seen: markOf(groupPart(after)) }
  return { button: { title: 'Undo', verb: 'take-back', data } }
}

/** Undoes an addition that ended ringing in order. */
export function takeBackByClick(turn: Turn, given: CardInput): Promise<Answer> {
  const people = textIn(given, 'people').split(',')
  return changeGroup(turn, given, 'Undone: members ring in order again.', (owner, subscribers) =>
    takeBack(owner, people, subscribers),
  )
}

/** "remove Bo from my group" */
export async function removeByText(turn: Turn, rest: readonly string[]): Promise<Answer> {
  const found = []
  for (const name of listed(withoutGroupWords(rest)).slice(0, mostNames))
    found.push(await findPerson(turn, name))
  const { ids, refusals, several } = sorted(found)
  if (several) return choosePerson(turn, several, (one) => ({ verb: 'remove', data: { person: one } }))
  if (ids.length === 0 && refusals.length === 0) return say('Say whom to remove: a name or an address.')
  let notice = await changeWords(turn, { sheets: new Map(), refusals, warnings: [] }, '')
  for (const person of ids) {
    const change = await edit(turn, {
      owner: turn.person.id,
      rule: (sheet, subscribers) => removeMember(sheet, person, subscribers),
    })
    const nameOf = await namesOf(turn, [person])
    notice = await changeWords(turn, change, `Removed ${nameOf(person)}.`)
  }
  return callGroupCard(turn, turn.person.id, notice)
}

export function removeByClick(turn: Turn, given: CardInput): Promise<Answer> {
  const person = textIn(given, 'person')
  return changeGroup(turn, given, 'Removed.', (owner, subscribers) =>
    removeMember(owner, person, subscribers),
  )
}

const moves: Readonly<Record<string, Move>> = {
  up: 'up',
  down: 'down',
  first: 'first',
  top: 'first',
  last: 'last',
  bottom: 'last',
}

/** "move Bo up" */
export async function moveByText(turn: Turn, rest: readonly string[]): Promise<Answer> {
  const to = moveIn(plainWord(rest.at(-1) ?? ''))
  const name = rest
    .slice(0, -1)
    .filter((word) => plainWord(word) !== 'to')
    .join(' ')
  if (to === undefined) return say('Say whom to move and where: "move Bo up", down, first or last.')
  const person = await findPerson(turn, name)
  if (person.is === 'several')
    return choosePerson(turn, person, (one) => ({ verb: 'move', data: { person: one, to } }))
  const change = await edit(turn, {
    owner: turn.person.id,
    rule: (sheet, subscribers) =>
      person.is === 'found' ? moveMember(sheet, person.id, to, subscribers) : refuse(person.refusal),
  })
  return callGroupCard(turn, turn.person.id, await changeWords(turn, change, 'Moved.'))
}

export async function moveByClick(turn: Turn, given: CardInput): Promise<Answer> {
  const to = moveIn(textIn(given, 'to'))
  const person = textIn(given, 'person')
  if (to === undefined) return callGroupCard(turn, ownerIn(turn, given))
  return changeGroup(turn, given, 'Moved.', (owner, subscribers) =>
    moveMember(owner, person, to, subscribers),
  )
}

function moveIn(word: string): Move | undefined {
  return Object.hasOwn(moves, word) ? moves[word] : undefined
}

/** A click on a group's card, which must still show the truth. */
async function changeGroup(
  turn: Turn,
  given: CardInput,
  success: string,
  rule: (owner: Subscriber, subscribers: Subscribers) => Change,
): Promise<Answer> {
  const owner = ownerIn(turn, given)
  const seen = { part: groupPart, mark: textIn(given, 'seen') }
  const change = await edit(turn, { owner, seen, rule })
  return callGroupCard(turn, owner, await changeWords(turn, change, success), textIn(given, 'person'))
}

/** "add Bo to my group" is about Bo. */
function withoutGroupWords(words: readonly string[]): readonly string[] {
  const start = words.findIndex(
    (word, index) => ['to', 'from'].includes(plainWord(word)) && plainWord(words[index + 1] ?? '') === 'my',
  )
  return start < 0 ? words : words.slice(0, start)
}
