/** The buttons under a warning or a refusal: each does at once what the words above it advise. */
import { type PersonId } from '../../core/person.ts'
import { type Refusal, type Warning } from '../../core/refusal.ts'
import { type Subscriber } from '../../core/subscriber.ts'
import { defaultRingTimeout, type RingTimeout } from '../../core/unanswered.ts'
import { delayThatReachesAll } from '../../core/warnings.ts'
import { type Button } from '../draw/parts.ts'
import { seconds } from '../draw/sentences.ts'
import { type Turn } from '../turn.ts'

/** What may be pressed about these, for the sheet of this owner; every button once. */
export async function fixesFor(
  turn: Pick<Turn, 'settings'>,
  owner: PersonId,
  told: ReadonlyArray<Refusal | Warning>,
): Promise<readonly Button[]> {
  if (told.length === 0) return []
  const { sheet, longer } = await turn.settings.ask((subscribers) => {
    const sheet = subscribers(owner)
    return { sheet, longer: delayThatReachesAll(sheet, subscribers) }
  })
  const buttons = told.flatMap((one) => fixesOf(one, sheet, longer))
  return buttons.filter(({ title }, index) => buttons.findIndex((other) => other.title === title) === index)
}

function fixesOf(told: Refusal | Warning, sheet: Subscriber, longer: RingTimeout | null): readonly Button[] {
  const owner = sheet.id
  switch (told.code) {
    case 'W_ORDER_CUTOFF':
      return [
        ...(longer === null ? [] : [ringLonger(owner, longer)]),
        { title: 'Ring everyone at once', verb: 'ring-order', data: { owner, order: 'simultaneous' } },
        {
          title: 'Forward all calls to the group',
          verb: 'choose-target',
          data: { owner, rule: 'immediate', to: 'group' },
        },
      ]
    case 'W_SAME_TARGET':
      return [unansweredToVoicemail(sheet)]
    case 'W_ALL_MUTED':
      return [{ title: 'Add people', verb: 'show-group', data: { owner } }]
    case 'W_STALE_TARGET':
      return [openForwarding(owner)]
    case 'E_GROUP_IN_USE':
      return [{ title: 'Turn sharing off', verb: 'sharing-off', data: { owner } }]
    default:
      return []
  }
}

function ringLonger(owner: PersonId, after: RingTimeout): Button {
  const data = { owner, rule: 'unanswered', to: 'same', after: String(after) }
  return { title: `Ring for ${seconds(after)}`, verb: 'choose-target', data }
}

function unansweredToVoicemail({ id, settings, policy }: Subscriber): Button {
  if (policy.allowVoicemail === 'alwaysDisabled') return openForwarding(id)
  const after = settings.unanswered.is === 'on' ? settings.unanswered.rule.after : defaultRingTimeout
  const data = { owner: id, rule: 'unanswered', to: 'voicemail', after: String(after) }
  return { title: 'Unanswered calls to voicemail', verb: 'choose-target', data }
}

function openForwarding(owner: PersonId): Button {
  return { title: 'Open forwarding', verb: 'show-forwarding', data: { owner } }
}
