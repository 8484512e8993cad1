import assert from 'node:assert/strict'
import { clockTime, dayAndTime } from '../../../src/chat/draw/sentences.ts'

/** The last second before the clocks of Europe went back in 2026, and an hour later. */
const before = Date.UTC(2026, 9, 25, 0, 59, 59)
const hour = 3_600_000

describe('F9 The time on a card', () => {
  const zones: ReadonlyArray<readonly [string, string, string]> = [
    ['Europe/London', '01:59:59', '01:59:59'],
    ['America/New_York', '20:59:59', '21:59:59'],
    ['Asia/Kathmandu', '06:44:59', '07:44:59'],
    ['Pacific/Chatham', '14:44:59', '15:44:59'],
  ]
  for (const [zone, first, second] of zones)
    it(`F9 is that of ${zone}, also when clocks go back`, () => {
      assert.equal(clockTime(before, zone), first)
      assert.equal(clockTime(before + hour, zone), second)
    })

  it('F9 names the day of the person who looks', () => {
    assert.match(dayAndTime(Date.UTC(2026, 10, 23, 23, 30), 'Asia/Tokyo'), /^Tue,? 24 Nov, 08:30$/u)
    assert.match(dayAndTime(Date.UTC(2026, 10, 23, 23, 30), 'America/New_York'), /^Mon,? 23 Nov, 18:30$/u)
  })
})
