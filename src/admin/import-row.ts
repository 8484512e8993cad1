/** One row of an import: a policy, a resource account, or a person with what was decided about them. The sheet itself is read elsewhere. */
import {
  isAddress,
  isMeantAsAddress,
  isObjectId,
  type PersonId,
  plainAddress,
  straightApostrophes,
} from '../core/person.ts'
import { type CallingPolicy, type Eligibility } from '../core/policy.ts'
import { isPolicyName, longestPolicyName } from '../switchboard/rights.ts'
import { type Form, isCutShort } from './form.ts'
import { eligibilitySaid, policySaid } from './policy.ts'

/** Fields that only say how somebody is shown: these may be cut in the middle of a letter. */
export const shownNames = ['DisplayName']

/** Who a row is about, and what an admin decided about them by hand. */
export type PersonOn = {
  readonly is: 'person'
  /** Their object id, or the id of a channel where that is all there is. */
  readonly objectId: string | null
  readonly address: string | null
  /** Other addresses of the same person: a user principal name that is not their SIP address. */
  readonly furtherAddresses: readonly string[]
  readonly name: string | null
  /** What is said of the two requirements. */
  readonly eligibility: Partial<Eligibility>
  readonly policy: string | null
}

/** A policy of a row, as far as the row says. */
export type PolicyOn = {
  readonly is: 'policy'
  readonly name: string
  readonly policy: Partial<CallingPolicy>
}

/** A resource account of a row, and whose calls it takes: as they were named. */
export type AccountOn = { readonly is: 'account'; readonly account: string; readonly owner: string }

/** What a row is about. */
export function rowOn(form: Form): PolicyOn | AccountOn | PersonOn {
  if (form.value('ResourceAccount') !== null) return accountOn(form.form('ResourceAccount'))
  if (form.value('Policy') !== null) return namedPolicyOn(form.form('Policy'))
  for (const field of identities)
    if (isCutShort(form.value(field))) form.complain(field, 'must say in full who this is about')
  return form.names.includes('AllowPrivateCalling') ? namedPolicyOn(form) : personOn(form)
}

/** A policy as an export of ours holds it, or as Get-CsTeamsCallingPolicy prints it: with Tag: before its name, and fields we have no use for. */
function namedPolicyOn(form: Form): PolicyOn {
  const name = textOf(form, 'Identity') ?? ''
  if (!isPolicyName(name))
    form.complain('Identity', `must name the policy with 1 to ${longestPolicyName} characters`)
  return { is: 'policy', name, policy: policySaid(form) }
}

function accountOn(form: Form): AccountOn {
  const account = plainAddress(textOf(form, 'Id') ?? '')
  if (!isObjectId(account)) form.complain('Id', 'must be the object id of a resource account')
  const owner = textOf(form, 'Owner') ?? ''
  if (owner === '') form.complain('Owner', 'must be an address or object id')
  return { is: 'account', account, owner }
}

/** The fields that say who a row is about. */
const identities = ['SipUri', 'Identity', 'UserPrincipalName', 'ObjectId', 'Id']

/** Who a row is about: by SipUri as Teams prints it, by user principal name, by object id, or all of them. */
function personOn(form: Form): PersonOn {
  const names = identities.map((field) => plainAddress(textOf(form, field) ?? ''))
  const proper = [...new Set(names.map(straightApostrophes).filter(isAddress))]
  const [address = names.find(isMeantAsAddress) ?? null, ...furtherAddresses] = proper
  const objectId = names.find(isObjectId) ?? (address === null ? channelIdOn(form) : null)
  if (objectId === null && address === null)
    form.complain('SipUri', 'must name the person by address, or ObjectId by object id')
  return {
    is: 'person',
    objectId,
    address,
    furtherAddresses,
    name: textOf(form, 'DisplayName'),
    eligibility: eligibilitySaid(form),
    policy: textOf(form, 'TeamsCallingPolicy'),
  }
}

/** The id of a channel by which our own export names somebody of whom nothing else is known. */
function channelIdOn(form: Form): PersonId | null {
  const isOurs = ['SipUri', 'ObjectId'].every(
    (field) => form.names.includes(field) && form.value(field) === null,
  )
  return isOurs ? plainAddress(textOf(form, 'Id') ?? '') || null : null
}

function textOf(form: Form, field: string): string | null {
  const value = form.value(field)
  return typeof value === 'string' ? value : null
}

/** The value of a row; undefined when it is not JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
