/**
 * Runs before the bot in its process: every step that changes a file of its data folder is written down, and fails or
 * ends the process where the orders say so. Turned into JavaScript by built-bot.ts, so it imports types only.
 */
import { subscribe } from 'node:diagnostics_channel'
import { appendFileSync, readFileSync } from 'node:fs'
import files, { type FileHandle } from 'node:fs/promises'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import { type Orders, type Step, type StepKind } from './orders.ts'

type Write = (bytes: Uint8Array, from: number, length: number, at: number) => Promise<object>

const { ORDERS = '', DATA_DIR = '' } = process.env
const { open, rename, rm } = files
let given = ''
let orders: Orders = {}
let steps = 0
let fitting = 0

Object.assign(files, {
  open: async (path: string, flags: string, mode?: number) => {
    if (!path.startsWith(DATA_DIR)) return open(path, flags, mode)
    const opened = () => open(path, flags, mode)
    const handle = flags === 'r' ? await opened() : await step('open', path, opened)
    return watched(handle, path)
  },
  rename: (from: string, to: string) => step('rename', to, () => rename(from, to)),
  rm: (path: string, options: object) => step('remove', path, () => rm(path, options)),
})
const { request } = http
Object.assign(http, {
  request: (...given: Parameters<typeof request>) => {
    const isOrdered = orders.throwInRequest === true
    orders = { ...orders, throwInRequest: undefined }
    if (isOrdered) throw new TypeError('ordered')
    return request(...given)
  },
})
syncBuiltinESMExports()
recordAnswers()
setInterval(readOrders, 50).unref()

function watched(handle: FileHandle, path: string): FileHandle {
  const write: Write = handle.write.bind(handle)
  const datasync = handle.datasync.bind(handle)
  const sync = handle.sync.bind(handle)
  const truncate = handle.truncate.bind(handle)
  return Object.assign(handle, {
    write: (bytes: Uint8Array, from: number, length: number, at: number) =>
      step(
        'write',
        path,
        () => write(bytes, from, taken(length), at),
        // A disk that is full takes what still fits.
        () => write(bytes, from, length >> 1, at),
      ),
    datasync: () => step('sync', path, datasync),
    sync: () => step('sync', path, sync),
    truncate: (length: number) => step('truncate', path, () => truncate(length)),
  })
}

function taken(length: number): number {
  if (orders.takes === 'nothing') return 0
  return orders.takes === 'half' ? Math.ceil(length / 2) : length
}

async function step<T>(
  kind: StepKind,
  path: string,
  run: () => Promise<T>,
  spoil?: () => Promise<T>,
): Promise<T> {
  readOrders()
  steps += 1
  const number = steps
  await killAt(number, 'before')
  const { fail } = orders
  if (fail?.kinds.includes(kind)) {
    fitting += 1
    if (fitting >= fail.at) {
      await spoil?.()
      throw Object.assign(new Error(`ordered ${fail.code}`), { code: fail.code })
    }
  }
  const result = await run()
  record({ kind, what: path.slice(DATA_DIR.length + 1) })
  await killAt(number, 'after')
  return result
}

async function killAt(number: number, moment: 'before' | 'after'): Promise<void> {
  if (orders.kill?.at !== number || orders.kill.moment !== moment) return
  process.kill(process.pid, 'SIGKILL')
  await new Promise<never>(() => undefined)
}

function readOrders(): void {
  const text = readFileSync(`${ORDERS}/orders.json`, 'utf8')
  // Somebody may be writing it just now.
  if (text === given || !text.endsWith('}')) return
  given = text
  orders = JSON.parse(text) as Orders
  steps = 0
  fitting = 0
  for (let left = orders.reject ?? 0; left > 0; left -= 1) void Promise.reject(new TypeError('ordered'))
}

function record(what: Step): void {
  appendFileSync(`${ORDERS}/steps`, `${JSON.stringify(what)}\n`)
}

/** Notes each request when it comes, and when its answer is on its way. */
function recordAnswers(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { readonly request: IncomingMessage }
    record({ kind: 'heard', what: request.url ?? '' })
  })
  subscribe('http.server.response.finish', (message) => {
    const { request, response } = message as {
      readonly request: IncomingMessage
      readonly response: ServerResponse
    }
    record({ kind: 'answered', what: `${request.url ?? ''} ${response.statusCode}` })
  })
}
