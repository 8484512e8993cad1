import assert from 'node:assert/strict'
import { newLeg } from '../../../src/source/graph/leg.ts'
import { afterStep, forgotten, forgottenInTime, type GraphNotes } from '../../../src/source/graph/notes.ts'

const offer = { caller: { kind: 'internal' }, owners: [], lines: [], tenant: 't', chain: '' } as const

describe('The notes on a call from Graph that is over', () => {
  const over = { ...newLeg(0), state: 'over', alarmAt: null } as const
  const noted = afterStep(
    { offer, owner: 'ann', leg: newLeg(0), begun: 0 },
    { leg: over, requests: [], news: [] },
    1000,
  )
  const at = (now: number) => forgottenInTime(noted.notes as GraphNotes, now)

  it('are kept for a minute, whatever alarm was set before, and then forgotten', () => {
    assert.equal(noted.alarmAt, 61_000)
    assert.deepEqual(at(1000), noted)
    assert.deepEqual(at(60_999), noted)
    assert.equal(at(61_000), forgotten)
  })

  it('are forgotten when the clock was set back since', () => {
    assert.equal(at(-3_600_000), forgotten)
  })
})
