import assert from 'node:assert/strict'
import { type Person } from '../peer/person.ts'
import { type Office, openOffice } from './office.ts'

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
      await root.sees('1 of them have a call group')
      await root.sees('Nothing is stale')
      await root.sees(/Ann changed their settings, in the chat/u)
      await root.click('Open', { name: 'ann@contoso.com' })
      await root.sees('Policy Global (by default)')
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
      await root.sees('Taken back for Ann')
      await ann.sees(/brought your call sharing back/u)
    })

    it('gives somebody a policy and a licence, or takes them', async () => {
      await root.say('policies')
      await root.click('Make it', { name: 'Front desk' })
      await root.click('Save', { ...whole, allowDelegation: 'false' })
      await root.say('policy of ann@contoso.com')
      await root.click('Save', { policy: 'Front desk', teamsOnly: 'true', phoneSystem: 'false' })
      await root.sees('Policy Front desk (by hand); requirements by hand.')
      await ann.say('add delegate bo@contoso.com')
      await ann.sees(/turned off delegation/u)
      await ann.say('add bo@contoso.com')
      await ann.sees(/no Phone System licence/u)
      await root.say('policy of ann@contoso.com')
      await root.click('Save', { policy: '-', teamsOnly: 'true', phoneSystem: 'true' })
      await ann.say('add bo@contoso.com')
      await ann.sees('1 of 25 members')
    })

    it('changes somebody’s settings, who is told', async () => {
      await shares()
      await root.say('admin settings of ann@contoso.com')
      await root.sees('Ann’s calls'.replace('’', "'"))
      await root.click('Call group')
      await root.click('One after the other')
      await ann.sees(/Your admin Root changed your call settings/u)
      await root.say('audit ann@contoso.com')
      await root.sees(/Root changed Ann, as an admin/u)
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
        'policies',
        'sweep',
        'audit',
        'policy of bo',
        'admin settings of root@contoso.com',
      ]) {
        await ann.say(words)
        assert.ok(
          !/Administration|Calling policies|Clean-up|Who changed|Root's calls/u.test(ann.last()),
          words,
        )
      }
      const clicks: ReadonlyArray<readonly [verb: string, data: Readonly<Record<string, unknown>>]> = [
        ['admin', {}],
        ['admin-policies', {}],
        ['admin-save-policy', { name: 'Global', ...whole, allowCallGroups: 'false' }],
        ['admin-remove-policy', { name: 'Global' }],
        ['admin-sweep', {}],
        ['admin-sweep-apply', {}],
        ['admin-undo', { id: '0' }],
        ['admin-audit', {}],
        ['admin-find', { name: 'root@contoso.com' }],
        ['admin-settings', { person: 'root@contoso.com' }],
        ['admin-rights', { person: 'root@contoso.com' }],
        ['admin-save-rights', { person: 'root@contoso.com', policy: '-', phoneSystem: 'false' }],
      ]
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
      await root.sees(/Bo changed Ann/u)
    })
  })
}

/** The button of this title, the last one on the screen. */
function button(person: Person, title: string) {
  return (
    person.buttons().findLast(({ action }) => action['title'] === title) ?? assert.fail(`no button ${title}`)
  )
}
