/** Faults planted round the real parts: what a careless bot would do. Each must be noticed by the invariants. */
import { type Clock } from '../../../src/clock.ts'
import { type Batch, type Handlers, type Store } from '../../../src/store/store.ts'
import { type Announcer } from '../../../src/switchboard/perform.ts'
import { type Switchboard } from '../../../src/switchboard/switchboard.ts'

export type PlantedFault = {
  readonly name: string
  readonly store?: (store: Store) => Store
  readonly switchboard?: (switchboard: Switchboard) => Switchboard
  readonly announcer?: (announcer: Announcer, clock: Clock) => Announcer
  readonly handlers?: (handlers: Handlers) => Handlers
}

/** The same object with some methods replaced. */
function but<T extends object>(real: T, changed: Partial<T>): T {
  return new Proxy(real, {
    get(target, name) {
      const replaced: unknown = Reflect.get(changed, name)
      if (replaced !== undefined) return replaced
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

/** Commits whatever stands there now in place of what was decided on. */
async function overwriting(store: Store, batch: Batch): Promise<'committed' | 'conflict'> {
  for (;;) {
    const puts = await Promise.all(
      (batch.puts ?? []).map(async (put) => ({
        ...put,
        expect: (await store.get(put.kind, put.id))?.rev ?? 0,
      })),
    )
    const done = await store.commit({ ...batch, puts })
    if (done === 'committed') return done
  }
}

/** A timer ends the call of somebody who is just being connected. */
function believing(handlers: Handlers): Handlers {
  return {
    ...handlers,
    onTimer: async (timer, read) => {
      const { is, id } = timer.event
      const kept = await read.get('call', id)
      if (is === 'forget' || kept?.doc.call.state.is !== 'connecting') return handlers.onTimer(timer, read)
      const state = { is: 'ended', outcome: 'missed', at: timer.due } as const
      const call = { ...kept.doc.call, version: kept.doc.call.version + 1, state }
      return { puts: [{ kind: 'call', id, expect: kept.rev, doc: { ...kept.doc, call } }] }
    },
  }
}

export const plantedFaults: readonly PlantedFault[] = [
  {
    name: 'decides, waits, and then overwrites what others decided meanwhile',
    store: (store) => but(store, { commit: (batch) => overwriting(store, batch) }),
  },
  {
    name: 'acknowledges before it is saved',
    store: (store) =>
      but(store, {
        commit: (batch) => {
          void store.commit(batch)
          return Promise.resolve('committed' as const)
        },
      }),
  },
  {
    name: 'tells before it is saved, and then does not save',
    switchboard: (switchboard) =>
      but(switchboard, {
        pickUp: async (id, person) => {
          const record = await switchboard.inReach.look(id, person)
          if (record?.call.state.is === 'ringing') return { is: 'yours', record, isNew: true }
          return switchboard.pickUp(id, person)
        },
      }),
  },
  {
    name: 'performs nothing that an earlier life had left to do',
    handlers: (handlers) => {
      // What was left is begun in the turn in which the store starts.
      let isLeft = true
      queueMicrotask(() => (isLeft = false))
      return {
        ...handlers,
        onEffect: (effect) => (isLeft ? Promise.resolve({ is: 'done' }) : handlers.onEffect(effect)),
      }
    },
  },
  {
    name: 'forgets its timers when it starts',
    handlers: (handlers) => ({
      ...handlers,
      onTimer: (timer, read) =>
        timer.event.is === 'forget' ? handlers.onTimer(timer, read) : Promise.resolve({}),
    }),
  },
  {
    name: 'shows what was true a while ago, whenever it gets round to it',
    announcer: (announcer, clock) => {
      let count = 0
      return but(announcer, {
        show: (record, person) => {
          count += 1
          clock.after((count % 3) * 300, () => void announcer.show(record, person))
          return Promise.resolve({ is: 'done' })
        },
      })
    },
  },
  {
    name: 'tells the loser nothing of the winner',
    switchboard: (switchboard) =>
      but(switchboard, {
        pickUp: async (id, person) => {
          const answer = await switchboard.pickUp(id, person)
          return answer.is === 'tooLate' ? { is: 'notYours' } : answer
        },
      }),
  },
  {
    name: 'takes one decline for all',
    switchboard: (switchboard) =>
      but(switchboard, {
        decline: async (id, person) => {
          const declined = await switchboard.decline(id, person)
          for (const party of declined?.record.call.parties ?? []) await switchboard.decline(id, party.person)
          return declined
        },
      }),
  },
  {
    name: 'loses the effects of a decision that met another one',
    store: (store) => {
      const met = new Set<string>()
      return but(store, {
        commit: async (batch) => {
          const { effects = [], ...rest } = batch
          const call = batch.puts?.find(({ kind }) => kind === 'call')?.id ?? ''
          const done = await store.commit(met.has(call) ? rest : batch)
          if (done === 'conflict' && effects.length > 0) met.add(call)
          return done
        },
      })
    },
  },
  {
    name: 'never updates a card that is out there',
    announcer: (announcer) =>
      but(announcer, {
        show: (record, person) =>
          record.call.state.is === 'ringing'
            ? announcer.show(record, person)
            : Promise.resolve({ is: 'done' }),
      }),
  },
  {
    name: 'ends a call by its timer though somebody has it',
    handlers: believing,
  },
  {
    name: 'leaves the timer of the ringing behind when somebody picks up, and believes it',
    store: (store) =>
      but(store, {
        commit: ({ setTimers = [], cancelTimers: _, ...batch }) =>
          store.commit({
            ...batch,
            setTimers: setTimers.map((timer) => ({ ...timer, key: `${timer.key} ${timer.due}` })),
          }),
      }),
    handlers: believing,
  },
]
