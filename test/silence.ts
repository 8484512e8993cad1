/** A service that keeps silent for longer than anybody should wait for it. Then it speaks, so that whoever does is noticed. */
const silenceMs = 20_000

export function afterSilence(speak: () => void): void {
  setTimeout(speak, silenceMs).unref()
}
