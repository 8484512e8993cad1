/** Parts that several cards have: choices, buttons, and the notice on top. */

export type Choice = { readonly title: string; readonly value: string }

export type Button = {
  readonly title: string
  readonly verb: string
  readonly data: Readonly<Record<string, string | number>>
}

/** What just happened, to be said on top of a card. */
export type Notice = {
  readonly tone: 'good' | 'warning' | 'attention'
  readonly text: string
  /** What may be done about it at once; absent: nothing. */
  readonly buttons?: readonly Button[]
}

export type Noticed = { readonly notice: Notice | undefined }
