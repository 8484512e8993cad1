/** The names of the fields that a row of an import may have, and what a name that is none of them was meant to be. */
import { distance } from 'fastest-levenshtein'
import { listIn } from './form.ts'
import { fieldsOf } from './schemas.ts'

/** A name that is not understood. */
export type Stray = {
  readonly name: string
  /** The name it was probably meant to be; null when nothing is near. */
  readonly meant: string | null
  /** The field of the row that holds it; null when it is a field of the row itself. */
  readonly within: string | null
}

type Fields = {
  readonly known: readonly string[]
  readonly within: Readonly<Record<string, readonly string[]>>
}

const account: Fields = {
  known: ['ResourceAccount'],
  within: { ResourceAccount: fieldsOf('ResourceAccount') },
}
const wrappedPolicy: Fields = { known: ['Policy'], within: { Policy: fieldsOf('Policy') } }
const policy: Fields = { known: fieldsOf('Policy'), within: {} }
const person: Fields = {
  known: [
    ...fieldsOf('CallingSettings'),
    ...fieldsOf('Eligibility'),
    'Identity',
    'UserPrincipalName',
    'TeamsCallingPolicy',
  ],
  within: {
    Delegates: fieldsOf('Delegate'),
    Delegators: fieldsOf('Delegate'),
    GroupMembershipDetails: ['CallGroupOwnerId', 'NotificationSetting'],
  },
}
const everyName = [account, wrappedPolicy, person, policy].flatMap(({ known }) => known)

/** The names of a row that are not understood, each once. */
export function straysIn(row: unknown): readonly Stray[] {
  if (typeof row !== 'object' || row === null) return []
  const { known, within } = fieldsFor(row)
  const strays = new Map<string, Stray>()
  for (const [name, value] of Object.entries(row)) {
    if (!known.includes(name)) strays.set(name, { name, meant: nearest(name, everyName), within: null })
    const inner = known.includes(name) ? within[name] : undefined
    for (const one of inner ? namesIn(value) : [])
      if (inner && !inner.includes(one))
        strays.set(`${name} ${one}`, { name: one, meant: nearest(one, inner), within: name })
  }
  return [...strays.values()]
}

function fieldsFor(row: object): Fields {
  if ('ResourceAccount' in row) return account
  if ('Policy' in row) return wrappedPolicy
  return 'AllowPrivateCalling' in row ? policy : person
}

function namesIn(value: unknown): readonly string[] {
  return listIn(value).flatMap((one) => (typeof one === 'object' && one !== null ? Object.keys(one) : []))
}

/** The known name that is the same but for its letters' case, or for a slip of the finger in every five. */
function nearest(name: string, known: readonly string[]): string | null {
  const given = plain(name)
  const near = known
    .filter((one) => Math.abs(one.length - given.length) <= slipsIn(one))
    .map((one) => ({ one, slips: distance(given, plain(one)) }))
    .filter(({ one, slips }) => slips <= slipsIn(one))
    .sort((first, second) => first.slips - second.slips)
  return near[0]?.one ?? null
}

function slipsIn(name: string): number {
  return Math.floor(name.length / 5)
}

/** camelCase, snake_case and every other way to write the same words. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/gu, '')
}
