/** One instance as a process of its own: the store and the switchboard on a database, told over IPC what to do. */
import { setTimeout } from 'node:timers/promises'
import { openPostgres } from '../../src/store/postgres/postgres.ts'
import { type EffectResult, type Reader, StoreFailed, type Timer } from '../../src/store/store.ts'
import { type Ask, type Note, slow } from './asked.ts'
import { partsOn } from './parts-on.ts'

const [url = '', schema = ''] = process.argv.slice(2)
const { store, clock, instances } = await openPostgres({ url, schema })
const { switchboard } = partsOn(store, clock)

const note = (what: Note) => process.send?.(what)

/** Counts how often a timer's decision is committed; that it was taken does not mean so yet. */
async function onTimer({ key }: Timer, read: Reader) {
  note({ is: 'deciding', id: key })
  if (key.startsWith(slow)) await setTimeout(300)
  note({ is: 'fired', id: key })
  const kept = await read.get('endedEarly', `fired ${key}`)
  const doc = { at: (kept?.doc.at ?? 0) + 1 }
  return { puts: [{ kind: 'endedEarly', id: `fired ${key}`, expect: kept?.rev ?? 0, doc } as const] }
}

async function onEffect(id: string): Promise<EffectResult> {
  note({ is: 'performing', id })
  if (id.startsWith(slow)) await setTimeout(1000)
  note({ is: instances.isStillOurs() ? 'performed' : 'notOurs', id })
  return { is: 'done' }
}

/** Takes what nobody has; answers who has it. */
async function claim(id: string, by: number): Promise<number> {
  for (;;) {
    const kept = await store.get('endedEarly', id)
    if (kept) return kept.doc.at
    if (
      (await store.commit({ puts: [{ kind: 'endedEarly', id, expect: 0, doc: { at: by } }] })) === 'committed'
    )
      return by
  }
}

async function answer(ask: Ask): Promise<unknown> {
  switch (ask.do) {
    case 'claim':
      return claim(ask.id, ask.by)
    case 'offer':
      return switchboard.hear('webhook', { ...ask, is: 'offered', caller: { kind: 'pstn' } })
    case 'pickUp':
      return Promise.all(ask.people.map(async (who) => (await switchboard.pickUp(ask.id, who)).is))
    case 'stop':
      await store.close()
      process.disconnect()
      return null
  }
}

process.on('message', ({ number, ask }: { number: number; ask: Ask }) => {
  void answer(ask).then(
    (told) => process.connected && process.send?.({ number, told }),
    (error: unknown) => {
      if (!(error instanceof StoreFailed)) throw error
      process.send?.({ number, told: error.trouble })
    },
  )
})
process.on('disconnect', () => process.exit())

await store.start({ onTimer, onEffect: ({ work }) => onEffect(work.id) })
note({ is: 'ready' })
