/**
 * What a caller hears while we hold their call: two seconds of 440 and 480 Hz, four of silence (ITU-T E.180 Supplement 2,
 * North America), as Graph wants it: WAV, one channel, 16 bits, 16 kHz (playPrompt, mediaInfo).
 */

export const ringbackSeconds = 6
const toneSeconds = 2
const perSecond = 16_000
const tones = [440, 480] as const
/** Of the loudest a sample can be, each tone: well below what clips, and pleasant on a telephone. */
const loudness = 0.12
/** The tone swells and fades for so long, so that nothing clicks. */
const edgeSeconds = 0.02
const headerBytes = 44
const loudest = 32_767

/** The bytes of the sound; the same every time. */
export function ringback(): Buffer {
  const samples = ringbackSeconds * perSecond
  const wav = Buffer.alloc(headerBytes + samples * 2)
  writeHeader(wav, samples * 2)
  for (let at = 0; at < toneSeconds * perSecond; at += 1)
    wav.writeInt16LE(Math.round(sampleAt(at / perSecond) * loudest), headerBytes + at * 2)
  return wav
}

function sampleAt(second: number): number {
  const sum = tones.reduce((so, hertz) => so + Math.sin(2 * Math.PI * hertz * second), 0)
  const edge = Math.min(1, second / edgeSeconds, (toneSeconds - second) / edgeSeconds)
  return sum * loudness * edge
}

/** RIFF header of plain PCM (Microsoft, Multimedia Programming Interface and Data Specifications 1.0). */
function writeHeader(wav: Buffer, dataBytes: number): void {
  wav.write('RIFF', 0, 'ascii')
  wav.writeUInt32LE(headerBytes - 8 + dataBytes, 4)
  wav.write('WAVEfmt ', 8, 'ascii')
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(perSecond, 24)
  wav.writeUInt32LE(perSecond * 2, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36, 'ascii')
  wav.writeUInt32LE(dataBytes, 40)
}
