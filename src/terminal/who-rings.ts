/** Who rings: for questions on standard input, or for somebody in an exported tenant. */
import { pipeline } from 'node:stream/promises'
import { answerLines } from '../admin/json-lines.ts'
import { objectsIn } from '../admin/json-values.ts'
import { answerQuestion, answerText } from '../admin/who-rings.ts'
import { isObjectId, plainAddress } from '../core/person.ts'
import { policyId } from '../switchboard/rights.ts'
import { Failed } from './failed.ts'
import { line, unlessNobodyReadsOn } from './output.ts'
import { textFrom } from './text-file.ts'

/** Answers questions, one JSON line each; the code is 1 when one of them could not be read. */
export async function whoRings(): Promise<number> {
  let code = 0
  const answers = answerLines(process.stdin.setEncoding('utf8'), answerText, () => {
    code = 1
  })
  await pipeline(answers, process.stdout, { end: false }).catch(unlessNobodyReadsOn)
  return code
}

export type TenantQuestion = { readonly tenant: string; readonly caller: string }

/** Who rings when somebody in an exported tenant is called. */
export async function whoRingsFor(owner: string, { tenant, caller }: TenantQuestion): Promise<number> {
  const { people, policies } = readTenant(await textFrom(tenant))
  const id = [...people.keys()].find((key) => key === plainAddress(owner))
  const named =
    id ?? [...people].find(([, row]) => plainAddress(wordIn(row, 'ObjectId')) === plainAddress(owner))?.[0]
  if (named === undefined) throw new Failed(`${owner} is not in ${tenant}.`)
  const [kind = '', callerId] = caller.split(/:(.*)/su)
  const question = {
    owner: named,
    caller: { kind, ...(callerId === undefined ? {} : { id: callerId }) },
    settings: Object.fromEntries(people),
    people: Object.fromEntries(people),
    policies: Object.fromEntries(
      [...people].map(([key, row]) => [
        key,
        policies.get(policyId(wordIn(row, 'TeamsCallingPolicy'))) ?? policies.get('global') ?? {},
      ]),
    ),
  }
  const answer = answerQuestion(question)
  line(JSON.stringify(answer))
  return 'error' in answer ? 1 : 0
}

type Row = ReadonlyMap<string, unknown>

/** People by address, or by id where the export knows no address. */
function readTenant(text: string) {
  const people = new Map<string, Record<string, unknown>>()
  const policies = new Map<string, unknown>()
  for (const { text: json, line: at } of objectsIn(text)) {
    const row = rowIn(json, at)
    const policy = row.get('Policy')
    if (typeof policy === 'object' && policy !== null)
      policies.set(policyId(wordIn(Object.fromEntries(Object.entries(policy)), 'Identity')), policy)
    else {
      const sheet = Object.fromEntries(row)
      const name = ['SipUri', 'ObjectId', 'Id']
        .map((field) => plainAddress(wordIn(sheet, field)))
        .find((word) => word !== '')
      if (name !== undefined) people.set(name, sheet)
    }
  }
  return { people, policies }
}

function rowIn(json: string, at: number): Row {
  try {
    const value: unknown = JSON.parse(json)
    return new Map<string, unknown>(typeof value === 'object' && value !== null ? Object.entries(value) : [])
  } catch {
    throw new Failed(`Line ${at} of the export is not JSON.`)
  }
}

function wordIn(row: Readonly<Record<string, unknown>>, field: string): string {
  const value = row[field]
  return typeof value === 'string' && (field !== 'ObjectId' || isObjectId(value)) ? value : ''
}
