/** The unanswered delay as PowerShell prints it: 00:00:20, or a TimeSpan with all its parts. */
import { isRingTimeout, ringTimeouts, type RingTimeout } from '../core/unanswered.ts'
import { type Form } from './form.ts'

/** Reads a delay; null when none is given or it is none of the eight. */
export function readDelay(form: Form, field: string): RingTimeout | null {
  const value = form.value(field)
  if (value === null) return null
  const seconds = secondsIn(value)
  return isRingTimeout(seconds)
    ? seconds
    : form.complain(field, `must be one of ${ringTimeouts.join(', ')} seconds, as in 00:00:20`, 'E_DELAY')
}

/** The delay as hours, minutes and seconds. */
export function writeDelay(seconds: RingTimeout): string {
  return seconds === 60 ? '00:01:00' : `00:00:${String(seconds).padStart(2, '0')}`
}

function secondsIn(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'string') return secondsInText(value.trim())
  if (typeof value !== 'object' || value === null) return NaN
  if ('TotalSeconds' in value && typeof value.TotalSeconds === 'number') return value.TotalSeconds
  return 'Ticks' in value && typeof value.Ticks === 'number' ? value.Ticks / ticksPerSecond : NaN
}

/** Of a TimeSpan: one tick is 100 nanoseconds. */
const ticksPerSecond = 10_000_000

/** Not "00:20": PowerShell would take that for twenty minutes, its writer probably did not. */
function secondsInText(text: string): number {
  if (/^\d{1,2}$/.test(text)) return Number(text)
  const parts = /^(\d{1,2}):([0-5]\d):([0-5]\d)(?:\.0{1,7})?$/.exec(text)
  if (parts === null) return NaN
  const [hours = NaN, minutes = NaN, seconds = NaN] = parts.slice(1).map(Number)
  return hours * 3600 + minutes * 60 + seconds
}
