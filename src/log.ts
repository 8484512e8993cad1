/**
 * The log: one JSON line per thing that happened, with codes, ids and counts. No names, numbers, message texts or tokens
 * ever reach it, and a flood of one event becomes a count.
 */
import { pino } from 'pino'

export type LogFields = Readonly<Record<string, string | number | boolean>>

export interface Log {
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

/** The same event is written at most this often within a minute; the rest is counted. */
const mostPerMinute = 60
/** What any stranger can bring about is written once. How many there were says turned-away.ts. */
const ofStrangers = ['refusedToken', 'refusedGraphToken', 'refusedServiceUrl']
const minuteMs = 60_000
const longestField = 200
/** Base64 of `{"`: how every token begins. */
const tokenLike = /eyJ[A-Za-z0-9_-]{4,}[A-Za-z0-9_.-]*/g

type Level = keyof Log
type Minute = { readonly since: number; count: number }

/** A log on standard output. */
export function createLog(level: string, now: () => number): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'event' })
  const minutes = new Map<string, Minute>()
  const write =
    (at: Level) =>
    (event: string, fields: LogFields = {}) => {
      const minute = minutes.get(event)
      const most = ofStrangers.includes(event) ? 1 : mostPerMinute
      if (!minute || now() - minute.since > minuteMs) {
        if (minute && minute.count > most) logger.warn({ of: event, count: minute.count - most }, 'notLogged')
        minutes.set(event, { since: now(), count: 1 })
      } else minute.count += 1
      if ((minutes.get(event)?.count ?? 0) <= most) logger[at](clean(fields), event)
    }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}

/** The same log, whose errors are counted too. */
export function counting(log: Log, count: (event: string) => void): Log {
  const error: Log['error'] = (event, fields) => {
    count(event)
    log.error(event, fields)
  }
  return { ...log, error }
}

/** The code and kind of an error; its message stays out of the log, since it may quote anything. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error }
  const code: LogFields = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const [, place = ''] = /\n {1,8}at ([^\n]*)/.exec(framesOf(error)) ?? []
  return { error: error.name, ...code, at: place.replace(/\(?file:\/\/[^)]*\/(src|dist)\//, '($1/') }
}

/** The stack without the message, which may hold lines that look like the stack's. */
function framesOf({ stack = '', message }: Error): string {
  const begin = stack.indexOf(message)
  return begin < 0 ? '' : stack.slice(begin + message.length)
}

function clean(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.slice(0, longestField).replace(tokenLike, '[token]') : value,
    ]),
  )
}
