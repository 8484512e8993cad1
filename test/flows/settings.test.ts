import assert from 'node:assert/strict'
import { type Person } from '../peer/person.ts'
import { type Office, openOffice } from './office.ts'

for (const flavour of ['msteams', 'emulator'] as const) {
  describe(`Settings by clicking (${flavour})`, () => {
    let office: Office
    let ann: Person
    let bo: Person
    beforeEach(async () => {
      office = await openOffice(flavour)
      ann = await office.person('Ann')
      bo = await office.person('Bo')
    })
    afterEach(() => office.close())

    /** What Teams' people picker or the list of known people gives for somebody. */
    const picked = (person: Person) => (flavour === 'msteams' ? person.objectId : person.user)
    const addSix = () =>
      ann.say('add c1@contoso.com, c2@contoso.com, c3@contoso.com, c4@contoso.com, c5@contoso.com')

    it('creates the call group from the welcome card, with somebody picked', async () => {
      await ann.click('Create my call group')
      assert.match(ann.last(), /Nobody is in it yet/)
      await ann.click('Add', { people: picked(bo) })
      assert.match(ann.last(), /Added Bo/)
      assert.match(ann.last(), /1 of 25 members/)
      await bo.sees(/Ann added you to their call group/)
    })

    it('adds by address whom the bot has not met, and says so', async () => {
      await ann.say('my group')
      await ann.click(
        'Add',
        flavour === 'msteams' ? { text: 'dee@contoso.com' } : { text: 'dee@contoso.com, not an address' },
      )
      assert.match(ann.last(), /dee@contoso\.com/)
      assert.match(ann.last(), /has not opened the bot yet/)
    })

    it('moves and removes members with one press each', async () => {
      await ann.say('add bo@contoso.com, c1@contoso.com and c2@contoso.com')
      await ann.click('Move to the top')
      assert.match(ann.last(), /1\. c2@contoso\.com.*2\. Bo.*3\. c1@contoso\.com/)
      await ann.click('Move up')
      assert.match(ann.last(), /1\. c2@contoso\.com.*2\. c1@contoso\.com.*3\. Bo/)
      await ann.click('Move down')
      assert.match(ann.last(), /1\. c2@contoso\.com.*2\. Bo.*3\. c1@contoso\.com/)
      await ann.click('Remove')
      assert.match(ann.last(), /2 of 25/)
      assert.doesNotMatch(ann.last(), /\d\. c1@contoso\.com/)
    })

    it('moves the chosen member of a long group', async () => {
      await addSix()
      await ann.say('add bo@contoso.com')
      await ann.click('First', { person: picked(bo) })
      assert.match(ann.last(), /1\. Bo.*2\. c1/)
      await ann.click('↓ Down', { person: picked(bo) })
      assert.match(ann.last(), /1\. c1.*2\. Bo/)
      await ann.click('Remove', { person: picked(bo) })
      assert.doesNotMatch(ann.last(), /\d\. Bo/)
    })

    it('chooses the ring order, and says when a sixth member ends it, and undoes that', async () => {
      await addSix()
      await ann.click('One after the other')
      assert.match(ann.last(), /Members now ring one after the other/)
      await ann.say('add bo@contoso.com')
      assert.match(ann.last(), /In order works with up to 5 members, so all of them now ring at once/)
      await ann.click('Undo')
      assert.match(ann.last(), /5 of 25 members/)
      await ann.say('settings')
      assert.match(ann.last(), /one after the other/)
      await ann.say('my group')
      await ann.click('All at once')
      await ann.say('settings')
      assert.match(ann.last(), /all at once/)
    })

    it('warns of members who are never reached, on every card that shows it, and mends it with one press', async () => {
      await ann.say('add c1@contoso.com, c2@contoso.com and c3@contoso.com')
      await ann.say('ring in order')
      await ann.say('also ring my group')
      assert.match(ann.last(), /The ringing ends before c3@contoso\.com would be reached/)
      for (const words of ['settings', 'who rings']) {
        await ann.say(words)
        assert.match(ann.last(), /ends before c3@contoso\.com would be reached/, words)
      }
      await ann.say('settings')
      assert.match(ann.last(), /together with c1@contoso\.com and c2@contoso\.com one after the other/)
      await ann.click('Ring for 50 seconds')
      assert.match(ann.last(), /Calls ring you for 50 seconds.*If unanswered Voicemail after 50 seconds/)
      await ann.say('settings')
      assert.doesNotMatch(ann.last(), /would be reached/)
      await ann.say('if unanswered voicemail after 20')
      await ann.click('Forward all calls to the group')
      assert.match(ann.last(), /one after the other for 60 seconds/)
      await ann.say('also ring my group')
      await ann.click('Ring everyone at once')
      await ann.say('settings')
      assert.match(ann.last(), /all at once/)
    })

    it('offers the way out of rules that lead nowhere, or to the same people twice', async () => {
      await ann.say('add bo@contoso.com')
      await ann.say('also ring my group')
      await ann.say('if unanswered my group')
      await ann.say('settings')
      assert.match(ann.last(), /would go to people who were already rung/)
      await ann.click('Unanswered calls to voicemail')
      assert.match(ann.last(), /then go to voicemail/)
      await bo.say('mute ann')
      await ann.say('settings')
      assert.match(
        ann.last(),
        /Nobody in the group would notice a call.*Forwarding does not work as it is set/,
      )
      assert.ok(['Add people', 'Open forwarding'].every((title) => ann.titles().includes(title)))
      await ann.say('remove bo')
      assert.match(ann.last(), /Nobody would be left in the call group/)
      await ann.click('Turn sharing off')
      assert.match(ann.last(), /Sharing is off and your call group is empty/)
    })

    it('says when calls go another way only at the moment', async () => {
      await ann.say('simulate presence do not disturb')
      await ann.say('settings')
      assert.match(ann.last(), /go to voicemail at once\. You are offline or set to Do not disturb\./)
      await ann.say('simulate presence available')
      await ann.say('add bo@contoso.com')
      await ann.say('forward my calls to my group')
      await ann.say('simulate presence busy for bo')
      await ann.say('who rings')
      assert.match(
        ann.last(),
        /Nobody in the call group can be rung at the moment, so forwarding is passed over/,
      )
    })

    it('refuses an old card, and shows how things are now', async () => {
      await ann.say('add bo@contoso.com and c1@contoso.com')
      const old = ann.buttons().findLast(({ title }) => title === 'Remove')
      await ann.say('move bo down')
      assert.ok(old)
      await ann.press(old)
      await ann.sees(/settings have changed since this card was drawn, so nothing was done/)
      await ann.say('my group')
      assert.match(ann.last(), /2 of 25/)
    })

    it('turns sharing off only after asking', async () => {
      await ann.say('add bo@contoso.com')
      await ann.say('also ring my group')
      await ann.say('my group')
      await ann.click('Turn sharing off')
      await ann.say('settings')
      assert.match(ann.last(), /Call group Nobody yet/)
      assert.match(ann.last(), /Forwarding Off/)
    })

    it('sets both rules in one form', async () => {
      await ann.say('add bo@contoso.com')
      await ann.say('forwarding')
      await ann.click('Save', {
        forwarding: 'simultaneous',
        forwardTo: 'group',
        unanswered: 'voicemail',
        delay: '40',
      })
      assert.match(ann.last(), /Calls ring you for 40 seconds, together with Bo, then go to voicemail/)
      await ann.say('forwarding')
      await ann.click('Save', { forwarding: 'off', unanswered: 'off' })
      assert.match(ann.last(), /Forwarding Off/)
      assert.match(ann.last(), /Nothing: the call ends/)
    })

    it('takes a number that was typed, even if the choice above it was forgotten', async () => {
      await ann.say('forwarding')
      await ann.click('Save', { forwarding: 'immediate', forwardWhom: '+44 20 7946 0000' })
      assert.match(ann.last(), /All calls go to \+44\s?20\s?7946\s?0000/)
      await ann.say('forwarding')
      await ann.click('Save', { forwardTo: 'voicemail' })
      assert.match(ann.last(), /All calls go to voicemail/)
    })

    it('changes a person in the form to another one', async () => {
      const cy = await office.person('Cy')
      const field = flavour === 'msteams' ? 'forwardPerson' : 'forwardWhom'
      await ann.say('also ring bo@contoso.com')
      assert.match(ann.last(), /Also rings Bo/)
      await ann.say('forwarding')
      await ann.click('Save', { [field]: flavour === 'msteams' ? cy.objectId : cy.address })
      assert.match(ann.last(), /Also rings Cy/)
    })

    it('says beside the field what cannot be, keeps what was filled in, and changes nothing', async () => {
      await ann.say('forwarding')
      await ann.click('Save', {
        forwarding: 'immediate',
        forwardTo: 'group',
        unanswered: 'voicemail',
        delay: '60',
      })
      assert.match(ann.last(), /✕ .*(empty|no members|nobody)/i)
      const delay = JSON.stringify(ann.screen().at(-1)?.card ?? {})
      assert.match(delay, /"id":"delay"[^}]*"value":"60"|"value":"60"[^}]*"id":"delay"/)
      await ann.click('Save', { forwarding: 'simultaneous', forwardTo: 'voicemail' })
      assert.match(ann.last(), /✕ /)
      await ann.click('Save', { forwardTo: 'somebody', forwardWhom: 'nobody at all' })
      assert.match(ann.last(), /✕ .*nobody at all/)
      await ann.say('settings')
      assert.match(ann.last(), /Forwarding Off/)
    })

    it('lets a member choose how each group reaches them', async () => {
      await ann.say('add bo@contoso.com')
      await bo.sees(/Ann added you/)
      await bo.click('Banner')
      assert.match(bo.last(), /Calls for Ann now show a banner/)
      const owner = flavour === 'msteams' ? ann.objectId : ann.user
      await bo.click('Save', { [`how:${owner}`]: 'mute', override: 'none' })
      await ann.say('my group')
      assert.match(ann.last(), /Bo\s+\(muted\)/)
      await bo.click('Save', { [`how:${owner}`]: 'ring', override: 'mute' })
      assert.match(bo.last(), /Calls for Ann \(muted now\)/)
      await ann.say('my group')
      assert.match(ann.last(), /Bo\s+\(muted\)/)
      await bo.say('unmute all')
      await bo.click('Leave this group', { owner })
      assert.match(bo.last(), /You left the call group of Ann/)
      await ann.sees(/Bo left your call group/)
    })

    it('shows what a delegate may do before it is changed, so that nothing is lost by adding to it', async () => {
      await ann.say('delegates')
      const who: Record<string, string> =
        flavour === 'msteams' ? { people: bo.objectId } : { text: bo.address }
      await ann.click('Add', { ...who, permissions: 'manageSettings' })
      await ann.say('add delegate bo')
      assert.match(ann.last(), /Bo is on the list already.*Bo may change settings/)
      await ann.click('Change')
      assert.match(JSON.stringify(ann.screen().at(-1)?.card), /"value":"manageSettings"[^}]*"choices"/)
      await ann.click('Save', { permissions: 'manageSettings,joinActiveCalls' })
      assert.match(ann.last(), /Bo may change settings and join calls/)
      await bo.sees(
        /What you may do as Ann’s delegate has changed: you now may change settings and join calls/,
      )
      await ann.click('Change')
      await ann.click('Remove')
      assert.match(ann.last(), /0 of 25/)
      await ann.click('Add')
      assert.match(ann.last(), /Say who should be your delegate/)
    })

    it('lets a delegate change the settings of the person they act for, who is told', async () => {
      await ann.say('delegates')
      await ann.click('Add', {
        ...(flavour === 'msteams' ? { people: bo.objectId } : { text: bo.address }),
        permissions: 'receiveCalls,manageSettings',
      })
      assert.match(ann.last(), /Bo may take calls and change settings/)
      await bo.say('delegates')
      await bo.click('Open settings')
      assert.match(bo.last(), /Ann’s calls/)
      await bo.click('If unanswered')
      await bo.click('Save', { unanswered: 'voicemail', delay: '60' })
      await ann.sees(/Bo changed your call settings/)
      await ann.say('settings')
      assert.match(ann.last(), /Voicemail after 60 seconds/)
      await ann.say('delegates')
      await ann.click('Remove', { person: picked(bo) })
      assert.match(ann.last(), /0 of 25/)
      await bo.say('settings of ann')
      assert.doesNotMatch(bo.last(), /Ann’s calls/)
    })
  })
}
