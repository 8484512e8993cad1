/** First in, first out; taking costs the same however many wait. */
export class Fifo<T> {
  #items: T[] = []
  #next = 0

  get size(): number {
    return this.#items.length - this.#next
  }

  peek(): T | undefined {
    return this.#items[this.#next]
  }

  add(item: T): void {
    this.#items.push(item)
  }

  take(): T | undefined {
    const item = this.#items[this.#next]
    if (this.size > 0) this.#next += 1
    // Moves the rest once for every so many taken.
    if (this.#next * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#next)
      this.#next = 0
    }
    return item
  }
}
