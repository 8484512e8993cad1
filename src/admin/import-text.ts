/** Texts that hold no rows because something else than JSON was written: what it is, and what to do instead. */
import { isCutShort } from './form.ts'

/** What is told when a text holds no rows; null when there may be some, or when it is an empty list. */
export function notRows(text: string): string | null {
  const start = text
    .slice(0, mostLooked)
    .replace(/^\uFEFF/u, '')
    .trimStart()
  const [first = '', second = ''] = start.split('\n').map((line) => line.trim())
  const what = otherForms.find(([isIt]) => isIt(first, second))?.[1]
  if (what !== undefined) return `${noRows}, and this is ${what} ${again}`
  const isBlank = text.length <= mostLooked && /^\uFEFF?[\s[\]]*$/u.test(text)
  return text.includes('{') || isBlank ? null : `${noRows}. ${again}`
}

/** So much of a text tells what it is. */
const mostLooked = 4096

const noRows = 'There are no settings in this: it must be JSON'
const again = 'Print it with ConvertTo-Json -Depth 5 | Out-File -Encoding utf8, or use an export of the bot.'

type Looks = (first: string, second: string) => boolean

const otherForms: ReadonlyArray<readonly [isIt: Looks, what: string]> = [
  [(first) => first.startsWith('#TYPE '), 'CSV, as Export-Csv writes it: lists get lost in it.'],
  [isHeader, 'CSV, as Export-Csv writes it: lists get lost in it.'],
  [(first) => first.startsWith('<Objs '), 'XML, as Export-Clixml writes it.'],
  [(first) => first.startsWith('<'), 'XML or a web page.'],
  [(first) => /^\w+ +:/u.test(first), 'a list, as Format-List or the console shows it.'],
  [(_, second) => /^--[- ]*$/u.test(second), 'a table, as Format-Table or the console shows it.'],
  [
    (first, second) => isCutShort(firstText(first) ?? firstText(second)),
    'a list of texts: the objects were cut short.',
  ],
]

/** The names of fields in one line: two or more, or one in quotes with values in quotes below it. */
function isHeader(first: string, second: string): boolean {
  const names = first.split(/[,;\t]/u)
  const areNames = names.every((name) => /^"?[A-Za-z][\w .-]*"?$/u.test(name))
  return areNames && (names.length > 1 || (isText(first) && isText(second)))
}

/** The text that a line begins with, in a list or by itself; what follows it is of no matter here. */
function firstText(line: string): string | undefined {
  return /^\[?\s*"(?<text>.*)/u.exec(line)?.groups?.['text']
}

function isText(line: string): boolean {
  return line.trimStart().startsWith('"')
}
