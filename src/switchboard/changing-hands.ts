/** An address that becomes somebody else's: it leads to them from now on, and nothing else that was theirs before goes along. */
import { type PersonId } from '../core/person.ts'
import { type AuditRow, type Batch, type Put, type Reader } from '../store/store.ts'
import { auditRow } from './audit.ts'
import { theBot } from './author.ts'
import { withoutAddress } from './identity.ts'

/** Takes an address from whoever holds it and gives it to this person; both are written down. */
export async function changingHands(
  read: Reader,
  { address, from, to, at }: { readonly address: string; readonly from: PersonId; to: PersonId; at: number },
): Promise<Batch> {
  const [alias, holder, record, became] = await Promise.all([
    read.get('alias', address),
    read.get('person', from),
    read.get('person', address),
    read.get('became', address),
  ])
  const puts: Put[] = [
    { kind: 'alias', id: address, expect: alias?.rev ?? 0, doc: to === address ? null : { person: to } },
  ]
  if (holder)
    puts.push({ kind: 'person', id: from, expect: holder.rev, doc: withoutAddress(holder.doc, address) })
  // What was kept under the address as an id goes on meaning whom it meant.
  if (!record && !became) puts.push({ kind: 'became', id: address, expect: 0, doc: { person: from } })
  return { puts, audit: [row(at, from, address, null), row(at, to, null, address)] }
}

function row(at: number, about: PersonId, before: string | null, after: string | null): AuditRow {
  return auditRow(at, theBot, about, [{ part: 'address', before, after }])
}
