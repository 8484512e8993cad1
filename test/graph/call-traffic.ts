/** Holds what goes between the bot and the pretended call service against the official metadata. */
import { type Traffic } from './pretend-call.ts'
import { checkAction, checkValue } from './csdl-check.ts'
import { type Metadata } from './csdl.ts'

type Fields = Readonly<Record<string, unknown>>

/** What Graph's own pages show and its metadata does not have: the bot must bear it (teams-platform section 1.2). */
const shownOnPages = [/\.subCode: is not declared$/u, /: ringing is no member$/u]

/** What of this contradicts the metadata; each begins with what it is about. */
export function contradictions(metadata: Metadata, seen: Traffic): readonly string[] {
  switch (seen.is) {
    case 'asked':
      return seen.method === 'POST'
        ? checkAction(metadata, 'microsoft.graph.call', seen.action, seen.body ?? {}).problems.map(
            about(seen.action),
          )
        : []
    case 'answered':
      return answerProblems(metadata, seen.action, seen.body).map(about(`the answer to ${seen.action}`))
    case 'notified':
      return notifiedProblems(metadata, seen.body).filter(
        (one) => !shownOnPages.some((page) => page.test(one)),
      )
  }
}

function answerProblems(metadata: Metadata, action: string, body: unknown): readonly string[] {
  const type = action === 'look' ? 'microsoft.graph.call' : metadata.actions.get(action)?.[0]?.returns
  if (type) return checkValue(metadata, type, body).problems
  return body === undefined ? [] : ['$: has a body']
}

function notifiedProblems(metadata: Metadata, body: unknown): readonly string[] {
  const whole = checkValue(metadata, 'microsoft.graph.commsNotifications', body).problems
  const notices = (body as { readonly value: readonly Fields[] }).value
  const parts = notices.flatMap(
    ({ resourceUrl, resourceData }) =>
      checkValue(metadata, typeAt(String(resourceUrl)), resourceData).problems,
  )
  return [...whole, ...parts].map(about('a notice'))
}

function typeAt(url: string): string {
  if (url.includes('/operations/')) return 'microsoft.graph.commsOperation'
  return url.endsWith('/participants') ? 'Collection(microsoft.graph.participant)' : 'microsoft.graph.call'
}

function about(what: string): (problem: string) => string {
  return (problem) => `${what} ${problem}`
}
