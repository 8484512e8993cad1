/**
 * All sentences that people can see, from the sources and the cards, so that somebody can read them through.
 *
 *     npm run -s sentences
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import typescript from 'typescript'
import { line, unlessNobodyReadsOn } from '../../src/terminal/output.ts'

/** Who reads it: people who chat, admins over HTTP and at the terminal, or whoever runs the bot (log, start, refusals of settings). */
export type Reader = 'people' | 'admins' | 'operators'

export type Sentence = {
  readonly reader: Reader
  /** Path and line. */
  readonly at: string
  /** What a template puts in is written `{…}`. */
  readonly text: string
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const { SyntaxKind } = typescript

/** In the order of the files. */
export function sentences(): Sentence[] {
  return [...filesOf('src'), ...filesOf('cards')].flatMap((path) =>
    path.endsWith('.json') ? ofCard(path) : /\.[jt]s$/u.test(path) ? ofSource(path) : [],
  )
}

function filesOf(folder: string): string[] {
  return readdirSync(`${root}${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.length))
    .sort()
}

function readerOf(path: string): Reader {
  if (/^(?:cards|src\/chat|src\/core)\//u.test(path)) return 'people'
  return /^src\/(?:admin|terminal)\//u.test(path) ? 'admins' : 'operators'
}

function ofCard(path: string): Sentence[] {
  const lines = readFileSync(`${root}${path}`, 'utf8').split('\n')
  return lines.flatMap((line, index) =>
    [
      ...line.matchAll(
        /"(?:text|title|label|placeholder|errorMessage|altText|fallbackText)": "((?:[^"\\]|\\.)*)"/gu,
      ),
    ]
      .map(([, text = '']) => text.replaceAll('\\"', '"').replace(/\$\{[^}]*\}/gu, '{…}'))
      .filter((text) => isSpoken(text))
      .map((text) => ({ reader: 'people', at: `${path}:${String(index + 1)}`, text }) as const),
  )
}

function ofSource(path: string): Sentence[] {
  const file = typescript.createSourceFile(
    path,
    readFileSync(`${root}${path}`, 'utf8'),
    typescript.ScriptTarget.ES2023,
    true,
  )
  const found: Sentence[] = []
  const visit = (node: typescript.Node): void => {
    if (isNotSaid(node)) return
    const text = textOf(node)
    if (text !== null && isSpoken(text)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart())
      found.push({ reader: readerOf(path), at: `${path}:${String(line + 1)}`, text })
    }
    typescript.forEachChild(node, visit)
  }
  visit(file)
  return found
}

/** Imports and types are read by programs only; phrases are what people type, not what they read. */
function isNotSaid(node: typescript.Node): boolean {
  if (typescript.isPropertyAssignment(node)) return node.name.getText() === 'phrases'
  if (typescript.isVariableDeclaration(node)) return node.name.getText() === 'alsoSaid'
  return (
    typescript.isImportDeclaration(node) ||
    typescript.isExportDeclaration(node) ||
    typescript.isLiteralTypeNode(node)
  )
}

function textOf(node: typescript.Node): string | null {
  if (typescript.isStringLiteral(node) || node.kind === SyntaxKind.NoSubstitutionTemplateLiteral)
    return (node as typescript.LiteralLikeNode).text
  if (!typescript.isTemplateExpression(node)) return null
  return node.head.text + node.templateSpans.map(({ literal }) => `{…}${literal.text}`).join('')
}

/** At least two words, of which one is of small letters: not SQL, a name, a path, or a format. */
function isSpoken(text: string): boolean {
  if (/^\s*(?:select|insert|update|delete|begin|with [a-z]+ as) /u.test(text)) return false
  return (
    /(?:^|[\s“"(])\p{L}[\p{L}’'-]*[,.:;!?”"]? +[“"({]?[\p{L}…]/u.test(text) && /\b\p{Ll}{2,}\b/u.test(text)
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.on('error', unlessNobodyReadsOn)
  let last: Reader | null = null
  for (const reader of ['people', 'admins', 'operators'] as const) {
    for (const { at, text } of sentences().filter((sentence) => sentence.reader === reader)) {
      if (last !== reader) line(`\n== ${reader}`)
      last = reader
      line(`${at}\t${text.replaceAll('\n', '\\n')}`)
    }
  }
}
