/** Many people at once: everything out as JSON lines or PowerShell, and settings in. */
import { type AdminReply, type Asked, type FileKind, type Route } from './api.ts'
import { exportLines, exportPowerShell } from './export.ts'
import { importRows } from './import.ts'
import { isSet } from './query.ts'

const script: FileKind = { type: 'text/plain; charset=utf-8', name: 'calling-settings.ps1' }

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
    file: script,
    run: ({ parts }) => Promise.resolve({ status: 200, body: exportPowerShell(parts), file: script }),
  },
  {
    method: 'post',
    path: '/import',
    does: 'Takes settings of many people; answers a JSON object a line: progress, problems with line numbers, in a dry run what everybody would lose, the end.',
    query: ['dryRun'],
    takes: 'text',
    gives: [200, 'lines'],
    run: takeIn,
  },
]

function takeIn({ parts, by, query, body }: Asked): Promise<AdminReply> {
  const told = importRows(parts, by, String(body), isSet(query, 'dryRun'))
  return Promise.resolve({ status: 200, body: linesOf(told) })
}

async function* linesOf(told: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const one of told) yield `${JSON.stringify(one)}\n`
}
