#!/usr/bin/env node
/** The same parts at a terminal. Each command is one row of the table and loads only what it needs. */
import { pipeline } from 'node:stream/promises'

/** A command takes what follows its name and returns the exit code. */
type Command = {
  readonly name: string
  readonly help: string
  readonly run: (args: readonly string[]) => Promise<number>
}

const commands: readonly Command[] = [
  { name: 'who-rings', help: 'Reads questions as JSON lines, prints who rings for each.', run: whoRings },
  {
    name: 'app-package',
    help: 'Writes dist/app-package.zip, to be uploaded to Teams.',
    run: writeAppPackage,
  },
]

process.exitCode = await runCommand(process.argv.slice(2))

async function runCommand([name, ...args]: readonly string[]): Promise<number> {
  const command = commands.find((row) => row.name === name)
  if (command !== undefined) return command.run(args)
  const asked = name === 'help' || name === '--help' || name === '-h'
  const unknown = name === undefined || asked ? '' : `There is no command ${name}.\n\n`
  const stream = asked ? process.stdout : process.stderr
  stream.write(`${unknown}${help()}`)
  return asked ? 0 : 2
}

function help(): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  const rows = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.help}\n`)
  return `Usage: pickup-admin <command>\n\n${rows.join('')}`
}

async function whoRings(): Promise<number> {
  const [{ answerText }, { answerLines }] = await Promise.all([
    import('./admin/who-rings.ts'),
    import('./admin/json-lines.ts'),
  ])
  let code = 0
  const answers = answerLines(process.stdin.setEncoding('utf8'), answerText, () => {
    code = 1
  })
  await pipeline(answers, process.stdout, { end: false }).catch(unlessNobodyReadsOn)
  return code
}

/** Makes the zip for the bot that MicrosoftAppId names. */
async function writeAppPackage(): Promise<number> {
  const [{ appPackage }, { commands: chatCommands }, { mkdir, writeFile }] = await Promise.all([
    import('./chat/app-package.ts'),
    import('./chat/commands.ts'),
    import('node:fs/promises'),
  ])
  const { readBotId } = await import('./environment.ts')
  const botId = readBotId(process.env)
  if (botId === null) {
    process.stderr.write(
      'MicrosoftAppId is not set. Put the app id of your Azure Bot into .env, then try again.\n',
    )
    return 1
  }
  const zip = new URL('../dist/app-package.zip', import.meta.url)
  await mkdir(new URL('.', zip), { recursive: true })
  await writeFile(zip, appPackage(botId, chatCommands))
  process.stdout.write('Wrote dist/app-package.zip: upload it in the Teams admin center under Manage apps.\n')
  return 0
}

/** Whoever reads our output may stop when they have seen enough, as `head` does. */
function unlessNobodyReadsOn(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error
}
