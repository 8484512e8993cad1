/** 20,000 turns and 1,000 calls: what the bot holds does not grow, and 10,000 groups do not make it stop and think. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { realClock } from '../../src/clock.ts'
import { addMembers } from '../../src/core/members.ts'
import { openEmbedded } from '../../src/store/embedded/embedded.ts'
import { themselves } from '../../src/switchboard/author.ts'
import { Directory } from '../../src/switchboard/directory.ts'
import { LiveCalls } from '../../src/switchboard/live-calls.ts'
import { SettingsDesk } from '../../src/switchboard/settings.ts'
import { type Office, openOffice } from '../flows/office.ts'
import { type Person } from '../peer/person.ts'
import { BusySpells } from './busy-spells.ts'

const calls = 1000
const turnsPerCall = 20
const hour = 3600
/** Others wait for an answer no longer than that because of one piece of work, in milliseconds. */
const longestSpellMs = 50

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** The heap in use once nothing is left to collect, in megabytes. */
function heapAfterGc(): number {
  collect()
  collect()
  return process.memoryUsage().heapUsed / 1024 / 1024
}

/** One call that somebody picks up, and turns of two people around it; then time goes by. */
async function round(office: Office, people: readonly Person[], index: number): Promise<void> {
  const [ann, bo] = people
  if (!ann || !bo) return
  await office.phone({
    id: `soak-${index}`,
    event: 'offered',
    owner: ann.address,
    caller: { kind: 'pstn', number: '+442079460000' },
  })
  await bo.waitFor(() => bo.titles().includes('Pick up'), `for call ${index}`)
  await bo.click('Pick up')
  await office.phone({ id: `soak-${index}`, event: 'connected' })
  for (let turn = 1; turn < turnsPerCall; turn += 1)
    await ann.forge(['show-settings', 'show-group', 'who-rings', 'show-calls'][turn % 4] ?? '', {})
  office.pass(hour / 4)
  office.peer.forget()
}

describe('Soak', () => {
  it('holds no more after 20,000 turns and 1,000 calls than after a quarter of them', async () => {
    const office = await openOffice('msteams', { isSendQuotaKept: true })
    try {
      const people = [await office.person('Ann'), await office.person('Bo'), await office.person('Cy')]
      await people[0]?.say('add bo@contoso.com and cy@contoso.com')
      await people[0]?.say('also ring my group')
      let quarter = 0
      for (let index = 0; index < calls; index += 1) {
        if (index === calls / 4) quarter = heapAfterGc()
        await round(office, people, index)
      }
      const end = heapAfterGc()
      assert.ok(
        end < quarter * 1.05,
        `${quarter.toFixed(1)} MB after a quarter, ${end.toFixed(1)} MB at the end`,
      )
    } finally {
      await office.close()
    }
  })

  it('never keeps others waiting long with 10,000 groups', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'soak-'))
    const store = await openEmbedded({ folder, clock: realClock })
    try {
      const now = () => realClock.now()
      const desk = new SettingsDesk(store, new LiveCalls(store, now), now)
      const directory = new Directory(store, now)
      const spells = new BusySpells()
      for (let owner = 0; owner < 10_000; owner += 1) {
        const id = `owner${owner}@contoso.com`
        if (owner % 100 === 0) await directory.mention(id)
        const members = Array.from(
          { length: 5 },
          (_, index) => `m${(owner * 5 + index) % 20_000}@contoso.com`,
        )
        await desk.change(themselves(id), (subscribers) => addMembers(subscribers(id), members, subscribers))
      }
      const longest = spells.end()
      assert.ok(longest < longestSpellMs, `it looked at nothing else for ${Math.round(longest)} ms`)
      assert.equal((await desk.settingsOf('owner9999@contoso.com')).group.members.length, 5)
    } finally {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    }
  })
})
