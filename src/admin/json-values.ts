/** JSON values one after the other, whatever stands between them: lines, a list, or one value; each with its line. */

export type JsonValue = { readonly line: number; readonly text: string }

/**
 * Splits a text into the objects it holds. Only their ends are looked for; whoever parses them sees what is wrong. A list
 * that Windows PowerShell printed as `{"value": [...], "Count": 2}`, in whatever order, is taken for that list.
 */
export function* objectsIn(text: string): Generator<JsonValue> {
  for (const one of objectsOrNot(text)) if (one !== null) yield one
}

/** The same, with a null for each stretch in which none ends: however long an object is, others may go first meanwhile. */
export function* objectsOrNot(text: string): Generator<JsonValue | null> {
  for (const one of outermostIn(text)) {
    if (one === null) {
      yield null
      continue
    }
    const [opening] = /^\{\s*(?:"Count"\s*:\s*\d+\s*,\s*)?"value"\s*:\s*(?=\[)/u.exec(one.text) ?? []
    if (opening === undefined) yield one
    else {
      const list = one.text.slice(opening.length, one.text.lastIndexOf(']') + 1)
      const before = one.line - 1 + linesIn(opening)
      for (const inner of objectsOrNot(list)) yield inner && { ...inner, line: before + inner.line }
    }
  }
}

function linesIn(text: string): number {
  return text.split('\n').length - 1
}

/** Characters looked at between two signs of life. */
const stretch = 2 ** 16

function* outermostIn(text: string): Generator<JsonValue | null> {
  let line = 1
  let depth = 0
  let start = -1
  let startLine = 1
  let isInString = false
  for (let place = 0; place < text.length; place += 1) {
    const char = text[place]
    if (place % stretch === stretch - 1) yield null
    if (char === '\n') {
      line += 1
      // No JSON string goes over a line end: one that was never closed must not swallow the rows below.
      isInString = false
    } else if (isInString) {
      if (char === '\\') place += 1
      else if (char === '"') isInString = false
    } else if (char === '"') {
      if (depth === 0 && start < 0) [start, startLine] = [place, line]
      isInString = true
    } else if (char === '{') {
      if (depth === 0) [start, startLine] = [place, line]
      depth += 1
    } else if (char === '}' && depth > 0) {
      depth -= 1
      if (depth === 0) {
        yield { line: startLine, text: text.slice(start, place + 1) }
        start = -1
      }
    }
  }
  if (start >= 0) yield { line: startLine, text: text.slice(start) }
}
