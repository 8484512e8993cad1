/** T22: what a policy or a missing licence forbids is refused by the bot, not only left off its cards. */
import assert from 'node:assert/strict'
import { type Office, openOffice } from '../flows/office.ts'
import { type Person } from '../peer/person.ts'

type Wish = { readonly says: readonly string[]; readonly presses: ReadonlyArray<readonly [string, object]> }

const form = { unanswered: 'voicemail', delay: '20' }

/** What nobody may do under a policy, by the field that turns it off. */
const forbidden: Readonly<Record<string, Wish>> = {
  AllowCallGroups: {
    says: ['add dee@contoso.com', 'also ring my group', 'forward my calls to my group'],
    presses: [
      ['add-members', { text: 'dee@contoso.com' }],
      ['save-forwarding', { ...form, forwarding: 'immediate', forwardTo: 'group' }],
      ['save-forwarding', { ...form, forwarding: 'simultaneous', forwardTo: 'group' }],
    ],
  },
  AllowDelegation: {
    says: ['add delegate dee@contoso.com', 'forward my calls to my delegates'],
    presses: [
      ['save-delegate', { people: 'dee@contoso.com', permissions: 'manageSettings' }],
      ['save-forwarding', { ...form, forwarding: 'immediate', forwardTo: 'delegates' }],
    ],
  },
  AllowCallForwardingToUser: {
    says: ['forward my calls to dee@contoso.com', 'also ring dee@contoso.com'],
    presses: [
      [
        'save-forwarding',
        { ...form, forwarding: 'immediate', forwardTo: 'somebody', forwardWhom: 'dee@contoso.com' },
      ],
    ],
  },
  AllowCallForwardingToPhone: {
    says: ['forward my calls to +442079460000', 'also ring +442079460000'],
    presses: [
      [
        'save-forwarding',
        { ...form, forwarding: 'immediate', forwardTo: 'somebody', forwardWhom: '+442079460000' },
      ],
    ],
  },
  AllowPrivateCalling: {
    says: ['add dee@contoso.com', 'forward my calls to +442079460000'],
    presses: [['add-members', { text: 'dee@contoso.com' }]],
  },
}

for (const flavour of ['msteams', 'emulator'] as const) {
  describe(`T22 What is not allowed (${flavour})`, () => {
    let office: Office
    let ann: Person
    beforeEach(async () => {
      office = await openOffice(flavour)
      ann = await office.person('Ann')
      await office.person('Dee')
      await ann.say('add bo@contoso.com')
      await ann.say('add delegate bo@contoso.com')
    })
    afterEach(() => office.close())

    async function administers(path: string, body: object): Promise<void> {
      const { status } = await office.administer('PUT', path, body)
      assert.equal(status, 200, path)
    }

    /** Says and presses all of it; whether it has changed anything. */
    async function changes({ says, presses }: Wish): Promise<readonly string[]> {
      const changed: string[] = []
      const owner = flavour === 'msteams' ? ann.objectId : ann.user
      const ways = [
        ...says.map((text) => [text, () => ann.say(text)] as const),
        ...presses.map(([verb, data]) => [verb, () => ann.forge(verb, { owner, ...data })] as const),
      ]
      for (const [what, act] of ways) {
        const before = await office.settled()
        assert.equal((await act()).status, 200, what)
        if ((await office.settled()) !== before) changed.push(what)
      }
      return changed
    }

    for (const [field, wish] of Object.entries(forbidden)) {
      it(`T22 is refused without ${field}, whether it is said or pressed`, async () => {
        await administers('/policies/Global', { [field]: false })
        assert.deepEqual(await changes(wish), [])
        await administers('/policies/Global', {})
        assert.notDeepEqual(await changes(wish), [], 'it is the policy that forbids it')
      })
    }

    for (const missing of ['PhoneSystem', 'TeamsOnly']) {
      it(`T22 is to share calls without ${missing}`, async () => {
        await administers('/users/ann@contoso.com/eligibility', {
          TeamsOnly: true,
          PhoneSystem: true,
          [missing]: false,
        })
        assert.ok(forbidden['AllowCallGroups'])
        assert.deepEqual(await changes(forbidden['AllowCallGroups']), [])
      })
    }
  })
}
