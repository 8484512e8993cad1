/** Delegates: who may act for a person on the phone, and for whom that person may act. */
import { type CallingSettings } from '../../core/calling-settings.ts'
import { type Change, refuse } from '../../core/change.ts'
import { type DelegatePermission, delegatePermissions, mostDelegates } from '../../core/delegate.ts'
import { addDelegate, mayManage, removeDelegate, setDelegatePermissions } from '../../core/delegates.ts'
import { type PersonId } from '../../core/person.ts'
import { type Subscriber, type Subscribers } from '../../core/subscriber.ts'
import { type Click, type Command } from '../command.ts'
import { type Answer } from '../draw/answer.ts'
import { render } from '../draw/card.ts'
import { type CardInput, textIn } from '../draw/input.ts'
import { type Notice } from '../draw/parts.ts'
import { capital, listOf, mayWords, permissionWords } from '../draw/sentences.ts'
import { choosePerson, knownPeople } from '../said/choose-person.ts'
import { findAmong, findPerson, findPicked, namesOf } from '../said/people.ts'
import { type Turn } from '../turn.ts'
import { changeWords, edit, markOf, ownerIn } from './edit.ts'

export const delegateCommands: readonly Command[] = [
  {
    title: 'delegates',
    description: 'Who may take calls and change settings for you.',
    phrases: ['delegates', 'my delegates'],
    topic: 'Your settings',
    run: (turn) => delegatesCard(turn, turn.person.id),
  },
  {
    title: 'add delegate <person>',
    description: 'Let somebody take calls for you; the card has more.',
    phrases: ['add delegate', 'add a delegate', 'add my delegate', 'delegate'],
    topic: 'Your settings',
    run: (turn, rest) => addByClick(turn, { text: rest.join(' '), permissions: 'receiveCalls' }),
  },
  {
    title: 'remove delegate <person>',
    description: 'Stop somebody acting for you.',
    phrases: ['remove delegate', 'remove my delegate', 'delete delegate'],
    topic: 'Your settings',
    run: removeByText,
  },
]

export const delegateClicks = {
  'show-delegates': (turn: Turn, given: CardInput) => delegatesCard(turn, ownerIn(turn, given)),
  'show-delegate': showDelegate,
  'add-delegate': addByClick,
  'save-delegate': saveByClick,
  'remove-delegate': removeByClick,
} satisfies Record<string, Click>

const nobodyChosen: Notice = { tone: 'warning', text: 'Choose a delegate in the list first.' }
const nobodyNamed: Notice = {
  tone: 'warning',
  text: 'Say who should be your delegate: a name or an address.',
}

const permissions = delegatePermissions.map((permission) => ({
  title: capital(permissionWords[permission]),
  value: permission,
}))

/** More people than this who let somebody change their settings are opened by typing. */
const rowsShown = 5

export async function delegatesCard(turn: Turn, owner: PersonId, notice?: Notice): Promise<Answer> {
  const settings = await turn.settings.settingsOf(owner)
  const people = settings.delegates.map(({ person }) => person)
  const nameOf = await namesOf(turn, [owner, ...people, ...settings.managers])
  const known = await knownPeople(turn, [owner, ...people])
  const isOwn = owner === turn.person.id
  const managed = isOwn ? await managedBy(turn, settings.managers) : []
  const others = settings.managers.filter((manager) => isOwn && !managed.includes(manager))
  const view = {
    title: isOwn ? 'Your delegates' : `${nameOf(owner)}’s delegates`,
    notice,
    owner,
    isOwn,
    seen: markOf(delegatesPart(settings)),
    limit: `${people.length} of ${mostDelegates}`,
    isEmpty: people.length === 0,
    isFull: people.length >= mostDelegates,
    delegates: settings.delegates.map(({ person, may }) => ({
      person,
      name: nameOf(person),
      may: mayWords(may),
    })),
    chosen: people.length === 1 ? (people[0] ?? '') : '',
    permissions,
    hasPeoplePicker: turn.channel === 'msteams',
    hasKnown: known.length > 0,
    known,
    hasManagers: isOwn && settings.managers.length > 0,
    managers: managed.slice(0, rowsShown).map((manager) => ({ owner: manager, name: nameOf(manager) })),
    otherManagers: otherManagers(managed.slice(rowsShown).map(nameOf), others.map(nameOf)),
  }
  return { is: 'card', card: render('delegates', view), summary: view.title }
}

/** Those of these people whose settings the person may change. */
async function managedBy(turn: Turn, managers: readonly PersonId[]): Promise<readonly PersonId[]> {
  const sheets = await Promise.all(managers.map((manager) => turn.settings.settingsOf(manager)))
  return managers.filter((manager, index) => {
    const sheet = sheets[index]
    return sheet !== undefined && mayManage(sheet, manager, turn.person.id)
  })
}

function otherManagers(managed: readonly string[], others: readonly string[]): string {
  const more = managed.length > 0 ? `Also ${listOf(managed, 5)}: say “settings of” and a name.` : ''
  const rest =
    others.length > 0 ? `${listOf(others, 5)} let you act for them, not change their settings.` : ''
  return [more, rest].filter((words) => words !== '').join(' ')
}

function delegatesPart({ delegates }: CallingSettings): CallingSettings['delegates'] {
  return delegates
}

/** One delegate, with what they may do as it is now, to be changed. */
async function showDelegate(turn: Turn, given: CardInput): Promise<Answer> {
  const owner = ownerIn(turn, given)
  const settings = await turn.settings.settingsOf(owner)
  const delegate = settings.delegates.find(({ person }) => person === textIn(given, 'person'))
  if (!delegate) return delegatesCard(turn, owner, nobodyChosen)
  const { person, may } = delegate
  const nameOf = await namesOf(turn, [owner, person])
  const whose = owner === turn.person.id ? 'your delegate' : `delegate of ${nameOf(owner)}`
  const title = `${nameOf(person)}, ${whose}`
  const seen = markOf(delegatesPart(settings))
  const view = { title, owner, person, seen, may: may.join(','), permissions }
  return { is: 'card', card: render('delegate', view), summary: title }
}

/** Makes somebody new a delegate; who is one already keeps what they may do. */
async function addByClick(turn: Turn, given: CardInput): Promise<Answer> {
  const owner = ownerIn(turn, given)
  const [name, picked] = [textIn(given, 'text'), textIn(given, 'people')]
  if (name === '' && picked === '') return delegatesCard(turn, owner, nobodyNamed)
  const found = name === '' ? await findPicked(turn, picked) : await findPerson(turn, name)
  if (found.is === 'several')
    return choosePerson(turn, found, (people) => ({
      verb: 'add-delegate',
      data: { owner, permissions: textIn(given, 'permissions'), people },
    }))
  return changed(turn, given, 'Saved.', (sheet, subscribers) =>
    found.is === 'refused'
      ? refuse(found.refusal)
      : addDelegate(sheet, found.id, permissionsIn(given), subscribers),
  )
}

function saveByClick(turn: Turn, given: CardInput): Promise<Answer> {
  return changed(turn, given, 'Saved.', (sheet, subscribers) =>
    setDelegatePermissions(sheet, textIn(given, 'person'), permissionsIn(given), subscribers),
  )
}

function permissionsIn(given: CardInput): readonly DelegatePermission[] {
  const chosen = textIn(given, 'permissions').split(',')
  return delegatePermissions.filter((permission) => chosen.includes(permission))
}

async function removeByClick(turn: Turn, given: CardInput): Promise<Answer> {
  const person = textIn(given, 'person')
  if (person === '') return delegatesCard(turn, ownerIn(turn, given), nobodyChosen)
  return changed(turn, given, 'Removed.', (sheet, subscribers) => removeDelegate(sheet, person, subscribers))
}

async function removeByText(turn: Turn, rest: readonly string[]): Promise<Answer> {
  const name = rest.join(' ')
  if (name === '') return delegatesCard(turn, turn.person.id, nobodyChosen)
  const { delegates } = await turn.settings.settingsOf(turn.person.id)
  const people = delegates.map(({ person }) => person)
  const found = await findAmong(turn, name, people)
  if (found.is === 'several')
    return choosePerson(turn, found, (person) => ({ verb: 'remove-delegate', data: { person } }))
  return changed(turn, {}, 'Removed.', (sheet, subscribers) =>
    found.is === 'refused' ? refuse(found.refusal) : removeDelegate(sheet, found.id, subscribers),
  )
}

async function changed(
  turn: Turn,
  given: CardInput,
  success: string,
  rule: (owner: Subscriber, subscribers: Subscribers) => Change,
): Promise<Answer> {
  const owner = ownerIn(turn, given)
  const seen = { part: delegatesPart, mark: textIn(given, 'seen') }
  const change = await edit(turn, { owner, seen, rule })
  return delegatesCard(turn, owner, await changeWords(turn, change, success, owner))
}
