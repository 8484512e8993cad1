import assert from 'node:assert/strict'
import { readNotices } from '../../src/source/graph-notice.ts'

const incoming = {
  '@odata.type': '#microsoft.graph.call',
  state: 'incoming',
  direction: 'incoming',
  tenantId: 'T1',
  callChainId: 'chain',
  source: { identity: { user: { id: 'AAAA', displayName: 'Carl Jones', tenantId: 't1' } } },
  targets: [{ identity: { applicationInstance: { id: 'LINE' } } }],
}
const notice = (resourceData: unknown, changeType = 'updated', resourceUrl = '/communications/calls/c1') => ({
  value: [{ changeType, resourceUrl, resourceData }],
})
const only = (body: unknown) => readNotices(body)?.[0]
const offer = (more: object) => {
  const read = only(notice({ ...incoming, ...more }, 'created'))
  return read?.is === 'incoming' ? read.offer : assert.fail('not incoming')
}

describe('What Graph posts about calls', () => {
  it('is a call that comes in, with who calls and whose line it is', () => {
    assert.deepEqual(only(notice(incoming, 'created')), {
      call: 'c1',
      is: 'incoming',
      offer: {
        caller: { kind: 'internal', id: 'aaaa', name: 'Carl Jones' },
        owners: [],
        lines: ['LINE'],
        tenant: 'T1',
        chain: 'chain',
      },
    })
  })

  it('names whoever forwarded before whoever it is on behalf of', () => {
    const { owners } = offer({
      callRoutes: [
        { routingType: 'lookup', original: { user: { id: 'no' } } },
        {
          routingType: 'Forwarded',
          original: { user: { id: 'ANN' } },
          final: { application: { id: 'bot' } },
        },
      ],
      incomingContext: { onBehalfOf: { user: { id: 'bo' } } },
    })
    assert.deepEqual(owners, ['ann', 'bo'])
  })

  it('tells callers from telephones, other tenants, and those Graph does not name', () => {
    const callers = [
      { phone: { id: '+44 20 7946 0000' } },
      { user: { id: 'x', displayName: 'X', tenantId: 'elsewhere' } },
      { guest: { id: 'g', displayName: 'Guest' } },
      { encrypted: { id: 'secret' } },
      {},
    ].map((identity) => offer({ source: { identity } }).caller)
    assert.deepEqual(callers, [
      { kind: 'pstn', number: '+442079460000' },
      { kind: 'federated', id: 'x', name: 'X' },
      { kind: 'internal', name: 'Guest' },
      { kind: 'internal' },
      { kind: 'internal' },
    ])
  })

  it('is read in any case and spelling', () => {
    const failed = { code: 500, subCode: 7000 }
    assert.deepEqual(only(notice({ state: 'Established', resultInfo: failed })), {
      call: 'c1',
      is: 'event',
      event: { is: 'established', failed: true },
    })
    for (const resultInfo of [
      { code: 0, subcode: 7015 },
      { code: 0, subCode: 7015 },
    ])
      assert.deepEqual(only(notice({ state: 'terminated', resultInfo }, 'deleted')), {
        call: 'c1',
        is: 'event',
        event: { is: 'terminated', transferred: true, failed: false },
      })
  })

  it('is an end when a call is deleted without a state', () => {
    const end = { call: 'c1', is: 'event', event: { is: 'terminated', transferred: false, failed: false } }
    assert.deepEqual(only(notice({}, 'deleted')), end)
    assert.deepEqual(only(notice(undefined, 'deleted', '/app/calls/c1')), end)
    const hungUp = { state: 'terminated', resultInfo: { code: 487, subcode: 10003 } }
    assert.deepEqual(only(notice(hungUp)), { ...end, event: { ...end.event, failed: true } })
  })

  it('is the end of a prompt', () => {
    for (const [data, change] of [
      [{ status: 'Completed', clientContext: 'ringback 2' }, 'updated'],
      [{ status: 'running', clientContext: 'ringback 2' }, 'deleted'],
    ] as const) {
      const read = only(notice(data, change, '/communications/calls/c1/operations/o1'))
      assert.deepEqual(read, { call: 'c1', is: 'event', event: { is: 'promptEnded', context: 'ringback 2' } })
    }
  })

  it('holds several notices, and leaves out what means nothing here', () => {
    const value = [
      { changeType: 'updated', resourceUrl: '/communications/calls/c1/participants', resourceData: [{}] },
      { changeType: 'deleted', resourceUrl: '/communications/calls/c1/participants', resourceData: [{}] },
      { changeType: 'updated', resourceUrl: '/communications/calls/c1', resourceData: { state: 'ringing' } },
      { changeType: 'updated', resourceUrl: '/users/c1', resourceData: { state: 'established' } },
      {
        changeType: 'updated',
        resourceUrl: `/communications/calls/${'c'.repeat(201)}`,
        resourceData: { state: 'established' },
      },
      null,
      'text',
      { changeType: 'updated', resource: '/app/calls/c2', resourceData: { state: 'established' } },
    ]
    assert.deepEqual(
      readNotices({ value })?.map(({ call }) => call),
      ['c2'],
    )
  })

  it('is of the older kind without a list of notices, and is asked for again', () => {
    for (const body of [{}, { value: {} }, [], null, 'text', { call: 1 }])
      assert.equal(readNotices(body), null)
  })
})
