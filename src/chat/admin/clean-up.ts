/** Relationships that policies and licences leave behind: a preview, cleaning up, and taking that back. */
import { runOf, type Swept, type SweepRun } from '../../switchboard/sweeping.ts'
import { foundOfEach } from '../../walk.ts'
import { type Click } from '../command.ts'
import { type Answer } from '../draw/answer.ts'
import { type CardInput, textIn } from '../draw/input.ts'
import { type Button, type Notice } from '../draw/parts.ts'
import { refusalText } from '../draw/refusal.ts'
import { dayAndTime, listOf, type NameOf } from '../draw/sentences.ts'
import { namesOf } from '../said/people.ts'
import { markOf } from '../settings/edit.ts'
import { type Turn } from '../turn.ts'
import { adminCard, type AdminView, author, backToAdministration, people, rowsShown } from './admin-card.ts'

/** How many people a line names; the others are counted. */
const namesShown = 5
/** The same of the card of one clean-up. */
const mostNames = 25

export const sweepClicks = {
  'admin-sweep': (turn: Turn) => sweepCard(turn),
  'admin-sweep-apply': applySweep,
  'admin-sweeps': (turn: Turn) => sweepsCard(turn),
  'admin-swept': sweptCard,
  'admin-undo': undoSweep,
} satisfies Record<string, Click>

/** How many people share calls without being allowed to. */
export async function staleNow({ sweeping }: Turn): Promise<number> {
  let count = 0
  for await (const { person } of sweeping.stale()) if (person !== '') count += 1
  return count
}

/** The same in a sentence. */
export function staleWords(count: number): string {
  if (count === 0) return 'Nothing needs cleaning up.'
  return `${people(count)} still ${count === 1 ? 'shares' : 'share'} calls without being allowed to.`
}

/** Takes back a whole clean-up, named by its run or by one of its records. */
export function undoButton(id: string): Button {
  return { title: 'Undo', verb: 'admin-undo', data: { id: runOf(id) } }
}

const reasons = {
  callGroupsOff: 'Call groups are turned off for them.',
  notEligible: 'They are not in Teams Only mode, or have no Phone System licence.',
  left: 'They have left.',
} as const

/** Who would be cleaned up after, why, and who else is concerned. */
export async function sweepCard(turn: Turn, notice?: Notice): Promise<Answer> {
  const swept = await turn.sweeping.sweep(author(turn), null, false)
  const shown = swept.slice(0, rowsShown)
  const nameOf = await namesOf(
    turn,
    shown.flatMap(({ person, concerned }) => [person, ...concerned]),
  )
  const more = swept.length - shown.length
  const seen = await markOfAll(swept)
  return adminCard({
    title: 'Clean-up',
    notice,
    lead:
      swept.length === 0
        ? 'Nothing needs cleaning up: nobody shares calls without being allowed to.'
        : 'This would end the sharing of these people, and tell everybody concerned once. Nothing has been changed yet.',
    rows: [
      ...shown.map((one) => sweptRow(one, nameOf)),
      ...(more > 0
        ? [{ title: `And ${more} more`, detail: 'pickup-admin sweep lists them all.', side: '' }]
        : []),
    ],
    buttons: [
      ...(swept.length === 0 ? [] : [{ title: 'Clean up', verb: 'admin-sweep-apply', data: { seen } }]),
      { title: 'What was cleaned up', verb: 'admin-sweeps', data: {} },
      backToAdministration,
    ],
  })
}

function sweptRow({ person, why, concerned }: Swept, nameOf: NameOf): AdminView['rows'][number] {
  const whom = concerned.length === 0 ? '' : ` Concerned: ${listOf(concerned.map(nameOf), 4)}.`
  return { title: nameOf(person), detail: `${reasons[why]}${whom}`, side: '' }
}

/** A mark of everybody who would be cleaned up after, and whom that concerns. */
async function markOfAll(swept: readonly Swept[]): Promise<string> {
  return markOf(await foundOfEach(swept, markOf))
}

/** Cleans up after those whom the preview named; when others would be concerned by now, the preview is shown anew. */
async function applySweep(turn: Turn, given: CardInput): Promise<Answer> {
  const preview = await turn.sweeping.sweep(author(turn), null, false)
  if (preview.length === 0) return sweepCard(turn)
  if ((await markOfAll(preview)) !== textIn(given, 'seen'))
    return sweepCard(turn, {
      tone: 'warning',
      text: 'This is no longer what the card showed. Nothing was changed: look again.',
    })
  const swept = await turn.sweeping.sweep(
    author(turn),
    preview.map(({ person }) => person),
    true,
  )
  const id = swept[0]?.undo ?? ''
  if (id === '') return sweepCard(turn)
  return sweepCard(turn, {
    tone: 'good',
    text: `Cleaned up after ${people(swept.length)}. You can undo this for 30 days.`,
    buttons: [undoButton(id)],
  })
}

/** What was cleaned up lately and can still be taken back; the newest first. */
async function sweepsCard(turn: Turn): Promise<Answer> {
  const runs = await turn.sweeping.runs(rowsShown)
  const named = (run: SweepRun) => run.people.slice(0, namesShown)
  const nameOf = await namesOf(turn, runs.flatMap(named))
  return adminCard({
    title: 'What was cleaned up',
    lead: runs.length === 0 ? 'Nothing in the last 30 days.' : '',
    links: runs.map((run) => ({
      title: dayAndTime(run.at, turn.person.zone),
      detail: `${listOf(run.people.map(nameOf), namesShown)}${run.isUndone ? ' (undone)' : ''}`,
      verb: 'admin-swept',
      data: { id: run.id },
    })),
    buttons: [{ title: 'Clean-up', verb: 'admin-sweep', data: {} }, backToAdministration],
  })
}

/** One clean-up, and the way to take it back. */
async function sweptCard(turn: Turn, given: CardInput): Promise<Answer> {
  const id = textIn(given, 'id')
  const run = (await turn.sweeping.runs(Infinity)).find((one) => one.id === id)
  if (!run) return sweepCard(turn, goneNotice)
  const nameOf = await namesOf(turn, run.people.slice(0, mostNames))
  return adminCard({
    title: `Cleaned up on ${dayAndTime(run.at, turn.person.zone)}`,
    lead: run.isUndone
      ? 'This was undone.'
      : 'Everything goes back to how it was, except what somebody has changed since.',
    rows: [{ title: people(run.people.length), detail: listOf(run.people.map(nameOf), mostNames), side: '' }],
    buttons: [
      ...(run.isUndone ? [] : [undoButton(id)]),
      { title: 'What was cleaned up', verb: 'admin-sweeps', data: {} },
      backToAdministration,
    ],
  })
}

const alreadyNotice: Notice = { tone: 'good', text: 'This was already undone.' }
const goneNotice: Notice = { tone: 'warning', text: 'This can no longer be undone.' }

async function undoSweep(turn: Turn, given: CardInput): Promise<Answer> {
  const undone = await turn.sweeping.undo(author(turn), textIn(given, 'id'))
  if (undone.is !== 'undone') return sweepCard(turn, undone.is === 'unknown' ? goneNotice : alreadyNotice)
  const nameOf = await namesOf(turn, [
    ...undone.people.slice(0, namesShown),
    ...undone.refusals.flatMap((refusal) => ('person' in refusal ? [refusal.person] : [])),
  ])
  const left = undone.refusals.map((refusal) => refusalText(refusal, nameOf))
  const text = [`Undone for ${listOf(undone.people.map(nameOf), namesShown)}.`, ...left].join(' ')
  return sweepCard(turn, { tone: left.length === 0 ? 'good' : 'warning', text })
}
