/** Forwarding and unanswered calls: one form, and the sentences people type instead. */
import { type Change, refuse } from '../core/change.ts'
import { type CallingSettings } from '../core/calling-settings.ts'
import { type ForwardingType } from '../core/forwarding.ts'
import { type PersonId } from '../core/person.ts'
import { refusedRules, type Rules, setRules } from '../core/rules.ts'
import { type Target } from '../core/target.ts'
import { defaultRingTimeout, type RingTimeout } from '../core/unanswered.ts'
import { type CardInput, type Click, type Command, textIn } from './command.ts'
import { changeWords, edit, ownerIn } from './edit.ts'
import { forwardingCard, rulesPart } from './forwarding-card.ts'
import { readDelay, readForwardingForm } from './forwarding-form.ts'
import { settingsCard } from './settings.ts'
import { readTarget, type ReadTarget } from './target.ts'
import { type Answer, type Turn } from './turn.ts'
import { plainWord } from './words.ts'

export const forwardingCommands: readonly Command[] = [
  {
    title: 'forwarding',
    description: 'Where your calls go: forward all, also ring somebody, if unanswered.',
    phrases: ['forwarding', 'call forwarding', 'my forwarding', 'unanswered'],
    topic: 'Your settings',
    inManifest: true,
    run: (turn) => forwardingCard(turn, turn.person.id),
  },
  {
    title: 'forward my calls to <my group, a person, a number, voicemail>',
    description: 'Send every call on at once.',
    phrases: [
      'forward my calls to',
      'forward my calls',
      'forward all calls to',
      'forward calls to',
      'forward to',
      'forward',
      'send my calls to',
    ],
    topic: 'Your settings',
    run: (turn, rest) => ruleByText(turn, 'immediate', rest),
  },
  {
    title: 'also ring <my group, a person, a number>',
    description: 'Ring them together with you.',
    phrases: ['also ring', 'ring also'],
    topic: 'Your settings',
    run: (turn, rest) => ruleByText(turn, 'simultaneous', rest),
  },
  {
    title: 'stop forwarding',
    description: 'Ring only you again.',
    phrases: [
      'stop forwarding',
      'forwarding off',
      'do not forward',
      "don't forward",
      'stop also ringing',
      'no forwarding',
      'turn off forwarding',
    ],
    topic: 'Your settings',
    run: (turn) => forwardingOff(turn),
  },
  {
    title: 'if unanswered <voicemail, my group, a person, nothing> after <seconds>',
    description: 'Where a call goes that you do not take.',
    phrases: ['if unanswered', 'when unanswered', 'unanswered to', 'if i do not answer', "if i don't answer"],
    topic: 'Your settings',
    run: unansweredByText,
  },
]

export const forwardingClicks = {
  'show-forwarding': (turn: Turn, given: CardInput) => forwardingCard(turn, ownerIn(turn, given)),
  'save-forwarding': saveForm,
} satisfies Record<string, Click>

async function saveForm(turn: Turn, given: CardInput): Promise<Answer> {
  const owner = ownerIn(turn, given)
  const form = await readForwardingForm(turn, given, await turn.settings.settingsOf(owner))
  if (form.is === 'wrong') return forwardingCard(turn, owner, { errors: form.errors, given })
  const seen = { part: rulesPart, mark: textIn(given, 'seen') }
  const change = await edit(turn, {
    owner,
    seen,
    rule: (sheet, subscribers) => setRules(sheet, form, subscribers),
  })
  if (change.refusals.length > 0) return refusedForm(turn, owner, change, given, form)
  return settingsCard(turn, owner, await changeWords(turn, change, 'Saved.'))
}

/** A refusal stands next to the field it is about; what was filled in stays filled in. */
async function refusedForm(
  turn: Turn,
  owner: PersonId,
  change: Change,
  given: CardInput,
  form: Rules,
): Promise<Answer> {
  const errors = await turn.settings.ask((subscribers) => refusedRules(subscribers(owner), form))
  if (Object.keys(errors).length > 0) return forwardingCard(turn, owner, { errors, given })
  return forwardingCard(turn, owner, { notice: await changeWords(turn, change, '') })
}

async function ruleByText(turn: Turn, type: ForwardingType, rest: readonly string[]): Promise<Answer> {
  if (rest.length === 0) return forwardingCard(turn, turn.person.id)
  return changeRule(turn, await readTarget(turn, rest), (target) => ({
    forwarding: { is: 'on', rule: { type, to: target } },
  }))
}

async function changeRule(turn: Turn, read: ReadTarget, rules: (target: Target) => Rules): Promise<Answer> {
  const change = await edit(turn, {
    owner: turn.person.id,
    rule: (sheet, subscribers) =>
      read.is === 'target' ? setRules(sheet, rules(read.target), subscribers) : refuse(read.refusal),
  })
  return settingsCard(turn, turn.person.id, await changeWords(turn, change, 'Done.'))
}

async function forwardingOff(turn: Turn): Promise<Answer> {
  const change = await edit(turn, {
    owner: turn.person.id,
    rule: (sheet, subscribers) => setRules(sheet, { forwarding: offAgain(sheet.settings) }, subscribers),
  })
  return settingsCard(turn, turn.person.id, await changeWords(turn, change, 'Forwarding is off.'))
}

function offAgain({ forwarding }: CallingSettings): CallingSettings['forwarding'] {
  return forwarding.is === 'on' ? { is: 'off', kept: forwarding.rule } : forwarding
}

/** "if unanswered voicemail after 20", "if unanswered nothing", "unanswered to my group after 30 seconds". */
async function unansweredByText(turn: Turn, rest: readonly string[]): Promise<Answer> {
  const plain = rest.filter(
    (word) => !['go', 'send', 'it', 'calls', 'seconds', 'sec', 's'].includes(plainWord(word)),
  )
  const split = plain.findIndex((word) => plainWord(word) === 'after')
  const where = split < 0 ? plain : plain.slice(0, split)
  if (where.length === 0) return forwardingCard(turn, turn.person.id)
  if (['nothing', 'off', 'nowhere', 'do'].includes(plainWord(where[0] ?? ''))) {
    return changeRule(turn, { is: 'target', target: { is: 'voicemail' } }, () => ({
      unanswered: { is: 'off' },
    }))
  }
  const after = split < 0 ? await usualDelay(turn) : readDelay(plain[split + 1] ?? '')
  if (typeof after !== 'number') return changeRule(turn, { is: 'refused', refusal: after }, () => ({}))
  return changeRule(turn, await readTarget(turn, where), (to) => ({
    unanswered: { is: 'on', rule: { to, after } },
  }))
}

async function usualDelay(turn: Turn): Promise<RingTimeout> {
  const { unanswered } = await turn.settings.settingsOf(turn.person.id)
  return unanswered.is === 'on' ? unanswered.rule.after : defaultRingTimeout
}
