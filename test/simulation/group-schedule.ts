/** Another kind of schedule: groups and memberships at their limits, changed by many at once, and crashes in between. */
import { mostMembers } from '../../src/core/call-group.ts'
import { addMembers, leaveGroup, removeMember, turnSharingOff } from '../../src/core/members.ts'
import { mostGroupsPerMember } from '../../src/core/notification.ts'
import { type PersonId } from '../../src/core/person.ts'
import { removePerson } from '../../src/core/remove-person.ts'
import { type Bot } from './life.ts'
import { type PlantedFault } from './faults/planted.ts'
import { type Outcome } from './schedule.ts'
import { badDayMs, World } from './world.ts'
import { themselves } from '../../src/switchboard/author.ts'

/** Ann's group is nearly full, and Bo is in nearly as many groups as a member can be. */
const owners = people('owner', mostGroupsPerMember + 3)
const others = people('member', mostMembers + 3)
const ann = 'owner1'
const bo = 'member1'
/** How many fit in. */
const short = 3
const newOwners = people('owner', 2 * short - 1, mostGroupsPerMember + 2 - short)
const newMembers = people('member', 2 * short - 1, mostMembers + 2 - short)
const rare = ['removes', 'is left by', 'stops with', 'loses'] as const
const tailMs = 20_000

/** Runs one schedule of groups to its end and judges it. */
export async function runGroups(seed: number, fault: PlantedFault | null = null): Promise<Outcome> {
  return new GroupSchedule(seed, fault).run()
}

class GroupSchedule {
  readonly #world: World

  constructor(seed: number, fault: PlantedFault | null) {
    this.#world = new World(seed, fault, { report: () => undefined, acknowledged: () => undefined })
  }

  async run(): Promise<Outcome> {
    const world = this.#world
    await world.open()
    if (world.life.bot) await fill(world.life.bot)
    for (let bursts = 3 + world.dice.below(5); bursts > 0; bursts -= 1)
      world.at(world.dice.below(badDayMs / 2), () => {
        this.#burst()
      })
    world.planCrashes()
    await world.clock.advance(badDayMs)
    world.calmDown()
    await world.clock.advance(tailMs)
    const { bot } = world.life
    if (!bot) return { story: world.story, wrong: ['the bot did not start again'] }
    await world.audit.look(bot.store)
    return { story: world.story, wrong: [...world.audit.wrong, ...(await disagreements(bot))] }
  }

  /** Some people change something in the same instant. */
  #burst(): void {
    for (let changes = 2 + this.#world.dice.below(6); changes > 0; changes -= 1) void this.#change()
  }

  async #change(): Promise<void> {
    const { dice, life } = this.#world
    const owner = dice.pick([ann, dice.pick(newOwners), dice.pick(owners)])
    const member = dice.pick([bo, dice.pick(newMembers), dice.pick(others)])
    const what = dice.chance(0.8) ? 'adds' : dice.pick(rare)
    this.#world.tell(`${owner} ${what} ${member}`)
    const changed = await life.bot?.settings
      .change(themselves(owner), (who) => {
        switch (what) {
          case 'adds':
            return addMembers(who(owner), [member], who)
          case 'removes':
            return removeMember(who(owner), member, who)
          case 'is left by':
            return leaveGroup(who(member), owner, who)
          case 'stops with':
            return turnSharingOff(who(owner), who)
          case 'loses':
            return removePerson(who(member), who)
        }
      })
      .catch(() => null)
    if (changed && life.isAlive)
      this.#world.tell(`  ${owner} hears: ${changed.refusals.map(({ code }) => code).join() || 'done'}`)
  }
}

/** Up to a little below the limits. */
async function fill({ settings }: Bot): Promise<void> {
  await settings.change(themselves(ann), (who) =>
    addMembers(who(ann), others.slice(1, mostMembers + 1 - short), who),
  )
  for (const owner of owners.slice(1, mostGroupsPerMember + 1 - short))
    await settings.change(themselves(owner), (who) => addMembers(who(owner), [bo], who))
}

/** Groups, members and the list of groups must tell the same. */
async function disagreements({ store, settings }: Bot): Promise<readonly string[]> {
  const wrong: string[] = []
  for (const member of others) {
    const { memberships } = await settings.settingsOf(member)
    const inGroups: PersonId[] = []
    for (const owner of owners)
      if ((await settings.settingsOf(owner)).group.members.includes(member)) inGroups.push(owner)
    const told = [inGroups, memberships.map(({ owner }) => owner), await store.groupsOf(member)].map((list) =>
      [...list].sort().join(),
    )
    if (new Set(told).size !== 1) wrong.push(`${member} and the groups do not agree on who is in which`)
  }
  return wrong
}

function people(name: string, count: number, first = 1): readonly [PersonId, ...PersonId[]] {
  const rest = Array.from({ length: count - 1 }, (_, index) => `${name}${first + index + 1}`)
  return [`${name}${first}`, ...rest]
}
