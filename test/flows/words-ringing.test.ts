import assert from 'node:assert/strict'
import { type Person } from '../peer/person.ts'
import { until } from '../until.ts'
import { type Office, openOffice } from './office.ts'

for (const flavour of ['msteams', 'emulator'] as const) {
  describe(`What people type while it rings (${flavour})`, () => {
    let office: Office
    beforeEach(async () => {
      office = await openOffice(flavour)
    })
    afterEach(() => office.close())

    for (const [bosWords, annsWords, outcome] of [
      ['Pick up the call please!', 'hang up', 'Picked up by Bo'],
      ["answer Ann's call", 'stop ringing', 'Picked up by Bo'],
      ['HANG UP', 'I am busy', 'Went to voicemail'],
      ["I can't talk", 'Mine!', 'Picked up by you'],
    ] as const)
      it(`"${bosWords}" and "${annsWords}" do what they say`, async () => {
        const ann = await office.person('Ann')
        const bo = await office.person('Bo')
        await ann.say('add bo')
        await ann.say('also ring my group')
        await ann.say('simulate call from Carl to ann, hang up after 60')
        for (const person of [ann, bo]) await person.sees('Incoming call')
        await bo.say(bosWords)
        await ann.say(annsWords)
        await asksUntil(ann, 'calls', `Carl → for you ${outcome}`)
        for (const person of [ann, bo]) assert.doesNotMatch(person.words(), /did not understand/)
      })

    for (const isMuted of [false, true])
      it(`who types that they pick up has one card, and it tells how it went (${isMuted ? 'muted' : 'rung'})`, async () => {
        const ann = await office.person('Ann')
        const bo = await office.person('Bo')
        await office.person('Cy')
        await ann.say('add bo and cy')
        await ann.say('also ring my group')
        if (isMuted) await bo.say('mute ann')
        await ann.say('simulate call from Carl')
        await ann.sees('Incoming call')
        if (!isMuted) await bo.sees('Incoming call')
        await bo.say("pickup ann's call")
        await bo.sees(/You picked up .*You are connected/)
        const stale = bo.screen().filter((shown) => bo.words([shown]).includes('Your phone rings next'))
        // Where nothing can be redrawn, the older card stays.
        assert.equal(stale.length, flavour === 'msteams' ? 0 : 1)
      })
  })
}

/** Asks until the answer has these words: what came of a call is written down a moment after it. */
async function asksUntil(person: Person, question: string, words: string): Promise<void> {
  await until(
    () => `${person.name} is told ${words}: ${person.last()}`,
    async () => {
      await person.say(question)
      return person.last().includes(words)
    },
  )
}
