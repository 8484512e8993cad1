/** Refusals and warnings as an admin needs to hear them, who is not the person and presses no button. */
import { type PersonId } from '../core/person.ts'
import { type Refusal, type Warning } from '../core/refusal.ts'
import { type AdminParts } from './api.ts'

type Told = Refusal | Warning

/** Where the words of the chat speak to the person themselves. */
const otherwise: ReadonlyMap<Told['code'], string> = new Map<Told['code'], string>([
  [
    'E_GROUP_IN_USE',
    'Nobody would be left in the call group, and calls go to it. Turn that rule off first: ForwardingOnOff or UnansweredOnOff.',
  ],
  [
    'W_STALE_TARGET',
    'Calls do not go where a rule sends them: the target is not allowed, or nobody is there.',
  ],
])

/** What was told, in words for an admin. */
export function wordsOf(
  { inWords }: Pick<AdminParts, 'inWords'>,
  told: Told,
  nameOf: (person: PersonId) => string,
): string {
  if (told.code === 'E_NOT_MEMBER')
    return `This person is not in that call group (the one of ${nameOf(told.owner)}), so nothing was changed there.`
  const words = otherwise.get(told.code) ?? inWords(told, nameOf)
  return words.replace(
    /(?: Choose something else, or ask| Ask) your admin\.$/u,
    ' See the policy of this person.',
  )
}
