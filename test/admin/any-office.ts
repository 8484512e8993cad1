/** Offices of every kind, built as they come to be: people who are named, met and linked, and what they and admins set. */
import fc from 'fast-check'
import { type AdminParts } from '../../src/admin/api.ts'
import { type Change } from '../../src/core/change.ts'
import { delegatePermissions } from '../../src/core/delegate.ts'
import { addDelegate } from '../../src/core/delegates.ts'
import { type Notification } from '../../src/core/notification.ts'
import { setNotifications, setOverride } from '../../src/core/notifications.ts'
import { isAddress, type PersonId } from '../../src/core/person.ts'
import { globalPolicy } from '../../src/core/policy.ts'
import { setRules } from '../../src/core/rules.ts'
import { setGroup } from '../../src/core/set-group.ts'
import { type Subscribers } from '../../src/core/subscriber.ts'
import { type Target } from '../../src/core/target.ts'
import { ringTimeouts } from '../../src/core/unanswered.ts'
import { linkAddress } from '../../src/switchboard/link.ts'
import { terminal } from './importing.ts'

/** Something that happens in an office. */
export type Event = (parts: AdminParts) => Promise<unknown>

/** Events that differ in some values, shown by them when a test fails. */
function happening<T>(
  name: string,
  values: fc.Arbitrary<T>,
  run: (parts: AdminParts, values: T) => Promise<unknown>,
): fc.Arbitrary<Event> {
  return values.map((given) =>
    Object.assign((parts: AdminParts) => run(parts, given), {
      [fc.toStringMethod]: () => `${name} ${fc.stringify(given)}`,
    }),
  )
}

/** The same for what happens to somebody. */
function toSomebody<T>(
  name: string,
  values: fc.Arbitrary<T>,
  run: (parts: AdminParts, person: PersonId, values: T) => Promise<unknown>,
): fc.Arbitrary<Event> {
  return happening(name, fc.tuple(anyPlace, values), async (parts, [place, given]) => {
    for (const person of peopleAt(await everybodyIn(parts), [place])) await run(parts, person, given)
  })
}

const most = 7
/** Somebody by their place among those who are known by then. */
const anyPlace = fc.nat(most - 1)
const anyPlaces = fc.shuffledSubarray(Array.from({ length: most }, (_, index) => index))

/** Each in letters that mean something somewhere: quotes, other scripts, letters that are two or none. */
const locals = ["o'neil", 'zoë', '日本', 'a+b', 'x_y', 'ann', 'system.admin', '#1', '{b}', 'ß', '😀', '-']
const addresses = locals
  .flatMap((local) => [`${local}@contoso.com`, `${local}@müller.example`])
  .filter(isAddress)
const objectIds = Array.from({ length: most }, (_, index) => `0000000${index}-aaaa-4000-8000-00000000000f`)
const anyAddress = fc.constantFrom(...addresses)
const anyObjectId = fc.constantFrom(...objectIds)
/** Addresses of those whom somebody only plays, where nobody is authenticated. */
const anyPlayedAddress = fc.constantFrom('ann@played.example', "o'neil@played.example")
const anyChannelId = fc.constantFrom('29:1abc-DEF', '29:2', 'b7c4d2', 'User')
const oddNames = [
  ' ',
  'Ann',
  'Ann ',
  '\u202Enna',
  'O’Neil "x" \\',
  'Ann\nEk',
  '\u0000',
  '\uD83D',
  'null',
  '…',
]
const anyName = fc.oneof(
  anyAddress,
  anyObjectId,
  fc.constantFrom(...oddNames),
  fc.string({ unit: 'binary', maxLength: 8 }),
)
const reach = { channel: 'msteams', serviceUrl: 'https://x.example', conversation: 'c', bot: 'b', user: 'u' }

const anyArrival = fc.oneof(
  happening(
    'named',
    fc.tuple(fc.oneof(anyAddress, anyObjectId), fc.option(anyName, { nil: undefined })),
    ({ directory }, [name, shown]) => directory.mention(name, shown),
  ),
  happening(
    'met',
    fc.record({
      user: anyChannelId,
      name: anyName,
      // Who tells addresses tells object ids, too.
      known: fc.oneof(
        fc.constant({}),
        fc.record({ objectId: anyObjectId, address: anyAddress }, { requiredKeys: ['objectId'] }),
      ),
    }),
    ({ directory }, { known, ...sender }) => directory.meet({ ...sender, ...known, reach }),
  ),
  toSomebody('linked', anyAddress, async (parts, person, address) => linkAddress(parts, { person, address })),
  happening('became', fc.tuple(anyChannelId, anyPlayedAddress), async ({ directory }, [user, address]) => {
    await directory.become({ user, name: user, reach }, await directory.mention(address))
  }),
)

const anyNotification = fc.constantFrom<Notification>('ring', 'banner', 'mute')
const anyTarget: fc.Arbitrary<Target> = fc.oneof(
  fc.constantFrom<Target>({ is: 'voicemail' }, { is: 'delegates' }, { is: 'group' }),
  fc
    .constantFrom('+12065551234', '+12065551234;ext=7', '4711')
    .map((number): Target => ({ is: 'number', number })),
  anyPlace.map((place): Target => ({ is: 'person', person: `${place}` })),
)

/** A rule that was never set, is off, or is on; its person is a place still. */
function anyRule<Kept extends { readonly to: Target }>(kept: fc.Arbitrary<Kept>) {
  return fc.record({ is: fc.constantFrom('neverSet', 'off', 'offAndKept', 'on'), kept })
}

function ruleIn<Kept extends { readonly to: Target }>(
  { is, kept }: { readonly is: string; readonly kept: Kept },
  people: readonly PersonId[],
) {
  const { to } = kept
  const person = to.is === 'person' ? people[Number(to.person) % people.length] : undefined
  const rule = person === undefined ? kept : { ...kept, to: { is: 'person', person } as const }
  if (is === 'on') return { is: 'on', rule } as const
  if (is === 'offAndKept') return { is: 'off', kept: rule } as const
  return is === 'off' ? ({ is: 'off' } as const) : ({ is: 'neverSet' } as const)
}

const anySetting = fc.oneof(
  happening(
    'group',
    fc.record(
      {
        owner: anyPlace,
        members: anyPlaces,
        order: fc.constantFrom('simultaneous' as const, 'inOrder' as const),
        isRungByTeams: fc.constant(true),
      },
      { requiredKeys: ['owner', 'members', 'order'] },
    ),
    (parts, { owner, members: places, ...way }) =>
      change(parts, owner, (who, person, people) => {
        const members = peopleAt(people, places).filter((one) => one !== person)
        return setGroup(who(person), { members, ...way }, who)
      }),
  ),
  happening(
    'delegate',
    fc.tuple(anyPlace, anyPlace, fc.subarray([...delegatePermissions])),
    (parts, [owner, delegate, may]) =>
      change(parts, owner, (who, person, people) =>
        addDelegate(who(person), peopleAt(people, [delegate])[0] ?? '', may, who),
      ),
  ),
  happening(
    'forwarding',
    fc.tuple(
      anyPlace,
      anyRule(
        fc.record({ type: fc.constantFrom('immediate' as const, 'simultaneous' as const), to: anyTarget }),
      ),
    ),
    (parts, [owner, rule]) =>
      change(parts, owner, (who, person, people) =>
        setRules(who(person), { forwarding: ruleIn(rule, people) }, who),
      ),
  ),
  happening(
    'unanswered',
    fc.tuple(anyPlace, anyRule(fc.record({ to: anyTarget, after: fc.constantFrom(...ringTimeouts) }))),
    (parts, [owner, rule]) =>
      change(parts, owner, (who, person, people) =>
        setRules(who(person), { unanswered: ruleIn(rule, people) }, who),
      ),
  ),
  happening(
    'busy',
    fc.tuple(
      anyPlace,
      fc.constantFrom(
        'playBusySignal' as const,
        'redirectAsUnansweredCall' as const,
        'ringUser' as const,
        null,
      ),
    ),
    (parts, [owner, busyOnBusy]) =>
      change(parts, owner, (who, person) => setRules(who(person), { busyOnBusy }, who)),
  ),
  happening('override', fc.tuple(anyPlace, fc.option(anyNotification)), (parts, [member, override]) =>
    change(parts, member, (who, person) => setOverride(who(person), override)),
  ),
  happening('choices', anyNotification, async (parts, notification) => {
    for (const person of await everybodyIn(parts))
      await parts.settings.change(terminal, (who) => {
        const choices = who(person).settings.memberships.map(({ owner }) => ({ owner, notification }))
        return setNotifications(who(person), choices.slice(0, 1), who)
      })
  }),
)

const policyNames = [
  'Sales',
  'Frönt desk',
  'Tag:Tags',
  'a',
  'Z',
  '日本',
  '😀',
  '\uFF5E',
  'sip:x',
  'Global',
  '"',
]
const anyPolicyName = fc.constantFrom(...policyNames)

const anyDecision = fc.oneof(
  happening('policy', fc.tuple(anyPolicyName, fc.boolean()), ({ rights }, [name, isOn]) =>
    rights.setPolicy(terminal, name, {
      ...globalPolicy,
      allowCallGroups: isOn,
      allowDelegation: isOn,
      allowCallForwardingToUser: isOn,
      allowVoicemail: isOn ? 'userOverride' : 'alwaysDisabled',
      inboundPstn: isOn ? 'voicemail' : 'regularIncoming',
    }),
  ),
  toSomebody('assigned', fc.nat(3), async ({ rights }, person, place) => {
    const policies = await rights.policies({ limit: 9 })
    return rights.assign(terminal, person, policies[place]?.name ?? null)
  }),
  toSomebody(
    'eligibility',
    fc.option(fc.record({ teamsOnly: fc.boolean(), phoneSystem: fc.boolean() })),
    ({ rights }, person, eligibility) => rights.setEligibility(terminal, person, eligibility),
  ),
  toSomebody('account', fc.nat(3), ({ accounts }, person, account) =>
    accounts.setOwner(terminal, `bbbbbbb${account}-aaaa-4000-8000-00000000000f`, person),
  ),
  toSomebody('left', fc.constant(true), ({ sweeping }, person) => sweeping.left(terminal, person, true)),
)

/** What happens in an office until it is exported. */
export const anyOffice: fc.Arbitrary<readonly Event[]> = fc
  .tuple(
    fc.array(anyArrival, { minLength: 1, maxLength: 6 }),
    fc.array(
      fc.oneof(
        { arbitrary: anySetting, weight: 5 },
        { arbitrary: anyDecision, weight: 3 },
        { arbitrary: anyArrival, weight: 1 },
      ),
      { maxLength: 24, size: 'max' },
    ),
  )
  .map(([first, later]) => [...first, ...later])

async function everybodyIn({ store }: AdminParts): Promise<readonly PersonId[]> {
  return (await store.list('person', { limit: 200 })).map(({ id }) => id)
}

function peopleAt(people: readonly PersonId[], places: readonly number[]): readonly PersonId[] {
  return [...new Set(places.flatMap((place) => people[place % people.length] ?? []))]
}

/** Somebody's change of settings; what the rules refuse does not happen. */
async function change(
  parts: AdminParts,
  place: number,
  rule: (who: Subscribers, person: PersonId, people: readonly PersonId[]) => Change,
): Promise<void> {
  const people = await everybodyIn(parts)
  for (const person of peopleAt(people, [place]))
    await parts.settings.change(terminal, (who) => rule(who, person, people))
}
