/** What the page asks for, read from JSON: everything in it is a stranger's letter until read. */
import { type CardJson } from '../chat/draw/card.ts'
import { type Failing } from '../source/simulated.ts'
import { type Pressed } from './chat-client.ts'

type Fields = Readonly<Record<string, unknown>>

const failings: readonly Failing[] = ['never', 'once', 'always']

export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {}
}

/** A text without blanks around it; empty when it is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : ''
}

/** Ids of people; null when it is anything else. */
export function idsOf(value: unknown): readonly string[] | null {
  if (value === undefined) return []
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : null
}

/** A button that was pressed; null when this is none. */
export function pressedOf({ type, verb, data, message }: Fields): Pressed | null {
  if (type !== 'Action.Execute' && type !== 'Action.Submit') return null
  if (typeof message !== 'string' || !isFields(data)) return null
  if (type === 'Action.Execute' && typeof verb !== 'string') return null
  return { type, verb: typeof verb === 'string' ? verb : '', data, shown: message }
}

export function failingOf(value: unknown): Failing | null {
  return failings.find((one) => one === value) ?? null
}

function isFields(value: unknown): value is CardJson {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
