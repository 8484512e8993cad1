/** Delegates: who may act for a person on the phone, and for whom that person may act. */
import { addDelegate, mayManage, removeDelegate, setDelegatePermissions } from '../core/delegates.ts'
import { type CallingSettings } from '../core/calling-settings.ts'
import { type DelegatePermission, delegatePermissions, mostDelegates } from '../core/delegate.ts'
import { refuse } from '../core/change.ts'
import { type PersonId } from '../core/person.ts'
import { render } from './card.ts'
import { choosePerson } from './choose-person.ts'
import { type CardInput, type Click, type Command, textIn } from './command.ts'
import { changeWords, edit, markOf, type Notice, ownerIn } from './edit.ts'
import { findPerson, namesOf } from './people.ts'
import { listOf } from './sentences.ts'
import { type Answer, type Turn } from './turn.ts'

export const delegateCommands: readonly Command[] = [
  {
    title: 'delegates',
    description: 'Who may take calls and change settings for you.',
    phrases: ['delegates', 'my delegates', 'delegate'],
    topic: 'Your settings',
    run: (turn) => delegatesCard(turn, turn.person.id),
  },
]

export const delegateClicks = {
  'show-delegates': (turn: Turn, given: CardInput) => delegatesCard(turn, ownerIn(turn, given)),
  'add-delegate': addByClick,
  'save-delegate': (turn: Turn, given: CardInput) =>
    changed(turn, given, 'Saved.', (sheet, person, subscribers) =>
      setDelegatePermissions(sheet, person, readPermissions(given, person), subscribers),
    ),
  'remove-delegate': (turn: Turn, given: CardInput) => changed(turn, given, 'Removed.', removeDelegate),
} satisfies Record<string, Click>

const permissionWords: Readonly<Record<DelegatePermission, string>> = {
  makeCalls: 'make calls',
  receiveCalls: 'take calls',
  manageSettings: 'change settings',
  pickUpHeldCalls: 'pick up held calls',
  joinActiveCalls: 'join calls',
}

export async function delegatesCard(turn: Turn, owner: PersonId, notice?: Notice): Promise<Answer> {
  const settings = await turn.settings.settingsOf(owner)
  const people = settings.delegates.map(({ person }) => person)
  const nameOf = await namesOf(turn, [owner, ...people, ...settings.managers])
  const known = (await turn.directory.named('')).filter(({ id }) => id !== owner && !people.includes(id))
  const isOwn = owner === turn.person.id
  const sheets = await Promise.all(settings.managers.map((manager) => turn.settings.settingsOf(manager)))
  const view = {
    title: isOwn ? 'Your delegates' : `${nameOf(owner)}'s delegates`,
    notice,
    owner,
    seen: markOf(delegatesPart(settings)),
    isEmpty: people.length === 0,
    delegates: settings.delegates.map(({ person, may }) => ({
      person,
      name: nameOf(person),
      may:
        may.length === 0
          ? 'may do nothing yet'
          : `may ${listOf(
              may.map((one) => permissionWords[one]),
              5,
            )}`,
      permissions: may.join(','),
    })),
    limit: `${people.length} of ${mostDelegates} delegates`,
    isFull: people.length >= mostDelegates,
    hasPeoplePicker: turn.channel === 'msteams',
    known: known.map(({ id, name, address }) => ({
      title: address === undefined ? name : `${name} (${address})`,
      value: id,
    })),
    managers: isOwn
      ? settings.managers.map((manager, index) => ({
          owner: manager,
          name: nameOf(manager),
          mayManage: mayManage(sheets[index] ?? settings, manager, turn.person.id),
        }))
      : [],
  }
  return { is: 'card', card: render('delegates', view), summary: view.title }
}

function delegatesPart({ delegates }: CallingSettings): CallingSettings['delegates'] {
  return delegates
}

async function addByClick(turn: Turn, given: CardInput): Promise<Answer> {
  const owner = ownerIn(turn, given)
  const name = textIn(given, 'text') || textIn(given, 'person') || textIn(given, 'people')
  if (name === '')
    return delegatesCard(turn, owner, {
      tone: 'warning',
      text: 'Say who: pick a person, or write an address.',
    })
  const person = await findPerson(turn, name)
  if (person.is === 'several')
    return choosePerson(turn, person, 'add-delegate', { owner, permissions: textIn(given, 'permissions') })
  const change = await edit(turn, {
    owner,
    rule: (sheet, subscribers) =>
      person.is === 'found'
        ? addDelegate(sheet, person.id, readPermissions(given, ''), subscribers)
        : refuse(person.refusal),
  })
  return delegatesCard(turn, owner, await changeWords(turn, change, 'Added.'))
}

async function changed(
  turn: Turn,
  given: CardInput,
  success: string,
  rule: typeof removeDelegate,
): Promise<Answer> {
  const owner = ownerIn(turn, given)
  const person = textIn(given, 'person')
  const seen = { part: delegatesPart, mark: textIn(given, 'seen') }
  const change = await edit(turn, {
    owner,
    seen,
    rule: (sheet, subscribers) => rule(sheet, person, subscribers),
  })
  return delegatesCard(turn, owner, await changeWords(turn, change, success))
}

/** The ticked permissions; each delegate's row has its own input, the row for a new one has none in its name. */
function readPermissions(given: CardInput, person: PersonId): readonly DelegatePermission[] {
  const ticked = textIn(given, person === '' ? 'permissions' : `permissions:${person}`).split(',')
  return delegatePermissions.filter((permission) => ticked.includes(permission))
}
