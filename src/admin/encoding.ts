/** Texts of settings as bytes. Letters are never guessed: an address with a wrong one is somebody else's. */
import { type Read, readingText, textOf } from '../environment/text-of.js'
import { walk } from '../walk.ts'

export type Decoded = { readonly text: string } | { readonly wrong: string }

const again = 'Write it again with Out-File -Encoding utf8 or Set-Content -Encoding utf8. Nothing was kept.'
const wrongs = {
  'utf-8': `This is not text in UTF-8: Set-Content of Windows PowerShell writes ANSI unless you tell it otherwise. ${again}`,
  'utf-16': `This is UTF-16 that was cut or damaged on its way. ${again}`,
}

/** The text without its mark, or what is wrong with the bytes and what to do about it. */
export function decode(bytes: Uint8Array): Decoded {
  return told(textOf(bytes))
}

/** The same of a text that may be long: others go first in between. */
export async function decodeLong(bytes: Uint8Array): Promise<Decoded> {
  let read: Read = { text: '', isUnmarked: false }
  for await (const soFar of walk(readingText(bytes))) read = soFar ?? read
  return told(read)
}

function told(read: Read): Decoded {
  if ('broken' in read) return { wrong: wrongs[read.broken] }
  return read.isUnmarked ? { wrong: `This is UTF-16 without the mark that says so. ${again}` } : read
}
