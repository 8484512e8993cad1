/**
 * Where a request may go whose address somebody else gave. Names are held against it as they are looked up for the very
 * connection, so that a name cannot lead elsewhere than it did when it was told.
 */
import { lookup as systemLookup } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { sockets } from './sockets.ts'

/** Whether an address may be reached, at which a host of this name is: an address is its own name. */
export type MayReach = (host: string, port: number, address: string) => boolean

/** What looks names up; the system's unless tests bring another. */
export type Lookup = (name: string, found: (error: Error | null, addresses: readonly Found[]) => void) => void

type Found = { readonly address: string; readonly family: number }

/** The connections of requests that are bound to a rule. No other request shares them. */
export class Reach {
  readonly agents = { plain: new http.Agent(sockets), tls: new https.Agent(sockets) }
  readonly #may: MayReach
  readonly #lookup: Lookup

  constructor(may: MayReach, lookup: Lookup = bySystem) {
    this.#may = may
    this.#lookup = lookup
  }

  /** Whether an address is barred that stands in the URL itself: nobody looks that one up. */
  bars({ hostname, port, protocol }: URL): boolean {
    const host = bareHost(hostname)
    return isIP(host) !== 0 && !this.#may(host, portOf(port, protocol), host)
  }

  /** Looks a name up for one request, and passes on what may be reached; `barred` is called when nothing is left. */
  lookup({ port, protocol }: URL, barred: () => void): LookupFunction {
    return (name, { all }, callback) => {
      this.#lookup(name, (error, addresses) => {
        const open = addresses.filter(({ address }) =>
          this.#may(bareHost(name), portOf(port, protocol), address),
        )
        const [first] = open
        if (error === null && first === undefined) barred()
        if (first === undefined) callback(error ?? new Error('it leads to nowhere it may'), [])
        else if (all) callback(null, [...open])
        else callback(null, first.address, first.family)
      })
    }
  }
}

/** A host as it is compared: without the brackets of an address, and without the dot at the end of a name. */
export function bareHost(hostname: string): string {
  return hostname.toLowerCase().replace(/^\[|\]$|\.$/gu, '')
}

/** The port of a URL, also where it is the usual one. */
export function portOf(port: string, protocol: string): number {
  return Number(port) || (protocol === 'https:' ? 443 : 80)
}

function bySystem(name: string, found: Parameters<Lookup>[1]): void {
  systemLookup(name, { all: true }, (error, addresses) => {
    found(error, error ? [] : addresses)
  })
}
