/** A line to a database that can be cut, for one process's connections; it knows whether anything is under way on it. */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** Of the messages of PostgreSQL's protocol: those that ask for an answer, and the one that ends every answer. */
const asking = ['Q', 'S']
const answered = ['Z']

export class Line {
  readonly #server = createServer((socket) => {
    this.#carry(socket)
  })
  readonly #ends = new Set<Socket>()
  readonly #to: number
  readonly #onRequest: () => 'carry' | 'cut' | 'carry and cut'
  #underWay = 0
  #idle: () => void = () => undefined
  #hasGone: () => void = () => undefined
  isCut = false
  /** Resolves when it is cut. */
  readonly gone = new Promise<void>((done) => (this.#hasGone = done))

  /** `onRequest` is asked before anything is carried to the database. */
  constructor(to: number, onRequest: () => 'carry' | 'cut' | 'carry and cut') {
    this.#to = to
    this.#onRequest = onRequest
  }

  /** The port at this end. */
  async open(): Promise<number> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return (this.#server.address() as AddressInfo).port
  }

  get isBusy(): boolean {
    return this.#underWay > 0
  }

  async isIdle(): Promise<void> {
    if (this.isBusy) await new Promise<void>((done) => (this.#idle = done))
  }

  /** Every connection breaks; new ones can be made. */
  breakAll(): void {
    for (const end of this.#ends) end.destroy()
  }

  /** For good: as when the process at this end has died. */
  cut(): void {
    this.isCut = true
    this.#server.close()
    this.breakAll()
    this.#hasGone()
  }

  #carry(here: Socket): void {
    const there = connect(this.#to, '127.0.0.1')
    let waiting = 0
    const count = (by: number) => {
      waiting += by
      this.#underWay += by
      if (this.#underWay === 0) this.#idle()
    }
    const end = () => {
      count(-waiting)
      for (const one of [here, there]) if (this.#ends.delete(one)) one.destroy()
    }
    for (const one of [here, there]) {
      this.#ends.add(one)
      one.setNoDelay()
      one.on('error', end).on('close', end)
    }
    const [asked, said] = [messages(true), messages(false)]
    here.on('data', (chunk: Buffer) => {
      const how = this.#onRequest()
      if (how !== 'cut') {
        count(asked(chunk).filter((type) => type === '' || asking.includes(type)).length)
        there.write(chunk)
      }
      if (how === 'carry and cut') there.end()
      if (how !== 'carry') this.cut()
    })
    there.on('data', (chunk: Buffer) => {
      here.write(chunk)
      count(-said(chunk).filter((type) => answered.includes(type)).length)
    })
  }
}

/** Reads the types of whole messages; the first of those who connect has none. */
function messages(isConnecting: boolean): (chunk: Buffer) => readonly string[] {
  let rest = Buffer.alloc(0)
  let typed = isConnecting ? 0 : 1
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    const types: string[] = []
    while (rest.length >= typed + 4 && rest.length >= typed + rest.readInt32BE(typed)) {
      types.push(rest.toString('latin1', 0, typed))
      rest = rest.subarray(typed + rest.readInt32BE(typed))
      typed = 1
    }
    return types
  }
}
