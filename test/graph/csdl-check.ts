/** What is wrong with a piece of JSON, when it is to be of a type in the metadata. */
import { type Enumeration, type Metadata, type Property, type Structure } from './csdl.ts'

/** Problems contradict the metadata; warnings are what it leaves open. Each begins with where it is. */
export type Complaints = { readonly problems: readonly string[]; readonly warnings: readonly string[] }

type Fields = Readonly<Record<string, unknown>>

const numbers = ['Edm.Int16', 'Edm.Int32', 'Edm.Int64', 'Edm.Byte', 'Edm.Single', 'Edm.Double', 'Edm.Decimal']
const shapes: Readonly<Record<string, RegExp>> = {
  'Edm.DateTimeOffset': /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,12})?)?(Z|[+-]\d\d:\d\d)$/,
  'Edm.Date': /^\d{4}-\d\d-\d\d$/,
  'Edm.TimeOfDay': /^\d\d:\d\d(:\d\d(\.\d{1,12})?)?$/,
  'Edm.Duration': /^-?P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/,
  'Edm.Guid': /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
}

/** Holds a value against a type, such as microsoft.graph.presence or Collection(microsoft.graph.presence). */
export function checkValue(metadata: Metadata, type: string, value: unknown): Complaints {
  return new Check(metadata).complaints((check) => {
    check.value('$', { type, isNullable: false }, value)
  })
}

/** Holds the body of an action against its parameters; `to` is the full name of what it is done to. */
export function checkAction(metadata: Metadata, to: string, name: string, body: unknown): Complaints {
  const action = metadata.actions.get(name)?.find((one) => one.to === to)
  if (!action) return { problems: [`$: ${to} has no action ${name}`], warnings: [] }
  return new Check(metadata).complaints((check) => {
    if (!isRecord(body)) check.problem('$', 'is no object')
    else check.fields('$', action.parameters, false, body, 'problem')
  })
}

class Check {
  readonly #metadata: Metadata
  readonly #problems: string[] = []
  readonly #warnings: string[] = []

  constructor(metadata: Metadata) {
    this.#metadata = metadata
  }

  complaints(run: (check: Check) => void): Complaints {
    run(this)
    return { problems: this.#problems, warnings: this.#warnings }
  }

  problem(path: string, what: string): void {
    this.#problems.push(`${path}: ${what}`)
  }

  #warning(path: string, what: string): void {
    this.#warnings.push(`${path}: ${what}`)
  }

  value(path: string, { type, isNullable }: Property, value: unknown): void {
    const [, element] = /^Collection\((.*)\)$/.exec(type) ?? []
    if (value === null) {
      if (!isNullable) this.problem(path, 'must not be null')
    } else if (element !== undefined) this.#collection(path, element, value)
    else if (type.startsWith('Edm.')) this.#primitive(path, type, value)
    else this.#named(path, type, value)
  }

  /** Holds an object's fields against what they are declared to be. */
  fields(
    path: string,
    declared: ReadonlyMap<string, Property>,
    isOpen: boolean,
    value: Fields,
    missing: 'problem' | 'warning',
  ): void {
    for (const [name, one] of Object.entries(value)) {
      const property = declared.get(name)
      if (name.includes('@')) continue
      if (property) this.value(`${path}.${name}`, property, one)
      else if (isOpen) this.#warning(`${path}.${name}`, 'is not declared, on an open type')
      else this.problem(`${path}.${name}`, 'is not declared')
    }
    for (const [name, { isNullable }] of declared) {
      if (isNullable || Object.hasOwn(value, name)) continue
      if (missing === 'problem') this.problem(`${path}.${name}`, 'is missing')
      else this.#warning(`${path}.${name}`, 'is missing')
    }
  }

  #collection(path: string, type: string, value: unknown): void {
    if (!Array.isArray(value)) {
      this.problem(path, 'is no array')
      return
    }
    value.forEach((one: unknown, index) => {
      this.value(`${path}[${index}]`, { type, isNullable: false }, one)
    })
  }

  #primitive(path: string, type: string, value: unknown): void {
    const isRight =
      type === 'Edm.Boolean'
        ? typeof value === 'boolean'
        : numbers.includes(type)
          ? typeof value === 'number' && (!type.startsWith('Edm.Int') || Number.isInteger(value))
          : typeof value === 'string' && (shapes[type]?.test(value) ?? true)
    if (!isRight) this.problem(path, `is no ${type}`)
  }

  #named(path: string, type: string, value: unknown): void {
    const declared = this.#metadata.types.get(type)
    if (!declared) this.#warning(path, `is of ${type}, which the metadata leaves out`)
    else if (declared.is === 'enumeration') this.#enumeration(path, declared, value)
    else if (!isRecord(value)) this.problem(path, 'is no object')
    else this.#structure(path, type, value)
  }

  #enumeration(path: string, { isFlags, members }: Enumeration, value: unknown): void {
    const words = typeof value !== 'string' ? [] : isFlags ? value.split(',') : [value]
    if (words.length === 0) this.problem(path, 'is no word')
    for (const word of words.map((one) => one.trim())) {
      if (members.includes(word)) continue
      const isSpelled = members.some((member) => member.toLowerCase() === word.toLowerCase())
      if (isSpelled) this.#warning(path, `${word} is written otherwise`)
      else this.problem(path, `${word} is no member`)
    }
  }

  #structure(path: string, declared: string, value: Fields): void {
    const said = value['@odata.type']
    const type = typeof said === 'string' ? said.replace(/^#/, '') : declared
    const line = this.#line(type)
    if (!line.some(({ name }) => name === declared)) {
      this.problem(path, `${type} is no ${declared}`)
      return
    }
    const properties = new Map(line.flatMap(({ structure }) => [...structure.properties]))
    const isOpen = line.some(({ structure }) => structure.isOpen)
    this.fields(path, properties, isOpen, value, 'warning')
  }

  /** A type and those it comes from, nearest first. */
  #line(type: string): ReadonlyArray<{ readonly name: string; readonly structure: Structure }> {
    const structure = this.#metadata.types.get(type)
    if (structure?.is !== 'structure') return []
    const above = structure.base === null ? [] : this.#line(structure.base)
    return [{ name: type, structure }, ...above]
  }
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
