import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { Loopback } from './loopback.ts'
import { until } from './until.ts'

describe('A server of the tests', () => {
  let line: Loopback
  const heard: string[] = []
  const unhandled: unknown[] = []
  const note = (reason: unknown) => void unhandled.push(reason)
  beforeEach(async () => {
    process.on('unhandledRejection', note)
    heard.length = 0
    line = await Loopback.open()
    line.hears((_request, response, body) => {
      heard.push(body.toString('utf8'))
      response.end()
    })
  })
  afterEach(async () => {
    await line.close()
    process.off('unhandledRejection', note)
    assert.deepEqual(unhandled.splice(0), [])
  })

  const begun = async (said: string) => {
    const socket = connect(line.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write(`POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 5\r\n\r\n${said}`)
    return socket
  }

  it('hears whoever asks to the end', async () => {
    const socket = await begun('hel')
    socket.write('lo')
    await once(socket, 'data')
    socket.destroy()
    assert.deepEqual(heard, ['hello'])
  })

  it('is asked nothing by somebody who goes away before the end', async () => {
    const socket = await begun('hel')
    await until('somebody is there', async () => (await line.connections()) > 0)
    // Time for the server to begin to read; without it nothing would be broken off.
    await new Promise((done) => setTimeout(done, 50))
    socket.destroy()
    await until('they are gone', async () => (await line.connections()) === 0)
    await new Promise(setImmediate)
    assert.deepEqual(heard, [])
  })
})
