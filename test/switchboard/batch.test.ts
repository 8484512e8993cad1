import assert from 'node:assert/strict'
import { type Batch } from '../../src/store/store.ts'
import { merged } from '../../src/switchboard/batch.ts'

/** A batch with one thing of each kind, all of this name. */
function everything(name: string): Required<Batch> {
  return {
    puts: [{ kind: 'endedEarly', id: name, expect: 0, doc: { at: 1 } }],
    memberships: [{ change: 'join', owner: name, member: 'bo' }],
    setTimers: [{ key: name, due: 1, event: { is: 'timeUp', id: name } }],
    cancelTimers: [name],
    effects: [{ lane: name, work: { do: 'show', id: name }, priority: 1 }],
    history: [{ at: 1, call: name, owner: 'ann', people: [], caller: '', outcome: '', secondsRung: 0 }],
    audit: [{ at: 1, about: name, by: null, door: 'bot', parts: [] }],
  }
}

describe('Several batches as one', () => {
  it('do all that each of them does, in their order', () => {
    const [one, two] = [everything('one'), everything('two')]
    assert.deepEqual(merged(one, {}, two), {
      puts: [...one.puts, ...two.puts],
      memberships: [...one.memberships, ...two.memberships],
      setTimers: [...one.setTimers, ...two.setTimers],
      cancelTimers: [...one.cancelTimers, ...two.cancelTimers],
      effects: [...one.effects, ...two.effects],
      history: [...one.history, ...two.history],
      audit: [...one.audit, ...two.audit],
    })
  })

  it('do nothing when none of them does anything', () => {
    const nothing = Object.values(merged({}, {}))
    assert.equal(nothing.length, 7)
    for (const part of nothing) assert.deepEqual(part, [])
  })
})
