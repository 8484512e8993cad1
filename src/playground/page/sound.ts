/** A short ring, only when somebody switched it on: two tones, made here. */

const tones = [
  { at: 0, pitch: 660 },
  { at: 0.18, pitch: 880 },
]
const toneSeconds = 0.14

export class Sound {
  #context: AudioContext | null = null
  #last = 0

  /** Switches it on or off; true: it is on now. */
  toggle(): boolean {
    if (this.#context) {
      void this.#context.close()
      this.#context = null
    } else this.#context = new AudioContext()
    return this.#context !== null
  }

  /** Rings once, however many are alerted at this moment. */
  ring(): void {
    const context = this.#context
    if (!context || context.currentTime - this.#last < 1) return
    this.#last = context.currentTime
    for (const { at, pitch } of tones) {
      const [tone, volume] = [context.createOscillator(), context.createGain()]
      tone.frequency.value = pitch
      volume.gain.value = 0.08
      tone.connect(volume).connect(context.destination)
      tone.start(context.currentTime + at)
      tone.stop(context.currentTime + at + toneSeconds)
    }
  }
}
