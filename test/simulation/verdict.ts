/** What must be true at the end of every schedule. */
import { type Bot } from './life.ts'
import { isLive } from './channel.ts'
import { type Facts } from './facts.ts'
import { members, owner } from './people.ts'
import { ofCall } from './verdict-calls.ts'

/** Everything that is not as it must be; none when all is well. */
export async function violations(facts: Facts, bot: Bot): Promise<readonly string[]> {
  await facts.world.audit.look(bot.store)
  const ofCalls = await Promise.all([...facts.calls.keys()].map((id) => ofCall(facts, bot, id)))
  return [
    ...facts.world.audit.wrong,
    ...facts.world.telephony.wrong(),
    ...ofCalls.flat(),
    ...ofDeclines(facts),
    ...ofCards(facts),
    ...(await ofOrphans(facts, bot)),
    ...(await ofGroup(bot)),
  ]
}

/** Nobody is told that they declined who did not. */
function ofDeclines({ told, declined }: Facts): readonly string[] {
  return told
    .filter(({ person, call, answer }) => answer.is === 'declined' && !declined.has(`${call} ${person}`))
    .map(({ person }) => `${person} was told to have declined, and had not`)
}

/** No card that the bot knows of stays live, and none came back to life. */
function ofCards({ world: { channel } }: Facts): readonly string[] {
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
async function ofOrphans({ world: { channel } }: Facts, { switchboard }: Bot): Promise<readonly string[]> {
  const answers = channel.cards
    .filter(({ json, isOrphan }) => isLive(json) && isOrphan)
    .map(async ({ id, person, call }) => {
      const { is } = await switchboard.pickUp(call, person)
      const record = is === 'yours' ? await switchboard.inReach.look(call, person) : null
      const isGivenAway = record?.call.state.is === 'connecting'
      return isGivenAway ? [`${id} of ${person} gave away a call that is over`] : []
    })
  return (await Promise.all(answers)).flat()
}

/** The group, its members and the list of groups agree, and no call is in the line any more. */
async function ofGroup({ store, settings }: Bot): Promise<readonly string[]> {
  const group = (await settings.settingsOf(owner)).group.members
  const wrong = (await store.get('line', owner)) ? ['a call that is over is still in the line'] : []
  for (const person of members) {
    const isIn = group.includes(person)
    const knows = (await settings.settingsOf(person)).memberships.some((one) => one.owner === owner)
    const isFound = (await store.groupsOf(person)).includes(owner)
    if (isIn !== knows || isIn !== isFound)
      wrong.push(`${person} and the group do not agree on whether they are in it`)
  }
  return wrong
}
