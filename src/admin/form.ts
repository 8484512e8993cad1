/** JSON from outside, read field by field. What cannot be read becomes a problem instead of a guess. */
import { type Refusal } from '../core/refusal.ts'

export type Problem = { readonly code: Refusal['code'] | 'E_FORMAT'; readonly message: string }

/** The answer to somebody whose JSON cannot be read. */
export type Unreadable = { readonly error: Problem }

/** One JSON object. Left out, null and empty all mean that nothing was chosen; fields nobody asks for are ignored. */
export class Form {
  readonly #fields: ReadonlyMap<string, unknown>
  readonly #path: string
  readonly #problems: Problem[]

  constructor(json: unknown, problems: Problem[], path = '') {
    this.#problems = problems
    this.#path = path
    const isObject = typeof json === 'object' && json !== null && !Array.isArray(json)
    this.#fields = new Map(isObject ? Object.entries(json) : [])
    if (!isObject && json != null) this.#report(path, 'must be a JSON object', json)
  }

  get names(): readonly string[] {
    return [...this.#fields.keys()]
  }

  /** Complains of a field that is none of these: a word misspelt must not pass for one left out. */
  only(fields: readonly string[]): void {
    const stray = this.names.find((name) => !fields.includes(name))
    if (stray !== undefined) this.complain(stray, `is not understood here, only ${fields.join(', ')}`)
  }

  value(field: string): unknown {
    const value = this.#fields.get(field) ?? null
    return typeof value === 'string' && value.trim() === '' ? null : value
  }

  flag(field: string): boolean | null {
    const value = this.value(field)
    if (value === null || typeof value === 'boolean') return value
    const word = typeof value === 'string' ? value.trim().toLowerCase() : ''
    if (word === 'true' || word === 'false') return word === 'true'
    return this.complain(field, 'must be true or false')
  }

  /** One of our words, read in any case; Microsoft writes them with a capital. What else could be meant is said as well. */
  word<T extends string>(field: string, words: readonly T[], written = capitalised, or = ''): T | null {
    const value = this.value(field)
    if (value === null) return null
    const given = typeof value === 'string' ? value.trim().toLowerCase() : ''
    const found = words.find((word) => word.toLowerCase() === given)
    return found ?? this.complain(field, `must be one of ${words.map(written).join(', ')}${or}`)
  }

  list(field: string): readonly unknown[] {
    const value = this.value(field)
    return value === null ? [] : listIn(value)
  }

  form(field: string): Form {
    return new Form(this.value(field), this.#problems, this.#pathTo(field))
  }

  forms(field: string): readonly Form[] {
    const path = this.#pathTo(field)
    return this.list(field).map((entry, index) => new Form(entry, this.#problems, `${path}[${index}]`))
  }

  complain(field: string, must: string, code: Problem['code'] = 'E_FORMAT', given = this.value(field)): null {
    this.#report(this.#pathTo(field), must, given, code)
    return null
  }

  /** Says what is wrong with the whole, where nothing that was given needs to be quoted. */
  object(message: string): null {
    this.#problems.push({ code: 'E_FORMAT', message })
    return null
  }

  #report(path: string, must: string, given: unknown, code: Problem['code'] = 'E_FORMAT'): void {
    const subject = path === '' ? 'This' : path
    this.#problems.push({ code, message: `${subject} ${must}${hintFor(given)}; ${inWords(given)}.` })
  }

  #pathTo(field: string): string {
    return this.#path === '' ? field : `${this.#path}.${field}`
  }
}

/** What was read from a form, unless there was a problem: then the first one. */
export function readForm<T>(json: unknown, read: (form: Form) => T): T | Unreadable {
  const problems: Problem[] = []
  const result = read(new Form(json, problems))
  return problems[0] === undefined ? result : { error: problems[0] }
}

/** Our word as Microsoft writes it: `inOrder` is InOrder. */
export function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/**
 * A list as PowerShell prints it: a list of one as that one, and Windows PowerShell 5.1 a list that it holds itself as
 * `{"value": [...], "Count": 2}`.
 */
export function listIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  const isCounted = typeof value === 'object' && value !== null && 'value' in value && 'Count' in value
  return isCounted && Array.isArray(value.value) ? value.value : [value]
}

/**
 * Whether PowerShell cut a value short on its way: deeper than it was told to go, ConvertTo-Json prints objects as texts, and
 * the console shows them so, or ends a text that is too wide with dots.
 */
export function isCutShort(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^(?:@?\{|(?:Id|CallGroupOwnerId):|(?:System|Microsoft)\.[^@]*$)|(?:…|\.{3})$/iu.test(value)
  )
}

function hintFor(json: unknown): string {
  return isCutShort(json) ? ' (it was cut short: print it with ConvertTo-Json -Depth 5)' : ''
}

/** Whether this is `{}`: what ConvertTo-Json makes of nothing. */
export function isEmpty(json: unknown): boolean {
  return typeof json === 'object' && json !== null && !Array.isArray(json) && Object.keys(json).length === 0
}

/** What was found, in few words: a stranger's JSON may be long, or nested too deeply to be written out. */
function inWords(given: unknown): string {
  if (given == null) return 'it is not there'
  if (Array.isArray(given)) return 'it is a list'
  if (typeof given === 'object') return isEmpty(given) ? 'it is {}' : 'it is an object'
  return `it is ${JSON.stringify(typeof given === 'string' ? shortened(given) : given)}`
}

/** A stranger's text, as much of it as it takes to be known again. */
export function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
