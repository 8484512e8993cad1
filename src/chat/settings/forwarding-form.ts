/** Reads the forwarding form: two rules from what was chosen and written, or the errors beside their fields. */
import { type RuleName } from '../../core/calling-settings.ts'
import { type Forwarding, type ForwardingType } from '../../core/forwarding.ts'
import { type BusyOption } from '../../core/policy.ts'
import { type Refusal } from '../../core/refusal.ts'
import { callGroup, myDelegates, type Target, voicemail } from '../../core/target.ts'
import {
  defaultRingTimeout,
  isRingTimeout,
  type RingTimeout,
  type Unanswered,
} from '../../core/unanswered.ts'
import { type CardInput, textIn } from '../draw/input.ts'
import { readSomebody } from '../said/target.ts'
import { type Turn } from '../turn.ts'

/** What is wrong with each of the two rules; it is shown beside their fields. */
export type FieldErrors = Readonly<Partial<Record<RuleName, Refusal>>>

export type ForwardingForm =
  | {
      readonly is: 'read'
      readonly forwarding: Forwarding
      readonly unanswered: Unanswered
      readonly busyOnBusy: BusyOption | null | undefined
    }
  | { readonly is: 'wrong'; readonly errors: FieldErrors }

/** Reads the inputs `forwarding`, `forwardTo`, `forwardWhom`, `unanswered`, `unansweredWhom`, `delay` and `busy`. */
export async function readForwardingForm(
  turn: Turn,
  given: CardInput,
  before: Before,
): Promise<ForwardingForm> {
  const forwarding = await readForwarding(turn, given, before.forwarding)
  const unanswered = await readUnanswered(turn, given, before.unanswered)
  if ('code' in forwarding || 'code' in unanswered) {
    return {
      is: 'wrong',
      errors: {
        ...('code' in forwarding ? { forwarding } : {}),
        ...('code' in unanswered ? { unanswered } : {}),
      },
    }
  }
  return { is: 'read', forwarding, unanswered, busyOnBusy: readBusy(textIn(given, 'busy')) }
}

type Before = { readonly forwarding: Forwarding; readonly unanswered: Unanswered }

async function readForwarding(
  turn: Turn,
  given: CardInput,
  before: Forwarding,
): Promise<Forwarding | Refusal> {
  const type = textIn(given, 'forwarding')
  if (!isForwardingType(type)) return before.is === 'on' ? { is: 'off', kept: before.rule } : before
  const to = await readTo(turn, given, 'forward', textIn(given, 'forwardTo'))
  return 'code' in to ? to : { is: 'on', rule: { type, to } }
}

async function readUnanswered(
  turn: Turn,
  given: CardInput,
  before: Unanswered,
): Promise<Unanswered | Refusal> {
  const choice = textIn(given, 'unanswered')
  if (choice === '' || choice === 'neverSet') return before
  if (choice === 'off') return before.is === 'on' ? { is: 'off', kept: before.rule } : { is: 'off' }
  const after = readDelay(textIn(given, 'delay'))
  if (typeof after !== 'number') return after
  const to = await readTo(turn, given, 'unanswered', choice)
  return 'code' in to ? to : { is: 'on', rule: { to, after } }
}

/** The delay of the form: one of the eight, 20 seconds when nothing was chosen. */
export function readDelay(text: string): RingTimeout | Refusal {
  if (text === '') return defaultRingTimeout
  const seconds = Number(text)
  return isRingTimeout(seconds) ? seconds : { code: 'E_DELAY', given: text }
}

type Half = 'forward' | 'unanswered'

/** What was picked or typed that did not stand there before: it says more than the choice above it. */
function newlyNamed(given: CardInput, half: Half): string | undefined {
  const was = textIn(given, `${half}Was`)
  return [textIn(given, `${half}Whom`), textIn(given, `${half}Person`)].find(
    (whom) => whom !== '' && whom !== was,
  )
}

/** Where the form says that calls go. */
function readTo(turn: Turn, given: CardInput, half: Half, choice: string): Promise<Target | Refusal> {
  const named = newlyNamed(given, half)
  const kept = textIn(given, `${half}Whom`) || textIn(given, `${half}Person`)
  return named === undefined ? readChoice(turn, choice, kept) : readChoice(turn, 'somebody', named)
}

async function readChoice(turn: Turn, choice: string, whom: string): Promise<Target | Refusal> {
  switch (choice) {
    case 'voicemail':
      return voicemail
    case 'delegates':
      return myDelegates
    case 'group':
      return callGroup
    default: {
      const read = await readSomebody(turn, whom)
      if (read.is === 'several') return { code: 'E_NOT_FOUND', given: read.given, isAmbiguous: true }
      return read.is === 'target' ? read.target : read.refusal
    }
  }
}

function readBusy(text: string): BusyOption | null | undefined {
  if (text === 'playBusySignal' || text === 'redirectAsUnansweredCall' || text === 'ringUser') return text
  return text === '' ? undefined : null
}

function isForwardingType(text: string): text is ForwardingType {
  return text === 'immediate' || text === 'simultaneous'
}
