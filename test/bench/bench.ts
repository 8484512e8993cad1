/**
 * `npm run bench`: prints one table of ratios, each against a floor or a peer in the same run.
 *
 *   --quick        small numbers, only to see that it runs
 *   --only turns   one part: turns, …
 */
import { peersFolder } from './install-peers.ts'
import { full, quick, type Scale } from './scale.ts'
import { Service } from './service.ts'
import { type Row, tableOf } from './table.ts'
import { measureTurns } from './turns.ts'

const root = new URL('../../../../', import.meta.url)

type Part = (service: Service, scale: Scale) => Promise<readonly Row[]>

const parts: Readonly<Record<string, Part>> = {
  turns: async (service, scale) => measureTurns(service, scale, peersFolder(root)),
}

await run(process.argv.slice(2))

async function run(options: readonly string[]): Promise<void> {
  const scale = options.includes('--quick') ? quick : full
  const only = options.includes('--only') ? options[options.indexOf('--only') + 1] : undefined
  const service = await Service.start()
  const rows: Row[] = []
  for (const [name, part] of Object.entries(parts)) {
    if (only !== undefined && only !== name) continue
    process.stderr.write(`${name} …\n`)
    rows.push(...(await part(service, scale)))
  }
  await service.stop()
  console.log(tableOf(rows))
}
