/**
 * The admin API as a command reaches it: in the database, in the folder itself while no bot runs on it, or else through the
 * running bot. All answer the same requests, so every command works either way.
 */
import { randomBytes } from 'node:crypto'
import { answer } from '../admin/admin.ts'
import { openStore } from '../assemble/open-store.ts'
import { toldText } from '../chat/draw/refusal.ts'
import { type Environment } from '../environment/environment.ts'
import { StoreLocked } from '../store/embedded/unreadable.ts'
import { desksOver } from '../switchboard/desks.ts'
import { Failed } from './failed.ts'
import { noteWaiting } from './waiting.ts'

export type Office = {
  /** The answer to one request, as JSON; throws Failed with its words when it was refused. */
  readonly ask: (method: string, path: string, body?: unknown) => Promise<unknown>
  /** The answer of a request that is long, line by line. */
  readonly lines: (method: string, path: string, text?: string) => AsyncIterable<string>
  readonly close: () => Promise<void>
}

/** Opens the database or the folder, or turns to the bot that runs on the folder, or at `url` when that is given. */
export async function openOffice(environment: Environment, url: string | null): Promise<Office> {
  const { adminKey, port } = environment
  if (url !== null) return remote(url, adminKey)
  try {
    return await local(environment)
  } catch (error) {
    if (!(error instanceof StoreLocked)) throw error
    if (adminKey !== '') return remote(`http://127.0.0.1:${port}`, adminKey)
    throw new Failed(
      `${error.message} Stop it, or set ADMIN_API_KEY for both: then this command asks the running bot.`,
    )
  }
}

async function local(environment: Environment): Promise<Office> {
  const { store, clock } = await openStore(environment, noteWaiting)
  const desks = desksOver(
    store,
    () => clock.now(),
    () => randomBytes(16).toString('hex'),
  )
  const parts = { ...desks, inWords: toldText }
  const request = async (method: string, path: string, value: unknown) => {
    const url = new URL(path, 'http://localhost')
    const text = typeof value === 'string' ? value : ''
    return answer(
      parts,
      { person: null, door: 'terminal' },
      {
        method,
        path: url.pathname,
        query: url.searchParams,
        json: () => Promise.resolve({ value }),
        text: () => Promise.resolve({ text }),
      },
    )
  }
  return {
    ask: async (method, path, body) => {
      const reply = await request(method, path, body)
      return checked(reply.status, reply.body)
    },
    lines: async function* (method, path, text) {
      const { status, body } = await request(method, path, text)
      checked(status, body)
      if (typeof body === 'object' && Symbol.asyncIterator in body) yield* body
    },
    close: () => store.close(),
  }
}

function remote(url: string, adminKey: string): Office {
  if (adminKey === '') throw new Failed('ADMIN_API_KEY is not set, so the running bot cannot be asked.')
  const request = async (method: string, path: string, type: string, body: string | undefined) => {
    const headers = { Authorization: `Bearer ${adminKey}`, 'Content-Type': type }
    const target = new URL(`/api/admin${path}`, url)
    return fetch(target, { method, headers, ...(body === undefined ? {} : { body }) }).catch(() => {
      throw new Failed(`No bot answers at ${url}. Is it running, and is --url right?`)
    })
  }
  return {
    ask: async (method, path, body) => {
      const json = body === undefined ? undefined : JSON.stringify(body)
      const reply = await request(method, path, 'application/json', json)
      return checked(reply.status, jsonOf(await reply.text()))
    },
    lines: async function* (method, path, text) {
      const reply = await request(method, path, 'text/plain', text)
      if (reply.status !== 200 || !reply.body) checked(reply.status, jsonOf(await reply.text()))
      else {
        const text = reply.body.pipeThrough(new TextDecoderStream('utf-8', { ignoreBOM: true }))
        yield* wholeLines(untilItEnds(url, text))
      }
    },
    close: () => Promise.resolve(),
  }
}

async function* untilItEnds(url: string, chunks: AsyncIterable<string>): AsyncGenerator<string> {
  try {
    yield* chunks
  } catch {
    throw new Failed(
      `The bot at ${url} broke off in the middle of its answer. Look whether it runs, and ask again.`,
    )
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text || 'null')
  } catch {
    return null
  }
}

/** A byte order mark is part of a script, so it is passed on. */
async function* wholeLines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) yield `${part}\n`
  }
  if (rest !== '') yield rest
}

/** What was asked for; a refusal becomes an error with its words. */
function checked(status: number, body: unknown): unknown {
  if (status < 400) return body
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : null
  const isProblem = typeof error === 'object' && error !== null && 'code' in error && 'message' in error
  throw new Failed(
    isProblem ? `${String(error.message)} (${String(error.code)})` : `The bot answered ${status}.`,
  )
}
