/** The signature on everything a telephone system and the bot say to each other over HTTP. */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** Seconds by which the two clocks may differ. */
const windowSeconds = 5 * 60

/** The `X-Signature` header for a body sent at this time: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">`. */
export function signed(body: Buffer | string, secret: string, nowMs: number): string {
  const time = Math.floor(nowMs / 1000)
  return `t=${time},v1=${hmac(time, body, secret).toString('hex')}`
}

/** Whether the header was made with the secret for just this body, within five minutes of now. */
export function isSigned(header: string | undefined, body: Buffer, secret: string, nowMs: number): boolean {
  const [, time, digest] = /^t=([0-9]{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? '') ?? []
  if (time === undefined || digest === undefined) return false
  const isRight = timingSafeEqual(Buffer.from(digest, 'hex'), hmac(Number(time), body, secret))
  return isRight && Math.abs(nowMs / 1000 - Number(time)) <= windowSeconds
}

/** The time in a header, as it stands there. */
export function signedAt(header: string | undefined): string | undefined {
  return /^t=([0-9]{1,12}),/.exec(header ?? '')?.[1]
}

function hmac(time: number, body: Buffer | string, secret: string): Buffer {
  return createHmac('sha256', secret).update(`${time}.`).update(body).digest()
}
