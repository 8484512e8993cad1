import assert from 'node:assert/strict'
import { type Caller } from '../../../src/core/lane.ts'
import { readNotifications } from '../../../src/source/graph/notification.ts'

const ours = 'a1111111-0000-4000-8000-000000000000'
const theirs = 'b2222222-0000-4000-8000-000000000000'

/** Whom a call of our tenant with this source comes from. */
function callerFrom(identity: unknown): Caller {
  const resourceData = { state: 'incoming', direction: 'incoming', tenantId: ours, source: { identity } }
  const value = [{ changeType: 'created', resourceUrl: '/communications/calls/c1', resourceData }]
  const [notice] = readNotifications({ value }) ?? []
  return notice?.is === 'incoming' ? notice.offer.caller : assert.fail('not incoming')
}

const name = 'Carl Jones'
const somebody = { id: 'ID', displayName: name }

describe('A caller that Graph names', () => {
  const byTenant = [
    'user',
    'onPremises',
    'onPremisesUser',
    'application',
    'applicationInstance',
    'device',
    'encrypted',
  ]
  for (const is of byTenant)
    it(`as ${is} is one of ours exactly where the tenant says so`, () => {
      const of = (tenantId: unknown) => callerFrom({ [is]: { ...somebody, tenantId } })
      for (const tenant of [ours, ours.toUpperCase()]) assert.equal(of(tenant).kind, 'internal')
      for (const tenant of [theirs, '', null, undefined]) assert.equal(of(tenant).kind, 'federated')
      assert.equal(of(null).name, name)
    })

  const outside = [
    'guest',
    'azureCommunicationServicesUser',
    'acsUser',
    'acsApplicationInstance',
    'spoolUser',
    'spoolApplicationInstance',
    'skype',
    'skypeUser',
    'somethingNew',
  ]
  for (const is of outside)
    it(`as ${is} is from outside, whatever the tenant`, () => {
      for (const tenantId of [ours, theirs, null])
        assert.deepEqual(callerFrom({ [is]: { ...somebody, tenantId } }), { kind: 'federated', name })
    })

  it('as phone is from the telephone network', () => {
    assert.deepEqual(callerFrom({ phone: { id: '+44 20 7946 0000', displayName: name, tenantId: ours } }), {
      kind: 'pstn',
      name,
      number: '+442079460000',
    })
  })

  const withheld = [
    null,
    undefined,
    '',
    ' ',
    'anonymous',
    'Anonymous',
    'RESTRICTED',
    'unavailable',
    'Unknown',
    'withheld',
    'null',
    '+anonymous',
    'tel:anonymous',
    'sip:anonymous@anonymous.invalid',
    'Anonymous@192.0.2.1;user=phone',
  ]
  for (const id of withheld)
    it(`with the number ${String(id)} withholds it, and keeps their name`, () => {
      assert.deepEqual(callerFrom({ phone: { id, displayName: name } }), { kind: 'pstn', name })
      for (const displayName of [null, 'anonymous', 'sip:anonymous@anonymous.invalid'])
        assert.deepEqual(callerFrom({ phone: { id, displayName } }), { kind: 'pstn' })
    })

  it('is known to the bot by an id where they are a user, here or on premises', () => {
    assert.deepEqual(callerFrom({ user: { id: 'AAAA', tenantId: ours } }), { kind: 'internal', id: 'aaaa' })
    const address = { id: 'sip:Bo@contoso.com', tenantId: ours }
    assert.deepEqual(callerFrom({ onPremises: address }), { kind: 'internal', id: 'bo@contoso.com' })
  })

  it('may come in a set of several, of which the first that says something counts', () => {
    const user = { id: 'aaaa', displayName: name, tenantId: ours }
    assert.deepEqual(callerFrom({ application: null, user, phone: null, endpointType: 'default' }), {
      kind: 'internal',
      name,
      id: 'aaaa',
    })
    assert.equal(callerFrom({ application: { id: 'bot' }, user }).kind, 'internal')
    assert.equal(callerFrom({ phone: { id: null }, user }).kind, 'internal')
    assert.equal(callerFrom({ phone: { id: null } }).kind, 'pstn')
  })

  it('is shown as they ask to be where they say nothing else, and is not taken for whom they name', () => {
    const assertedIdentity = { id: 'bo', displayName: 'Contoso', tenantId: ours }
    assert.deepEqual(callerFrom({ assertedIdentity }), { kind: 'federated', name: 'Contoso' })
    assert.deepEqual(callerFrom({ phone: { id: 'anonymous' }, assertedIdentity }), {
      kind: 'pstn',
      name: 'Contoso',
    })
    assert.equal(callerFrom({ user: { ...somebody, tenantId: ours }, assertedIdentity }).name, name)
  })

  it('may be told by the type of their identity alone', () => {
    const type = '#microsoft.graph.communicationsPhoneIdentity'
    for (const is of ['assertedIdentity', 'somethingNew'])
      assert.deepEqual(callerFrom({ [is]: { '@odata.type': type, id: '+442079460000' } }), {
        kind: 'pstn',
        number: '+442079460000',
      })
    const plain = { '@odata.type': '#microsoft.graph.identity', ...somebody, tenantId: ours }
    assert.equal(
      callerFrom({ '@odata.type': '#microsoft.graph.communicationsIdentitySet', user: plain }).kind,
      'internal',
    )
  })
})
