/** Counts steps of something long, and how many of them the event loop had to wait for at once. */
export class TurnCounter {
  steps = 0
  /** Turns of the loop while it went on. */
  turns = 0
  /** The most steps between two turns. */
  most = 0
  #since = 0

  step(): void {
    this.steps += 1
    this.#since += 1
    this.most = Math.max(this.most, this.#since)
  }

  async during<T>(run: () => Promise<T>): Promise<T> {
    let isOver = false
    const turn = () => {
      this.turns += 1
      this.#since = 0
      if (!isOver) setImmediate(turn)
    }
    setImmediate(turn)
    try {
      return await run()
    } finally {
      isOver = true
    }
  }
}
