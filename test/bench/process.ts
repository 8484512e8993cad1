/** Measurements run in processes of their own, so that none pays for another's garbage; this starts and asks them. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export type Call = {
  readonly number: number
  readonly module: string
  readonly name: string
  readonly given: readonly unknown[]
}

export type Reply = { readonly number: number; readonly result?: unknown; readonly error?: string }

/** Since the process began: processor time of all its threads, and what it holds now. */
export type Usage = { readonly cpuMs: number; readonly rssMb: number; readonly heapMb: number }

export type ProcessOptions = {
  readonly env?: Readonly<Record<string, string>>
  readonly flags?: readonly string[]
}

type Waiting = { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void }

const worker = fileURLToPath(new URL('worker.js', import.meta.url))

/** A profile of every measured process is left in this folder, when given. */
const profiles = process.env['BENCH_PROFILES']

export class MeasuredProcess {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, Waiting>()
  #calls = 0

  constructor({ env = {}, flags = [] }: ProcessOptions = {}) {
    const profiled = profiles === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profiles]
    this.#child = spawn(process.execPath, [...flags, ...profiled, worker], {
      env: { ...process.env, NODE_ENV: 'test', ...env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    this.#child.on('message', ({ number, result, error }: Reply) => {
      const waiting = this.#waiting.get(number)
      this.#waiting.delete(number)
      if (error === undefined) waiting?.resolve(result)
      else waiting?.reject(new Error(error))
    })
    this.#child.on('exit', (code) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`a measured process ended: ${code}`))
    })
  }

  /** What a function of a module answers there; both sides agree on the type, as everywhere between processes. */
  call(module: URL | string, name: string, ...given: readonly unknown[]): Promise<unknown> {
    this.#calls += 1
    const number = this.#calls
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject })
      this.#child.send({ number, module: String(module), name, given } satisfies Call)
    })
  }

  async usage(): Promise<Usage> {
    return (await this.call('', 'usage')) as Usage
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return
    const gone = once(this.#child, 'exit')
    this.#child.disconnect()
    await gone
  }
}

/** One function in a process that begins and ends with it. */
export async function alone(
  module: URL,
  name: string,
  given: readonly unknown[],
  options: ProcessOptions = {},
): Promise<unknown> {
  const measured = new MeasuredProcess(options)
  try {
    return await measured.call(module, name, ...given)
  } finally {
    await measured.end()
  }
}
