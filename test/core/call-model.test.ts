import assert from 'node:assert/strict'
import fc from 'fast-check'
import * as calls from '../../src/core/call.ts'
import * as steps from '../../src/core/step.ts'
import { faceOf } from '../../src/core/face.ts'
import { playedOut } from './playing.ts'
import { type PretendOffice } from './pretend-office.ts'
import { story } from './random-calls.ts'

const everyOutcome = ['abandoned', 'answered', 'busy', 'forwarded', 'missed', 'rejected', 'voicemail']

describe('a call, whatever happens', () => {
  it('agrees with the pretend office after every event', () => {
    const offices: PretendOffice[] = []
    fc.assert(
      fc.property(story, (told) => void offices.push(playedOut({ ...calls, ...steps, faceOf }, told))),
      { numRuns: 2000 },
    )
    const outcomes = new Set(offices.map(({ outcome }) => outcome))
    assert.deepEqual([...outcomes].sort(), everyOutcome, 'The histories see every way a call can end.')
    assert.ok(
      offices.some(({ handBacks }) => handBacks > 1),
      'The histories see a second hand-over fail.',
    )
  })
})
