import assert from 'node:assert/strict'
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fullAnswer, fullQuestion } from './admin/questions.ts'
import { built } from './built.ts'

const good = JSON.stringify(fullQuestion)

describe('the command line', () => {
  it('answers who rings with one line for each question, in order, and fails when one could not be read', async () => {
    const { code, output } = await run(['who-rings'], `${good}\n{"caller":{}}\n${good}\n`)
    const [first, second, third, ...rest] = output.split('\n')
    assert.equal(first, fullAnswer)
    assert.match(second ?? '', /^\{"error":\{"code":"E_FORMAT","message":".+"\}\}$/)
    assert.equal(third, fullAnswer)
    assert.deepEqual(rest, [''])
    assert.equal(code, 1)
  })

  it('reads what Windows writes', async () => {
    const { code, output } = await run(['who-rings'], `\uFEFF${good}\r\n\r\n${good}`)
    assert.equal(output, `${fullAnswer}\n${fullAnswer}\n`)
    assert.equal(code, 0)
  })

  it('stops quietly when nobody reads on', async () => {
    const child = await start(['who-rings'])
    child.stdin.on('error', ignore)
    child.stdin.write(`${good}\n`)
    child.stdout.once('data', () => {
      child.stdout.destroy()
      child.stdin.end(`${good}\n`.repeat(2000))
    })
    const [errors, code] = await Promise.all([text(child.stderr), exitOf(child)])
    assert.equal(errors, '')
    assert.equal(code, 0)
  })

  it('explains itself when asked, and says which command may have been meant', async () => {
    const asked = await run(['help'])
    for (const word of [
      'get',
      'set',
      'export',
      'import',
      'sweep',
      'undo',
      'audit',
      'who-rings',
      'app-package',
    ])
      assert.match(asked.output, new RegExp(`^  ${word}\\b`, 'mu'))
    const [help, unknown, nothing] = await Promise.all([run(['sweep', '--help']), run(['whorings']), run([])])
    assert.match(help.output, /--apply/u)
    assert.match(unknown.errors, /unknown command 'whorings'\n\(Did you mean who-rings\?\)/u)
    assert.match(nothing.errors, /^Usage: /u)
    assert.deepEqual(
      [asked, help, unknown, nothing].map(({ code }) => code),
      [0, 0, 2, 2],
    )
  })
})

async function start(args: readonly string[]): Promise<ChildProcessWithoutNullStreams> {
  return spawn(process.execPath, [await built('src/cli.ts'), ...args])
}

async function run(args: readonly string[], input = '') {
  const child = await start(args)
  child.stdin.on('error', ignore)
  child.stdin.end(input)
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), exitOf(child)])
  return { output, errors, code }
}

function exitOf(child: ChildProcessWithoutNullStreams): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', resolve)
  })
}

/** A command that reads nothing may close its input before we wrote ours. */
function ignore(): void {
  return undefined
}
