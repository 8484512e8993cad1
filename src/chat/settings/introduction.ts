/** Saying who one is, where nobody is authenticated: in the Emulator. */
import { isMeantAsAddress, plainAddress, readAddress } from '../../core/person.ts'
import { impossibleAddress } from '../../core/refusal.ts'
import { type Command } from '../command.ts'
import { type Answer, say } from '../draw/answer.ts'
import { type Notice } from '../draw/parts.ts'
import { plainName } from '../draw/plain.ts'
import { refusalText } from '../draw/refusal.ts'
import { alreadyWords } from '../draw/sentences.ts'
import { namesOf } from '../said/people.ts'
import { type Turn } from '../turn.ts'
import { settingsCard } from './settings.ts'

export const introductionCommands: readonly Command[] = [
  {
    title: 'I am <address>',
    description: 'Say who you are, so that others can add you.',
    phrases: ['i am', "i'm", 'im', 'my name is', 'my address is'],
    topic: 'Trying it out',
    isOffered: ({ isLocal, channel }) => isLocal && channel !== 'msteams',
    run: iAm,
  },
]

/** Only where nobody is authenticated anyway: this chat is this person from now on. */
async function iAm(turn: Turn, rest: readonly string[]): Promise<Answer> {
  if (!turn.isLocal || turn.channel === 'msteams') return say('Teams tells me who you are.')
  const typed = rest.join(' ')
  const kept = isMeantAsAddress(typed) ? await turn.directory.find(typed) : null
  const address = readAddress(typed) ?? (kept === null ? null : plainAddress(typed))
  if (address === null) return say(noAddress(typed))
  const person = await turn.arrivals.introduced(turn.sender, address)
  return settingsCard({ ...turn, person }, person.id, await introduction({ ...turn, person }))
}

function noAddress(typed: string): string {
  return isMeantAsAddress(typed)
    ? refusalText(impossibleAddress(plainAddress(typed)), plainName)
    : 'Write your address after "I am", like: I am ann@contoso.com'
}

/** Who somebody now is here, and what others have counted them in for before they came. */
async function introduction(turn: Turn): Promise<Notice> {
  const { id, name, address = id } = turn.person
  const { memberships, managers } = await turn.settings.settingsOf(id)
  const owners = memberships.map(({ owner }) => owner)
  const words = alreadyWords(owners, managers, await namesOf(turn, [...owners, ...managers]))
  const button = { title: 'How their calls reach you', verb: 'show-notifications', data: {} }
  return {
    tone: 'good',
    text: [`You are ${plainName(name)} (${plainName(address)}) here.`, words].join(' ').trim(),
    buttons: owners.length > 0 ? [button] : [],
  }
}
