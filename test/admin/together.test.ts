import assert from 'node:assert/strict'
import { readCallingSettings } from '../../src/admin/calling-settings.ts'
import { Dice } from '../simulation/dice.ts'
import { mismatches } from '../core/mismatches.ts'
import { type Person } from '../peer/person.ts'
import { adminKey, type Office, openOffice } from '../flows/office.ts'

const names = ['Ann', 'Bo', 'Cy', 'Dee', 'Eve', 'Fay'] as const
const [rounds, seeds] = [60, [1, 2, 3, 4, 5, 6]] as const

type Name = (typeof names)[number]
const addressOf = (name: Name) => `${name.toLowerCase()}@contoso.com`

for (const seed of seeds) {
  describe(`People, an admin and imports, all at it together (seed ${seed})`, () => {
    let office: Office
    let people: ReadonlyMap<Name, Person>
    const dice = new Dice(seed)
    before(async () => {
      office = await openOffice('msteams')
      // Two of them come later, and are known by address until then.
      const there = await Promise.all(
        names.slice(0, 4).map(async (name) => [name, await office.person(name)] as const),
      )
      people = new Map(there)
    })
    after(() => office.close())

    it('leave members, memberships and both sides of delegation in agreement', async () => {
      for (let round = 0; round < rounds; round += 1) {
        const steps = Array.from({ length: 1 + dice.below(3) }, () => step(dice))
        if (round === 20) people = new Map([...people, ['Eve', await office.person('Eve')]])
        // Those of one round are under way at the same time.
        await Promise.all(steps.map((run) => run(office, people)))
        if (round % 5 === 4) assert.deepEqual(mismatches(await sheets(office)), [], `round ${round}`)
      }
    })
  })
}

type Step = (office: Office, people: ReadonlyMap<Name, Person>) => Promise<unknown>

function step(dice: Dice): Step {
  return dice.pick([inChat, inChat, overHttp, overHttp, byImport, byClean])(dice)
}

function inChat(dice: Dice): Step {
  const [who, other] = [dice.pick(names), dice.pick(names)]
  const words = dice.pick([
    `add ${addressOf(other)}`,
    `add ${addressOf(other)}`,
    `remove ${addressOf(other)}`,
    `leave ${addressOf(other)}`,
    'forward my calls to my group',
    'also ring my delegates',
    'if unanswered my group after 20',
    'stop sharing',
    'ring in order',
    `mute ${addressOf(other)}`,
    `add delegate ${addressOf(other)}`,
    `remove delegate ${addressOf(other)}`,
  ])
  return async (_, people) => people.get(who)?.say(words)
}

function overHttp(dice: Dice): Step {
  const who = addressOf(dice.pick(names))
  const group = {
    CallGroupOrder: dice.pick(['InOrder', 'Simultaneous']),
    CallGroupTargets: names.filter(() => dice.chance(0.4)).map((name) => `sip:${addressOf(name)}`),
  }
  const forwarding = {
    IsForwardingEnabled: dice.chance(0.7),
    ForwardingType: dice.pick(['Immediate', 'Simultaneous']),
    ForwardingTargetType: dice.pick(['Group', 'MyDelegates']),
  }
  const delegate = { Id: addressOf(dice.pick(names)), ReceiveCalls: dice.chance(0.7) }
  return dice.pick<Step>([
    (office) => office.administer('PATCH', `/users/${who}/calling-settings`, group),
    (office) => office.administer('PATCH', `/users/${who}/calling-settings`, forwarding),
    (office) => office.administer('POST', `/users/${who}/delegates`, delegate),
    (office) => office.administer('DELETE', `/users/${who}/delegates/${delegate.Id}`),
  ])
}

function byImport(dice: Dice): Step {
  const rows = names
    .filter(() => dice.chance(0.4))
    .map((name) => ({
      SipUri: `sip:${addressOf(name)}`,
      CallGroupTargets: names.filter(() => dice.chance(0.4)).map(addressOf),
      Delegates: names
        .filter(() => dice.chance(0.2))
        .map((one) => ({ Id: addressOf(one), ReceiveCalls: true })),
      ...(dice.chance(0.5)
        ? { IsForwardingEnabled: true, ForwardingType: 'Immediate', ForwardingTargetType: 'Group' }
        : {}),
    }))
  return async ({ botUrl }) => {
    const headers = { Authorization: `Bearer ${adminKey}`, 'Content-Type': 'text/plain' }
    const body = rows.map((row) => JSON.stringify(row)).join('\n')
    const reply = await fetch(`${botUrl}/api/admin/import`, { method: 'POST', headers, body })
    assert.match(await reply.text(), /"is":"done"/u)
  }
}

/** Policies that come and go, clean-up, people who leave, and all of that taken back. */
function byClean(dice: Dice): Step {
  const who = addressOf(dice.pick(names))
  const policy = { AllowCallGroups: dice.chance(0.6) }
  return dice.pick<Step>([
    (office) => office.administer('PUT', '/policies/Global', policy),
    (office) => office.administer('PUT', `/users/${who}/eligibility`, { PhoneSystem: dice.chance(0.7) }),
    (office) => office.administer('POST', '/sweep', { apply: true }),
    (office) => office.administer('DELETE', `/users/${who}`),
    async (office) => {
      const { body } = await office.administer('GET', '/undo?limit=200')
      const ids = [...JSON.stringify(body).matchAll(/"Undo":"([^"]+)"/gu)].map(([, id = '']) => id)
      const [first, ...more] = ids
      if (first !== undefined) await office.administer('POST', `/undo/${dice.pick([first, ...more])}`)
    },
  ])
}

async function sheets(office: Office) {
  const found = await Promise.all(
    names.map(async (name) => {
      const { status, body } = await office.administer('GET', `/users/${addressOf(name)}/calling-settings`)
      if (status === 404) return []
      const sheet = readCallingSettings(body)
      if ('error' in sheet) assert.fail(sheet.error.message)
      return [[addressOf(name), sheet] as const]
    }),
  )
  return found.flat()
}
