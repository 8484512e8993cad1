import assert from 'node:assert/strict'
import { ringback, ringbackSeconds } from '../../../src/source/graph/ringback.ts'

describe('The ringback', () => {
  const wav = ringback()
  const samples = new Int16Array(wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length))

  it('is a WAV of one channel, 16 bits and 16 kHz, as long as it says', () => {
    assert.equal(wav.toString('ascii', 0, 4), 'RIFF')
    assert.equal(wav.toString('ascii', 8, 16), 'WAVEfmt ')
    assert.equal(wav.readUInt32LE(4), wav.length - 8)
    assert.deepEqual([wav.readUInt16LE(20), wav.readUInt16LE(22), wav.readUInt16LE(34)], [1, 1, 16])
    assert.deepEqual([wav.readUInt32LE(24), wav.readUInt32LE(28)], [16_000, 32_000])
    assert.equal(wav.toString('ascii', 36, 40), 'data')
    assert.equal(wav.readUInt32LE(40), wav.length - 44)
    assert.equal(samples.length, ringbackSeconds * 16_000)
  })

  /** How strong one frequency is in the first two seconds (Goertzel). */
  function strength(hertz: number): number {
    const [real, imaginary] = samples.slice(0, 32_000).reduce(
      ([re, im], sample, at) => {
        const angle = (2 * Math.PI * hertz * at) / 16_000
        return [re + sample * Math.cos(angle), im + sample * Math.sin(angle)] as const
      },
      [0, 0] as readonly [number, number],
    )
    return Math.hypot(real, imaginary) / 16_000
  }

  it('sounds of 440 and 480 Hz for two seconds, neither too loud nor too soft, then is silent', () => {
    for (const hertz of [440, 480]) assert.ok(strength(hertz) > 3000, `${hertz} Hz`)
    for (const hertz of [350, 425, 620]) assert.ok(strength(hertz) < 100, `${hertz} Hz`)
    const loudest = samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0)
    assert.ok(loudest > 5000 && loudest < 16_000, String(loudest))
    assert.ok(samples.slice(32_000).every((sample) => sample === 0))
  })

  it('does not click', () => {
    const steps = samples.map((sample, at) => Math.abs(sample - (samples[at - 1] ?? 0)))
    assert.ok(Math.max(...steps.slice(0, 50)) < 200)
    assert.ok(Math.max(...steps.slice(31_950, 32_050)) < 200)
  })
})
