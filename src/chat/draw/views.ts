/** What each card template needs to be drawn: ready-made words and flags, every field required. */
import { type Notification } from '../../core/notification.ts'
import { type AdminViews } from './admin-views.ts'
import { type CallViews } from './call-views.ts'
import { type Button, type Choice, type Noticed } from './parts.ts'

/** A card about one person's sheet: whose, and what it shows, so that a click on an old card is noticed. */
type Sheet = { readonly owner: string; readonly seen: string; readonly isOwn: boolean }

export type CardViews = CallViews & AdminViews & SheetViews

/** Cards about one person's settings, and the small ones. */
type SheetViews = {
  readonly added: { readonly ownerName: string; readonly owner: string }
  readonly 'call-group': Sheet &
    Noticed & {
      readonly title: string
      readonly limit: string
      readonly isEmpty: boolean
      readonly isFull: boolean
      /** Short enough for buttons in every row; a longer list has one set of buttons below it. */
      readonly isShort: boolean
      readonly members: ReadonlyArray<{
        readonly number: number
        readonly name: string
        readonly hint: string
        readonly person: string
        readonly isFirst: boolean
        readonly isLast: boolean
      }>
      /** The member that the buttons below a long list act on, until another is chosen. */
      readonly chosen: string
      /** Whether there are enough members for an order to mean something. */
      readonly hasOrder: boolean
      readonly orders: ReadonlyArray<{
        readonly value: string
        readonly title: string
        readonly detail: string
        readonly isChosen: boolean
      }>
      readonly inOrderLimit: string
      readonly isInUse: boolean
      readonly rules: string
      readonly hasPeoplePicker: boolean
      readonly hasKnown: boolean
      readonly known: readonly Choice[]
    }
  readonly 'choose-person': Noticed & {
    readonly title: string
    readonly people: ReadonlyArray<{
      readonly name: string
      readonly address: string
      readonly verb: string
      readonly data: Button['data']
    }>
  }
  readonly delegate: {
    readonly title: string
    readonly owner: string
    readonly person: string
    readonly seen: string
    /** The permissions they have, joined by commas. */
    readonly may: string
    readonly permissions: readonly Choice[]
  }
  readonly delegates: Sheet &
    Noticed & {
      readonly title: string
      readonly limit: string
      /** The delegate that the buttons act on until another is chosen; empty when one has to be chosen first. */
      readonly chosen: string
      readonly isEmpty: boolean
      readonly isFull: boolean
      readonly delegates: ReadonlyArray<{
        readonly person: string
        readonly name: string
        readonly may: string
      }>
      readonly permissions: readonly Choice[]
      readonly hasPeoplePicker: boolean
      readonly hasKnown: boolean
      readonly known: readonly Choice[]
      readonly hasManagers: boolean
      readonly managers: ReadonlyArray<{ readonly owner: string; readonly name: string }>
      readonly otherManagers: string
    }
  readonly forwarding: Sheet &
    Noticed & {
      readonly title: string
      readonly policy: string
      readonly forwarding: string
      readonly forwardTo: string
      /** Somebody stands in the people picker or in the text, where the button remembers what it was. */
      readonly forwardPerson: string
      readonly forwardWhom: string
      readonly forwardWas: string
      readonly forwardingError: string
      readonly forwardTargets: readonly Choice[]
      readonly unanswered: string
      readonly unansweredPerson: string
      readonly unansweredWhom: string
      readonly unansweredWas: string
      readonly unansweredError: string
      readonly unansweredTargets: readonly Choice[]
      readonly delay: string
      readonly delays: readonly Choice[]
      readonly hasBusyChoice: boolean
      readonly busy: string
      readonly hasPeoplePicker: boolean
    }
  readonly help: {
    readonly examples: ReadonlyArray<{ readonly words: string; readonly meaning: string }>
    /** Shut until its title is pressed; `id` names the part that opens. */
    readonly groups: ReadonlyArray<{
      readonly id: string
      readonly title: string
      readonly commands: ReadonlyArray<{ readonly words: string; readonly description: string }>
    }>
  }
  readonly notice: { readonly text: string; readonly buttons: readonly Button[] }
  readonly notifications: Noticed & {
    readonly isEmpty: boolean
    readonly override: 'mute' | 'none'
    readonly groups: ReadonlyArray<{
      readonly owner: string
      readonly ownerName: string
      readonly notification: Notification
      readonly effective: string
    }>
  }
  readonly settings: Noticed & {
    readonly title: string
    readonly headline: string
    /** Why it is so at the moment, when the settings alone would say otherwise. */
    readonly moment: string
    readonly owner: string
    readonly policy: string
    readonly group: string
    readonly forwarding: string
    readonly unanswered: string
    readonly delegates: string
    readonly memberships: string
    readonly isOwn: boolean
  }
  readonly welcome: { readonly groups: string; readonly isInGroup: boolean }
}

export type CardName = keyof CardViews

export const cardNames: readonly CardName[] = [
  'added',
  'admin',
  'call-group',
  'calls',
  'choose-person',
  'delegate',
  'delegates',
  'forwarding',
  'help',
  'missed-call',
  'notice',
  'notifications',
  'pickup',
  'pickup-settled',
  'policy',
  'settings',
  'welcome',
  'who-rings',
]
