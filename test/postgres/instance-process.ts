/** Starts instances (instance.ts), asks them, and hears what they do by themselves. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { built } from '../built.ts'
import { type Ask, type Note } from './asked.ts'

/** None may outlive the tests, however these end. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

export class InstanceProcess {
  /** What it did by itself, oldest first. */
  readonly notes: Note[] = []
  readonly #child: ChildProcess
  readonly #gone: Promise<unknown>
  readonly #waiting = new Map<number, (told: unknown) => void>()
  #number = 0

  private constructor(program: string, url: string, schema: string) {
    this.#child = fork(program, [url, schema], { execArgv: [] })
    running.add(this.#child)
    this.#child.on('message', (message: Note | { number: number; told: unknown }) => {
      if ('is' in message) this.notes.push(message)
      else this.#answered(message.number, message.told)
    })
    this.#gone = once(this.#child, 'exit').then(() => {
      running.delete(this.#child)
      for (const number of this.#waiting.keys()) this.#answered(number, 'gone')
    })
  }

  static async start(url: string, schema: string): Promise<InstanceProcess> {
    const instance = new InstanceProcess(await built('test/postgres/instance.ts'), url, schema)
    while (!instance.notes.some(({ is }) => is === 'ready')) await once(instance.#child, 'message')
    return instance
  }

  /** What it answers; `gone` when it does no more. */
  async ask(ask: Ask): Promise<unknown> {
    const number = (this.#number += 1)
    return new Promise((told) => {
      this.#waiting.set(number, told)
      this.#child.send({ number, ask }, (error) => {
        if (error) this.#answered(number, 'gone')
      })
    })
  }

  /** What it did of this kind, by its ids. */
  did(is: Note['is']): readonly string[] {
    return this.notes.flatMap((note) => ('id' in note && note.is === is ? [note.id] : []))
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  async ends(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    this.#child.kill('SIGKILL')
    await this.#gone
  }

  #answered(number: number, told: unknown): void {
    this.#waiting.get(number)?.(told)
    this.#waiting.delete(number)
  }
}
