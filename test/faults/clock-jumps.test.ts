import assert from 'node:assert/strict'
import { setRingOrder } from '../../src/core/members.ts'
import { callGroup } from '../../src/core/target.ts'
import { openEmbedded } from '../../src/store/embedded/embedded.ts'
import { themselves } from '../../src/switchboard/author.ts'
import { desksOver } from '../../src/switchboard/desks.ts'
import { Switchboard } from '../../src/switchboard/switchboard.ts'
import { PretendDisk } from '../store/embedded/pretend-disk.ts'
import { HandClock } from '../store/hand-clock.ts'
import { adds, meets, offered, sends } from '../switchboard/desk.ts'

const noon = 1_700_000_000_000
const hour = 3_600_000
/** Three members in order, twenty seconds each: seconds. What was left of a turn is not known after a jump back. */
const ring = 60
/** Whoever picked up gets this long to be connected. */
const handOver = 30

/** The switchboard on what this disk holds, from the time that the wall clock tells now. */
async function openedAt(disk: PretendDisk, time: number) {
  const clock = new HandClock(time)
  const store = await openEmbedded({ folder: 'jumps', clock, ...disk.open() })
  const now = () => clock.now()
  const desks = desksOver(store, now, () => 'run')
  const switchboard = new Switchboard({
    store,
    directory: desks.directory,
    now,
    presence: () => Promise.resolve(new Map()),
    sources: [{ name: 'pbx', reportsConnection: true }],
  })
  await store.start({
    onTimer: (timer, read) => switchboard.timer(timer, read),
    onEffect: () => Promise.resolve({ is: 'done' }),
  })
  return { clock, ...desks, store, switchboard }
}

type Bot = Awaited<ReturnType<typeof openedAt>>

const picksUp = (bot: Bot, person: string) => bot.switchboard.pickUp('pbx:one', person)
const cannotConnect = (bot: Bot) => bot.switchboard.hear('pbx', { is: 'connectFailed', id: 'one' })

/** How far a call got, and how long it may ring altogether, and from the jump on. */
const steps: ReadonlyArray<{
  readonly name: string
  readonly before: (bot: Bot) => Promise<unknown>
  readonly most: number
}> = [
  { name: 'as it begins to ring', before: () => Promise.resolve(), most: ring },
  { name: 'at the first member', before: (bot) => bot.clock.advance(5000), most: ring },
  { name: 'at the second member', before: (bot) => bot.clock.advance(25_000), most: ring },
  { name: 'at the third member', before: (bot) => bot.clock.advance(45_000), most: ring },
  {
    name: 'while it is handed over',
    before: async (bot) => {
      await bot.clock.advance(5000)
      await picksUp(bot, 'bo')
    },
    most: ring + handOver,
  },
  {
    name: 'after a hand-over that failed',
    before: async (bot) => {
      await bot.clock.advance(5000)
      await picksUp(bot, 'bo')
      await cannotConnect(bot)
    },
    most: ring,
  },
]

const jumps = {
  'back an hour': -hour,
  'back a day': -24 * hour,
  'ahead a minute': 60_000,
  'ahead a day': 24 * hour,
}

describe('F9 A wall clock that jumps between two lives of the bot', () => {
  for (const [jump, ms] of Object.entries(jumps))
    for (const { name, before, most } of steps)
      it(`F9 ${jump} ${name}: the call ends once, in its time`, async () => {
        const disk = new PretendDisk()
        const first = await openedAt(disk, noon)
        await meets(first, 'ann', 'bo', 'cy', 'di')
        await adds(first, 'ann', 'bo', 'cy', 'di')
        await first.settings.change(themselves('ann'), (who) => setRingOrder(who('ann'), 'inOrder', who))
        await sends(first, 'ann', 'immediate', callGroup)
        await offered(first, 'one', 'ann')
        await before(first)
        disk.kill()

        const { clock, store } = await openedAt(disk, first.clock.now() + ms)
        const rows = () => store.history({ person: 'ann', limit: 9 })
        await clock.advance((most + 1) * 1000)
        const [row, ...more] = await rows()
        assert.ok(row, 'it still rings')
        assert.ok(row.secondsRung >= 0 && row.secondsRung <= most, `${row.secondsRung} s`)
        assert.deepEqual(more, [])
        await clock.advance(150_000)
        assert.equal((await rows()).length, 1)
      })
})
