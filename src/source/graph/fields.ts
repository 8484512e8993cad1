import { isWhole } from '../../core/whole.ts'

/** The fields of an object that Graph sends. Their names count in any case: `subcode` in the metadata is `subCode` on the pages. */
export type Fields = ReadonlyMap<string, unknown>

/** The fields of an object; of anything else there are none. */
export function fieldsOf(value: unknown): Fields {
  const entries = isObject(value) ? Object.entries(value) : []
  return new Map(entries.map(([name, one]) => [name.toLowerCase(), one]))
}

/** The fields of the object in this field. */
export function fieldsIn(fields: Fields, name: string): Fields {
  return fieldsOf(fields.get(name.toLowerCase()))
}

/** The text in this field; null, absent and blank are all empty, and so is what is too long to mean anything, or not whole. */
export function wordIn(fields: Fields, name: string): string {
  const word = nameIn(fields, name)
  return isWhole(word) ? word : ''
}

/** The name of somebody in this field: it may be cut in the middle of a letter. */
export function nameIn(fields: Fields, name: string): string {
  const value = fields.get(name.toLowerCase())
  return typeof value === 'string' && value.length <= 1000 ? value.trim() : ''
}

/** The number in this field, which may be written as a text; 0 when there is none. */
export function numberIn(fields: Fields, name: string): number {
  const value = fields.get(name.toLowerCase())
  if (typeof value === 'number') return value
  const word = wordIn(fields, name)
  return /^-?[0-9]{1,9}$/u.test(word) ? Number(word) : 0
}

/** The list in this field; empty when there is none. */
export function listIn(fields: Fields, name: string): readonly unknown[] {
  const value = fields.get(name.toLowerCase())
  return Array.isArray(value) ? value : []
}

/** Whether it is an object, perhaps without any field. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
