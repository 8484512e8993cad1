/** Texts from files and from other programs, as they are written on Windows too. */
import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { Failed } from './failed.ts'

/** The text of a file, `-` for standard input; throws Failed when it cannot be read. */
export async function textFrom(file: string): Promise<string> {
  return decoded(file === '-' ? await buffer(process.stdin) : await readFile(file).catch(notRead(file)))
}

/** UTF-8, or UTF-16 behind its mark: that is what `>` writes in Windows PowerShell. */
export function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}

function notRead(file: string) {
  return (error: unknown): never => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new Failed(`${file} cannot be read (${code}).`)
  }
}
