import assert from 'node:assert/strict'
import { verbs } from '../../src/chat/clicks.ts'
import { type Person } from '../peer/person.ts'
import { adminKey, type Office, openOffice } from './office.ts'

for (const flavour of ['msteams', 'emulator'] as const) {
  describe(`Administration in the chat (${flavour})`, () => {
    let office: Office
    let root: Person
    let ann: Person
    beforeEach(async () => {
      office = await openOffice(flavour)
      root = await office.person('Root')
      ann = await office.person('Ann')
    })
    afterEach(() => office.close())

    const shares = async () => {
      await ann.say('add bo@contoso.com and cy@contoso.com')
      await ann.say('forward my calls to my group')
    }
    const turnOff = async () => {
      await root.say('policies')
      await root.press(button(root, 'Open'))
      await root.click('Save', { ...whole, allowCallGroups: 'false' })
    }
    const whole = {
      allowPrivateCalling: 'true',
      allowCallGroups: 'true',
      allowDelegation: 'true',
      allowCallForwardingToUser: 'true',
      allowCallForwardingToPhone: 'true',
      allowVoicemail: 'userOverride',
      busyOnBusy: 'disabled',
      inboundFederated: 'regularIncoming',
      inboundPstn: 'regularIncoming',
    }

    it('begins with one card that leads to everything', async () => {
      await shares()
      await root.say('admin')
      await root.sees('with a call group')
      await root.sees('Nothing needs cleaning up')
      await root.sees(/Ann changed their settings, in the chat/u)
      await root.click('Open', { name: 'ann@contoso.com' })
      await root.sees(
        'Policy Global (by default). Teams Only mode, with a Phone System licence (by default).',
      )
    })

    it('cleans up with a preview once call groups are turned off, and takes it back', async () => {
      await shares()
      await turnOff()
      await root.sees('1 person still shares calls without being allowed to')
      await root.click('Preview clean-up')
      await root.sees(/Ann.*Call groups are turned off for them\. Concerned: /su)
      await root.click('Clean up')
      await root.sees('Cleaned up after 1 person')
      await ann.sees(/admin Root cleaned up call sharing/u)
      await ann.say('my group')
      await ann.sees(/turned off call groups/u)
      await root.click('Undo')
      await root.sees('Undone for Ann')
      await ann.sees(/brought your call sharing back/u)
    })

    it('opens a policy with Tag: before its name, as Teams prints it', async () => {
      await office.administer('PUT', '/policies/Sales', { AllowDelegation: false })
      await root.say('policies')
      await root.click('Open or make', { name: 'Tag:Sales' })
      assert.match(root.last(), /^Sales Turned off: delegation/u)
    })

    it('gives somebody a policy and a licence, or takes them', async () => {
      await root.say('policies')
      await root.click('Open or make', { name: 'Front desk' })
      await root.click('Save', { ...whole, allowDelegation: 'false' })
      await root.say('policy of ann@contoso.com')
      await root.click('Save', { policy: 'Front desk', requirements: 'noPhoneSystem' })
      await root.sees('Policy Front desk (by hand). No Phone System licence (by hand).')
      await ann.say('add delegate bo@contoso.com')
      await ann.sees(/turned off delegation/u)
      await ann.say('add bo@contoso.com')
      await ann.sees(/no Phone System licence/u)
      await root.say('policy of ann@contoso.com')
      await root.click('Save', { policy: '-', requirements: '-' })
      await ann.say('add bo@contoso.com')
      await ann.sees('1 of 25 members')
    })

    it('changes somebody’s settings, who is told', async () => {
      await shares()
      await root.say('admin settings of ann@contoso.com')
      await root.sees('Ann’s calls')
      await root.sees('All calls go to their call group')
      await root.click('Call group')
      await root.sees('When calls go to this group All calls go to their call group.')
      await root.click('One after the other')
      await ann.sees(/Your admin Root changed your call settings/u)
      await root.say('audit ann@contoso.com')
      await root.sees(
        /Root changed the settings of Ann, as an admin Call group: .+ → .+, one after the other\./u,
      )
    })

    it('does not let an old form write over what was changed meanwhile', async () => {
      await root.say('policies')
      await root.press(button(root, 'Open'))
      const old = button(root, 'Save')
      await office.administer('PUT', '/policies/Global', { AllowDelegation: false })
      const before = await office.settled()
      await root.press(old, whole)
      await root.sees('Somebody changed this policy in the meantime')
      await root.say('policy of ann@contoso.com')
      const rights = button(root, 'Save')
      await office.administer('PUT', '/users/ann@contoso.com/eligibility', { TeamsOnly: false })
      await root.press(rights, { policy: '-', requirements: 'met' })
      await root.sees('Somebody changed this in the meantime')
      const { body } = await office.administer('GET', '/users/ann@contoso.com/policy')
      assert.equal((body as Record<string, unknown>)['TeamsOnly'], false)
      assert.notEqual(await office.settled(), before)
    })

    it('says what happens to calls while somebody is in one, or lets them choose', async () => {
      for (const [type, says] of [
        ['Disabled', /while you are in one: they ring you all the same/],
        ['Enabled', /while you are in one: the caller hears a busy tone/],
        ['Unanswered', /while you are in one: they go where your unanswered calls go/],
        ['UserOverride', /choose below, at “While I am in a call”.*Where your calls go/],
      ] as const) {
        await office.administer('PUT', '/policies/Global', { BusyOnBusyEnabledType: type })
        await ann.say('if I am in a call?')
        assert.match(ann.last(), says)
      }
      await ann.click('Save', { busy: 'playBusySignal' })
      await ann.say('if busy')
      assert.match(JSON.stringify(ann.screen().at(-1)?.card), /"value":"playBusySignal","choices"/)
    })

    it('cleans up after those alone whom the preview named', async () => {
      await shares()
      const bo = await office.person('Bo')
      await bo.say('add dee@contoso.com')
      await office.administer('PUT', '/policies/Small', { AllowCallGroups: false })
      await office.administer('PUT', '/users/ann@contoso.com/policy', { Policy: 'Small' })
      await root.say('sweep')
      const old = button(root, 'Clean up')
      await office.administer('PUT', '/users/bo@contoso.com/policy', { Policy: 'Small' })
      await root.press(old)
      await root.sees('This is no longer what the card showed')
      const { body } = await office.administer('GET', '/stale')
      assert.equal((body as { value: unknown[] }).value.length, 2)
      await root.click('Clean up')
      await root.sees('Cleaned up after 2 people')
    })

    it('takes back a clean-up that is found again in the list', async () => {
      await shares()
      await turnOff()
      await root.click('Preview clean-up')
      await root.click('Clean up')
      await root.say('sweep')
      await root.click('What was cleaned up')
      await root.press(button(root, 'Open'))
      await root.sees(/Cleaned up on .*1 person Ann/su)
      await root.click('Undo')
      await root.sees('Undone for Ann')
      await root.click('What was cleaned up')
      await root.sees('Ann (undone)')
      await root.press(button(root, 'Open'))
      await root.sees('This was undone.')
    })

    it('lets go of somebody who has left, after saying what that does', async () => {
      await shares()
      const before = await office.settled()
      await root.say('policy of bo@contoso.com')
      await root.click('Has left')
      await root.sees(/Has bo@contoso\.com left\?.*Concerned Ann/su)
      assert.equal(await office.settled(), before)
      await root.click('Clean up')
      await root.sees('You can undo this for 30 days')
      await ann.say('my group')
      await ann.sees('1 of 25 members')
      await root.click('Undo')
      await ann.say('my group')
      await ann.sees(/2 of 25 members.*1 of 25 members.*2 of 25 members/su)
      await root.say('policy of root@contoso.com')
      await root.click('Has left')
      await root.sees('there is nothing to clean up')
    })

    it('lists everybody and all policies, a page at a time', async () => {
      for (let index = 0; index < 12; index += 1) {
        await office.administer('PUT', `/policies/P${index}`, {})
        await office.administer('PUT', `/users/p${index}@contoso.com/policy`, { Policy: `p${index}` })
      }
      for (const [words, names] of [
        ['people', Array.from({ length: 12 }, (_, index) => `p${index}@contoso.com Policy P${index}.`)],
        ['policies', Array.from({ length: 12 }, (_, index) => `P${index} Everything is allowed.`)],
      ] as const) {
        await root.say(words)
        const first = root.last()
        await root.click('More')
        const both = `${first} ${root.last()}`
        for (const name of names) assert.ok(both.includes(name), `${name} in ${both}`)
      }
    })

    it('lists people by their names, not by ids, and goes on where the page ended', async () => {
      const names = ['Óla', 'olga', 'Bea', 'Åke', 'Pia', 'zoe', 'Max', 'Max', 'Ida', 'Udo', 'Eva', 'Tim']
      const id = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
      const rows = names.map((DisplayName, index) => JSON.stringify({ ObjectId: id(index), DisplayName }))
      const headers = { Authorization: `Bearer ${adminKey}`, 'Content-Type': 'text/plain' }
      const body = rows.join('\n')
      await (await fetch(`${office.botUrl}/api/admin/import`, { method: 'POST', headers, body })).text()
      await root.say('people')
      const first = root.last()
      await root.click('More')
      const both = `${first} ${root.last()}`.replaceAll(/ \(\S+\)/gu, '')
      const listed = both.match(/\S+(?= Policy Global)/gu) ?? []
      const wanted = 'Åke Ann Bea Eva Ida Max Max Óla olga Pia Root Tim Udo zoe'
      assert.equal(listed.join(' '), wanted)
    })

    it('says so when there are more policies than a card can offer', async () => {
      const make = (index: number) => office.administer('PUT', `/policies/P${100 + index}`, {})
      for (let index = 0; index < 39; index += 1) await make(index)
      await root.say('policy of ann@contoso.com')
      assert.doesNotMatch(root.last(), /others are given/u)
      await make(39)
      await office.administer('PUT', '/users/ann@contoso.com/policy', { Policy: 'P139' })
      await root.say('policy of ann@contoso.com')
      assert.match(root.last(), /the first 40 by name; others are given with the admin API or an import/u)
      assert.match(root.last(), /P139.*P138/su, 'the one that counts can be seen')
    })

    it('tells of changes in the words of the cards', async () => {
      await shares()
      await ann.say('ring in order')
      await ann.say('if unanswered voicemail after 30')
      await office.administer('PUT', '/policies/Global', {
        AllowDelegation: false,
        AllowVoicemail: 'AlwaysEnabled',
      })
      await office.administer('PUT', '/users/ann@contoso.com/eligibility', { PhoneSystem: false })
      await office.administer('PATCH', '/users/bo@contoso.com/calling-settings', {
        GroupMembershipDetails: [{ CallGroupOwnerId: 'ann@contoso.com', NotificationSetting: 'Mute' }],
      })
      await root.say('audit')
      for (const words of [
        'Ann changed their settings, in the chat Call group: nobody → bo@contoso.com and cy@contoso.com.',
        'Forwarding: Off → All calls go to their call group.',
        'Call group: bo@contoso.com and cy@contoso.com → bo@contoso.com and cy@contoso.com, one after the other.',
        'If unanswered: Voicemail after 30 seconds (default) → Voicemail after 30 seconds.',
        'An admin changed the policy Global, through the admin API Delegation: allowed → turned off. Voicemail: as everybody chooses → always, after 30 seconds.',
        'Requirements: not said by hand → No Phone System licence.',
        'An admin changed the settings of bo@contoso.com, through the admin API Calls of Ann: ring → mute.',
      ])
        assert.ok(root.last().includes(words), `${words} is not in ${root.last()}`)
    })

    it('does not exist for anybody else', async () => {
      await shares()
      await ann.say('help')
      assert.ok(!ann.words().includes('Administration'))
      await root.say('help')
      await root.sees('Administration')
      const before = await office.settled()
      for (const words of [
        'admin',
        'people',
        'policies',
        'sweep',
        'audit',
        'policy of bo',
        'admin settings of root@contoso.com',
      ]) {
        // What anybody is told of a word that nobody has heard of.
        await ann.say(words.replace(/^\w+/u, 'zzzzz'))
        const unheard = ann.last()
        await ann.say(words)
        assert.equal(ann.last(), unheard, words)
      }
      const clicks: ReadonlyArray<readonly [verb: string, data: Readonly<Record<string, unknown>>]> = [
        ['admin', {}],
        ['admin-policies', {}],
        ['admin-save-policy', { name: 'Global', ...whole, allowCallGroups: 'false' }],
        ['admin-remove-policy', { name: 'Global' }],
        ['admin-sweep', {}],
        ['admin-sweep-apply', {}],
        ['admin-undo', { id: '0' }],
        ['admin-sweeps', {}],
        ['admin-swept', { id: '0' }],
        ['admin-people', {}],
        ['admin-policy', { name: 'Global' }],
        ['admin-left', { person: 'root@contoso.com' }],
        ['admin-left-apply', { person: 'root@contoso.com' }],
        ['admin-audit', {}],
        ['admin-find', { name: 'root@contoso.com' }],
        ['admin-settings', { person: 'root@contoso.com' }],
        ['admin-rights', { person: 'root@contoso.com' }],
        ['admin-save-rights', { person: 'root@contoso.com', policy: '-', requirements: 'neither' }],
      ]
      const made = [...verbs].filter((verb) => verb === 'admin' || verb.startsWith('admin-'))
      assert.deepEqual(clicks.map(([verb]) => verb).sort(), made.sort())
      const unknown = await ann.forge('no such verb', {})
      for (const [verb, data] of clicks)
        assert.deepEqual(await ann.forge(verb, { ...data, admins: 'ann', userId: 'root' }), unknown, verb)
      assert.equal(await office.settled(), before)
    })

    it('cleans up after somebody who removes the app, and not at an upgrade', async () => {
      if (flavour !== 'msteams') return
      await shares()
      const bo = await office.person('Bo')
      await bo.removeApp()
      await ann.sees(/Bo left your call group/u)
      await root.say('audit ann@contoso.com')
      await root.sees(/Bo changed the settings of Ann/u)
    })
  })
}

/** The button of this title, the last one on the screen. */
function button(person: Person, title: string) {
  return (
    person.buttons().findLast(({ action }) => action['title'] === title) ?? assert.fail(`no button ${title}`)
  )
}
