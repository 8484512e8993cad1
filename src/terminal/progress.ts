/** How far a long command is, on the last line of a terminal; nothing is written where nobody looks. */

export type Screen = {
  readonly isTTY?: boolean
  readonly write: (text: string) => unknown
}

const width = 30

export class Progress {
  readonly #screen: Screen

  constructor(screen: Screen) {
    this.#screen = screen
  }

  show(done: number, of: number): void {
    if (this.#screen.isTTY !== true) return
    const filled = of === 0 ? width : Math.round((done / of) * width)
    const bar = '█'.repeat(filled) + '░'.repeat(width - filled)
    this.#screen.write(`\r${bar} ${done.toLocaleString('en')} of ${of.toLocaleString('en')} `)
  }

  /** Takes the bar away, so that words can be written. */
  clear(): void {
    if (this.#screen.isTTY === true) this.#screen.write(`\r${' '.repeat(width + 30)}\r`)
  }
}
