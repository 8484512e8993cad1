/** What must be true at the end of every schedule. */
import { type PersonId } from '../../src/core/person.ts'
import { type PickUp } from '../../src/switchboard/switchboard.ts'
import { type Channel, isLive } from './channel.ts'
import { type Bot } from './life.ts'
import { type Telephony } from './telephony.ts'

export type Facts = {
  readonly calls: string[]
  readonly yours: Array<{ readonly person: PersonId; readonly call: string; readonly at: number }>
  readonly losers: Array<{ readonly person: PersonId; readonly call: string; readonly answer: PickUp }>
  readonly channel: Channel
  readonly telephony: Telephony
  /** Who was taken out of the group, for whom a click may come to nothing. */
  readonly removed: Set<PersonId>
  /** Calls and who declined them; and who was told so without having done it. */
  readonly declined: Set<string>
  readonly wronged: PersonId[]
  isKilledSeen?: boolean
}

/** Everything that is not as it must be; none when all is well. */
export async function violations(facts: Facts, bot: Bot, owner: PersonId): Promise<readonly string[]> {
  const calls = await Promise.all(facts.calls.map((id) => ofCall(facts, bot, owner, id)))
  const wronged = facts.wronged.map((person) => `${person} was told to have declined, and had not`)
  return [
    ...calls.flat(),
    ...wronged,
    ...ofCards(facts),
    ...(await ofOrphans(facts, bot)),
    ...(await ofGroup(bot, owner)),
  ]
}

async function ofCall(
  { channel, yours, losers, removed, telephony }: Facts,
  bot: Bot,
  owner: PersonId,
  source: string,
): Promise<readonly string[]> {
  const rows = (await bot.store.history({ person: owner, limit: 50 })).filter((row) =>
    row.call.endsWith(source),
  )
  const [row] = rows
  // A caller who was gone before the bot heard of them rang nobody, and is in no log.
  const isUnseen = !channel.cards.some(({ call }) => call.endsWith(source))
  if (!row && isUnseen) return []
  if (!row || rows.length > 1) return [`${source} has ${rows.length} ends in the log instead of one`]
  const failures = telephony.failures.get(source) ?? 0
  const winners = [...new Set(yours.filter(({ call }) => call === row.call).map(({ person }) => person))]
  const orders = telephony.orders.get(source) ?? []
  const connected = orders
    .filter((order) => order.startsWith('connect'))
    .map((order) => order.slice('connect '.length, order.indexOf('@')))
  const told = losers.filter(({ call, person }) => call === row.call && !removed.has(person))
  return [
    ...unless(
      winners.length <= 1 + failures,
      `${source}: ${winners.join(' and ')} were both told that it is theirs`,
    ),
    ...unless(
      row.outcome !== 'answered' || connected.at(-1) === row.by,
      `${source}: ${row.by ?? 'nobody'} has it, but the caller went to ${connected.at(-1) ?? 'nobody'}`,
    ),
    ...unless(
      winners.length === 0 || row.outcome === 'answered' || row.outcome === 'abandoned' || failures > 0,
      `${source}: ${winners.join()} was told that it is theirs, but it ended as ${row.outcome}`,
    ),
    ...unless(
      failures > 0 || row.outcome !== 'answered' || winners.every((person) => person === row.by),
      `${source}: ${winners.join()} was told that it is theirs, but ${row.by ?? 'nobody'} has it`,
    ),
    ...told.flatMap(({ person, answer }) => ofLoser(person, answer, connected, failures, winners)),
  ]
}

/** Whoever came too late hears who has it; and somebody who was rung is not told that it was never theirs. */
function ofLoser(
  person: PersonId,
  answer: PickUp,
  connected: readonly string[],
  failures: number,
  winners: readonly PersonId[],
): readonly string[] {
  if (answer.is === 'tooLate')
    return unless(
      failures > 0 || winners.length === 0 || winners.includes(answer.by),
      `${person} was told that ${answer.by} has it`,
    )
  const isRemoved = answer.is !== 'notYours'
  return unless(isRemoved || connected.length === 0, `${person} lost and was told nothing of the winner`)
}

/** No card that the bot knows of stays live, and none came back to life. */
function ofCards({ channel }: Facts): readonly string[] {
  const known = channel.cards.filter(({ isOrphan, person }) => !isOrphan && !channel.gone.has(person))
  return [
    ...known
      .filter(({ json }) => isLive(json))
      .map(({ id, person }) => `${id} of ${person} still offers a call that is over`),
    ...known
      .filter(({ json }) => /Being connected now|Your phone rings next/u.test(json))
      .map(({ id, person }) => `${id} of ${person} never told how it ended`),
    ...channel.revived.map((card) => `${card} rang again after its end`),
  ]
}

/** A card that the bot does not know of heals when somebody presses it: nobody gets a call that is over. */
async function ofOrphans({ channel }: Facts, { switchboard }: Bot): Promise<readonly string[]> {
  const answers = channel.cards
    .filter(({ json, isOrphan }) => isLive(json) && isOrphan)
    .map(async ({ id, person, call }) => {
      const { is } = await switchboard.pickUp(call, person)
      const record = is === 'yours' ? await switchboard.look(call, person) : null
      return unless(
        record?.call.state.is !== 'connecting',
        `${id} of ${person} gave away a call that is over`,
      )
    })
  return (await Promise.all(answers)).flat()
}

async function ofGroup({ store, settings }: Bot, owner: PersonId): Promise<readonly string[]> {
  const { members } = (await settings.settingsOf(owner)).group
  const wrong = []
  for (const person of ['bo', 'cy', 'di']) {
    const isIn = members.includes(person)
    const knows = (await settings.settingsOf(person)).memberships.some((one) => one.owner === owner)
    const isFound = (await store.groupsOf(person)).includes(owner)
    if (isIn !== knows || isIn !== isFound)
      wrong.push(`${person} and the group do not agree on whether they are in it`)
  }
  return wrong
}

function unless(holds: boolean, complaint: string): readonly string[] {
  return holds ? [] : [complaint]
}
