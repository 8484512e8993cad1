import assert from 'node:assert/strict'
import { readNotifications } from '../../../src/source/graph/notification.ts'

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
const only = (body: unknown) => readNotifications(body)?.[0]
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

  it('says how a call ended in numbers, in texts, by a reason or in a message', () => {
    const end = (more: object) => {
      const read = only(notice({ state: 'terminated', ...more }, 'deleted'))
      return read?.is === 'event' && read.event.is === 'terminated' ? read.event : assert.fail('no end')
    }
    for (const more of [
      { resultInfo: { code: '0', subcode: '7015' } },
      { resultInfo: { Code: ' 0 ', SubCode: '7015' } },
      { resultInfo: { code: 200, subcode: 0, message: 'DiagCode: 0#7015.@' } },
      { resultInfo: { code: 0, message: 'Call transferred.' } },
      { resultInfo: { code: 7015 } },
      { resultInfo: null, terminationReason: 'AppTransferred' },
      { terminationReason: 'apptransferred' },
    ])
      assert.deepEqual(
        end(more),
        { is: 'terminated', transferred: true, failed: false },
        JSON.stringify(more),
      )
    for (const more of [
      { resultInfo: { code: '500', subcode: '7700' } },
      { resultInfo: { code: 500, subcode: 7015 } },
      { resultInfo: { code: '487' }, terminationReason: 'AppTransferred' },
    ])
      assert.deepEqual(
        end(more),
        { is: 'terminated', transferred: false, failed: true },
        JSON.stringify(more),
      )
    for (const more of [
      { resultInfo: { code: '0', subcode: '0', message: 'Call terminated by the caller.' } },
      { resultInfo: { code: 'none', subcode: '17015' }, terminationReason: null },
    ])
      assert.deepEqual(
        end(more),
        { is: 'terminated', transferred: false, failed: false },
        JSON.stringify(more),
      )
    const failed = only(notice({ state: 'established', resultInfo: { code: '500', subcode: '7000' } }))
    assert.deepEqual(failed?.is === 'event' && failed.event, { is: 'established', failed: true })
  })

  it('is about the same call however its address is written', () => {
    const id = '341a0500-d4bf-4224-8b19-1581168d328b'
    for (const address of [
      `/communications/calls/${id}`,
      `/communications/calls/${id}/`,
      `/Communications/Calls/${id.toUpperCase()}`,
      `/communications/calls/${id}?api-version=1.0`,
      `/communications/calls/${id}/?a=/calls/other#calls/other`,
      `communications/calls/${id}`,
      `https://graph.microsoft.com/v1.0/communications/calls/${id}`,
      `HTTPS://GRAPH.MICROSOFT.COM/V1.0/COMMUNICATIONS/CALLS/${id}/?x=1`,
    ])
      assert.deepEqual(
        [only(notice({ state: 'established' }, 'updated', address))?.call, address],
        [id, address],
      )
    const prompt = only(notice({ status: 'completed' }, 'deleted', `/App/Calls/${id}/Operations/o1/?x=1`))
    assert.deepEqual(prompt?.is === 'event' && prompt.event.is, 'promptEnded')
    assert.equal(only(notice({}, 'deleted', `/communications/calls/${id}/participants/?x=1`)), undefined)
    assert.equal(only(notice({}, 'deleted', '/communications/calls/a%20b'))?.call, 'a b')
    assert.equal(only(notice({}, 'deleted', '/communications/calls/100%'))?.call, '100%')
  })

  it('takes null and blank for absent, in every field', () => {
    const nothing = {
      callChainId: null,
      callRoutes: null,
      incomingContext: null,
      targets: null,
      tenantId: ' ',
    }
    for (const source of [null, {}, { identity: null }, { identity: { user: null, phone: null } }])
      assert.deepEqual(offer({ ...nothing, source }), {
        caller: { kind: 'federated' },
        owners: [],
        lines: [],
        tenant: '',
        chain: '',
      })
    const odd = { changeType: 'deleted', resourceUrl: null, resource: '/app/calls/c1', resourceData: null }
    assert.equal(only({ value: [odd] })?.call, 'c1')
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
      readNotifications({ value })?.map(({ call }) => call),
      ['c2'],
    )
  })

  it('is of the older kind without a list of notices, and is asked for again', () => {
    for (const body of [{}, { value: {} }, [], null, 'text', { call: 1 }])
      assert.equal(readNotifications(body), null)
  })
})
