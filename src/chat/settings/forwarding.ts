/** Forwarding and unanswered calls: the commands and the form; forwarding-typed.ts has what the commands do. */
import { type Change } from '../../core/change.ts'
import { type PersonId } from '../../core/person.ts'
import { type BusyOption, effectiveBusyOption } from '../../core/policy.ts'
import { refusedRules, type Rules, setRules } from '../../core/rules.ts'
import { type Click, type Command } from '../command.ts'
import { type Answer } from '../draw/answer.ts'
import { type CardInput, textIn } from '../draw/input.ts'
import { notice } from '../draw/notice.ts'
import { type Turn } from '../turn.ts'
import { changeWords, edit, ownerIn } from './edit.ts'
import { forwardingCard, rulesPart } from './forwarding-card.ts'
import { readForwardingForm } from './forwarding-form.ts'
import { chooseTarget, forwardingOff, ruleByText, unansweredByText } from './forwarding-typed.ts'
import { settingsCard } from './settings.ts'

export const forwardingCommands: readonly Command[] = [
  {
    title: 'forwarding',
    description: 'Where your calls go.',
    phrases: ['forwarding', 'call forwarding', 'my forwarding'],
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
    phrases: ['also ring', 'ring also', 'simultaneous ring', 'simultaneously ring', 'ring at the same time'],
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
    run: forwardingOff,
  },
  {
    title: 'if unanswered <voicemail, my group, a person, nothing> after <seconds>',
    description: 'Where a call goes if you do not take it.',
    phrases: [
      'if unanswered',
      'when unanswered',
      'unanswered',
      'unanswered calls',
      'unanswered to',
      'unanswered calls to',
      'if no answer',
      'if i do not answer',
      "if i don't answer",
    ],
    topic: 'Your settings',
    run: unansweredByText,
  },
  {
    title: 'voicemail after <seconds>',
    description: 'Send a call to voicemail if you do not take it.',
    phrases: ['voicemail'],
    topic: 'Your settings',
    run: (turn, rest) => unansweredByText(turn, rest.length === 0 ? [] : ['voicemail', ...rest]),
  },
  {
    title: 'if busy',
    description: 'What happens to a call while you are in another.',
    phrases: ['if busy', 'when busy', 'if i am busy', 'when i am busy', 'busy on busy'],
    topic: 'Your settings',
    run: ifBusy,
  },
]

export const forwardingClicks = {
  'show-forwarding': (turn: Turn, given: CardInput) => forwardingCard(turn, ownerIn(turn, given)),
  'save-forwarding': saveForm,
  'choose-target': chooseTarget,
} satisfies Record<string, Click>

/** Whoever may choose what happens to a call while they are in another gets the form; others hear what their admin chose. */
async function ifBusy(turn: Turn): Promise<Answer> {
  const { policy } = await turn.settings.ask((subscribers) => subscribers(turn.person.id))
  if (policy.busyOnBusy === 'userOverride')
    return forwardingCard(turn, turn.person.id, {
      notice: { tone: 'warning', text: 'Nothing was changed yet: choose below, at “While I am in a call”.' },
    })
  const option = busyWords[effectiveBusyOption(policy.busyOnBusy, null)]
  return notice(`Your admin decides about calls that come while you are in one: ${option}.`, [
    { title: 'Forwarding', verb: 'show-forwarding', data: {} },
  ])
}

const busyWords: Readonly<Record<BusyOption, string>> = {
  ringUser: 'they ring you all the same',
  playBusySignal: 'the caller hears a busy tone',
  redirectAsUnansweredCall: 'they go where your unanswered calls go',
}

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
  return settingsCard(turn, owner, await changeWords(turn, change, 'Saved.', owner))
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
  return forwardingCard(turn, owner, { notice: await changeWords(turn, change, '', owner) })
}
