/**
 * The way to the playground. It is loaded when somebody asks for it first: no start waits for it, and a bot in production
 * never has it.
 */
import { type IncomingMessage, type ServerResponse } from 'node:http'

export type PlaygroundDoor = {
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  readonly close: () => Promise<void>
}

/** Opens it once, for whoever asks first; when that fails, whoever asks next tries again. */
export function playgroundDoor(open: () => Promise<PlaygroundDoor>): PlaygroundDoor {
  let opened: Promise<PlaygroundDoor> | null = null
  const opening = () =>
    open().catch((error: unknown) => {
      opened = null
      throw error
    })
  return {
    answer: async (request, response) => (await (opened ??= opening())).answer(request, response),
    close: async () => (await opened)?.close(),
  }
}
