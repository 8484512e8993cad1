/** What people say behind a target that forwarding cannot do, or that makes it a rule for unanswered calls. */
import { type Answer } from '../draw/answer.ts'
import { notice } from '../draw/notice.ts'
import { type Button } from '../draw/parts.ts'
import { plainName } from '../draw/plain.ts'
import { listed, plainWord } from '../said/words.ts'

const conditions = new Set(['if', 'when'])
const answering = /^(?:un)?(?:answer(?:s|ed|ing)?|available|picks?|pickup|taken?|reach(?:ed|able)?)$/u

/** The words of a rule for unanswered calls in "forward to Bo after 20 seconds", "… if I don't answer"; null for others. */
export function unansweredIn(rest: readonly string[]): readonly string[] | null {
  const plain = rest.map(plainWord)
  const isDelayed = plain.some(
    (word, index) => word === 'after' && index > 0 && /^\d{1,3}$/u.test(plain[index + 1] ?? ''),
  )
  const start = plain.findIndex((word, index) => index > 0 && conditions.has(word))
  if (start > 0 && plain.slice(start + 1).some((word) => answering.test(word))) return rest.slice(0, start)
  return isDelayed ? rest : null
}

const untils = new Set([
  'until',
  'till',
  'for',
  'after',
  'from',
  'during',
  'today',
  'tonight',
  'tomorrow',
  'if',
  'when',
])

/** The words that say only when: "for an hour", "until 5pm"; empty when there are none. */
export function onlyWhen(rest: readonly string[]): string {
  const start = rest.findIndex((word, index) => index > 0 && untils.has(plainWord(word)))
  return start < 0 ? '' : rest.slice(start).join(' ')
}

/** Forwarding knows no time and no condition. */
export function cannotOnlyWhen(when: string): Answer {
  const text = `Nothing was changed: I cannot do that only “${plainName(when)}”. Say it without that, and say “stop forwarding” to end it. “delay 20” sets how long it rings.`
  return notice(text, [showForwarding])
}

/** Whether several are named, where only one can be: "forward my calls to Bo and Cy". */
export function namesSeveral(rest: readonly string[]): boolean {
  return listed(rest).length > 1
}

/** Calls go to one person; several are what a group is for. */
export function onlyOne(): Answer {
  const text =
    'Nothing was changed: calls can go to one person or number only. To ring several people, add them to your call group and say “also ring my group”.'
  return notice(text, [{ title: 'My call group', verb: 'show-group', data: {} }, showForwarding])
}

const showForwarding: Button = { title: 'Forwarding', verb: 'show-forwarding', data: {} }
