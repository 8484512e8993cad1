/** One call from its offer to its end, while the bot's process dies once on the way and is started again. */
import assert from 'node:assert/strict'
import { type Button, type Person } from '../peer/person.ts'
import { type BotProcess } from './bot-process.ts'
import { Killing, type Moment } from './killing.ts'
import { type Orders, type Step, Suffering } from './orders.ts'
import { ProcessOffice } from './process-office.ts'
import { until } from '../until.ts'
import { type Verdict, verdictOn } from './verdict.ts'

export type RingOrder = 'in order' | 'everyone'

export type Trial = {
  readonly order: RingOrder
  /** Dies at this request to the chat service or the telephone system. */
  readonly atRequest?: { readonly number: number; readonly moment: Moment }
  /** Dies at a step on its files. */
  readonly orders?: Orders
}

export type Tried = Verdict & {
  readonly wasKilled: boolean
  readonly requests: number
  readonly steps: readonly Step[]
}

const callId = 'call one'
const keptId = `webhook:${encodeURIComponent(callId)}`

/**
 * Ann's calls go to Bo, Cy and Dee. In order: Bo declines, Cy picks up. Everyone: Bo and Cy pick up at the same time.
 * Whoever gets no answer does it again, as people and telephone systems do.
 */
export async function ringOnce(trial: Trial): Promise<Tried> {
  const office = await ProcessOffice.open(
    ['Ann', 'Bo', 'Cy', 'Dee'],
    [
      'add bo@contoso.com, cy@contoso.com and dee@contoso.com',
      `ring ${trial.order}`,
      'forward my calls to my group',
      // The longest there is: time must not be up before somebody could press, however slow the machine is.
      'if unanswered voicemail after 60',
    ],
  )
  const suffering = await Suffering.begin(trial.orders)
  try {
    const first = await office.start(suffering)
    const killing = arm(office, first, trial)
    const story = { isOver: false, wasKilled: false }
    const play = async () => {
      const verdict = await played(office, trial.order)
      Object.assign(story, { isOver: true, wasKilled: first.isGone })
      first.kill()
      return verdict
    }
    const [verdict] = await Promise.all([play(), startedAgain(office, first, story)])
    const { wasKilled } = story
    return { ...verdict, wasKilled, requests: killing.requests, steps: await suffering.steps() }
  } finally {
    await suffering.end()
    await office.close()
  }
}

function arm(office: ProcessOffice, bot: BotProcess, { atRequest }: Trial): Killing {
  const { number, moment } = atRequest ?? { number: 0, moment: 'before its answer' }
  const killing = new Killing(number, moment, () => {
    bot.kill()
  })
  let fate = 'answered'
  office.peer.fault({ fits: () => (fate = killing.next()) === 'never came', hang: true })
  office.peer.fault({ fits: () => fate === 'never answered', hang: true, afterAccepting: true })
  office.phone.fate = () => killing.next()
  return killing
}

/** When the first process is killed before the story is over, a second one goes on with its folder. */
async function startedAgain(
  office: ProcessOffice,
  first: BotProcess,
  story: { readonly isOver: boolean },
): Promise<void> {
  await first.ends()
  assert.equal(first.signal, 'SIGKILL', first.output)
  if (!story.isOver) await (await office.start()).listens()
}

async function played(office: ProcessOffice, order: RingOrder): Promise<Verdict> {
  const seen = new Set(office.people.flatMap((person) => person.screen().map(({ id }) => id)))
  await playCall(office, order)
  await until('the call is over', async () => isOver(office))
  await office.rests()
  return verdictOn(office, keptId, seen)
}

async function playCall(office: ProcessOffice, order: RingOrder): Promise<void> {
  const { phone } = office
  const [bo, cy] = [office.person('Bo'), office.person('Cy')]
  await phone.insist(() => phone.offer(callId, 'ann@contoso.com'))
  if (order === 'in order') {
    await presses(bo, 'Decline')
    await presses(cy, 'Pick up')
  } else await Promise.all([presses(bo, 'Pick up'), presses(cy, 'Pick up')])
  await until('the phone is told whom to connect', () => phone.orders.some((told) => told.do === 'connect'))
  await phone.insist(() => phone.tell({ id: callId, event: 'connected' }))
}

/** Presses the button until there is an answer, or nothing is left to press. */
async function presses(person: Person, title: string): Promise<void> {
  const buttons = () => person.buttons().filter((one) => one.title === title)
  await until(`${person.name} is rung`, () => buttons().length > 0)
  await until(`${person.name} gets an answer`, async () => {
    const newest: Button | undefined = buttons().at(-1)
    if (!newest) return true
    return person.press(newest).then(
      () => true,
      () => false,
    )
  })
}

async function isOver(office: ProcessOffice): Promise<boolean> {
  const memory = await office.kept()
  return memory.get('call', keptId)?.doc.call.state.is === 'ended'
}
