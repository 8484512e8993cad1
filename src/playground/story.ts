/** What happened to a call, in order: each change of it becomes lines that say no more than history and cards do. */
import { nobodyWords } from '../chat/calls/pickup-card.ts'
import { listOf, type NameOf, planSentence, targetWords } from '../chat/draw/sentences.ts'
import { type Call, type Ended, type Party } from '../core/call.ts'

export type StoryLine = { readonly at: number; readonly words: string }

/** What a call's next version tells that the one before did not; null: it was not seen before. */
export function toldBy(
  before: Call | null,
  after: Call,
  caller: string,
  nameOf: NameOf,
  at: number,
): StoryLine[] {
  const owner = nameOf(after.owner)
  const lines: StoryLine[] = []
  const add = (words: string, when = at) => lines.push({ at: when, words })
  if (before === null) {
    add(`Offered: ${caller} calls ${owner}.`, after.arrivedAt)
    add(
      `Planned: ${planSentence(after.plan, nameOf, 'them').replace('ring them', `ring ${owner}`)}`,
      after.arrivedAt,
    )
  }
  for (const person of newly(before, after, 'declined'))
    add(`Declined: ${nameOf(person)}. The others ring on.`)
  for (const person of after.removed.filter((one) => !before?.removed.includes(one)))
    add(`Out: ${nameOf(person)} is no longer in the group, and may not take this call.`)
  const tried = after.notConnected.slice(before?.notConnected.length ?? 0)
  const { state } = after
  if (tried.length > 0 && before?.state.is !== 'connecting')
    add(`Claimed: ${listOf(tried.map(nameOf))} picked up.`)
  for (const person of tried) add(`Handing over failed: ${nameOf(person)} could not be connected.`)
  for (const words of toldWords(before, after, nameOf)) add(words, before === null ? after.arrivedAt : at)
  if (state.is === 'connecting' && before?.state.is !== 'connecting')
    add(`Claimed: ${nameOf(state.by)} picked up, and is being connected.`, state.at)
  if (state.is === 'ended') {
    if (state.outcome === 'answered' && state.by !== undefined && before?.state.is !== 'connecting')
      add(`Claimed: ${nameOf(state.by)} picked up.`, state.at)
    add(endedWords(after, state, nameOf))
  }
  return lines
}

/** Who was told, and who was alerted anew since. */
function toldWords(before: Call | null, after: Call, nameOf: NameOf): readonly string[] {
  const alertsBefore = (person: string) => before?.parties.find((one) => one.person === person)?.alerts ?? 0
  const fresh = after.parties.filter(({ person, alerts }) => alerts > alertsBefore(person))
  const names = (how: (party: Party) => boolean) => fresh.filter(how).map(({ person }) => nameOf(person))
  const rung = names(({ how, alerts }) => how !== 'silent' && alerts === 1)
  const again = names(({ how, alerts }) => how !== 'silent' && alerts > 1)
  const quiet = names(({ how }) => how === 'silent')
  return [
    ...(rung.length > 0 ? [`Told: ${listOf(rung, 5)}.`] : []),
    ...(again.length > 0 ? [`Ringing again: ${listOf(again, 5)}.`] : []),
    ...(quiet.length > 0 ? [`Told quietly, being in a call: ${listOf(quiet, 5)}.`] : []),
  ]
}

function newly(before: Call | null, after: Call, standing: Party['standing']): readonly string[] {
  const had = before?.parties.filter((one) => one.standing === standing).map(({ person }) => person) ?? []
  return after.parties
    .filter((one) => one.standing === standing && !had.includes(one.person))
    .map(({ person }) => person)
}

function endedWords(call: Call, { outcome, by, to }: Ended, nameOf: NameOf): string {
  switch (outcome) {
    case 'answered':
      return by === undefined
        ? 'Ended: answered on a telephone.'
        : `Handed over: ${nameOf(by)} has the caller.`
    case 'forwarded':
      return `Ended: ${nobodyWords(call, nameOf)} The call went to ${to ? targetWords(to, nameOf) : 'somebody else'}.`
    case 'voicemail':
      return `Ended: ${nobodyWords(call, nameOf)} The call went to voicemail.`
    case 'missed':
      return `Ended: missed. ${nobodyWords(call, nameOf)}`
    case 'abandoned':
      return 'Ended: the caller hung up.'
    case 'busy':
      return 'Ended: the caller heard a busy tone.'
    case 'rejected':
      return 'Ended: the call was turned away.'
    case 'leftToTeams':
      return 'Ended: Teams rang everybody by itself.'
  }
}
