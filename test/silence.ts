/** Whoever is silent for longer than anybody should wait speaks in the end, so that whoever does wait is noticed. */
const silenceMs = 20_000

export function afterSilence(speak: () => void): void {
  setTimeout(speak, silenceMs).unref()
}
