import assert from 'node:assert/strict'
import { type Connector } from '../../../src/chat/send/connector.ts'
import { quickConnector, reachAt, WireService } from './wire-service.ts'

const card = { type: 'AdaptiveCard', version: '1.5' }

describe('What the connector writes', () => {
  let service: WireService
  let connector: Connector
  beforeEach(async () => {
    service = await WireService.start()
    connector = quickConnector().connector
  })
  afterEach(() => service.stop())

  const common = {
    type: 'message',
    from: { id: '28:bot' },
    recipient: { id: '29:ann' },
    conversation: { id: 'a:1' },
    channelId: 'msteams',
  }

  it('is plain text, which is nobody’s Markdown and answers nothing in particular', async () => {
    await connector.post(reachAt(service.url), { text: '*Hello*' })
    const [asked] = service.asked
    assert.deepEqual(asked?.body, { ...common, text: '*Hello*', textFormat: 'plain' })
    assert.equal(asked.path, '/v3/conversations/a%3A1/activities')
  })

  it('is a card with its line for the notification, which alerts in Teams only', async () => {
    const reach = reachAt(service.url)
    const message = { card, summary: 'A call', alert: true }
    await connector.post(reach, message)
    await connector.post({ ...reach, channel: 'emulator' }, message)
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }]
    const shown = { ...common, attachments, summary: 'A call' }
    assert.deepEqual(
      service.asked.map(({ body }) => body),
      [
        { ...shown, channelData: { notification: { alert: true } } },
        { ...shown, channelId: 'emulator' },
      ],
    )
  })

  it('puts a card in the place of another', async () => {
    await connector.update(reachAt(service.url), '1:7', { card })
    const [asked] = service.asked
    assert.equal(asked?.path, '/v3/conversations/a%3A1/activities/1%3A7')
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }]
    assert.deepEqual(asked.body, { ...common, id: '1:7', attachments })
  })

  it('names whom it wants to talk to, in the tenant of somebody it knows', async () => {
    service.answers({ status: 201, body: { id: 'a:2' } })
    const opened = await connector.open(reachAt(service.url), '29:bo')
    assert.deepEqual(opened, { is: 'opened', conversation: 'a:2' })
    assert.deepEqual(service.asked[0]?.body, {
      bot: { id: '28:bot' },
      members: [{ id: '29:bo' }],
      isGroup: false,
      tenantId: 'tenant',
      channelData: { tenant: { id: 'tenant' } },
    })
  })

  it('has not opened a conversation that has no id, and says what stood in the way of others', async () => {
    service.answers({ status: 201, body: {} }, { status: 403 })
    assert.deepEqual(await connector.open(reachAt(service.url), '29:bo'), { is: 'transient' })
    assert.deepEqual(await connector.open(reachAt(service.url), '29:bo'), { is: 'unreachable' })
  })

  it('asks who somebody is', async () => {
    const upn = { id: '29:bo', name: 'Bo Ek', userPrincipalName: 'bo@contoso.com', aadObjectId: 'object' }
    service.answers({ status: 200, body: { ...upn, email: 'Bo.Ek@contoso.com' } })
    assert.deepEqual(await connector.member(reachAt(service.url), '29:bo'), {
      is: 'member',
      name: 'Bo Ek',
      addresses: ['bo@contoso.com', 'bo.ek@contoso.com'],
      objectId: 'object',
    })
    assert.equal(service.asked[0]?.path, '/v3/conversations/a%3A1/members/29%3Abo')
    assert.equal(service.asked[0].body, undefined)
  })

  it('reads of somebody only what is there and is text', async () => {
    const email = { name: 7, email: 'bo@contoso.com', objectId: 'object' }
    service.answers({ status: 200, body: email }, { status: 200, body: [] }, { status: 404 })
    const reach = reachAt(service.url)
    assert.deepEqual(await connector.member(reach, 'x'), {
      is: 'member',
      name: '',
      addresses: ['bo@contoso.com'],
      objectId: 'object',
    })
    assert.deepEqual(await connector.member(reach, 'x'), { is: 'member', name: '', addresses: [] })
    assert.deepEqual(await connector.member(reach, 'x'), { is: 'gone' })
  })

  it('stays in its place whatever ids are made of', async () => {
    const reach = { ...reachAt(`${service.url}/teams/`), conversation: '../../../v3?x=#y' }
    await connector.update(reach, '..\\%2e%2e/\r\nX: 1', { text: '' })
    assert.deepEqual(
      service.asked.map(({ path }) => path),
      ['/teams/v3/conversations/..%2F..%2F..%2Fv3%3Fx%3D%23y/activities/..%5C%252e%252e%2F%0D%0AX%3A%201'],
    )
  })
})
