/** The bot as a process of its own, as a user starts it. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type BuiltBot } from './built-bot.ts'
import { type Suffering } from './orders.ts'
import { until } from '../until.ts'

export type BotOptions = {
  readonly built: BuiltBot
  readonly folder: string
  /** 0: one that is free. */
  readonly port: number
  readonly suffering?: Suffering
  /** A container of its own: other process ids, the same network and files. */
  readonly isContained?: boolean
  readonly env?: Readonly<Record<string, string>>
}

/** Linux, for root. */
const container = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child']

/** None may outlive the tests, however these end. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

export class BotProcess {
  readonly #child: ChildProcess
  readonly #isContained: boolean
  readonly #gone: Promise<unknown>
  #output = ''

  constructor({ built, folder, port, suffering, isContained = false, env = {} }: BotOptions) {
    const preload = suffering ? ['--import', built.preload] : []
    const orders = suffering ? { ORDERS: suffering.folder } : {}
    const { PATH, HOME } = process.env
    const [program = '', ...args] = [
      ...(isContained ? container : []),
      process.execPath,
      ...preload,
      built.index,
    ]
    this.#isContained = isContained
    this.#child = spawn(program, args, {
      cwd: built.folder,
      env: { PATH, HOME, DATA_DIR: folder, PORT: String(port), ...orders, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(this.#child)
    this.#gone = once(this.#child, 'close').then(() => running.delete(this.#child))
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()))
    }
  }

  /** All that it has said so far, log and otherwise. */
  get output(): string {
    return this.#output
  }

  /** How many lines of the log are of this event. */
  logged(event: string): number {
    return this.#output.split(`"event":"${event}"`).length - 1
  }

  /** Where it listens, once it does. */
  get port(): number {
    const [, port] = /"port":(\d+),[^\n]*"event":"listening"/u.exec(this.#output) ?? []
    assert.ok(port, `the bot does not listen: ${this.#output}`)
    return Number(port)
  }

  get isGone(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  get signal(): NodeJS.Signals | null {
    return this.#child.signalCode
  }

  async listens(): Promise<void> {
    await until('the bot listens', () => this.isGone || this.logged('listening') > 0)
    assert.ok(!this.isGone, `the bot did not start: ${this.#output}`)
  }

  /** Its exit code when it ends by itself before it listens; one that listens is ended and was wrong to. */
  async refuses(): Promise<number | null> {
    await until('the bot says no', () => this.isGone || this.logged('listening') > 0)
    const isWrong = !this.isGone
    if (isWrong) this.kill()
    await this.#gone
    assert.ok(!isWrong, `the bot listens: ${this.#output}`)
    return this.#child.exitCode
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  /** It stops where it stands, until it is thawed. */
  freeze(): void {
    process.kill(this.#pid, 'SIGSTOP')
  }

  thaw(): void {
    process.kill(this.#pid, 'SIGCONT')
  }

  /** The bot's own process: in a container it is the child of what began that. */
  get #pid(): number {
    const { pid = 0 } = this.#child
    return this.#isContained ? Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')) : pid
  }

  /** Its exit code once it has ended, by itself or told by a signal. */
  async ends(signal?: NodeJS.Signals): Promise<number | null> {
    if (signal && !this.isGone) this.#child.kill(signal)
    await this.#gone
    return this.#child.exitCode
  }
}
