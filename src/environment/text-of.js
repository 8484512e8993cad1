// @ts-check
/** Text files as they are written on Windows too. Plain JavaScript: `settings-file.js` reads `.env` before anything is built. */

/** @typedef {{ readonly text: string, readonly isUnmarked: boolean } | { readonly broken: 'utf-8' | 'utf-16' }} Read */

/** Bytes that are read in one piece, and by which is told what a text is written in. */
const pieceBytes = 2 ** 17

/**
 * The text in these bytes, without its mark: UTF-8, or UTF-16 as Notepad and `>` in Windows PowerShell write it, with its
 * mark or plainly without. Broken when it is not what it seems: guessed letters would be kept as if somebody had meant them.
 * @param {Uint8Array} bytes
 * @returns {Read}
 */
export function textOf(bytes) {
  let read = null
  for (const soFar of readingText(bytes)) read = soFar
  return read ?? { text: '', isUnmarked: false }
}

/**
 * The same in small pieces, so that others may go first in between: null until it is read.
 * @param {Uint8Array} bytes
 * @returns {Generator<Read | null, void>}
 */
export function* readingText(bytes) {
  const marked = markOf(bytes)
  const encoding = marked ?? likelyEncoding(bytes)
  const broken = {
    broken: encoding === 'utf-8' ? /** @type {const} */ ('utf-8') : /** @type {const} */ ('utf-16'),
  }
  const decoder = new TextDecoder(encoding, { fatal: true })
  let text = ''
  try {
    for (let from = 0; from < bytes.length; from += pieceBytes) {
      text += withoutZeros(decoder.decode(bytes.subarray(from, from + pieceBytes), { stream: true }))
      yield null
    }
    text += decoder.decode()
  } catch {
    yield broken
    return
  }
  yield { text, isUnmarked: marked === null && encoding !== 'utf-8' }
}

/** @param {string} text */
function withoutZeros(text) {
  if (text.includes('\0')) throw new TypeError('a zero is no letter')
  return text
}

/** @param {Uint8Array} bytes */
function markOf([first, second]) {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : null
}

/** @param {Uint8Array} bytes */
function likelyEncoding(bytes) {
  // In UTF-16 every Latin letter, blank and line end has a zero beside it, before or behind; in UTF-8 there is none. Names
  // of settings and of fields are Latin, so where there are only a few, it is something else.
  let [before, behind] = [0, 0]
  const looked = bytes.subarray(0, pieceBytes)
  for (const [at, byte] of looked.entries()) {
    if (byte !== 0) continue
    if (at % 2 === 0) before += 1
    else behind += 1
  }
  if (before === behind || Math.max(before, behind) < looked.length / 8) return 'utf-8'
  return behind > before ? 'utf-16le' : 'utf-16be'
}
