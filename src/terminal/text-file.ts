/** Texts from files and from other programs, as they are written on Windows too. */
import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { textOf } from '../text-of.js'
import { Failed } from './failed.ts'

/** The text of a file, `-` for standard input; throws Failed when it cannot be read. */
export async function textFrom(file: string): Promise<string> {
  const bytes = file === '-' ? await buffer(process.stdin) : await readFile(file).catch(notRead(file))
  return decoded(bytes, file === '-' ? 'What came on standard input' : file)
}

/** The text in these bytes; throws Failed, naming where they are from, when they are no text. */
export function decoded(bytes: Uint8Array, from = 'This'): string {
  const text = textOf(bytes)
  if (text !== null) return text
  throw new Failed(`${from} is neither UTF-8 nor UTF-16. Save it as UTF-8, then try again.`)
}

function notRead(file: string) {
  return (error: unknown): never => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new Failed(`${file} cannot be read (${code}).`)
  }
}
