/** Runs `pickup-admin` as an admin does, in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { built } from '../built.ts'

const cli = await built('src/cli.ts')

export type Ran = { readonly code: number | null; readonly output: string; readonly errors: string }
export type Running = { readonly child: ChildProcess; readonly ended: Promise<Ran> }

/** Begins a command; its environment is that of the tests and what is given. */
export function beginCli(
  env: Readonly<Record<string, string>>,
  args: readonly string[],
  input = '',
): Running {
  const child = spawn(process.execPath, [cli, ...args], { env: { ...process.env, ...env } })
  const ended = new Promise<Ran>((resolve, reject) => {
    child.once('error', reject)
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
    const said = Promise.all([text(child.stdout), text(child.stderr)])
    child.once('close', (code) => {
      void said.then(([output, errors]) => {
        resolve({ code, output, errors })
      }, reject)
    })
  })
  return { child, ended }
}
