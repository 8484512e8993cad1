/** Many people at once: everything out as JSON lines or PowerShell, and settings in. */
import { desksOver } from '../switchboard/desks.ts'
import { type AdminParts, type AdminReply, type Asked, type Route } from './api.ts'
import { DryRun } from './dry-run.ts'
import { exportLines, exportPowerShell } from './export.ts'
import { importRows } from './import.ts'
import { isSet } from './query.ts'

export const transferRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/export',
    does: 'Gives policies and people with all their settings, a JSON object a line.',
    gives: [200, 'lines'],
    run: ({ parts }) => Promise.resolve({ status: 200, body: exportLines(parts) }),
  },
  {
    method: 'get',
    path: '/export.ps1',
    does: 'Gives lines of PowerShell that make the same settings in Teams.',
    gives: [200, 'lines'],
    run: ({ parts }) => Promise.resolve({ status: 200, body: exportPowerShell(parts) }),
  },
  {
    method: 'post',
    path: '/import',
    does: 'Takes settings of many people; answers a JSON object a line: progress, problems with line numbers, the end.',
    query: ['dryRun'],
    takes: 'text',
    gives: [200, 'lines'],
    run: takeIn,
  },
]

function takeIn({ parts, by, query, body }: Asked): Promise<AdminReply> {
  const over = isSet(query, 'dryRun') ? pretending(parts) : parts
  return Promise.resolve({ status: 200, body: told(over, by, String(body)) })
}

async function* told(parts: AdminParts, by: Asked['by'], text: string): AsyncGenerator<string> {
  for await (const one of importRows(parts, by, text)) yield `${JSON.stringify(one)}\n`
}

/** The same parts over a store that only pretends to keep what it is told. */
function pretending(parts: AdminParts): AdminParts {
  return { ...parts, ...desksOver(new DryRun(parts.store), parts.now, () => 'pretended') }
}
