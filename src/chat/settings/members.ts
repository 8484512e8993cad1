/** Who is in the call group: adding, removing and moving people, typed and clicked. */
import { type Change, refuse } from '../../core/change.ts'
import { addMembers, moveMember, removeMember, removeMembers, takeBack } from '../../core/members.ts'
import { type PersonId } from '../../core/person.ts'
import { type Subscriber, type Subscribers } from '../../core/subscriber.ts'
import { type Answer, say } from '../draw/answer.ts'
import { type CardInput, textIn } from '../draw/input.ts'
import { type Button } from '../draw/parts.ts'
import { listOf } from '../draw/sentences.ts'
import { choosePerson } from '../said/choose-person.ts'
import { findListed } from '../said/people-listed.ts'
import { findPerson, findPicked, type Found, namesOf, sorted } from '../said/people.ts'
import { moveIn } from '../said/place.ts'
import { listed, plainWord, wordsOf } from '../said/words.ts'
import { type Turn } from '../turn.ts'
import { callGroupCard, groupPart } from './call-group-card.ts'
import { changeWords, edit, markOf, ownerIn } from './edit.ts'

/** More people than this are not picked at once: no group has room for them. */
const mostPicked = 60
/** A name of more words than this is not tried word by word. */
const mostWordsTried = 10

/** "add Bo and Cy" */
export async function addByText(turn: Turn, rest: readonly string[]): Promise<Answer> {
  return addPeople(turn, turn.person.id, await findListed(turn, withoutGroupWords(rest)))
}

/** Those picked come as ids, those typed in words. */
export async function addByClick(turn: Turn, given: CardInput): Promise<Answer> {
  const picked = textIn(given, 'people').split(',').slice(0, mostPicked)
  const found = []
  for (const id of picked) if (id.trim() !== '') found.push(await findPicked(turn, id))
  const typed = await findListed(turn, wordsOf(textIn(given, 'text')))
  return addPeople(turn, ownerIn(turn, given), [...found, ...typed])
}

async function addPeople(turn: Turn, owner: PersonId, found: readonly Found[]): Promise<Answer> {
  if (found.length === 0)
    return callGroupCard(turn, owner, {
      tone: 'warning',
      text: 'Say whom to add: a name, a mention or an address.',
    })
  const { ids, refusals, several, unclear } = sorted(found)
  const change = await edit(turn, {
    owner,
    rule: (sheet, subscribers) => addMembers(sheet, ids, subscribers),
  })
  const nameOf = await namesOf(turn, ids)
  const added = ids.filter((id) => change.sheets.has(id))
  const notice = await changeWords(
    turn,
    { ...change, refusals: [...change.refusals, ...refusals] },
    added.length === 0 ? '' : `Added ${listOf(added.map(nameOf), 5)}.`,
    owner,
  )
  const unknown = refusals.flatMap((no) => (no.code === 'E_NOT_FOUND' && 'given' in no ? [no.given] : []))
  const meant = await Promise.all(unknown.slice(0, 3).map((given) => eachWordOf(turn, owner, given)))
  const buttons = [...undoOf(change, owner, added), ...meant.flat(), ...(notice.buttons ?? [])]
  const told = { ...notice, buttons }
  if (!several) return callGroupCard(turn, owner, told)
  const text = unclear.map((name) => `“${name}”`).join(', ')
  return choosePerson(
    turn,
    several,
    (person) => ({ verb: 'add-members', data: { owner, people: person, text } }),
    ids.length + refusals.length > 0 ? told : undefined,
  )
}

/**
 * Who has no time for commas: when each word of "bo cy" names somebody, they are offered; nobody is added unasked. So are
 * the two of "Smith, John".
 */
async function eachWordOf(turn: Turn, owner: PersonId, given: string): Promise<readonly Button[]> {
  const halves = listed([given])
  const words = halves.length > 1 ? halves : given.split(' ')
  if (words.length === 1 || words.length > mostWordsTried) return []
  const { ids } = sorted(await Promise.all(words.map((word) => findPerson(turn, word))))
  if (ids.length < words.length) return []
  const people = [...new Set(ids)]
  const nameOf = await namesOf(turn, people)
  const title = `Add ${listOf(people.map(nameOf), 5)}`
  return [{ title, verb: 'add-members', data: { owner, people: people.join(',') } }]
}

/** The sixth member ends ringing in order; one press takes that back. */
function undoOf(
  { warnings, sheets }: Change,
  owner: PersonId,
  added: readonly PersonId[],
): readonly Button[] {
  const after = sheets.get(owner)
  if (!after || !warnings.some(({ code }) => code === 'W_ORDER_SWITCHED')) return []
  const data = { owner, people: added.join(','), seen: markOf(groupPart(after)) }
  return [{ title: 'Undo', verb: 'take-back', data }]
}

/** Undoes an addition that ended ringing in order. */
export function takeBackByClick(turn: Turn, given: CardInput): Promise<Answer> {
  const people = textIn(given, 'people').split(',')
  return changeGroup(turn, given, 'Undone: members ring in order again.', (owner, subscribers) =>
    takeBack(owner, people, subscribers),
  )
}

/** "remove Bo and Cy from my group": all of them, or nobody. */
export async function removeByText(turn: Turn, rest: readonly string[]): Promise<Answer> {
  const self = turn.person.id
  const { group } = await turn.settings.settingsOf(self)
  const found = await findListed(turn, withoutGroupWords(rest), group.members)
  const { ids, refusals, several } = sorted(found)
  if (several) return choosePerson(turn, several, (one) => ({ verb: 'remove', data: { person: one } }))
  if (ids.length === 0 && refusals.length === 0) return say('Say whom to remove: a name or an address.')
  const change = await edit(turn, {
    owner: self,
    rule: (sheet, subscribers) =>
      refusals.length > 0 ? refuse(...refusals) : removeMembers(sheet, ids, subscribers),
  })
  const nameOf = await namesOf(turn, ids)
  return callGroupCard(turn, self, await changeWords(turn, change, `Removed ${listOf(ids.map(nameOf), 5)}.`))
}

export function removeByClick(turn: Turn, given: CardInput): Promise<Answer> {
  const person = textIn(given, 'person')
  return changeGroup(turn, given, 'Removed.', (owner, subscribers) =>
    removeMember(owner, person, subscribers),
  )
}

export async function moveByClick(turn: Turn, given: CardInput): Promise<Answer> {
  const to = moveIn(textIn(given, 'to'))
  const person = textIn(given, 'person')
  if (to === undefined) return callGroupCard(turn, ownerIn(turn, given))
  return changeGroup(turn, given, 'Moved.', (owner, subscribers) =>
    moveMember(owner, person, to, subscribers),
  )
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
  return callGroupCard(turn, owner, await changeWords(turn, change, success, owner), textIn(given, 'person'))
}

/** Where "add Bo to my call group, please" has said whom it is about. */
const intoGroup = new Set(['to', 'from', 'in', 'into', 'for'])
const groupWords = new Set(['my', 'the', 'our', 'call', 'group', 'team'])
/** What "add a person" names: nobody yet. */
const anybody = 'a some new person people someone somebody member members colleague colleagues'.split(' ')

/** "add Bo to my group" is about Bo; "add people" about nobody yet. */
function withoutGroupWords(words: readonly string[]): readonly string[] {
  const plain = words.map(plainWord)
  const start = plain.findIndex(
    (word, index) =>
      intoGroup.has(word) &&
      index < plain.length - 1 &&
      plain.slice(index + 1).every((behind) => groupWords.has(behind) || behind === 'me'),
  )
  const named = start < 0 ? words : words.slice(0, start)
  const isNobody = named.every((word) => anybody.includes(plainWord(word)) || groupWords.has(plainWord(word)))
  return isNobody ? [] : named
}
