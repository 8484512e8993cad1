/** Start here: reads the settings, opens the store, starts the bot, and stops it cleanly. */
import { type Running, start } from './assemble/assemble.ts'
import { openStore } from './assemble/open-store.ts'
import { realClock } from './clock.ts'
import { type Environment, readEnvironment } from './environment/environment.ts'
import { SettingsWrong } from './environment/read.ts'
import { counting, createLog, errorFields, type Log, type LogFields } from './log.ts'
import { createMetrics } from './metrics.ts'
import { openPage } from './open-page.ts'
import { type Broken } from './store/embedded/trusted-files.ts'
import { StoreLocked, StoreLost, StoreUnreadable } from './store/embedded/unreadable.ts'
import { StoreMoved } from './store/moved.ts'
import { type Tell } from './store/store-event.ts'
import { DatabaseUnusable } from './store/postgres/unusable.ts'

/** What is under way when the bot is told to stop gets this long, in milliseconds. */
const stopWithinMs = 9000
/** This many unexpected failures within a minute are more than bad luck: better a clean restart. */
const mostFailures = 10
/** Once nothing can be kept any more, /health says so for as long before the end. */
const brokenForMs = 1000

const brokenSentences: Readonly<Record<Broken, string>> = {
  syncFailed:
    'The disk failed to make a write to DATA_DIR durable, so the bot saves nothing more and stops. Check the disk, then start the bot again: it continues from what is durable.',
  folderLost: new StoreLost().message,
}

try {
  await run(readEnvironment(process.env))
} catch (error) {
  console.error(plainReason(error))
  process.exitCode = 1
}

async function run(environment: Environment): Promise<void> {
  const now = () => realClock.now()
  const metrics = createMetrics()
  const log = counting(createLog(environment.logLevel, now), metrics.failure)
  let running: Running | null = null
  let isStopping = false
  const stop = (reason: string) => {
    if (isStopping) return
    isStopping = true
    log.info('stopping', { reason })
    setTimeout(() => process.exit(1), stopWithinMs).unref()
    void running?.stop().finally(() => {
      process.exit()
    })
  }
  const onBroken = (why: Broken) => {
    process.exitCode = 1
    log.error('store.broken', { why })
    console.error(brokenSentences[why])
    // What somebody else has is touched no more, and nobody is answered out of it.
    if (why === 'folderLost' || !running) process.exit()
    running.giveUp()
    setTimeout(() => {
      stop('storeBroken')
    }, brokenForMs)
  }
  const { store, clock, instances } = await openStore(environment, notedIn(log), onBroken)
  try {
    running = await start({ environment, store, clock, log, metrics, ...(instances ? { instances } : {}) })
  } catch (error) {
    // Whoever is started next need not wait until this process counts as dead.
    await store.close()
    throw error
  }
  // Registered before the address is printed, since a reader may stop the bot at once.
  process.on('SIGTERM', () => {
    stop('SIGTERM')
  })
  process.on('SIGINT', () => {
    stop('SIGINT')
  })
  let failures = 0
  process.on('unhandledRejection', (reason) => {
    failures += 1
    log.error('unhandledRejection', errorFields(reason))
    setTimeout(() => (failures -= 1), 60_000).unref()
    if (failures > mostFailures) {
      process.exitCode = 1
      stop('tooManyFailures')
    }
  })
  const isLocal = environment.identity === null
  log.info('listening', { port: running.port, isLocal })
  if (isLocal) {
    log.warn('localMode', {
      says: 'MicrosoftAppId is not set: nobody is authenticated, and only this machine is heard.',
    })
    console.log(welcome(running.port, environment.hasPlayground))
    if (environment.hasPlayground && process.argv.includes('--open'))
      openPage(`http://localhost:${running.port}`)
  }
}

/** Writes down what the store notices. */
function notedIn(log: Log): Tell {
  return ({ is, ...rest }) => {
    log['error' in rest ? 'error' : 'warn'](`store.${is}`, noticeFields(rest))
  }
}

/** What the store noticed, without anything that may quote a document. */
function noticeFields(rest: Readonly<Record<string, unknown>>): LogFields {
  const { error, ...plain } = rest
  const known = Object.entries(plain).map(([name, value]) => [name, String(value)] as const)
  return { ...Object.fromEntries(known), ...(error === undefined ? {} : errorFields(error)) }
}

/** The first minute of a newcomer, in a few lines. */
function welcome(port: number, hasPlayground: boolean): string {
  const page = `
  Open   http://localhost:${port}   in a browser, and see a shared call ring in a minute.
  (npm start -- --open does that by itself.)
`
  return `
  Call pickup runs in local mode: no Teams, no password, pretend calls.
  MicrosoftAppId is not set, so nobody is authenticated, and only this machine is heard.
${hasPlayground ? page : ''}
  In the Bot Framework Emulator it is   http://localhost:${port}/api/messages
  Type   I am ann@contoso.com   there, and "help" shows everything else. Stop with Ctrl+C.
`
}

/** Why it could not start, in a sentence; only a bug gets a stack. */
function plainReason(error: unknown): string {
  const plain = [SettingsWrong, StoreLocked, StoreLost, StoreUnreadable, StoreMoved, DatabaseUnusable]
  if (error instanceof Error && plain.some((kind) => error instanceof kind)) return error.message
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return 'The port is in use by another program. Stop that, or set PORT to another number.'
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
