/** The notebook of a call source: its notes on each call, the work that goes with them, and when to look again. */
import assert from 'node:assert/strict'
import { type Carried, type LegNotes, type LegWork } from '../../src/source/source.ts'
import { type Effect } from '../../src/store/store.ts'
import { callId, legAlarm, Legs, sourceOf } from '../../src/switchboard/legs.ts'
import { perform } from '../../src/switchboard/perform.ts'
import { NotingAnnouncer, NotingSource } from './noting.ts'
import { type Ledger, openLedger } from './ledger.ts'
import { overtaken } from './overtaken.ts'

const one = 'pbx:one'
const nothing: Omit<LegNotes, 'notes'> = { works: [], alarmAt: null }
const work = (what: LegWork, id = one): Effect => ({
  lane: `leg ${id}`,
  work: { do: 'leg', id, work: JSON.stringify(what) },
  priority: 0,
})

/** A source that notes what work it is given, and answers what it is told to. */
class WorkingSource extends NotingSource {
  readonly works: string[] = []

  work(id: string, { do: what }: LegWork): Promise<Carried> {
    this.works.push(`${id}: ${what}`)
    return Promise.resolve(this.answers.shift() ?? { is: 'done' })
  }
}

describe('The notebook of a call source', () => {
  let ledger: Ledger
  let legs: Legs
  beforeEach(async () => {
    ledger = await openLedger()
    legs = new Legs(ledger.store, ledger.now, 'pbx')
  })
  afterEach(() => ledger.close())

  const notes = (value: LegNotes['notes'], more: Partial<LegNotes> = {}) => ({
    ...nothing,
    notes: value,
    ...more,
  })

  it('is empty until something is noted, and then tells it', async () => {
    assert.equal(await legs.read('one'), null)
    await legs.change('one', (before, at) => {
      assert.deepEqual([before, at], [null, ledger.clock.now()])
      return notes({ state: 'ringing' })
    })
    assert.deepEqual(await legs.read('one'), { state: 'ringing' })
    assert.deepEqual(await ledger.ids('leg'), [one])
    assert.equal(await new Legs(ledger.store, ledger.now, 'sip').read('one'), null)
  })

  it('knows what was noted before, and forgets a call', async () => {
    await legs.change('one', () => notes({ count: 1 }))
    await legs.change('one', (before) => notes({ count: 2, before }))
    assert.deepEqual(await legs.read('one'), { count: 2, before: { count: 1 } })
    await legs.change('one', () => notes(null))
    assert.equal(await legs.read('one'), null)
    assert.deepEqual(await ledger.ids('leg'), [])
  })

  it('is left as it is when nothing is decided, and when there was nothing to forget', async () => {
    await legs.change('one', () => notes({ count: 1 }))
    await legs.change('one', () => null)
    assert.equal((await ledger.store.get('leg', one))?.rev, 1)
    await legs.change('two', () => notes(null))
    await legs.change('two', () => null)
    assert.equal(await ledger.store.get('leg', 'pbx:two'), null)
    assert.equal((await legs.all()).length, 1)
  })

  it('decides again on what somebody else noted first', async () => {
    const doc = { notes: { count: 5 } }
    const other = { puts: [{ kind: 'leg', id: one, expect: 0, doc }] } as const
    const late = new Legs(
      overtaken(ledger.store, () => true, other),
      ledger.now,
      'pbx',
    )
    await late.change('one', (before) => notes({ after: before }))
    assert.deepEqual(await legs.read('one'), { after: { count: 5 } })
    assert.equal((await ledger.store.get('leg', one))?.rev, 2)
  })

  it('keeps work beside the notes, in order, also without notes', async () => {
    await legs.change('one', () => notes({}, { works: [{ do: 'ring', at: 1 }, { do: 'play' }] }))
    await legs.leave('one', { do: 'hangUp' })
    await legs.leave('one')
    assert.deepEqual(await ledger.effects(), [
      work({ do: 'ring', at: 1 }),
      work({ do: 'play' }),
      work({ do: 'hangUp' }),
    ])
  })

  it('rings an alarm when it was told to, and not when that was taken back', async () => {
    const due = ledger.clock.now() + 5000
    await legs.change('one', () => notes({}, { alarmAt: due }))
    const [timer, ...others] = await ledger.timers()
    assert.ok(timer)
    const event = { is: 'legAlarm', id: one }
    assert.deepEqual(
      [timer, others],
      [{ key: `leg ${one}`, due, event, within: 5000 }, []],
      'also when a clock is set back',
    )
    assert.deepEqual(legAlarm(timer), { effects: [work({ do: 'alarm' })] })
    assert.deepEqual(await ledger.switchboard.timer(timer, ledger.store), legAlarm(timer))
    await legs.change('two', () => notes({}))
    assert.equal((await ledger.timers()).length, 1)
    await legs.change('one', () => notes({}))
    assert.deepEqual(await ledger.timers(), [])
  })

  it('tells all its calls by their own ids, and no other source’s', async () => {
    for (const id of ['one', 'a b']) await legs.change(id, () => notes({ id }))
    await new Legs(ledger.store, ledger.now, 'sip').change('three', () => notes({}))
    assert.deepEqual(await legs.all(), [
      { id: 'a b', notes: { id: 'a b' } },
      { id: 'one', notes: { id: 'one' } },
    ])
  })

  it('tells calls apart by source and id, whatever stands in them', () => {
    for (const id of ['one', 'a b:c', 'ü/?%', ':'])
      assert.deepEqual(sourceOf(callId('pbx', id)), { source: 'pbx', id }, id)
    assert.equal(callId('pbx', 'a b:c'), 'pbx:a%20b%3Ac')
  })

  describe('and its work', () => {
    const source = () => new WorkingSource()
    const does = (sources: readonly NotingSource[], effect: Effect) =>
      perform(effect, { ...ledger, sources, announcer: new NotingAnnouncer() })

    it('is given to the source it is of, by its own id', async () => {
      const [pbx, other] = [source(), Object.assign(source(), { name: 'sip' })]
      assert.deepEqual(await does([other, pbx], work({ do: 'ring' }, 'pbx:a%20b')), { is: 'done' })
      assert.deepEqual([pbx.works, other.works], [['a b: ring'], []])
    })

    it('is given again when the source was not ready, and not when it refuses', async () => {
      const pbx = source()
      pbx.answers.push({ is: 'later', afterMs: 5 }, { is: 'refused' })
      assert.deepEqual(await does([pbx], work({ do: 'ring' })), { is: 'later', afterMs: 5 })
      assert.deepEqual(await does([pbx], work({ do: 'ring' })), { is: 'done' })
    })

    it('is over when the source is gone, or does no such work', async () => {
      assert.deepEqual(await does([], work({ do: 'ring' })), { is: 'done' })
      assert.deepEqual(await does([new NotingSource()], work({ do: 'ring' })), { is: 'done' })
    })
  })
})
