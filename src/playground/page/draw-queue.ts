/** Draws many things without holding up the page: as many at a time as fit into a part of a frame. */

const mostMs = 4

export class DrawQueue {
  readonly #waiting: Array<() => void> = []

  add(draw: () => void): void {
    this.#waiting.push(draw)
    if (this.#waiting.length === 1) requestAnimationFrame(this.#draw)
  }

  readonly #draw = () => {
    const ends = performance.now() + mostMs
    do {
      this.#waiting.shift()?.()
    } while (this.#waiting.length > 0 && performance.now() < ends)
    if (this.#waiting.length > 0) requestAnimationFrame(this.#draw)
  }
}
