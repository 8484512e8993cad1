/** In a measured process: how late timers are decided in PostgreSQL, and how late they would be seen by looking alone. */
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { openPostgres } from '../../src/store/postgres/postgres.ts'
import { type Timer } from '../../src/store/store.ts'
import { upTo } from './numbers.ts'

/** Milliseconds from when each was due: until it was decided on, and until what it decided was handed out to be sent. */
export type Late = { readonly decided: readonly number[]; readonly handedOut: readonly number[] }

/** On average one in this many milliseconds, never at the same distance from one another. */
const apartMs = 100
/** As often as the store looks: src/store/postgres/timers.ts. */
const lookEveryMs = 50

/** Nothing else happens meanwhile. */
export async function timers(url: string, schema: string, count: number): Promise<Late> {
  const { store, clock } = await openPostgres({ url, schema })
  const late = { decided: [] as number[], handedOut: [] as number[] }
  await store.start({
    onTimer: ({ key, due }) => {
      late.decided.push(clock.now() - due)
      const put = { kind: 'endedEarly', id: key, expect: 0, doc: { at: due } } as const
      return Promise.resolve({
        puts: [put],
        effects: [{ lane: key, priority: 0, work: { do: 'late', id: `${due}` } }],
      })
    },
    onEffect: ({ work }) => {
      late.handedOut.push(clock.now() - Number(work.id))
      return Promise.resolve({ is: 'done' })
    },
  })
  const setTimers = dues(clock.now(), count).map((due): Timer => {
    const key = `due ${due}`
    return { key, due, event: { is: 'timeUp', id: key } }
  })
  await store.commit({ setTimers })
  while (late.handedOut.length < count) await setTimeout(lookEveryMs)
  await store.close()
  return late
}

/** One connection that asks as often for the time, and does nothing about it. */
export async function looking(url: string, count: number): Promise<readonly number[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const now = async () => {
    const text = 'select extract(epoch from clock_timestamp()) * 1000 as now'
    const { rows } = await client.query<{ now: string }>({ name: 'now', text })
    return Number(rows[0]?.now)
  }
  const waiting = [...dues(await now(), count)]
  const late: number[] = []
  while (waiting.length > 0) {
    await setTimeout(lookEveryMs * (0.5 + Math.random()))
    const at = await now()
    for (const due of waiting.splice(0, waiting.filter((one) => one <= at).length)) late.push(at - due)
  }
  await client.end()
  return late
}

/** When each is due, beginning in a moment. */
function dues(now: number, count: number): readonly number[] {
  return upTo(count).map((step) => Math.floor(now) + 1000 + step * apartMs + ((step * 31) % apartMs))
}
