/** Whose calls each resource account of Teams takes, at a terminal. */
import { fieldIn, listIn } from './json.ts'
import { type Office } from './office.ts'
import { line, note } from './output.ts'

const perPage = 200

/** Prints all accounts with their owners; with an account and an owner, names the owner; without an owner, takes them away. */
export async function resourceAccounts(
  office: Office,
  account: string | undefined,
  owner: string | undefined,
  { remove = false }: { remove?: boolean },
): Promise<number> {
  if (account === undefined) return printAll(office)
  const path = `/resource-accounts/${encodeURIComponent(account)}`
  if (remove) {
    await office.ask('DELETE', path)
    line(`${account} no longer has an owner.`)
  } else if (owner === undefined) return printOne(office, account)
  else {
    const reply = await office.ask('PUT', path, { Owner: owner })
    line(`${String(fieldIn(reply, 'Id'))} takes the calls of ${String(fieldIn(reply, 'Owner'))}.`)
  }
  return 0
}

async function printAll(office: Office): Promise<number> {
  let count = 0
  for await (const { id, owner } of accounts(office)) {
    line(`${id} ${owner}`)
    count += 1
  }
  if (count === 0) note('No resource account has an owner yet.')
  return 0
}

async function printOne(office: Office, account: string): Promise<number> {
  for await (const { id, owner } of accounts(office))
    if (id === account.toLowerCase()) {
      line(`${id} ${owner}`)
      return 0
    }
  note('This resource account has no owner.')
  return 1
}

async function* accounts(office: Office): AsyncGenerator<{ readonly id: string; readonly owner: string }> {
  for (let after = ''; ;) {
    const query = new URLSearchParams({ after, limit: String(perPage) })
    const page = await office.ask('GET', `/resource-accounts?${query.toString()}`)
    for (const one of listIn(page, 'value'))
      yield { id: String(fieldIn(one, 'Id')), owner: String(fieldIn(one, 'Owner')) }
    const next = fieldIn(page, 'next')
    if (typeof next !== 'string') return
    after = next
  }
}
