/** The four steps of the first minute: what each does by its button, and which of them really happened. */
import { type Call } from '../core/call.ts'
import { rulesUsing, type CallingSettings } from '../core/calling-settings.ts'
import { partyOf } from '../core/party.ts'
import { type PersonId } from '../core/person.ts'

export const stepNames = ['share', 'call', 'pickUp', 'look'] as const
export type StepName = (typeof stepNames)[number]

export type StepsView = { readonly isClosed: boolean; readonly done: readonly StepName[] }

/** The three of the steps as the bot knows them. */
export type Three = { readonly ann: PersonId; readonly bo: PersonId; readonly cy: PersonId }

export class Steps {
  #done: ReadonlySet<StepName> = new Set()
  #isClosed = false

  view(): StepsView {
    return { isClosed: this.#isClosed, done: stepNames.filter((name) => this.#done.has(name)) }
  }

  /** Puts back what was done before. */
  restore({ isClosed, done }: StepsView): void {
    this.#isClosed = isClosed
    this.#done = new Set(done)
  }

  /** They do not come back. */
  close(): void {
    this.#isClosed = true
  }

  /** Ann's settings as they are now. */
  sawSettings({ bo, cy }: Three, settings: CallingSettings): void {
    const { members } = settings.group
    const isShared = members.includes(bo) && members.includes(cy)
    if (isShared && rulesUsing(settings, 'group').length > 0) this.#happened('share')
  }

  /** A call as it is now. */
  sawCall({ ann, bo }: Three, call: Call): void {
    if (call.owner !== ann || !partyOf(call, bo)) return
    this.#happened('call')
    if (call.state.is !== 'ringing' && call.state.by === bo) this.#happened('pickUp')
  }

  /** Somebody looked at what Cy sees; that counts once there is something to see. */
  looked(): void {
    if (this.#done.has('pickUp')) this.#happened('look')
  }

  #happened(name: StepName): void {
    this.#done = new Set([...this.#done, name])
  }
}

/** Whether this names one of the steps. */
export function isStep(name: string): name is StepName {
  return stepNames.some((one) => one === name)
}
