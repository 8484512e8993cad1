/** Things that wait for their time; the soonest can be had cheaply however many there are (a binary heap). */
export class Soonest<T extends { readonly at: number }> {
  readonly #heap: T[] = []

  get size(): number {
    return this.#heap.length
  }

  peek(): T | undefined {
    return this.#heap[0]
  }

  add(item: T): void {
    const heap = this.#heap
    let place = heap.push(item) - 1
    while (place > 0) {
      const above = (place - 1) >> 1
      const parent = heap[above]
      if (!parent || parent.at <= item.at) break
      heap[place] = parent
      place = above
    }
    heap[place] = item
  }

  take(): T | undefined {
    const first = this.#heap[0]
    const last = this.#heap.pop()
    if (last && this.#heap.length > 0) this.#sink(last)
    return first
  }

  /** All of them, in no order. */
  takeAll(): readonly T[] {
    return this.#heap.splice(0)
  }

  /** Finds the place for an item from the top down, moving sooner ones up. */
  #sink(item: T): void {
    const heap = this.#heap
    let place = 0
    for (;;) {
      const left = 2 * place + 1
      const side = (heap[left + 1]?.at ?? Infinity) < (heap[left]?.at ?? Infinity) ? left + 1 : left
      const child = heap[side]
      if (!child || child.at >= item.at) break
      heap[place] = child
      place = side
    }
    heap[place] = item
  }
}
