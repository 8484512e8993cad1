/** The people of a schedule: they press Pick up or Decline on what they see, type `pickup`, and change the group meanwhile. */
import { addMembers, moveMember, removeMember, setRingOrder, turnSharingOff } from '../../src/core/members.ts'
import { type PersonId } from '../../src/core/person.ts'
import { setRules } from '../../src/core/rules.ts'
import { callGroup, voicemail } from '../../src/core/target.ts'
import { themselves } from '../../src/switchboard/author.ts'
import { type PickUp } from '../../src/switchboard/switchboard.ts'
import { type Dice } from './dice.ts'
import { type Facts } from './facts.ts'
import { type Bot } from './life.ts'
import { type World } from './world.ts'

export const owner = 'ann'
export const members = ['bo', 'cy', 'di'] as const
export const everybody = [owner, ...members] as const

export class People {
  readonly #facts: Facts
  readonly #world: World

  constructor(facts: Facts) {
    this.#facts = facts
    this.#world = facts.world
  }

  /** What somebody does about the call they see last, live or not. */
  async act(person: PersonId): Promise<void> {
    const { dice, life, channel } = this.#world
    const { bot } = life
    const call = channel.cards.findLast((card) => card.person === person && card.call !== '')?.call
    if (!bot) return
    if (dice.chance(0.12)) return this.#typePickup(bot, person)
    if (call === undefined) return
    if (dice.chance(0.25)) return this.#decline(bot, call, person)
    return this.#pickUp(bot, call, person)
  }

  /** Ann, or a member, changes the group or its rules. */
  async edit(): Promise<void> {
    const { dice, life } = this.#world
    const { removed } = this.#facts
    const person = dice.pick(members)
    const what = dice.pick(['removes', 'adds', 'moves', 'reorders', 'stops forwarding', 'turns off'] as const)
    this.#world.tell(`ann ${what} ${person}`)
    if (what === 'removes') removed.add(person)
    if (what === 'turns off') for (const member of members) removed.add(member)
    await life.bot?.settings
      .change(themselves(owner), (who) => {
        const ann = who(owner)
        switch (what) {
          case 'removes':
            return removeMember(ann, person, who)
          case 'adds':
            return addMembers(ann, [person], who)
          case 'moves':
            return moveMember(ann, person, 'first', who)
          case 'reorders':
            return setRingOrder(ann, ann.settings.group.order === 'inOrder' ? 'simultaneous' : 'inOrder', who)
          case 'stops forwarding':
            return setRules(ann, { forwarding: { is: 'off' } }, who)
          case 'turns off':
            return turnSharingOff(ann, who)
        }
      })
      .catch(() => null)
  }

  async #typePickup(bot: Bot, person: PersonId): Promise<void> {
    this.#world.tell(`${person} types pickup`)
    const [first] = await bot.switchboard.inReach.ringingFor(person).catch(() => [])
    if (first) await this.#pickUp(bot, first.call.id, person)
  }

  async #decline(bot: Bot, call: string, person: PersonId): Promise<void> {
    this.#world.tell(`${person} declines`)
    this.#facts.declined.add(`${call} ${person}`)
    await bot.switchboard.decline(call, person).catch(() => null)
  }

  async #pickUp(bot: Bot, call: string, person: PersonId): Promise<void> {
    const { life } = this.#world
    const answer = await bot.switchboard.pickUp(call, person).catch(() => null)
    if (!life.isAlive || !answer) return
    this.#world.tell(`${person} picks up ${call} and hears: ${inWords(answer)}`)
    this.#facts.told.push({ person, call, answer })
  }
}

/** The group before anything happens: in what way it rings is drawn. */
export async function furnish(bot: Bot, dice: Dice): Promise<string> {
  for (const person of everybody) await bot.directory.meet(somebody(person))
  const inOrder = dice.chance(0.5)
  const type = dice.pick(['simultaneous', 'immediate'] as const)
  const after = dice.pick([10, 20, 40] as const)
  await bot.settings.change(themselves(owner), (who) => addMembers(who(owner), members, who))
  if (inOrder) await bot.settings.change(themselves(owner), (who) => setRingOrder(who(owner), 'inOrder', who))
  await bot.settings.change(themselves(owner), (who) =>
    setRules(
      who(owner),
      {
        forwarding: { is: 'on', rule: { type, to: callGroup } },
        unanswered: { is: 'on', rule: { to: voicemail, after } },
      },
      who,
    ),
  )
  return `the group rings ${inOrder ? 'in order' : 'all at once'}, ${type}, voicemail after ${after} s`
}

/** Somebody who has opened the bot in Teams. */
export function somebody(person: PersonId) {
  const reach = {
    channel: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/',
    conversation: `with ${person}`,
    bot: 'bot',
    user: person,
  }
  return { user: person, name: person, address: `${person}@contoso.com`, reach }
}

function inWords(answer: PickUp): string {
  return answer.is === 'tooLate' ? `too late, ${answer.by} has it` : answer.is
}
