/** Who calls, by the identity that Graph gives as the source of a call (communicationsIdentitySet of msgraph-metadata). */
import { type Caller } from '../../core/lane.ts'
import { callerTold } from '../caller.ts'
import { type Fields, fieldsIn, fieldsOf, isObject, nameIn, wordIn } from './fields.ts'

/** From the telephone network; from outside; or one of ours exactly where it is said to be of the call's tenant. */
type Origin = 'pstn' | 'federated' | 'byTenant'

/**
 * Where somebody calls from, by the name of their identity; of several in one set, the first here that says something. The
 * metadata knows those up to `encrypted`, the others are Graph's newer and older names. Whoever is not here is from outside.
 */
const origins: Readonly<Record<string, Origin>> = {
  phone: 'pstn',
  user: 'byTenant',
  onpremises: 'byTenant',
  onpremisesuser: 'byTenant',
  applicationinstance: 'byTenant',
  application: 'byTenant',
  device: 'byTenant',
  guest: 'federated',
  azurecommunicationservicesuser: 'federated',
  encrypted: 'byTenant',
  acsuser: 'federated',
  acsapplicationinstance: 'federated',
  spooluser: 'federated',
  spoolapplicationinstance: 'federated',
  skype: 'federated',
  skypeuser: 'federated',
}

/** Identities whose id the bot knows people by; any other means something to Graph alone. */
const known: readonly string[] = ['user', 'onpremises', 'onpremisesuser']
/** How somebody wishes to be shown: not who they are. */
const asserted = 'assertedidentity'

type Identity = { readonly is: string; readonly fields: Fields }

/** The caller of a call of this tenant. Whoever Graph does not name, or name the tenant of, is nobody of ours. */
export function callerIn(source: Fields, tenant: string): Caller {
  const set = fieldsIn(source, 'identity')
  const { is, fields } = identityIn(set)
  const [id, name] = [wordIn(fields, 'id'), nameIn(fields, 'displayName')]
  const kind = kindOf(origins[is] ?? 'federated', wordIn(fields, 'tenantId'), tenant)
  return callerTold(kind, {
    name: name || nameIn(fieldsIn(set, asserted), 'displayName'),
    ...(kind === 'pstn' ? { number: id } : {}),
    ...(known.includes(is) ? { id } : {}),
  })
}

function kindOf(origin: Origin, theirs: string, tenant: string): Caller['kind'] {
  if (origin !== 'byTenant') return origin
  return theirs !== '' && theirs.toLowerCase() === tenant.toLowerCase() ? 'internal' : 'federated'
}

/** The identity that counts. How somebody wishes to be shown counts only where nothing else does. */
function identityIn(set: Fields): Identity {
  const all = [...set].flatMap(([name, value]): readonly Identity[] =>
    isObject(value) ? [{ is: typeOf(name, fieldsOf(value)), fields: fieldsOf(value) }] : [],
  )
  const names = Object.keys(origins)
  const rank = ({ is }: Identity) => (names.includes(is) ? names.indexOf(is) : names.length)
  const ranked = all.filter(({ is }) => is !== asserted).toSorted((one, other) => rank(one) - rank(other))
  const speaks = ({ fields }: Identity) => wordIn(fields, 'id') !== '' || nameIn(fields, 'displayName') !== ''
  return ranked.find(speaks) ?? ranked[0] ?? { is: asserted, fields: fieldsIn(set, asserted) }
}

/** An identity under a name that is in no table may still say of what type it is: communicationsPhoneIdentity, a phone. */
function typeOf(name: string, identity: Fields): string {
  const type = wordIn(identity, '@odata.type').toLowerCase()
  const [, said = ''] = /^#microsoft\.graph\.(?:communications)?([a-z]{1,60})identity$/u.exec(type) ?? []
  return Object.hasOwn(origins, name) || !Object.hasOwn(origins, said) ? name : said
}
