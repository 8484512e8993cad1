/**
 * Who may ask the playground at all: the page itself, from this machine. A page elsewhere may know the address, lead a name of
 * its own to this machine (DNS rebinding), or post a form here; its browser then says another host, or another origin.
 */
import { type IncomingMessage, type ServerResponse } from 'node:http'
import { failure, type Reply } from '../http/reply.ts'

const ownNames = ['localhost', '127.0.0.1', '[::1]']
const readOnly = ['GET', 'HEAD']

/** Why a request is not answered; null when it is. `fromBot`: it is the bot's own, which no page makes. */
export function refusal(
  { headers, method = '' }: IncomingMessage,
  port: number,
  fromBot: boolean,
): Reply | null {
  const { host = '', origin } = headers
  if (!isOwnHost(host, port))
    return failure(403, 'foreignHost', `Open this page as http://localhost:${port} on this machine.`)
  const isFine = fromBot ? origin === undefined : readOnly.includes(method) || origin === `http://${host}`
  return isFine ? null : failure(403, 'foreignOrigin', 'Only the page of this bot may change something here.')
}

function isOwnHost(host: string, port: number): boolean {
  return ownNames.some((name) => host.toLowerCase() === `${name}:${port}`)
}

/** The page runs its own scripts and nothing else, talks to this bot alone, and stands in no other page. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** What every answer says to the browser. */
export function guard(response: ServerResponse): void {
  response.setHeader('Content-Security-Policy', policy)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('Referrer-Policy', 'no-referrer')
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  response.setHeader('Cache-Control', 'no-store')
}
