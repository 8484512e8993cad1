/** A command that could not do what it was asked, in words for whoever typed it. */
export class Failed extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'Failed'
  }
}
