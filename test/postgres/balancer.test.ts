import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import { type AddressInfo } from 'node:net'
import { Balancer } from './balancer.ts'

describe('A balancer', () => {
  let server: http.Server
  let balancer: Balancer
  let url: string
  beforeEach(async () => {
    server = http.createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
      response.writeHead(201, { 'X-Kind': 'echo' })
      request.pipe(response)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    balancer = await Balancer.open()
    balancer.targets = [(server.address() as AddressInfo).port]
    url = balancer.url
  })
  afterEach(async () => {
    await balancer.close()
    server.close()
  })

  it('passes on what is asked and answered', async () => {
    const response = await fetch(url, { method: 'POST', body: 'calling' })
    assert.deepEqual([response.status, response.headers.get('x-kind')], [201, 'echo'])
    assert.equal(await response.text(), 'calling')
  })

  it('does not pass on how long a server keeps its own connections', async () => {
    const response = await fetch(url)
    assert.equal(response.headers.get('keep-alive'), null)
  })
})
