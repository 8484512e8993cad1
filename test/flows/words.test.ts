import assert from 'node:assert/strict'
import { commands } from '../../src/chat/commands.ts'
import { type CardJson } from '../../src/chat/draw/card.ts'
import { type Person } from '../peer/person.ts'
import { type Office, openOffice } from './office.ts'

for (const flavour of ['msteams', 'emulator'] as const) {
  describe(`What people type (${flavour})`, () => {
    let office: Office
    let ann: Person
    let bo: Person
    beforeEach(async () => {
      office = await openOffice(flavour)
      ann = await office.person('Ann')
      bo = await office.person('Bo')
    })
    afterEach(() => office.close())

    async function answerTo(person: Person, text: string): Promise<string> {
      await person.say(text)
      return person.last()
    }

    it('every phrase of the table is understood', async () => {
      // Offered elsewhere: in the Emulator, and where calls come from Graph (graph.test.ts).
      const elsewhere = flavour === 'msteams' ? /^(I am|let Teams)/u : /^let Teams/u
      const offered = commands.filter(({ title }) => !elsewhere.test(title))
      const phrasesOf = (isForAdmins: boolean) =>
        offered
          .filter((command) => (command.topic === 'Administration') === isForAdmins)
          .flatMap(({ phrases }) => phrases)
      const names = Array.from({ length: 16 }, (_, at) => `Eve${at}`)
      const crowd = await Promise.all([...names, 'Root'].map((name) => office.person(name)))
      const forAll = phrasesOf(false)
      const shares = names.map((_, at) => forAll.filter((__, index) => index % names.length === at))
      shares.push(phrasesOf(true))
      const answers = await Promise.all(
        crowd.map(async (person, at) => {
          const heard: Array<readonly [string, string]> = []
          for (const phrase of shares[at] ?? [])
            heard.push([phrase, await answerTo(person, sentenceOf(phrase))])
          return heard
        }),
      )
      for (const [phrase, answer] of answers.flat()) {
        assert.notEqual(answer, '', phrase)
        assert.doesNotMatch(answer, /did not understand|did not work|Say what you would like/, phrase)
      }
    })

    /** What somebody typed, and what `who rings`, `settings` or `my group` says afterwards. */
    const stories: ReadonlyArray<readonly [string, string, RegExp]> = [
      ['Hello! Could you please add Bo and Cy, thanks 😀', 'my group', /2 of 25 members 1\. Bo.*2\. Cy/],
      ['add “Dee”\n- Eve <eve@contoso.com>', 'call group', /3\. Dee.*4\. eve@contoso\.com/],
      ['take cy out', 'who is in my group?', /3 of 25 members/],
      ['make dee first', 'my group', /1\. Dee.*2\. Bo/],
      ['ring one at a time', 'my group', /◉ One after the other/],
      ['ring them all', 'my group', /◉ All at once/],
      ['forward everything to my call group', 'who rings', /Dee, Bo and eve@contoso\.com.*go to voicemail/],
      ['also ring +44 (0)20 7946–0000 ext 12', 'settings', /Also rings \+442079460000;ext=12/],
      ['ring my group too', 'settings', /Also rings your call group/],
      ['If unanswered, send it to Cy after 20s', 'who rings', /After 20 seconds, calls go to Cy\./],
      [
        'if nobody answers: voicemail after 40 secs please',
        'who rings',
        /After 40 seconds, calls go to voicemail/,
      ],
      ['if unanswered nothing', 'settings', /If unanswered Nothing: the call ends/],
      ['cancel forwarding', 'settings', /Forwarding Off/],
      ['if nobody answers after 30 seconds go to voicemail', 'settings', /Voicemail after 30 seconds/],
      ['voicemail after 15', 'settings', /Voicemail after 15 seconds/],
      ['unanswered calls to my group after 20', 'settings', /Your call group after 20 seconds/i],
      ['set the delay to 50', 'settings', /Your call group after 50 seconds/i],
      ['delay 10s', 'settings', /Your call group after 10 seconds/i],
      ['if unanswered after 30 seconds', 'settings', /Your call group after 30 seconds/i],
      ['voicemail after 60 sec', 'settings', /Voicemail after 60 seconds/],
      ['if no answer, nothing', 'settings', /If unanswered Nothing: the call ends/],
      ['delay 20', 'settings', /If unanswered Nothing: the call ends/],
      ['simultaneous ring my group', 'settings', /Also rings your call group/],
      ['turn off call forwarding', 'settings', /Forwarding Off/],
      ['put bo on top of the list', 'my group', /1\. Bo/],
      ['move bo to the bottom', 'my group', /3\. Bo/],
      ['ring sequentially', 'my group', /◉ One after the other/],
      ['ring all at the same time', 'my group', /◉ All at once/],
      ['make Cy my delegate', 'delegates', /Cy may take calls/],
      ['remove cy as delegate', 'delegates', /Nobody yet/],
      ['drop eve@contoso.com and dee', 'my group', /1 of 25 members 1\. Bo/],
      ['ring me for 30 seconds', 'settings', /Nothing: the call ends/],
      ['send unanswered calls to voicemail', 'settings', /Voicemail after 20 seconds/],
      ['ring me for 30 seconds', 'settings', /Voicemail after 30 seconds/],
      ['ring 40 seconds', 'settings', /Voicemail after 40 seconds/],
      ['let it ring for 50 seconds', 'settings', /Voicemail after 50 seconds/],
      ["if I don't answer in 15 seconds go to Cy", 'settings', /Cy after 15 seconds/],
      ['ring me 60s before voicemail', 'settings', /Voicemail after 60 seconds/],
      ['after 20 seconds go to voicemail', 'settings', /Voicemail after 20 seconds/],
      ["forward to Cy if I don't answer", 'settings', /Forwarding Off.*Cy after 20 seconds/],
      ['forward my calls to Dee after 10 seconds', 'settings', /Forwarding Off.*Dee after 10 seconds/],
      ['if nobody picks up, hang up', 'settings', /Nothing: the call ends/],
      ['create a call group with Cy and Dee', 'my group', /1\. Bo.*2\. Cy.*3\. Dee/],
      ['put Dee before Cy', 'my group', /1\. Bo.*2\. Dee.*3\. Cy/],
      ['swap Bo with Cy', 'my group', /1\. Cy.*2\. Dee.*3\. Bo/],
      ['move Dee to position 3', 'my group', /1\. Cy.*2\. Bo.*3\. Dee/],
      ['put Cy after Bo', 'my group', /1\. Bo.*2\. Cy.*3\. Dee/],
      ['move up Dee', 'my group', /1\. Bo.*2\. Dee.*3\. Cy/],
      ['ring Cy first', 'my group', /1\. Cy.*2\. Bo.*3\. Dee/],
      ['delete Dee from group', 'my group', /2 of 25 members 1\. Cy.*2\. Bo/],
      ['share my calls with Dee', 'my group', /3 of 25 members.*3\. Dee/],
      ['ring my group', 'settings', /Also rings your call group/],
      ['just ring me', 'settings', /Forwarding Off/],
      ['ring +44 7700 900123', 'settings', /Also rings \+447700900123/],
      ['no more forwarding', 'settings', /Forwarding Off/],
      ['delegate bo', 'delegates', /Bo may take calls/],
    ]

    it('what they say in their own words is done', async () => {
      for (const name of ['Cy', 'Dee']) await office.person(name)
      for (const [text, question, shows] of stories) {
        const answer = await answerTo(ann, text)
        assert.match(await answerTo(ann, question), shows, `${text}: ${answer}`)
      }
      assert.match(await answerTo(ann, '/who rings if Bo calls?'), /If somebody calls you now/)
      assert.match(await answerTo(bo, "who rings for Ann's calls"), /If somebody calls Ann now/)
      assert.match(await answerTo(bo, 'who rings if someone calls Ann?'), /If somebody calls Ann now/)
      assert.match(await answerTo(bo, 'what happens when someone calls me now'), /If somebody calls you now/)
    })

    it('whose group they mean is understood however they say it', async () => {
      await answerTo(ann, 'add bo')
      for (const [text, says] of [
        ["mute Ann's calls", /Calls for Ann now stay silent/],
        ['unmute calls for ann', /Calls for Ann now ring you/],
        ["don't ring me for Ann", /Calls for Ann now stay silent/],
        ['ring me for ann', /Calls for Ann now ring you/],
        ['silence anns group', /Calls for Ann now stay silent/],
        ['only show a banner for ann', /Calls for Ann now show a banner/],
        ['mute all groups', /Everything is muted\. Your own calls ring you as before/],
        ['unmute everyone', /Your groups are no longer all muted/],
        ['ring Zed', /I do not know whose group you mean by “Zed”/],
        ["remove me from ann's group", /You left the call group of Ann/],
      ] as const)
        assert.match(await answerTo(bo, text), says, text)
    })

    it('to ring somebody whose group one is not in is offered for one’s own calls', async () => {
      assert.match(
        await answerTo(ann, 'ring bo'),
        /not in the call group of Bo\. Shall your own calls ring Bo too/,
      )
      assert.match(await answerTo(ann, 'settings'), /Forwarding Off/)
      await answerTo(ann, 'ring bo')
      await ann.click('Also ring them')
      await ann.sees(/Also rings Bo/)
    })

    it('names without commas are offered one by one, and nobody is added unasked', async () => {
      await office.person('Cy')
      assert.match(await answerTo(ann, 'add bo cy'), /could not find "bo cy".*0 of 25 members/)
      await ann.click('Add Bo and Cy')
      await ann.sees(/Added Bo and Cy\..*2 of 25 members 1\. Bo.*2\. Cy/)
      await answerTo(ann, 'remove cy')
      await answerTo(ann, 'add Cy cy@contoso.com')
      await ann.click('Add Cy')
      await ann.sees(/Added Cy\..*2 of 25 members/)
      await answerTo(ann, 'add Nobody Cy')
      assert.ok(titlesOfLast(ann).every((title) => !title.startsWith('Add ')))
    })

    it('what forwarding cannot do changes nothing and is said plainly', async () => {
      const before = await answerTo(ann, 'settings')
      for (const [text, says] of [
        ['forward my calls to bo until 5pm', /I cannot do that only “until 5pm”/],
        ['forward my calls to bo for an hour', /I cannot do that only “for an hour”/],
        ['also ring bo and ann@contoso.com', /calls can go to one person or number only/],
        ['swap bo', /Say which two members to swap/],
        ['put bo before ann', /is not on this list, so nothing was changed/],
        ['swap ann and bo', /is not on this list, so nothing was changed/],
        ['add people', /Say whom to add/],
        ['share my calls with my group', /Say whom to add/],
      ] as const)
        assert.match(await answerTo(ann, text), says, text)
      assert.equal(await answerTo(ann, 'settings'), before)
    })

    it('a delay for calls that go nowhere changes nothing, and the form asks where', async () => {
      await answerTo(ann, 'if unanswered nothing')
      assert.match(await answerTo(ann, 'delay 20'), /Nothing was changed: a call that nobody takes just ends/)
      assert.match(await answerTo(ann, 'settings'), /If unanswered Nothing: the call ends/)
    })

    it('sentences do what they say', async () => {
      await answerTo(ann, 'Please add bo@contoso.com & Cy Osei <cy@contoso.com> to my group!')
      assert.match(ann.last(), /2 of 25 members/)
      assert.match(
        await answerTo(ann, 'forward my calls to my group'),
        /Calls ring Bo and cy@contoso\.com for 30 seconds/,
      )
      assert.match(await answerTo(ann, 'move cy@contoso.com to first'), /1\. cy@contoso\.com/)
      assert.match(await answerTo(bo, 'mute ann'), /Calls for Ann now stay silent/)
      assert.match(await answerTo(bo, 'banner for ann'), /Calls for Ann now show a banner/)
      assert.match(await answerTo(bo, 'do not disturb'), /Everything is muted/)
      assert.match(await answerTo(bo, "leave Ann's group"), /You left the call group of Ann/)
      assert.match(await answerTo(ann, 'my group'), /1 of 25 members/)
    })

    it('several people removed at once are all named', async () => {
      await answerTo(ann, 'add bo@contoso.com, cy@contoso.com and dee@contoso.com')
      assert.match(
        await answerTo(ann, 'remove bo and cy@contoso.com'),
        /Removed Bo and cy@contoso\.com\..*1 of 25 members/,
      )
    })

    it('words that only begin like a refusal of a call do not refuse it', async () => {
      await ann.say('simulate call')
      await ann.waitFor(() => ann.titles().includes('Decline'), 'for the ringing card')
      assert.match(await answerTo(ann, 'busy on busy'), /calls that come while you are in one/)
      await ann.say('decline the call, please')
      await ann.sees(/The call went to voicemail/)
    })

    it('mentions mean the people mentioned, whatever they are called', async () => {
      if (flavour !== 'msteams') return
      const others = ['sam.one@contoso.com', 'sam.two@contoso.com'].map((address) =>
        office.peer.person({ name: 'Lee, Sam', address }),
      )
      for (const sam of others) await sam.open()
      const people = [...others, bo]
      const shown = (person: Person) => `<at>${person.name}</at>`
      const entities = people.map((person) => ({
        type: 'mention',
        text: shown(person),
        mentioned: { id: person.user, name: person.name, aadObjectId: person.objectId },
      }))
      await ann.send({ type: 'message', text: `add ${people.map(shown).join(' ')}`, entities })
      await ann.sees(/1\. Lee, Sam.*2\. Lee, Sam.*3\. Bo/)
      for (const person of people) await person.sees(/Ann added you/)
    })

    it('what was probably meant is said by pressing it', async () => {
      for (const [text, button, says] of [
        ['setings', 'Settings', /Your calls Calls ring you/],
        ['pikcup', 'Pickup', /There is no ringing call you can pick up/],
        ['please, my grup', 'My group', /Your call group/],
        ['bo first', 'Move bo first', /Your call group/],
      ] as const) {
        await answerTo(ann, text)
        await ann.click(button)
        await ann.sees(says)
      }
      await answerTo(ann, 'pikcup bo')
      assert.ok(!titlesOfLast(ann).includes('Pickup'), 'something more was typed')
    })

    it('what it does not know gets one short answer with the nearest command and a way on', async () => {
      for (const [text, says] of [
        ['setings', /I did not understand that\. Did you mean "settings"\?/],
        ['qwertzuiop', /I did not understand that\. Say "help"/],
        ['Bo Ek last', /Did you mean "move Bo Ek last"\?/],
        ["what's up", /I did not understand that\. Say "help"/],
        ['extension 12', /I did not understand that\. Say "help"/],
        ['yes', /Press a button on the card you mean/],
        ['👍', /Say what you would like to do/],
        ['x'.repeat(100_000), /Say what you would like to do/],
        ['<script>alert(1)</script>', /I did not understand that\./],
      ] as const) {
        const before = ann.screen().length
        assert.match(await answerTo(ann, text), says)
        assert.ok(ann.last().length < 200)
        assert.equal(ann.screen().length, before + 2)
        assert.ok(titlesOfLast(ann).includes('Help'), text.slice(0, 40))
      }
      assert.equal(await answerTo(ann, 'Thank you!'), 'You are welcome.')
    })

    it('asks which of several people with a name is meant, and goes on from there', async () => {
      for (const address of ['sam.lee@contoso.com', 'sam.poe@contoso.com']) {
        const sam = office.peer.person({ name: 'Sam Lee', address })
        await sam.open()
        if (flavour === 'emulator') await sam.say(`I am ${sam.address}`)
        await sam.waitFor(() => sam.screen().length > 0, 'to be welcomed')
      }
      for (const [text, title] of [
        ['add sam', /Which sam do you mean\?/],
        ['simulate call to sam', /Which sam do you mean\?/],
        ['who rings for sam', /Which sam do you mean\?/],
        ['settings of sam', /Which sam do you mean\?/],
        ['add delegate sam', /Which sam do you mean\?/],
        ['mute sam', /Which sam do you mean\?/],
        ['also ring sam', /Which sam do you mean\?/],
        ['if unanswered sam after 40', /Which sam do you mean\?/],
      ] as const)
        assert.match(await answerTo(ann, text), title, text)
      await pressFirst(ann, 'add-members')
      await ann.sees(/1 of 25 members/)
      await pressFirst(ann, 'simulate-call')
      await ann.sees(/A pretend call to Sam (Lee|Poe) is coming in/)
      await pressFirst(ann, 'who-rings')
      await ann.sees('You can see this for yourself')
      await pressFirst(ann, 'choose-target')
      await ann.sees(/If unanswered Sam (Lee|Poe) after 40 seconds/)
    })

    it('asks about one name after the other, says who was added meanwhile, and forgets nobody', async () => {
      for (const name of ['Sam Lee', 'Sam Poe', 'Kim Lee', 'Kim Poe']) {
        const person = office.peer.person({
          name,
          address: `${name.replace(' ', '.').toLowerCase()}@contoso.com`,
        })
        await person.open()
        if (flavour === 'emulator') await person.say(`I am ${person.address}`)
        await person.waitFor(() => person.screen().length > 0, 'to be welcomed')
      }
      assert.match(await answerTo(ann, 'add bo, sam and kim'), /Added Bo\..*Which sam do you mean\?/)
      await pressFirst(ann, 'add-members')
      await ann.sees(/Added Sam (Lee|Poe)\..*Which kim do you mean\?/)
      await pressFirst(ann, 'add-members')
      await ann.sees(/Added Kim (Lee|Poe)\..*3 of 25 members/)
      assert.match(await answerTo(ann, 'move sam up'), /1\. Sam/, 'the member is meant')
      assert.match(await answerTo(ann, 'remove sam'), /Removed Sam (Lee|Poe)\./)
    })

    it('a refusal changes nothing and says what to do', async () => {
      const before = await answerTo(ann, 'settings')
      for (const [text, says] of [
        ['add Nobody Known', /I could not find "Nobody Known" here\. Write an address/],
        ['add ann@contoso.com', /Choose somebody else/],
        ['if unanswered bo@contoso.com after 17', /Choose one of 5, 10, 15, 20, 30, 40, 50 and 60 seconds/],
        ['voicemail after 17', /Choose one of 5, 10, 15, 20, 30, 40, 50 and 60 seconds/],
        ['forward to my group', /The call group is empty.*Add a member first/],
        ['also ring voicemail', /Choose it for forwarding all calls/],
        ['remove bo', /Bo is not on this list, so nothing was changed/],
        ['move bo up', /Bo is not on this list, so nothing was changed/],
        ['leave bo', /You are not in that call group/],
        ['also ring my mobile', /"mobile" is neither a person nor a number/],
        ['add *', /Say whom to add/],
        ['add +44 20 7946 0000', /only people of your own organization/],
        ['who rings for Zed', /I could not find "Zed" here\. Write an address/],
        ['simulate call to Zed', /I could not find "Zed" here\. Write an address/],
        ['remove everyone', /Do you want that\?/],
      ] as const)
        assert.match(await answerTo(ann, text), says)
      assert.equal(await answerTo(ann, 'settings'), before)
    })
  })
}

/** A phrase with its gaps filled. */
function sentenceOf(phrase: string): string {
  return phrase.replace('<person>', 'ann').replace('<seconds>', '20')
}

function titlesOfLast(person: Person): readonly string[] {
  const last = person.screen().at(-1)
  return person.buttons().flatMap(({ title, shown }) => (shown === last ? [title] : []))
}

/** Presses the first person offered by the newest question that does this. */
async function pressFirst(person: Person, verb: string): Promise<void> {
  const buttons = person.buttons().filter(({ action }) => verbOf(action) === verb)
  const newest = buttons.at(-1)?.shown
  const choice = buttons.find(({ shown }) => shown === newest)
  assert.ok(choice, verb)
  await person.press(choice)
}

function verbOf(action: CardJson): unknown {
  const data = action['data']
  const inData = typeof data === 'object' && data !== null && 'verb' in data ? data.verb : undefined
  return action['verb'] ?? inData
}
