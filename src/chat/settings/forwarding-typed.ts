/** Forwarding and unanswered calls as people type them: "also ring my group", "if unanswered voicemail after 20". */
import { type CallingSettings } from '../../core/calling-settings.ts'
import { refuse } from '../../core/change.ts'
import { type ForwardingType } from '../../core/forwarding.ts'
import { type PersonId } from '../../core/person.ts'
import { type Rules, setRules } from '../../core/rules.ts'
import { callGroup, type Target, voicemail } from '../../core/target.ts'
import {
  defaultRingTimeout,
  type RingTimeout,
  type Unanswered,
  type UnansweredRule,
} from '../../core/unanswered.ts'
import { type Answer } from '../draw/answer.ts'
import { type CardInput, textIn } from '../draw/input.ts'
import { type Notice } from '../draw/parts.ts'
import { choosePerson } from '../said/choose-person.ts'
import { readTarget, type ReadTarget } from '../said/target.ts'
import { plainWord } from '../said/words.ts'
import { type Turn } from '../turn.ts'
import { changeWords, edit, ownerIn } from './edit.ts'
import { forwardingCard } from './forwarding-card.ts'
import { readDelay } from './forwarding-form.ts'
import { cannotOnlyWhen, namesSeveral, onlyOne, onlyWhen, unansweredIn } from './forwarding-limits.ts'
import { settingsCard } from './settings.ts'

/** Which rule a target is for: as it is typed, and as the button carries it that asks which person was meant. */
type Rule = { readonly is: ForwardingType } | { readonly is: 'unanswered'; readonly after: RingTimeout }

export async function ruleByText(turn: Turn, is: ForwardingType, rest: readonly string[]): Promise<Answer> {
  if (rest.length === 0) return forwardingCard(turn, turn.person.id)
  const unanswered = is === 'immediate' ? unansweredIn(rest) : null
  if (unanswered) return unansweredByText(turn, unanswered)
  const read = await readTarget(turn, rest)
  const isUnclear = read.is === 'refused' && read.refusal.code === 'E_NOT_FOUND'
  if (isUnclear && onlyWhen(rest) !== '') return cannotOnlyWhen(onlyWhen(rest))
  return isUnclear && namesSeveral(rest) ? onlyOne() : leadTo(turn, { is }, read)
}

/** Words of a sentence about unanswered calls that say neither where nor when. */
const sayNothing = 'go goes send forward it them calls call then before ring rings'.split(' ')

/**
 * "if unanswered voicemail after 20", "if nobody answers after 20 seconds go to my group", "if unanswered nothing"; a
 * delay alone, "delay 30", leaves where calls go.
 */
export async function unansweredByText(turn: Turn, rest: readonly string[]): Promise<Answer> {
  const { where, delay } = readUnanswered(rest)
  if (where.length === 0 && delay === undefined) return forwardingCard(turn, turn.person.id)
  if (['nothing', 'nobody', 'off', 'nowhere', 'do', 'hang', 'end'].includes(plainWord(where[0] ?? '')))
    return changeRules(turn, turn.person.id, { unanswered: { is: 'off' } })
  const { unanswered } = await turn.settings.settingsOf(turn.person.id)
  const usual = ruleNow(unanswered)
  const after = delay === undefined ? usual.after : readDelay(delay)
  if (typeof after !== 'number')
    return leadTo(turn, { is: 'unanswered', after: defaultRingTimeout }, { is: 'refused', refusal: after })
  if (where.length > 0) return leadTo(turn, { is: 'unanswered', after }, await readTarget(turn, where))
  return unanswered.is === 'off'
    ? forwardingCard(turn, turn.person.id, { notice: goesNowhere })
    : changeRules(turn, turn.person.id, rulesTo({ is: 'unanswered', after }, usual.to))
}

const goesNowhere: Notice = {
  tone: 'warning',
  text: 'Nothing was changed: a call that nobody takes just ends now. Choose where it goes, and after how long.',
}

/** Where and after how long, in whichever order it was said; a short number that comes first is the delay, too. */
function readUnanswered(rest: readonly string[]) {
  const words = rest.filter((word) => !sayNothing.includes(plainWord(word)))
  const split = words.findIndex(
    (word, index) =>
      ['after', 'within'].includes(plainWord(word)) ||
      (['in', 'for'].includes(plainWord(word)) && isNumber(words[index + 1])),
  )
  const [delay, ...behind] = words.slice(split + 1)
  if (split < 0 && !isNumber(delay)) return { where: words }
  const unit = ['seconds', 'second', 'sec', 'secs', 's'].includes(plainWord(behind[0] ?? '')) ? 1 : 0
  return { where: [...words.slice(0, Math.max(split, 0)), ...behind.slice(unit)], delay }
}

function isNumber(word: string | undefined): boolean {
  return /^\d{1,3}$/u.test(word ?? '')
}

/** A press on one of several people with the name that was typed, or on what a warning advises. */
export async function chooseTarget(turn: Turn, given: CardInput): Promise<Answer> {
  const owner = ownerIn(turn, given)
  const rule = ruleIn(given)
  const target = targetIn(given, await turn.settings.settingsOf(owner))
  return rule === null || target === null
    ? forwardingCard(turn, owner)
    : changeRules(turn, owner, rulesTo(rule, target))
}

/** "same": where unanswered calls go already. */
function targetIn(given: CardInput, { unanswered }: CallingSettings): Target | null {
  const person = textIn(given, 'person')
  switch (textIn(given, 'to')) {
    case 'group':
      return callGroup
    case 'voicemail':
      return voicemail
    case 'same':
      return ruleNow(unanswered).to
    default:
      return person === '' ? null : { is: 'person', person }
  }
}

function ruleIn(given: CardInput): Rule | null {
  const is = textIn(given, 'rule')
  if (is === 'immediate' || is === 'simultaneous') return { is }
  const after = readDelay(textIn(given, 'after'))
  return is === 'unanswered' && typeof after === 'number' ? { is, after } : null
}

async function leadTo(turn: Turn, rule: Rule, read: ReadTarget): Promise<Answer> {
  switch (read.is) {
    case 'several': {
      const after = rule.is === 'unanswered' ? String(rule.after) : ''
      return choosePerson(turn, read, (person) => ({
        verb: 'choose-target',
        data: { rule: rule.is, after, person },
      }))
    }
    case 'target':
      return changeRules(turn, turn.person.id, rulesTo(rule, read.target))
    case 'refused': {
      const change = await edit(turn, { owner: turn.person.id, rule: () => refuse(read.refusal) })
      return settingsCard(turn, turn.person.id, await changeWords(turn, change, ''))
    }
  }
}

function rulesTo(rule: Rule, to: Target): Rules {
  return rule.is === 'unanswered'
    ? { unanswered: { is: 'on', rule: { to, after: rule.after } } }
    : { forwarding: { is: 'on', rule: { type: rule.is, to } } }
}

async function changeRules(turn: Turn, owner: PersonId, rules: Rules): Promise<Answer> {
  const change = await edit(turn, {
    owner,
    rule: (sheet, subscribers) => setRules(sheet, rules, subscribers),
  })
  return settingsCard(turn, owner, await changeWords(turn, change, 'Done.', owner))
}

export async function forwardingOff(turn: Turn): Promise<Answer> {
  const change = await edit(turn, {
    owner: turn.person.id,
    rule: (sheet, subscribers) => setRules(sheet, { forwarding: offAgain(sheet.settings) }, subscribers),
  })
  return settingsCard(turn, turn.person.id, await changeWords(turn, change, 'Forwarding is off.'))
}

function offAgain({ forwarding }: CallingSettings): CallingSettings['forwarding'] {
  return forwarding.is === 'on' ? { is: 'off', kept: forwarding.rule } : forwarding
}

function ruleNow(unanswered: Unanswered): UnansweredRule {
  return unanswered.is === 'on' ? unanswered.rule : { to: voicemail, after: defaultRingTimeout }
}
