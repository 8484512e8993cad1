/** Ids as PostgreSQL can keep them: its text holds neither NUL nor half a surrogate pair. The order of ids stays. */

const mark = '\u0001'
const unkept = /[\0\u0001]|\p{Surrogate}/gu
const marked = /\u0001([\da-f]{4})/gu

export function kept(id: string): string {
  return id.replace(unkept, (one) => mark + one.charCodeAt(0).toString(16).padStart(4, '0'))
}

export function read(id: string): string {
  return id.replace(marked, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
