/** Server-sent events: tells every open page what changes, in order. */
import { type ServerResponse } from 'node:http'

/** As many pages as one person opens, and a few more. */
const mostPages = 32
/** A page that does not read is let go, and comes back by itself. */
const mostUnreadBytes = 8 * 1024 * 1024
/** How soon a page comes back when the bot was gone: milliseconds. */
const comesBackMs = 500

export class Events {
  readonly #pages = new Set<ServerResponse>()
  #isClosed = false

  /** Whether one more page may listen. */
  hasRoom(): boolean {
    return !this.#isClosed && this.#pages.size < mostPages
  }

  /** Opens the stream of one page; headers are set already. */
  open(response: ServerResponse): void {
    // The connection ends with the stream: it would hold up a bot that is stopped.
    response.writeHead(200, { 'Content-Type': 'text/event-stream', Connection: 'close' })
    response.write(`retry: ${comesBackMs}\n\n`)
    this.#pages.add(response)
    response.on('close', () => this.#pages.delete(response))
  }

  /** Tells one page alone. */
  tell(response: ServerResponse, event: string, data: object): void {
    response.write(written(event, data))
  }

  /** Tells every page. */
  tellAll(event: string, data: object): void {
    const text = written(event, data)
    for (const page of this.#pages) {
      if (page.writableLength > mostUnreadBytes) page.destroy()
      else page.write(text)
    }
  }

  /** Lets every page go, and takes no other. */
  close(): void {
    this.#isClosed = true
    for (const page of this.#pages) page.end()
    this.#pages.clear()
  }
}

function written(event: string, data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
