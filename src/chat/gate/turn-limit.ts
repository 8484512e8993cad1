/** Keeps one conversation, and all of them together, from filling the bot with turns that wait for each other. */

const mostAtOnce = 500
/** Answers to one conversation leave at seven a second: more than these would wait longer than Teams does. */
const mostInConversation = 20

export class TurnLimit {
  readonly #inside = new Map<string, number>()
  #all = 0

  /** Lets a turn in, and gives what to call when it is over; null when there is no room. */
  enter(conversation: string): (() => void) | null {
    const here = this.#inside.get(conversation) ?? 0
    if (this.#all >= mostAtOnce || here >= mostInConversation) return null
    this.#all += 1
    this.#inside.set(conversation, here + 1)
    return () => {
      this.#leave(conversation)
    }
  }

  #leave(conversation: string): void {
    this.#all -= 1
    const left = (this.#inside.get(conversation) ?? 1) - 1
    if (left === 0) this.#inside.delete(conversation)
    else this.#inside.set(conversation, left)
  }
}
