/** The playground's one entrance: the page, its requests, its stream of events, and the chat service that the bot writes to. */
import { randomUUID } from 'node:crypto'
import { type IncomingMessage, type ServerResponse } from 'node:http'
import { readJsonBody } from '../http/json-body.ts'
import { failure, type Reply, write } from '../http/reply.ts'
import { deedFor } from './deeds.ts'
import { guard, refusal } from './door.ts'
import { Office, type OfficeParts } from './office.ts'
import { pageFile } from './page-files.ts'
import { fieldsOf } from './requests.ts'

export type PlaygroundParts = Omit<OfficeParts, 'newId' | 'botUrl' | 'zone'> & {
  /** Where the bot listens. */
  readonly host: string
  readonly port: number
}

/** Where the bot finds the chat service, and where everything of the page is. */
const servicePath = '/playground/teams'
const pagePath = '/playground/'
/** Teams takes no longer message; what stands around it is short. */
const mostBytes = 28 * 1024

export class Playground {
  readonly #office: Office
  readonly #port: number

  private constructor(office: Office, port: number) {
    this.#office = office
    this.#port = port
  }

  static async open({ host, port, ...parts }: PlaygroundParts): Promise<Playground> {
    const botUrl = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
    // The browser is on this machine, too.
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone
    return new Playground(await Office.open({ ...parts, botUrl, zone, newId: randomUUID }), port)
  }

  /** Answers one request. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(`http://localhost${request.url ?? '/'}`)
    const isService = pathname.startsWith(`${servicePath}/`)
    guard(response)
    const no = refusal(request, this.#port, isService)
    if (no) return write(response, no)
    if (isService) return write(response, await this.#served(request, pathname.slice(servicePath.length)))
    if (pathname === `${pagePath}events` && request.method === 'GET') return this.#listens(response)
    const deed = deedFor(request.method ?? '', decoded(pathname.slice(pagePath.length)))
    if (deed) return write(response, await this.#done(request, deed))
    return this.#file(request, response, pathname)
  }

  /** Lets every page go and keeps what is to be kept. */
  async close(): Promise<void> {
    await this.#office.close()
  }

  /** The bot is answered once what it wrote is on disk: a restart right after shows it. */
  async #served(request: IncomingMessage, path: string): Promise<Reply> {
    const { method = '' } = request
    const body = ['POST', 'PUT'].includes(method) ? await readJsonBody(request) : null
    if (body?.is === 'refused') return failure(body.status, body.code, body.message)
    const answer = this.#office.service.answer(method, decoded(path), fieldsOf(body?.value))
    if (method !== 'GET') await this.#office.kept()
    return answer
  }

  async #done(request: IncomingMessage, deed: NonNullable<ReturnType<typeof deedFor>>): Promise<Reply> {
    if (request.method === 'GET' || request.method === 'DELETE') return deed(this.#office, null)
    const body = await readJsonBody(request)
    if (body.is === 'refused') return failure(body.status, body.code, body.message)
    if (body.raw.length > mostBytes)
      return failure(413, 'tooBig', 'This is longer than the 28 KB that Teams takes in a message.')
    return deed(this.#office, body.value)
  }

  #listens(response: ServerResponse): Promise<void> {
    const { events } = this.#office
    if (!events.hasRoom())
      return write(
        response,
        failure(503, 'tooManyPages', 'This page is open too often. Close some of its tabs.'),
      )
    events.open(response)
    this.#office.greet(response)
    return Promise.resolve()
  }

  async #file({ method }: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const page = method === 'GET' || method === 'HEAD' ? await pageFile(path) : null
    if (page === null) return write(response, failure(404, 'notFound', 'There is nothing here.'))
    if (page === 'notBuilt')
      return write(
        response,
        failure(404, 'notBuilt', 'The page is not built. Stop the bot, then run npm start.'),
      )
    response.writeHead(200, { 'Content-Type': page.type, 'Content-Length': page.bytes.length })
    response.end(method === 'HEAD' ? undefined : page.bytes)
  }
}

/** A path as it was meant; what cannot be decoded is no path of ours. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return ''
  }
}
