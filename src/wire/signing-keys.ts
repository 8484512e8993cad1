/**
 * The keys with which Microsoft's services sign what they send: each publishes them in an OpenID document of its own. The SDK's own reader waits without limit for a silent host, asks
 * again for every request while it fails, and writes keys to standard error for every bad signature; this one does not.
 */
import { createPublicKey, type KeyObject } from 'node:crypto'
import { send } from './wire.ts'

export type SigningKey = {
  readonly key: KeyObject
  /** The channels this key may speak for. */
  readonly endorsements: readonly string[]
}

export type SigningKeysParts = {
  readonly now: () => number
  /** The OpenID document. The keys must lie on the same host. */
  readonly metadata: string
  /** The JSON at an address; throws when there is none to be had. */
  readonly read: (url: string) => Promise<unknown>
}

/** Keys are asked for anew once a day (Bot Connector authentication). */
const freshMs = 24 * 60 * 60 * 1000
/** Unknown key ids may be inventions: they make the bot ask no more often than this. */
const curiosityMs = 5 * 60 * 1000
const afterFailureMs = 5000

/** The keys could not be read: it cannot be said whether a token is good. */
export class KeysMissing extends Error {
  constructor() {
    super('the keys cannot be read')
    this.name = 'KeysMissing'
  }
}

export class SigningKeys {
  readonly #parts: SigningKeysParts
  #keys: ReadonlyMap<string, SigningKey> | null = null
  #readAt = -Infinity
  #failedAt = -Infinity
  #reading: Promise<void> | null = null

  constructor(parts: SigningKeysParts) {
    this.#parts = parts
  }

  /** The key with this id; null when there is none such. Throws KeysMissing when that cannot be known. */
  async find(id: string): Promise<SigningKey | null> {
    const age = this.#parts.now() - this.#readAt
    const isKnown = this.#keys?.has(id) === true
    if (isKnown ? age > freshMs : age > curiosityMs) await this.#readAgain()
    if (!this.#keys) throw new KeysMissing()
    return this.#keys.get(id) ?? null
  }

  /** Reads the keys, once for all who ask at the same time. When it fails the old keys stay. */
  async #readAgain(): Promise<void> {
    if (this.#parts.now() - this.#failedAt < afterFailureMs) return
    this.#reading ??= this.#read().finally(() => (this.#reading = null))
    await this.#reading
  }

  async #read(): Promise<void> {
    const { now, read, metadata } = this.#parts
    try {
      const address = textIn(await read(metadata), 'jwks_uri')
      if (!URL.canParse(address) || new URL(address).origin !== new URL(metadata).origin)
        throw new KeysMissing()
      this.#keys = readKeys(await read(address))
      this.#readAt = now()
    } catch {
      this.#failedAt = now()
    }
  }
}

/** Reads JSON from a host that publishes keys, with a deadline. */
export async function readFromHost(url: string): Promise<unknown> {
  const result = await send({ method: 'GET', url, token: null })
  if (result.is !== 'answered' || result.status !== 200) throw new KeysMissing()
  return result.body
}

function readKeys(value: unknown): ReadonlyMap<string, SigningKey> {
  const keys: unknown = isRecord(value) ? value['keys'] : undefined
  if (!Array.isArray(keys)) throw new KeysMissing()
  return new Map(keys.flatMap((key: unknown) => (isRecord(key) ? readKey(key) : [])))
}

function readKey({
  kid,
  kty,
  n,
  e,
  endorsements,
}: Readonly<Record<string, unknown>>): Array<[string, SigningKey]> {
  if (typeof kid !== 'string' || kty !== 'RSA' || typeof n !== 'string' || typeof e !== 'string') return []
  const key = createPublicKey({ key: { kty, n, e }, format: 'jwk' })
  const channels: readonly unknown[] = Array.isArray(endorsements) ? endorsements : []
  return [[kid, { key, endorsements: channels.filter((channel) => typeof channel === 'string') }]]
}

function textIn(value: unknown, name: string): string {
  const text = isRecord(value) ? value[name] : undefined
  return typeof text === 'string' ? text : ''
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
