import assert from 'node:assert/strict'
import { type Effect, type EffectResult, type Store } from '../../src/store/store.ts'
import { effect, put } from './batches.ts'
import { type Subject } from './conformance.ts'
import { idleHandlers } from './handlers.ts'
import { until } from '../until.ts'

const done: EffectResult = { is: 'done' }
const soon: EffectResult = { is: 'later', afterMs: 30 }
const muchLater: EffectResult = { is: 'later', afterMs: 3_600_000 }

/** Effects: in order within a lane, never lost, never in each other's way. */
export function describeEffects({ store, reopen }: Subject): void {
  it('performs an effect and hands over what to do', async () => {
    const seen: Effect[] = []
    await performWith(store(), (one) => {
      seen.push(one)
      return done
    })
    const work = { do: 'show', id: 'call', person: 'bo', version: 3 }
    await store().commit({ effects: [{ lane: 'chat bo', work, priority: 0 }] })
    await until('it is performed', () => seen.length > 0)
    assert.deepEqual(seen, [{ lane: 'chat bo', work, priority: 0 }])
  })

  it('keeps the order of a lane through failures and waits, while other lanes go on', async () => {
    const performed: string[] = []
    const troubles = [() => soon, throwing, () => soon, throwing]
    await performWith(store(), ({ lane, work: { id } }) => {
      if (lane === 'troubled' && performed.length < 2) return soon
      const trouble = lane === 'troubled' && (id === '1' || id === '3') ? troubles.shift() : undefined
      if (trouble) return trouble()
      performed.push(`${lane} ${id}`)
      return done
    })
    await store().commit({ effects: ['1', '2', '3', '4'].map((id) => effect('troubled', id)) })
    await store().commit({ effects: ['1', '2'].map((id) => effect('sound', id)) })
    await until('all are performed', () => performed.length === 6)
    assert.deepEqual(performed.slice(0, 2), ['sound 1', 'sound 2'])
    assert.deepEqual(
      performed.slice(2),
      ['1', '2', '3', '4'].map((id) => `troubled ${id}`),
    )
  })

  it('keeps the order of a lane over many commits, one effect at a time', async () => {
    const performed: number[] = []
    let under = 0
    await performWith(store(), async ({ work }) => {
      assert.equal((under += 1), 1)
      await store().get('endedEarly', 'anything')
      under -= 1
      performed.push(Number(work.id))
      return done
    })
    const numbers = [...Array(60).keys()]
    for (const number of numbers) await store().commit({ effects: [effect('lane', String(number))] })
    await until('all are performed', () => performed.length >= numbers.length)
    assert.deepEqual(performed, numbers)
  })

  it('performs other lanes while one does not come to an end', async () => {
    const hanging: Array<() => void> = []
    const performed: string[] = []
    await performWith(store(), async ({ lane }) => {
      if (lane === 'hanging') await new Promise<void>((resolve) => hanging.push(resolve))
      performed.push(lane)
      return done
    })
    await store().commit({ effects: [effect('hanging', '1'), effect('sound', '1')] })
    await until('the sound lane goes on', () => performed.length > 0)
    assert.deepEqual(performed, ['sound'])
    for (const end of hanging) end()
    await until('the other ends', () => performed.length === 2)
  })

  it('has hands for what is urgent, however much that is not urgent does not come to an end', async () => {
    const hanging: Array<() => void> = []
    const performed: string[] = []
    await performWith(store(), async ({ lane, priority }) => {
      if (priority === 2) await new Promise<void>((resolve) => hanging.push(resolve))
      performed.push(lane)
      return done
    })
    const rest = [...Array(40).keys()].map((number) => effect(`rest ${number}`, '1', 2))
    await store().commit({ effects: rest })
    await until('some of them hang', () => hanging.length > 0)
    const cards = [...Array(6).keys()].map((number) => `card ${number}`)
    await store().commit({ effects: cards.map((lane) => effect(lane, '1', 1)) })
    await until('all the cards are performed', () => performed.length >= cards.length)
    assert.deepEqual([...performed].sort(), cards)
    await until('all the rest is performed', () => {
      for (const end of hanging.splice(0)) end()
      return performed.length === cards.length + rest.length
    })
  })

  it('strands nothing that is committed while the last effect of its lane ends', async () => {
    let performed = 0
    const follow = async (number: number) => {
      if (number < 100) await store().commit({ effects: [effect('lane', String(number + 1))] })
    }
    const following: Array<Promise<void>> = []
    await performWith(store(), ({ work }) => {
      performed += 1
      following.push(follow(Number(work.id)))
      return done
    })
    await store().commit({ effects: [effect('lane', '1')] })
    await until('all are performed', () => performed >= 100)
    await Promise.all(following)
    assert.equal(performed, 100)
  })

  it('performs effects of an earlier run in their order', async () => {
    await store().commit({ effects: ['1', '2'].map((id) => effect('lane', id)) })
    await store().commit({ effects: ['3'].map((id) => effect('lane', id)) })
    await reopen()
    const performed: string[] = []
    await performWith(store(), ({ work }) => {
      performed.push(work.id)
      return done
    })
    await store().commit({ effects: [effect('lane', '4')] })
    await until('all are performed', () => performed.length === 4)
    assert.deepEqual(performed, ['1', '2', '3', '4'])
  })

  it('keeps effects over several restarts beside those that were added between', async () => {
    for (const id of ['1', '2', '3']) {
      await store().commit({ effects: [effect('lane', id)] })
      await reopen()
    }
    const performed: string[] = []
    await performWith(store(), ({ work }) => {
      performed.push(work.id)
      return done
    })
    await until('all are performed', () => performed.length === 3)
    assert.deepEqual(performed, ['1', '2', '3'])
  })

  it('does not lose an effect that was waiting to be tried again', async () => {
    let tried = 0
    await performWith(store(), () => {
      tried += 1
      return muchLater
    })
    await store().commit({ effects: [effect('lane', 'waiting')] })
    await until('it is tried', () => tried > 0)
    await store().stop()
    await reopen()
    const performed: string[] = []
    await performWith(store(), ({ work }) => {
      performed.push(work.id)
      return done
    })
    await until('it is performed', () => performed.length > 0)
    assert.deepEqual(performed, ['waiting'])
  })

  it('does not perform again after an orderly restart what was done', async () => {
    const performed: string[] = []
    const note = ({ work }: Effect) => {
      performed.push(work.id)
      return done
    }
    await performWith(store(), note)
    await store().commit({ effects: [effect('lane', 'before')] })
    await until('it is performed', () => performed.length === 1)
    await store().stop()
    await store().close()
    await reopen()
    await performWith(store(), note)
    await store().commit({ effects: [effect('lane', 'after')] })
    await until('the next is performed', () => performed.includes('after'))
    assert.deepEqual(performed, ['before', 'after'])
  })

  it('waits on stopping for what is under way', async () => {
    const ends: Array<() => void> = []
    await performWith(store(), async () => {
      await new Promise<void>((resolve) => ends.push(resolve))
      return done
    })
    await store().commit({ effects: [effect('lane', '1'), effect('lane', '2')] })
    await until('it begins', () => ends.length === 1)
    let isStopped = false
    const stopping = store()
      .stop()
      .then(() => (isStopped = true))
    await store().commit({ puts: [put('a', 0)] })
    assert.equal(isStopped, false)
    for (const end of ends) end()
    await stopping
    assert.equal(ends.length, 1)
  })

  it('lets an effect commit, its own lane included', async () => {
    const performed: string[] = []
    await performWith(store(), async ({ work }) => {
      if (work.id === '1') await store().commit({ puts: [put('a', 0)], effects: [effect('lane', '2')] })
      performed.push(work.id)
      return done
    })
    await store().commit({ effects: [effect('lane', '1')] })
    await until('both are performed', () => performed.length === 2)
    assert.deepEqual(performed, ['1', '2'])
  })
}

/** Starts the store with a way to perform its effects. */
function performWith(
  store: Store,
  perform: (effect: Effect) => EffectResult | Promise<EffectResult>,
): Promise<void> {
  return store.start({ ...idleHandlers, onEffect: async (one) => perform(one) })
}

function throwing(): never {
  throw new Error('not now')
}
