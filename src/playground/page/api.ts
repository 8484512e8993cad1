/** What the page and the bot say to each other: the bot's words as they come, and the requests of the page. */

export type CardJson = Readonly<Record<string, unknown>>

export type Presence = 'available' | 'inACall' | 'doNotDisturb' | 'offline'

export type Person = {
  readonly id: string
  readonly name: string
  readonly address: string
  readonly presence: Presence
  readonly isInstalled: boolean
}

export type Message = {
  readonly id: string
  readonly from: 'bot' | 'person'
  readonly text: string
  readonly card: CardJson | null
  readonly summary: string
  readonly alert: boolean
  readonly at: number
}

export type Call = {
  readonly id: string
  readonly caller: string
  readonly owner: string
  readonly is: 'ringing' | 'connecting'
  readonly words: string
  readonly parts: ReadonlyArray<{ readonly who: string; readonly from: number; readonly until: number }>
  readonly end: string
  readonly mayHangUp: boolean
  readonly fails: string
}

export type StepName = 'share' | 'call' | 'pickUp' | 'look'

export type Office = {
  readonly people: readonly Person[]
  readonly calls: readonly Call[]
  readonly talks: ReadonlyArray<{ readonly id: string; readonly words: string }>
  readonly steps: { readonly isClosed: boolean; readonly done: readonly StepName[] }
  readonly story: {
    readonly title: string
    readonly lines: ReadonlyArray<{ readonly at: number; readonly words: string }>
  } | null
  /** The bot's clock when it said so, in milliseconds since 1970. */
  readonly now: number
}

export type Suggestion = { readonly title: string; readonly description: string }

export type Hello = { readonly suggestions: readonly Suggestion[]; readonly canCall: boolean }

/** Null: it was done. Otherwise a sentence that says why not. */
export type Problem = string | null

const unreachable = 'The bot does not answer. It may be starting again.'
const fromBot = '/playground/'

/** Asks the bot to do something. */
export async function ask(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<Problem> {
  const json = { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body ?? {}) }
  try {
    const response = await fetch(`${fromBot}${path}`, { method, ...(method === 'DELETE' ? {} : json) })
    if (response.ok) return null
    const { error } = (await response.json()) as { error?: { message?: string } }
    return error?.message ?? unreachable
  } catch {
    return unreachable
  }
}

/** Everything on somebody's screen; null when the bot does not answer. */
export async function chatOf(person: string): Promise<readonly Message[] | null> {
  try {
    const response = await fetch(`${fromBot}people/${person}/chat`)
    return response.ok ? ((await response.json()) as { messages: readonly Message[] }).messages : null
  } catch {
    return null
  }
}

export type Listener = {
  readonly hello: (hello: Hello) => void
  readonly office: (office: Office) => void
  readonly message: (said: { person: string; message: Message; isNew: boolean }) => void
  readonly gone: (said: { person: string; id: string }) => void
  /** The bot is there, or no longer. */
  readonly connected: (isConnected: boolean) => void
}

const againMs = 1000

/** Listens to the bot for as long as the page is open; comes back by itself when the bot was gone. */
export function listen(listener: Listener): void {
  const stream = new EventSource(`${fromBot}events`)
  const on = <Name extends 'hello' | 'office' | 'message' | 'gone'>(name: Name) => {
    stream.addEventListener(name, (event) => {
      ;(listener[name] as (said: unknown) => void)(JSON.parse(String(event.data)))
    })
  }
  for (const name of ['hello', 'office', 'message', 'gone'] as const) on(name)
  stream.addEventListener('open', () => {
    listener.connected(true)
  })
  stream.addEventListener('error', () => {
    listener.connected(false)
    // A browser gives up on an answer that is no stream.
    if (stream.readyState === EventSource.CLOSED)
      setTimeout(() => {
        listen(listener)
      }, againMs)
  })
}
