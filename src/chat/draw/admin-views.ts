/** What the admin's cards need to be drawn. */
import { type Button, type Choice, type Noticed } from './parts.ts'

export type AdminViews = {
  readonly admin: Noticed & {
    readonly title: string
    readonly lead: string
    readonly rows: ReadonlyArray<{
      readonly title: string
      readonly detail: string
      readonly side: string
    }>
    /** Rows that open something when they are touched. */
    readonly links: ReadonlyArray<{
      readonly title: string
      readonly detail: string
      readonly verb: string
      readonly data: Button['data']
    }>
    readonly asksForName: boolean
    readonly nameLabel: string
    readonly namePlaceholder: string
    readonly buttons: readonly Button[]
  }
  readonly policy: Noticed & {
    readonly title: string
    readonly lead: string
    readonly flags: ReadonlyArray<{ readonly id: string; readonly title: string; readonly value: string }>
    readonly choices: ReadonlyArray<{
      readonly id: string
      readonly label: string
      readonly value: string
      readonly options: readonly Choice[]
    }>
    readonly buttons: readonly Button[]
  }
}
