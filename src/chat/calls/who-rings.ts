/** "Who rings if somebody calls now?": the timeline, from the same plan that live calls use. */
import { type Caller } from '../../core/lane.ts'
import { type PersonId } from '../../core/person.ts'
import { asTeamsRings } from '../../core/ring-in-teams.ts'
import { type RingPlan } from '../../core/ring-plan.ts'
import { endsAfter, type Stage, stagesOf } from '../../core/stages.ts'
import { warningsFor } from '../../core/warnings.ts'
import { type Click, type Command } from '../command.ts'
import { type Answer, say } from '../draw/answer.ts'
import { render } from '../draw/card.ts'
import { type CardInput } from '../draw/input.ts'
import { refusalText } from '../draw/refusal.ts'
import { endWords, listOf, momentWords, type NameOf } from '../draw/sentences.ts'
import { choosePerson } from '../said/choose-person.ts'
import { findAmong, namesOf } from '../said/people.ts'
import { plainWord } from '../said/words.ts'
import { lastingNotice, ownerIn } from '../settings/edit.ts'
import { type Turn } from '../turn.ts'

const anybody: Caller = { kind: 'internal' }

export const whoRingsCommands: readonly Command[] = [
  {
    title: 'who rings',
    description: 'What would happen if somebody called now.',
    phrases: [
      'who rings',
      'who will ring',
      'who would ring',
      'who gets my calls',
      'who takes my calls',
      'who answers my calls',
      'who answers my phone',
      'where do my calls go',
      'what happens to my calls',
      'what happens if',
      'what happens when',
      'what if',
    ],
    topic: 'Calls',
    inManifest: true,
    run: whoRingsByText,
  },
]

export const whoRingsClicks = {
  'who-rings': (turn: Turn, given: CardInput) => whoRings(turn, ownerIn(turn, given)),
} satisfies Record<string, Click>

async function whoRingsByText(turn: Turn, rest: readonly string[]): Promise<Answer> {
  const name = ownerNamed(rest)
  if (name === '') return whoRings(turn, turn.person.id)
  const owner = await findAmong(turn, name, [turn.person.id, ...(await ownersShared(turn))])
  if (owner.is === 'several')
    return choosePerson(turn, owner, (id) => ({ verb: 'who-rings', data: { owner: id } }))
  return owner.is === 'found' ? whoRings(turn, owner.id) : say(refusalText(owner.refusal, (id) => id))
}

/**
 * Whose calls are asked about: "for Ann", "for Ann's calls", "if somebody calls Ann". Who calls makes no difference: "if Bo
 * calls" names nobody.
 */
function ownerNamed(rest: readonly string[]): string {
  const plain = rest.map(plainWord)
  const called = calledIn(rest, plain)
  if (called.length > 0) return withoutPossessive(called)
  const end = plain.findIndex((word) => ['if', 'when'].includes(word))
  const names = rest
    .slice(plain.indexOf('for') + 1, end < 0 ? rest.length : end)
    .filter((word) => !['now', 'me'].includes(plainWord(word)))
  const last = names.at(-1) ?? ''
  if (!['calls', 'call'].includes(plainWord(last))) return withoutPossessive(names)
  const whose = names.slice(0, -1)
  return plain.includes('for') || isPossessive(whose.at(-1) ?? '') ? withoutPossessive(whose) : ''
}

/** Who is called in "if somebody calls Ann now". */
function calledIn(rest: readonly string[], plain: readonly string[]): readonly string[] {
  const verb = plain.findIndex((word, index) => index > 0 && ['calls', 'rings', 'phones'].includes(word))
  const behind = verb < 0 || isPossessive(rest[verb - 1] ?? '') ? [] : rest.slice(verb + 1)
  return behind.filter((word) => !['me', 'my', 'us', 'now', 'number', 'phone'].includes(plainWord(word)))
}

function isPossessive(word: string): boolean {
  return /['’]s$/u.test(word)
}

function withoutPossessive(names: readonly string[]): string {
  return names.join(' ').replace(/ ?['’]s$/u, '')
}

/** People see their own timeline, and that of owners whose calls they share. */
export async function whoRings(turn: Turn, owner: PersonId): Promise<Answer> {
  if (owner !== turn.person.id && !(await ownersShared(turn)).includes(owner)) {
    return say('You can see this for yourself and for people whose calls you share.')
  }
  const planned = await turn.switchboard.planFor(owner, anybody)
  const { sheet, warnings } = await turn.settings.ask((subscribers) => {
    const sheet = subscribers(owner)
    return { sheet, warnings: warningsFor(sheet, subscribers) }
  })
  const plan = turn.canRingByTeams ? asTeamsRings(sheet, planned) : planned
  const stages = stagesOf(plan)
  const rung = stages.flatMap(({ people }) => people)
  const nameOf = await namesOf(turn, [owner, ...rung, ...peopleAtEnd(plan)])
  const shown = (person: string) => (person === turn.person.id ? 'You' : nameOf(person))
  const isOwn = owner === turn.person.id
  const total = Math.max(1, endsAfter(plan))
  const view = {
    title: isOwn ? 'If somebody calls you now' : `If somebody calls ${nameOf(owner)} now`,
    notice: await lastingNotice(turn, owner, warnings),
    moment: momentWords(plan, warnings, isOwn ? 'you' : 'them'),
    isEmpty: stages.length === 0,
    rows: stages.map((stage) => rowView(stage, total, shown)),
    end: endSentence(plan, nameOf),
    isOwn,
    owner,
    canSimulate: turn.simulation !== undefined,
  }
  return { is: 'card', card: render('who-rings', view), summary: view.end }
}

/** Those whose calls this person shares: the owners of their groups, and those they are a delegate of. */
export async function ownersShared(turn: Turn): Promise<readonly PersonId[]> {
  const { managers } = await turn.settings.settingsOf(turn.person.id)
  return [...managers, ...(await turn.store.groupsOf(turn.person.id))]
}

/** One row of the timeline: when, who, and the three widths of its bar. */
function rowView({ people, from, to }: Stage, total: number, nameOf: NameOf) {
  return {
    time: `${from}–${to} s`,
    who: listOf(people.map(nameOf), 6),
    before: from,
    during: to - from,
    after: total - to,
  }
}

/** Who gets a call that nobody takes. */
function peopleAtEnd({ end }: RingPlan): readonly PersonId[] {
  return end.is === 'transfer' && end.to.is === 'person' ? [end.to.person] : []
}

function endSentence(plan: RingPlan, nameOf: NameOf): string {
  const at = endsAfter(plan)
  const words = endWords(plan, nameOf)
  return at === 0 ? `Calls ${words} at once.` : `After ${at} seconds, calls ${words}.`
}
