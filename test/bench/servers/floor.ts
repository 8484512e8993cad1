/** The floor: the same traffic by node:http alone, with nothing checked, looked up or decided. */
import { once } from 'node:events'
import { type FileHandle, mkdtemp, open } from 'node:fs/promises'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const agent = new http.Agent({ keepAlive: true })
let service = ''
let file: FileHandle
/** About what the bot keeps of a call that was picked up. */
const record = Buffer.from(`${'x'.repeat(2000)}\n`)
/** About as long as a settled card. */
const card = JSON.stringify({ statusCode: 200, value: 'x'.repeat(1200) })

export async function serve(serviceUrl: string): Promise<number> {
  service = serviceUrl
  file = await open(join(await mkdtemp(join(tmpdir(), 'bench-floor-')), 'file'), 'a')
  const server = http.createServer((request, response) => {
    void answer(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const activity = JSON.parse(await textOf(request)) as { conversation: { id: string }; text: string }
  if (request.url === '/click') {
    await file.appendFile(record)
    await file.datasync()
    reply(response, card)
    await send('PUT', activity.conversation.id, card)
    return
  }
  await send('POST', activity.conversation.id, JSON.stringify({ type: 'message', text: activity.text }))
  reply(response, '')
}

function reply(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': text.length })
  response.end(text)
}

/** Sends so many messages of this length, all at once. */
export async function fan(method: 'POST' | 'PUT', count: number, bytes: number): Promise<void> {
  const body = JSON.stringify({ text: 'x'.repeat(bytes) })
  await Promise.all(Array.from({ length: count }, (_, index) => send(method, `a:${index}`, body)))
}

function send(method: string, conversation: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }
    const url = `${service}/v3/conversations/${conversation}/activities`
    const request = http.request(url, { method, agent, headers }, (response) => {
      void textOf(response).then(() => {
        resolve()
      }, reject)
    })
    request.on('error', reject)
    request.end(body)
  })
}

function textOf(message: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    message.on('data', (chunk: Buffer) => (text += chunk.toString()))
    message.on('end', () => {
      resolve(text)
    })
    message.on('error', reject)
  })
}
