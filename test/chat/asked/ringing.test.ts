import assert from 'node:assert/strict'
import { openTalk, type Talk } from '../talk.ts'
import { asks } from './asking.ts'

const facts = /Carl \(\+442079460000\) is calling Ann Ek\. It has rung for 7 s\..*\[Pick up\] \[Decline\]/

/** Each is about the call that rings. */
const rows: ReadonlyArray<readonly [question: string, answer: RegExp]> = [
  ['who is it', facts],
  ['who’s that?', facts],
  ['who?', facts],
  ['who is calling ann', facts],
  ['whose call is this', facts],
  ['what’s the number', facts],
  ['where is the call from', facts],
  ['how long is it ringing', facts],
  ['do I know them', facts],
  ['is it important?', facts],
  ['is it for me', /^No, for Ann Ek: /],
  ['is it carl', /^Yes: /],
  ['who else rings', /^Also ringing: Cy Ek\./],
  ['is anyone else ringing', /^Also ringing: Cy Ek\./],
  ['is cy ringing too?', /^Yes: it rings Cy Ek/],
  ['has cy picked up', /^No: Nobody has it yet/],
  ['can dee pick it up', /^No: “dee” has no part/],
  ['who has it', /^Nobody has it yet/],
  ['should I take it', /you can pick up\. If you decline, the others ring on: Cy Ek/],
  ['what if I ignore it', /the others ring on: Cy Ek/],
  ['decline?', facts],
  ['busy?', facts],
  ['what happens if nobody picks up', /^If nobody picks up within 23 s, the call will go to voicemail/],
]

describe('Asking while a call rings', () => {
  let talk: Talk
  let call: string
  beforeEach(async () => {
    talk = await openTalk()
    await talk.turn('Dee')
    await talk.shares('Ann', 'Bo', 'Cy')
    call = await talk.rings('one', 'Ann')
    await talk.ledger.clock.advance(7000)
  })
  afterEach(() => talk.close())

  const stateOf = async () => JSON.stringify((await talk.office.switchboard.calls.get(call))?.record.call)

  for (const [question, answer] of rows)
    it(`answers “${question}” about that call, and leaves it as it is`, async () => {
      const then = await stateOf()
      assert.match((await asks(talk, 'Bo', question)) ?? 'no question', answer)
      assert.equal(await stateOf(), then)
    })

  for (const command of ['pick up', 'decline', 'busy', 'not now', 'mine'])
    it(`leaves “${command}” to the commands`, async () => {
      assert.equal(await asks(talk, 'Bo', command), null)
    })

  it('says who has it once it was taken', async () => {
    await talk.office.switchboard.pickUp(call, 'cy')
    assert.match((await asks(talk, 'Bo', 'who has it?')) ?? '', /^Cy Ek picked up\. Carl/)
    assert.match((await asks(talk, 'Cy', 'who was it')) ?? '', /^Carl .* called Ann Ek.*You picked up\./)
  })

  it('tells nobody who does not share it', async () => {
    for (const question of ['who is it', 'who has it', 'who else rings'])
      assert.doesNotMatch((await asks(talk, 'Dee', question)) ?? '', /Carl|Ann|Bo/)
  })
})
