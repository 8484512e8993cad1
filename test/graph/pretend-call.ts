/** One call as the pretended Graph keeps it, and what is around that Graph. */
import { type Dice } from '../simulation/dice.ts'

export type PretendCall = {
  readonly id: string
  state: 'incoming' | 'establishing' | 'established' | 'transferring' | 'redirecting' | 'terminated'
  /** How it ended, as the caller would tell. */
  end: 'hungUp' | 'unanswered' | 'rejected' | 'handedOver' | 'letGo' | null
  /** To whom the caller was given, or whom Teams rang for them. */
  readonly handedTo: string[]
  /** What was asked and done: "answer", "transfer bo", "reject busy". */
  readonly done: string[]
  /** Requests that Graph did not do, for the state the call was in. */
  refused: number
  /** Who has the caller for sure: a transfer that was done. */
  takenBy: string | null
  /** Which life of the bot asked for what was done last. */
  askedBy: unknown
  /** Whether a notice about it got lost for good. */
  isUnheard: boolean
  /** Hand-overs that nobody answered. */
  failures: number
}

/** One request or notice, for those who hold them against the metadata. */
export type Traffic =
  | { readonly is: 'asked'; readonly method: string; readonly action: string; readonly body: unknown }
  | { readonly is: 'answered'; readonly action: string; readonly body: unknown }
  | { readonly is: 'notified'; readonly body: unknown }

export type Incoming = {
  readonly id: string
  /** A phone that is null withholds its number; a tenant that is null is not told. */
  readonly from: {
    readonly phone?: string | null
    readonly user?: string
    readonly name?: string
    readonly tenant?: null
  }
  /** The resource account that was called. */
  readonly account: string
  readonly chain?: string
  /** Who forwarded the call here. */
  readonly forwardedBy?: string
  /** On whose behalf it comes: a delegate's call, or a queue's. */
  readonly onBehalfOf?: string
}

export type CallServiceParts = {
  readonly dice: Dice
  readonly after: (ms: number, run: () => void) => unknown
  /** How often something goes wrong, from 0 to 1. */
  readonly trouble: () => number
  readonly tenantId: string
  /** Posts to the bot; the status of its answer, null when there is none. */
  readonly post: (body: object) => Promise<number | null>
  /** How long everything takes at most, in milliseconds. */
  readonly slowest: number
  readonly tell?: (line: string) => void
  /** Which life of the bot asks, null while it begins: what one sent before it died may arrive after the next has looked. */
  readonly life?: () => unknown
  readonly witness?: (seen: Traffic) => void
  /** The bot has acknowledged that this call came in. */
  readonly acknowledged?: (id: string) => void
}

/** A call that has just come in. */
export function newCall(id: string): PretendCall {
  return {
    id,
    state: 'incoming',
    end: null,
    handedTo: [],
    done: [],
    refused: 0,
    takenBy: null,
    askedBy: null,
    isUnheard: false,
    failures: 0,
  }
}

/** Whether just this is being done already. */
export function isRepeated({ state, done }: PretendCall, action: string, words: string): boolean {
  if (action === 'answer') return state === 'establishing' || state === 'established'
  const isUnderWay = state === 'redirecting' || state === 'transferring'
  return isUnderWay && done.at(-1) === `${action} ${words}`
}
