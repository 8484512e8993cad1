/** The same parts at a terminal. Each command loads only what it needs. */
import { Command, CommanderError, Option } from 'commander'
import { type Environment } from './environment/environment.ts'
import { Failed } from './terminal/failed.ts'
import { type Destination } from './terminal/move.ts'
import { type Office } from './terminal/office.ts'

/** The exit code of a command that was typed wrong; one that could not be done ends with 1. */
const usageCode = 2

const program = new Command('pickup-admin')
  .exitOverride()
  .description('Call groups, forwarding and policies of everybody, at a terminal.')
  .option(
    '--url <url>',
    'where the bot runs; without it DATABASE_URL or the folder DATA_DIR is opened, or the bot that runs on it asked',
  )
  .showHelpAfterError('(pickup-admin help tells everything)')
  .showSuggestionAfterError()
  .addHelpText(
    'after',
    `
DATABASE_URL, DATA_DIR, PORT and ADMIN_API_KEY are read from the environment and from .env.
People are named by address (ann@contoso.com, with sip: or without) or object id.

  pickup-admin get ann@contoso.com
  pickup-admin set ann@contoso.com CallGroupOrder=InOrder CallGroupTargets=bo@contoso.com,cy@contoso.com
  pickup-admin export --out tenant.jsonl
  pickup-admin import tenant.jsonl --dry-run`,
  )

program
  .command('get')
  .argument('<person>', 'whose settings')
  .description('Prints the calling settings of somebody, as Get-CsUserCallingSettings does.')
  .action((person: string) => inOffice(async (office) => (await commands()).get(office, person)))

program
  .command('set')
  .argument('<person>', 'whose settings')
  .argument('[fields...]', 'Field=value; without any, JSON is read from standard input')
  .description('Writes one parameter group, whole, as Set-CsUserCallingSettings does.')
  .addHelpText(
    'after',
    `
The groups, each written whole:
  IsForwardingEnabled
  IsForwardingEnabled ForwardingType ForwardingTargetType [ForwardingTarget]
  IsUnansweredEnabled
  IsUnansweredEnabled UnansweredTargetType UnansweredDelay [UnansweredTarget]
  CallGroupOrder CallGroupTargets
  GroupMembershipDetails          as owner:Banner,owner:Mute
  GroupNotificationOverride       null clears it
  BusyOnBusyOption

  pickup-admin set ann@contoso.com IsForwardingEnabled=true ForwardingType=Immediate ForwardingTargetType=Group
  pickup-admin set ann@contoso.com IsUnansweredEnabled=true UnansweredTargetType=Voicemail UnansweredDelay=00:00:20`,
  )
  .action((person: string, fields: string[]) =>
    inOffice(async (office) => (await commands()).set(office, person, fields)),
  )

program
  .command('export')
  .description('Prints policies and everybody’s settings, a JSON object a line.')
  .option('--ps1', 'lines of PowerShell that make the same settings in Teams')
  .option('--out <file>', 'writes to a file')
  .action((options: { ps1?: boolean; out?: string }) =>
    inOffice(async (office) => (await commands()).exportAll(office, options)),
  )

program
  .command('import')
  .argument(
    '<file>',
    'our own export, or what Get-CsUserCallingSettings | ConvertTo-Json -Depth 5 prints; - is standard input',
  )
  .description('Takes in the settings of many people; rows with problems are named, the rest is done.')
  .option('--dry-run', 'tries everything, names what everybody would lose, and keeps nothing')
  .option('--quiet', 'tells nobody of the changes')
  .addHelpText(
    'after',
    `
It ends with 0 when every row is done, with 1 when rows had problems or nothing could be read, and with 2 when it was typed
wrong. Warnings are no problems.`,
  )
  .action((file: string, options: { dryRun?: boolean; quiet?: boolean }) =>
    inOffice(async (office) => (await commands()).importAll(office, file, options)),
  )

program
  .command('sweep')
  .argument('[people...]', 'only these people')
  .description('Shows relationships of people who may no longer share calls, and cleans them up.')
  .option('--apply', 'does it; it can be undone for 30 days')
  .action((people: string[], options: { apply?: boolean }) =>
    inOffice(async (office) => (await commands()).sweep(office, people, options)),
  )

program
  .command('left')
  .argument('<person>', 'who has left')
  .description(
    'Shows what cleaning up after somebody who left would change, and takes them out of all groups and delegations.',
  )
  .option('--apply', 'does it; it can be undone for 30 days')
  .action((person: string, options: { apply?: boolean }) =>
    inOffice(async (office) => (await commands()).left(office, person, options)),
  )

program
  .command('undo')
  .argument('[id]', 'what sweep or left printed; without it, lists what can be undone')
  .description('Undoes a sweep, except what somebody has changed since.')
  .action((id: string | undefined) => inOffice(async (office) => (await commands()).undo(office, id)))

program
  .command('resource-accounts')
  .argument('[account]', 'the object id of a resource account; without one all are printed')
  .argument('[owner]', 'whose calls it takes from now on')
  .option('--remove', 'takes the owner away')
  .description('Says whose calls the resource accounts of Teams take, when calls come from Microsoft Graph.')
  .action((account: string | undefined, owner: string | undefined, options: { remove?: boolean }) =>
    inOffice(async (office) => {
      const { resourceAccounts } = await import('./terminal/resource-accounts.ts')
      return resourceAccounts(office, account, owner, options)
    }),
  )

program
  .command('audit')
  .argument('[person]', 'only changes about this person')
  .description('Prints who changed what, the newest first, a JSON object a line.')
  .option('--limit <count>', 'how many, at most 200', '50')
  .action((person: string | undefined, options: { limit: string }) =>
    inOffice(async (office) => (await commands()).audit(office, person, options)),
  )

program
  .command('who-rings')
  .argument('[owner]', 'who is called; needs --tenant')
  .description(
    'Says who rings, for how long, and what follows: for questions as JSON lines, or in an export.',
  )
  .option('--tenant <file>', 'an export of everybody')
  .option('--caller <kind>', 'internal, federated or pstn, and who: internal:bo@contoso.com', 'internal')
  .action((owner: string | undefined, options: { tenant?: string; caller: string }) =>
    ended(async () => {
      const { whoRings, whoRingsFor } = await import('./terminal/who-rings.ts')
      const { tenant, caller } = options
      if (owner === undefined && tenant === undefined) return whoRings()
      if (owner === undefined || tenant === undefined)
        throw new Failed('Name who is called and the export: who-rings ann@contoso.com --tenant tenant.jsonl')
      return whoRingsFor(owner, { tenant, caller })
    }),
  )

program
  .command('move')
  .addOption(
    new Option('--to <where>', 'where everything goes; it comes from the other')
      .choices(['database', 'folder'])
      .makeOptionMandatory(),
  )
  .description(
    'Moves everything that is kept from the folder DATA_DIR into the database DATABASE_URL, or back.',
  )
  .addHelpText(
    'after',
    `
Stop every instance of the bot first. The other side must be empty. It copies people, settings, groups, live calls, timers,
what is still to be sent, the log of calls and of changes; then it reads both sides again and compares every single thing.
Broken off, it goes on when it is run again. Until it has ended no bot starts on the new side; from then on none does on
the old one, which stays as it was.

  DATA_DIR=./data DATABASE_URL=postgresql://... pickup-admin move --to database
  DATA_DIR=./new  DATABASE_URL=postgresql://... pickup-admin move --to folder`,
  )
  .action(({ to }: { to: Destination }) =>
    ended(async () => (await import('./terminal/move.ts')).move(await environment(), to)),
  )

program
  .command('migrate')
  .description('Brings the schema of the database DATABASE_URL up to this version, as the role that owns it.')
  .addHelpText(
    'after',
    `
A bot whose own role owns the schema does this by itself at its start. Where it does not, run this before a new version
starts; instances of the old version go on meanwhile.

  DATABASE_URL=postgresql://pickup_owner:...@db.contoso.com/pickup pickup-admin migrate`,
  )
  .action(() => ended(async () => (await import('./terminal/migrate.ts')).migrate(await environment())))

program
  .command('app-package')
  .description('Writes dist/app-package.zip, to be uploaded to Teams.')
  .action(() => ended(async () => (await import('./terminal/app-package.ts')).writeAppPackage()))

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? 0 : usageCode
}

function commands() {
  return import('./terminal/administration.ts')
}

/** An admin need not be the bot, so its identity may be missing. */
async function environment(): Promise<Environment> {
  const { readEnvironment } = await import('./environment/environment.ts')
  return readEnvironment({ ...process.env, NODE_ENV: '' })
}

/** Runs a command with the settings of everybody at hand. */
function inOffice(run: (office: Office) => Promise<number>): Promise<void> {
  return ended(async () => {
    const { openOffice } = await import('./terminal/office.ts')
    const url = program.opts<{ url?: string }>().url ?? null
    const office = await openOffice(await environment(), url)
    try {
      return await run(office)
    } finally {
      await office.close()
    }
  })
}

/** Whatever could not be done ends with one sentence and the code 1. */
async function ended(run: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await run()
  } catch (error) {
    const isOurs =
      error instanceof Failed || (error instanceof Error && /^(Store|Settings|Database)/u.test(error.name))
    if (!isOurs) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
