/** However many people there are: while an admin is answered, everybody else is answered too. */
import assert from 'node:assert/strict'
import { type AdminParts } from '../../src/admin/api.ts'
import { answer } from '../../src/admin/admin.ts'
import { exportLines, exportPowerShell } from '../../src/admin/export.ts'
import { importRows, type ImportTold } from '../../src/admin/import.ts'
import { setOverride } from '../../src/core/notifications.ts'
import { globalPolicy } from '../../src/core/policy.ts'
import { desksOver } from '../../src/switchboard/desks.ts'
import { type Store } from '../../src/store/store.ts'
import { seed } from '../bench/people.ts'
import { TurnCounter } from '../switchboard/turn-counter.ts'
import { exported, newOffices, type Offices, terminal } from './importing.ts'

const people = 400
/** A walk goes at most a hundred steps at once, and where one ends another may begin. */
const mostPeople = 200

describe('With many people', () => {
  let offices: Offices
  let real: AdminParts
  let parts: AdminParts
  let counter: TurnCounter
  beforeEach(async () => {
    offices = newOffices()
    const opened = await offices.open()
    await seed(opened.store, people, 5)
    real = opened
    counted()
  })
  afterEach(() => offices.close())

  /** From now on everything is counted from none. */
  const counted = () => {
    counter = new TurnCounter()
    parts = { ...real, ...desksOver(counting(real.store, counter), real.now, () => 'run') }
  }
  const drained = (lines: AsyncIterable<unknown>) =>
    counter.during(async () => {
      let count = 0
      for await (const one of lines) if (one !== null) count += 1
      return count
    })
  const isShared = (what: string) => {
    assert.ok(counter.steps >= people, `${what} looks at everybody: ${counter.steps}`)
    const perPerson = Math.ceil(counter.steps / people)
    assert.ok(counter.most <= mostPeople * perPerson, `${what} reads ${counter.most} sheets in one turn`)
    assert.ok(counter.turns >= people / 100, `${what} ends within ${counter.turns} turns`)
  }

  it('an export lets others go first', async () => {
    assert.equal(await drained(exportLines(parts)), people)
    isShared('export')
  })

  it('an export for PowerShell does', async () => {
    await drained(exportPowerShell(parts))
    isShared('export.ps1')
  })

  it('a dry run of an import does', async () => {
    const text = await exported(parts)
    counted()
    await drained(importRows(parts, terminal, text, true))
    isShared('dry run')
  })

  it('a dry run says so when somebody changes settings that it has looked at, and keeps nothing of its own', async () => {
    const text = await exported(parts)
    const [one] = await real.store.list('settings', { limit: 1 })
    const owner = one?.id ?? ''
    /** What it tells of changes, when this is done once it is half through. */
    const told = async (onHalf: () => Promise<unknown>) => {
      const all: ImportTold[] = []
      let isHalf = false
      for await (const word of importRows(parts, terminal, text, true)) {
        all.push(word)
        if (isHalf || word.is !== 'progress' || word.done * 2 < people) continue
        isHalf = true
        await onHalf()
      }
      assert.ok(isHalf)
      return all.filter(({ is }) => is === 'changedMeanwhile')
    }
    assert.deepEqual(await told(() => Promise.resolve()), [])
    const mute = () => real.settings.change(terminal, (who) => setOverride(who(owner), 'mute'))
    assert.deepEqual(await told(mute), [{ is: 'changedMeanwhile', people: 1 }])
    assert.equal((await real.settings.settingsOf(owner)).override, 'mute')
  })

  it('a dry run does while it looks for the rows of a list in one piece', async () => {
    const text = JSON.stringify({ value: Array(2000).fill({ SipUri: 'x'.repeat(400) }), Count: 2000 })
    const before = counter.turns
    await drained(importRows(parts, terminal, text, true))
    assert.ok(counter.turns - before >= 20, `${counter.turns} turns`)
  })

  it('what is stale, a preview of cleaning up and the clean-up do', async () => {
    const denied = { ...globalPolicy, allowCallGroups: false }
    await parts.rights.setPolicy(terminal, 'Global', denied)
    assert.equal(await drained(parts.sweeping.stale()), people)
    isShared('stale')
    for (const apply of [false, true]) {
      counted()
      const { value } = await asked('POST', '/sweep', { apply })
      assert.equal(value.length, people)
      isShared(`sweep ${apply}`)
    }
  })

  async function asked(method: string, path: string, body?: unknown) {
    const url = new URL(path, 'http://localhost')
    const reply = await counter.during(() =>
      answer(parts, terminal, {
        method,
        path: url.pathname,
        query: url.searchParams,
        json: () => Promise.resolve({ value: body }),
        text: () => Promise.resolve({ text: '' }),
      }),
    )
    assert.equal(reply.status, 200)
    return reply.body as { readonly value: readonly object[] }
  }
})

/** The same store; each sheet that is read is a step. */
function counting(store: Store, counter: TurnCounter): Store {
  const seen = (kind: string) => {
    if (kind === 'settings') counter.step()
  }
  return {
    get: (kind, id) => {
      seen(kind)
      return store.get(kind, id)
    },
    list: (kind, page) => store.list(kind, page),
    groupsOf: (member) => store.groupsOf(member),
    commit: (batch) => store.commit(batch),
    history: (query) => store.history(query),
    audit: (query) => store.audit(query),
    start: (handlers) => store.start(handlers),
    stop: () => store.stop(),
    close: () => store.close(),
    trouble: () => store.trouble(),
  }
}
