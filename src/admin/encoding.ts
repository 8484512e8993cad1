/**
 * Texts of settings as bytes: UTF-8, or UTF-16 behind its mark, which is what `>` writes in Windows PowerShell. Letters are
 * never guessed: an address with a wrong one is somebody else's.
 */

export type Decoded = { readonly text: string } | { readonly wrong: string }

const again = 'Write it again with Out-File -Encoding utf8 or Set-Content -Encoding utf8. Nothing was kept.'
const ansi = `This is not text in UTF-8: Set-Content of Windows PowerShell writes ANSI unless it is told otherwise. ${again}`
const broken = `This is UTF-16 that was cut or damaged on its way. ${again}`
export const unmarkedUtf16 = `This is UTF-16 without the mark that says so. ${again}`

/** The text without its mark, or what is wrong with the bytes and what to do about it. */
export function decode(bytes: Uint8Array): Decoded {
  const encoding = encodingOf(bytes)
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) }
  } catch {
    if (encoding !== 'utf-8') return { wrong: broken }
    // JSON has no zeros in it, and every second byte of plain letters in UTF-16 is one.
    return { wrong: bytes.includes(0) ? unmarkedUtf16 : ansi }
  }
}

function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}
