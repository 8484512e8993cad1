/** Texts from files and from other programs, as they are written on Windows too. */
import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { decode } from '../admin/encoding.ts'
import { Failed } from './failed.ts'

/** The text of a file, `-` for standard input; throws Failed when it cannot be read. */
export async function textFrom(file: string): Promise<string> {
  return decoded(file === '-' ? await buffer(process.stdin) : await readFile(file).catch(notRead(file)))
}

/** The text in these bytes; throws Failed when its letters would have to be guessed. */
export function decoded(bytes: Uint8Array): string {
  const read = decode(bytes)
  if ('wrong' in read) throw new Failed(read.wrong)
  return read.text
}

function notRead(file: string) {
  return (error: unknown): never => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new Failed(`${file} cannot be read (${code}).`)
  }
}
