/** Looking into JSON that may be of any shape. */

/** A field of an object; undefined when it is none, or has none such. */
export function fieldIn(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? new Map<string, unknown>(Object.entries(value)).get(name)
    : undefined
}

/** A list in an object; empty when there is none. */
export function listIn(value: unknown, name: string): readonly unknown[] {
  const list = fieldIn(value, name)
  return Array.isArray(list) ? list : []
}
