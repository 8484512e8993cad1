import assert from 'node:assert/strict'
import { openEmbedded } from '../../src/store/embedded.ts'
import { Directory } from '../../src/switchboard/directory.ts'
import { Switchboard } from '../../src/switchboard/switchboard.ts'
import { HandClock } from '../store/hand-clock.ts'
import { PretendDisk } from '../store/pretend-disk.ts'

const noon = 1_700_000_000_000
const hour = 3_600_000

/** The switchboard on what this disk holds, from the time that the wall clock tells now. */
async function openedAt(disk: PretendDisk, time: number) {
  const clock = new HandClock(time)
  const store = await openEmbedded({ folder: 'set back', clock, ...disk.open() })
  const directory = new Directory(store)
  const switchboard = new Switchboard({
    store,
    directory,
    now: () => clock.now(),
    presence: () => Promise.resolve(new Map()),
    reportsConnection: () => true,
  })
  await store.start({
    onTimer: (timer, read) => switchboard.timer(timer, read),
    onEffect: () => Promise.resolve({ is: 'done' }),
  })
  return { clock, store, directory, switchboard }
}

async function aCallRings(disk: PretendDisk) {
  const bot = await openedAt(disk, noon)
  await bot.directory.mention('ann@contoso.com')
  const caller = { kind: 'pstn', number: '+442079460000' } as const
  await bot.switchboard.hear('pbx', { is: 'offered', id: 'one', owner: 'ann@contoso.com', caller })
  await bot.clock.advance(5000)
  disk.kill()
}

describe('A wall clock that is set back between two lives of the bot', () => {
  it('does not make a call ring longer than it would have', async () => {
    const disk = new PretendDisk()
    await aCallRings(disk)
    const { clock, store } = await openedAt(disk, noon - hour)
    await clock.advance(31_000)
    const [row] = await store.history({ person: 'ann@contoso.com', limit: 1 })
    assert.equal(row?.secondsRung, 30)
  })

  it('does not make it ring for an hour when somebody did something in between', async () => {
    const disk = new PretendDisk()
    await aCallRings(disk)
    const { clock, store, switchboard } = await openedAt(disk, noon - hour)
    await switchboard.pickUp('pbx:one', 'ann@contoso.com')
    await switchboard.hear('pbx', { is: 'connectFailed', id: 'one' })
    await clock.advance(151_000)
    assert.equal((await store.history({ person: 'ann@contoso.com', limit: 9 })).length, 1)
  })
})
