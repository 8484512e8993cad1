// @ts-check
/** What `.env` says: a setting a line, as Node reads them. What could be lost on the way is refused, with the line it is in. */
import { parseEnv } from 'node:util'
import { textOf } from './text-of.js'
import { variableMeant, variables } from './variables.js'

/**
 * @typedef {{ readonly name: string, readonly value: string, readonly line: number, readonly isWhole: boolean }} Setting
 * @typedef {{ readonly settings: readonly Setting[], readonly note: string | null } | { readonly wrong: string }} EnvFile
 */

const beginning = /[^\S\n]*(?:export[^\S\n]+)?([A-Z_][\w.-]*)[^\S\n]*=/iy
/** The quote that opens a value. */
const opening = /[^\S\n]*(["'`])/y
const emptyOrRemark = /[^\S\n]*(?:#[^\n]*)?(?:\n|$)/y

/**
 * The settings in a file, in its order; what is noteworthy about it; or, in one sentence, what is wrong with it. Neither
 * repeats a value: it may be a secret.
 * @param {Uint8Array} bytes
 * @returns {EnvFile}
 */
export function readEnvFile(bytes) {
  const read = textOf(bytes)
  if ('broken' in read)
    return {
      wrong:
        '.env is neither UTF-8 nor UTF-16, so its letters cannot be told. Save it as UTF-8, then try again.',
    }
  const { settings, unread } = settingsIn(read.text.replace(/\r\n?/g, '\n'))
  const wrong =
    unread === null ? (misnamed(settings) ?? setTwice(settings) ?? cutShort(settings)) : unreadable(unread)
  return wrong === null ? { settings, note: noteOf(settings) } : { wrong }
}

/**
 * The settings up to the first line that is none, and the number of that line.
 * @param {string} text
 */
function settingsIn(text) {
  /** @type {Setting[]} */
  const settings = []
  let line = 1
  for (let at = 0; at < text.length;) {
    const [begun, name] = matchAt(beginning, text, at) ?? []
    const [skipped] = matchAt(emptyOrRemark, text, at) ?? []
    const part = begun === undefined ? skipped : text.slice(at, endOfValue(text, at + begun.length))
    if (part === undefined) return { settings, unread: line }
    if (begun !== undefined && name !== undefined) {
      const written = part.slice(begun.length).trim()
      const value = parseEnv(`${name}=${written}`)[name] ?? ''
      settings.push({ name, value, line, isWhole: isWhole(written) })
    }
    line += part.split('\n').length - 1
    at += part.length
  }
  return { settings, unread: null }
}

/**
 * @param {RegExp} pattern
 * @param {string} text
 * @param {number} at
 */
function matchAt(pattern, text, at) {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/**
 * Where the line ends in which a value does; one in quotes may go over several. What is behind the quotes is a remark.
 * @param {string} text
 * @param {number} from
 */
function endOfValue(text, from) {
  const [before = '', quote = ''] = matchAt(opening, text, from) ?? []
  const closed = quote === '' ? -1 : text.indexOf(quote, from + before.length)
  const end = text.indexOf('\n', Math.max(from, closed))
  return end < 0 ? text.length : end + 1
}

/**
 * Whether all of a value counts: quotes are closed and have a remark behind them at most, and a # has a blank before it.
 * @param {string} written
 */
function isWhole(written) {
  const [quote] = /^["'`]/.exec(written) ?? []
  const mark = written.indexOf('#')
  if (quote === undefined) return mark < 1 || /\s/.test(written.charAt(mark - 1))
  const closed = written.indexOf(quote, 1)
  return closed > 0 && /^(?:#|$)/.test(written.slice(closed + 1).trim())
}

/** @param {number} line */
function unreadable(line) {
  return `.env, line ${line}: this is not a setting. Write it as NAME=value, or put # in front of it.`
}

/** @param {readonly Setting[]} settings */
function misnamed(settings) {
  for (const { name, line } of settings) {
    const meant = variableMeant(name, variables)
    if (meant !== null)
      return `.env, line ${line}: the bot does not read ${name}. Write ${meant}, exactly so.`
  }
  return null
}

/**
 * The last one would count, and nobody would know that the first one is not used.
 * @param {readonly Setting[]} settings
 */
function setTwice(settings) {
  for (const { name, value, line } of settings.filter(isRead)) {
    const later = settings.find((one) => one.name === name && one.line > line && one.value !== value)
    if (value !== '' && later)
      return `.env sets ${name} in line ${line} and again in line ${later.line}. Remove one of the two.`
  }
  return null
}

/** @param {readonly Setting[]} settings */
function cutShort(settings) {
  const cut = settings.find((one) => isRead(one) && !one.isWhole)
  if (!cut) return null
  return `.env, line ${cut.line}: only a part of ${cut.name} would be read. Put all of it between quotes that are not in it.`
}

/** @param {readonly Setting[]} settings */
function noteOf(settings) {
  const unknown = settings.filter((one) => !isRead(one))
  if (unknown.length === 0) return null
  return `.env has settings that the bot does not read: ${[...new Set(unknown.map(shown))].join(', ')}.`
}

/** @param {Setting} one */
function isRead({ name }) {
  return variables.some((known) => known === name)
}

/**
 * The rest of a secret that was broken over two lines can look like a name with an equals sign behind it. What does not
 * read as a name that somebody gave is told by its line.
 * @param {Setting} one
 */
function shown({ name, value, line }) {
  const isName = /^(?:[A-Z]+(?:_[A-Z0-9]+)*|[a-z]+(?:_[a-z0-9]+)*|(?:[A-Z][a-z]+)+)$/.test(name)
  return isName && !/^=*$/.test(value) ? name : `the one in line ${line}`
}
