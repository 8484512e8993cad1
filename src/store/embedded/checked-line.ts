/** One line of a store file: a CRC-32 of the rest in eight hex digits, a blank, JSON. Whole or worthless. */
import { crc32 } from 'node:zlib'

export type CheckedLine =
  | { readonly is: 'whole'; readonly value: unknown; readonly end: number }
  | { readonly is: 'damaged'; readonly start: number; readonly isLast: boolean }

const blanked = '00000000 '
const newline = 10

/** JSON never holds a raw newline, so a newline always ends a line. */
export function checkedLine(json: string): Buffer {
  const line = Buffer.from(`${blanked}${json}\n`)
  line.write(checksum(line.subarray(blanked.length, -1)), 'latin1')
  return line
}

/** The lines of a file in order, up to the first damaged one. */
export function* checkedLines(bytes: Buffer): Generator<CheckedLine, void> {
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(newline, start)
    const end = found === -1 ? bytes.length : found + 1
    if (found === -1 || !isWhole(bytes, start, found)) {
      yield { is: 'damaged', start, isLast: end === bytes.length }
      return
    }
    yield { is: 'whole', value: JSON.parse(bytes.toString('utf8', start + blanked.length, found)), end }
    start = end
  }
}

function isWhole(bytes: Buffer, start: number, end: number): boolean {
  const body = start + blanked.length
  return body < end && bytes.toString('latin1', start, body) === `${checksum(bytes.subarray(body, end))} `
}

function checksum(bytes: Buffer): string {
  return crc32(bytes).toString(16).padStart(8, '0')
}
