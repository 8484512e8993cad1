/** The order of a call group as people type it: "move Bo up", "put Cy before Bo", "move Dee to place 2", "swap Bo and Cy". */
import { type Change, inTurn, refuse } from '../../core/change.ts'
import { moveMember } from '../../core/members.ts'
import { type PersonId } from '../../core/person.ts'
import { type Refusal } from '../../core/refusal.ts'
import { type Subscriber, type Subscribers } from '../../core/subscriber.ts'
import { type Answer, say } from '../draw/answer.ts'
import { choosePerson } from '../said/choose-person.ts'
import { findListed } from '../said/people-listed.ts'
import { findAmong, type Found } from '../said/people.ts'
import { moveIn } from '../said/place.ts'
import { plainWord } from '../said/words.ts'
import { type Turn } from '../turn.ts'
import { callGroupCard } from './call-group-card.ts'
import { changeWords, edit } from './edit.ts'

/** Words round a place that say nothing more: "to the top of the list". */
const sayNothing = 'to on at in as the of list place position number spot my group'.split(' ')

/** What stands before another member's name, and how far behind that member's place it leads. */
const beside: ReadonlyMap<string, 0 | 1> = new Map([
  ['before', 0],
  ['above', 0],
  ['after', 1],
  ['below', 1],
  ['behind', 1],
  ['under', 1],
])

/** "move Bo up", "put Bo on top", "move up Bo", "put Bo after Cy" */
export async function moveByText(turn: Turn, rest: readonly string[]): Promise<Answer> {
  const words = rest.filter((word) => !sayNothing.includes(plainWord(word)))
  const split = words.findIndex((word) => beside.has(plainWord(word)))
  if (split > 0) return moveBeside(turn, words, split)
  const isBehind = moveIn(words.at(-1) ?? '') !== undefined
  const where = (isBehind ? words.at(-1) : words[0]) ?? ''
  const to = moveIn(where)
  const name = (isBehind ? words.slice(0, -1) : words.slice(1)).join(' ')
  if (to === undefined)
    return say('Say whom to move and where: "move Bo up", down, first, last, to 2, or before Cy.')
  const { group } = await turn.settings.settingsOf(turn.person.id)
  const person = await findAmong(turn, name, group.members)
  if (person.is === 'several')
    return choosePerson(turn, person, (one) => ({ verb: 'move', data: { person: one, to: where } }))
  return reorder(turn, [person], (sheet, subscribers, id) => moveMember(sheet, id, to, subscribers))
}

async function moveBeside(turn: Turn, words: readonly string[], split: number): Promise<Answer> {
  const names = [words.slice(0, split), words.slice(split + 1)]
  const further = beside.get(plainWord(words[split] ?? '')) ?? 0
  return reorder(turn, await membersCalled(turn, names), (sheet, subscribers, id, other) => {
    const others = sheet.settings.group.members.filter((member) => member !== id)
    const place = others.indexOf(other)
    return place < 0
      ? refuse({ code: 'E_NOT_FOUND', person: other })
      : moveMember(sheet, id, place + further, subscribers)
  })
}

/** "swap Bo and Cy", "swap Bo with Cy" */
export async function swapByText(turn: Turn, rest: readonly string[]): Promise<Answer> {
  const { group } = await turn.settings.settingsOf(turn.person.id)
  const words = rest.map((word) => (plainWord(word) === 'with' ? 'and' : word))
  const found = await findListed(turn, words, group.members)
  const isUnclear = found.some((one) => one.is === 'refused')
  if (found.length !== 2 && !isUnclear) return say('Say which two members to swap: "swap Bo and Cy".')
  return reorder(turn, found, (sheet, subscribers, one, other) => {
    const { members } = sheet.settings.group
    const [from, to] = [members.indexOf(one), members.indexOf(other)]
    const steps = [
      (owner: Subscriber, all: Subscribers) => moveMember(owner, one, to, all),
      (owner: Subscriber, all: Subscribers) => moveMember(owner, other, from, all),
    ]
    return inTurn(sheet, steps, subscribers)
  })
}

async function membersCalled(turn: Turn, names: ReadonlyArray<readonly string[]>): Promise<readonly Found[]> {
  const { group } = await turn.settings.settingsOf(turn.person.id)
  return Promise.all(names.map((name) => findAmong(turn, name.join(' '), group.members)))
}

/** Changes the order when everybody named was found; the group's card says what came of it. */
async function reorder(
  turn: Turn,
  found: readonly Found[],
  rule: (owner: Subscriber, subscribers: Subscribers, one: PersonId, other: PersonId) => Change,
): Promise<Answer> {
  const owner = turn.person.id
  const unclear = found.flatMap((one) => (one.is === 'found' ? [] : [refusalOf(one)]))
  const [one = '', other = ''] = found.map((each) => (each.is === 'found' ? each.id : ''))
  const change = await edit(turn, {
    owner,
    rule: (sheet, subscribers) =>
      unclear.length > 0 ? refuse(...unclear) : rule(sheet, subscribers, one, other),
  })
  return callGroupCard(turn, owner, await changeWords(turn, change, 'Moved.'))
}

function refusalOf(unclear: Exclude<Found, { is: 'found' }>): Refusal {
  return unclear.is === 'refused'
    ? unclear.refusal
    : { code: 'E_NOT_FOUND', given: unclear.given, isAmbiguous: true }
}
