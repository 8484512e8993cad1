import assert from 'node:assert/strict'
import { callGroup } from '../../../src/core/target.ts'
import { setRingOrder } from '../../../src/core/members.ts'
import { themselves } from '../../../src/switchboard/author.ts'
import { sends } from '../../switchboard/desk.ts'
import { openTalk, type Talk } from '../talk.ts'
import { asks, says } from './asking.ts'

describe('Asking why', () => {
  let talk: Talk
  beforeEach(async () => {
    talk = await openTalk()
    for (const name of ['Ann', 'Dee']) await talk.turn(name)
    await talk.shares('Ann', 'Bo', 'Cy')
  })
  afterEach(() => talk.close())

  const why = async (who: string, text = 'why did my phone not ring') =>
    (await asks(talk, who, text)) ?? 'no question'
  const pass = (seconds: number) => talk.ledger.clock.advance(seconds * 1000)
  const hangUp = (id: string) => talk.office.switchboard.hear('pbx', { is: 'ended', id })
  const pickUp = (id: string, person: string) => talk.office.switchboard.pickUp(id, person)
  const inOrder = () =>
    talk.office.settings.change(themselves('ann'), (subscribers) =>
      setRingOrder(subscribers('ann'), 'inOrder', subscribers),
    )

  it('says muted, with the button that unmutes', async () => {
    await says(talk, 'Bo', 'mute ann')
    await talk.rings('one', 'Ann')
    await pass(5)
    await hangUp('one')
    assert.match(
      await why('Bo'),
      /The last call was from Carl to Ann Ek.*you had muted the calls for Ann Ek.*\[Ring for Ann Ek\]/,
    )
  })

  it('says muted also to those who have unmuted since, from the audit', async () => {
    await says(talk, 'Bo', 'mute ann')
    await talk.rings('one', 'Ann')
    await pass(5)
    await hangUp('one')
    await says(talk, 'Bo', 'unmute ann')
    assert.match(await why('Bo', 'why didn’t it ring?'), /you had muted the calls for Ann Ek/)
  })

  it('does not say muted to those who have muted only since', async () => {
    talk.ledger.presences.set('bo', 'offline')
    await talk.rings('one', 'Ann')
    await pass(5)
    await hangUp('one')
    await says(talk, 'Bo', 'mute ann')
    assert.match(
      await why('Bo'),
      /you were offline or set to Do not disturb\. You have muted the calls for Ann Ek now/,
    )
  })

  it('says in a call', async () => {
    talk.ledger.presences.set('bo', 'inACall')
    await says(talk, 'Bo', 'if busy')
    await talk.office.settings.change(themselves('bo'), (subscribers) => ({
      sheets: new Map([['bo', { ...subscribers('bo').settings, busyOnBusy: 'playBusySignal' as const }]]),
      refusals: [],
      warnings: [],
    }))
    await talk.rings('one', 'Ann')
    await pass(5)
    await hangUp('one')
    assert.match(await why('Bo'), /you were in a call: there was only a silent card/)
  })

  it('says that it was not their turn yet', async () => {
    await inOrder()
    const call = await talk.rings('one', 'Ann')
    await pass(8)
    await pickUp(call, 'bo')
    assert.match(
      await why('Cy', 'how come my phone did not ring'),
      /not your turn yet: Bo Ek picked up after 8 s/,
    )
  })

  it('says that it did ring, and who was faster', async () => {
    const call = await talk.rings('one', 'Ann')
    await pass(3)
    await pickUp(call, 'cy')
    assert.match(await why('Bo'), /It did ring you: a card was there, and Cy Ek picked up after 3 s/)
  })

  it('says that they declined or picked up themselves', async () => {
    const call = await talk.rings('one', 'Ann')
    await talk.office.switchboard.decline(call, 'bo')
    await pickUp(call, 'cy')
    assert.match(await why('Bo'), /you declined/)
    assert.match(await why('Cy'), /you picked up/)
  })

  it('says to the owner that all calls are forwarded', async () => {
    await talk.rings('one', 'Ann')
    await hangUp('one')
    assert.match(await why('Ann'), /all your calls are forwarded.*\[Forwarding\]/)
  })

  it('says to the owner why a member was not rung, and to nobody else', async () => {
    await says(talk, 'Bo', 'mute ann')
    await talk.rings('one', 'Ann')
    await hangUp('one')
    assert.match(await why('Ann', 'why did bo’s phone not ring'), /Bo Ek had muted the calls for you/)
    assert.doesNotMatch(await why('Cy', 'why did bo’s phone not ring'), /muted/)
  })

  it('tells people outside the group nothing of its calls', async () => {
    await talk.rings('one', 'Ann')
    await hangUp('one')
    assert.doesNotMatch(await why('Dee'), /Carl|Ann/)
  })

  it('says what keeps a phone silent when there was no call, and what is not known', async () => {
    assert.match(await why('Bo'), /^No call of the last 24 hours is known to me that was to ring you/)
    await says(talk, 'Bo', 'mute all')
    assert.match(await why('Bo'), /^You have muted all groups now.*\[Unmute all\]/)
  })

  it('says of a group that calls do not go to, that they do not', async () => {
    await says(talk, 'Ann', 'stop forwarding')
    assert.match(await why('Bo'), /The calls of Ann Ek do not go to their call group now/)
    await sends(talk.ledger, 'ann', 'immediate', callGroup)
    assert.doesNotMatch(await why('Bo'), /do not go/)
  })

  it('says why nobody picked up: whom it rang, who declined, and that the caller hung up', async () => {
    const call = await talk.rings('one', 'Ann')
    await talk.office.switchboard.decline(call, 'bo')
    await pass(6)
    await hangUp('one')
    assert.match(
      await why('Ann', 'why did nobody answer?'),
      /Carl called you.*hung up before anybody.*rang Bo Ek and Cy Ek\. Bo Ek declined/,
    )
  })

  it('tells from the log who called, who had it and what was missed', async () => {
    const call = await talk.rings('one', 'Ann')
    await pass(4)
    await pickUp(call, 'bo')
    await talk.office.switchboard.hear('pbx', { is: 'connected', id: 'one' })
    await pass(90)
    await talk.rings('two', 'Ann')
    await hangUp('two')
    await pass(90)
    assert.match(
      await why('Ann', 'who picked up the last call'),
      /^Nobody picked up the last one\..*The last one that was picked up: Carl called you .*: picked up by Bo Ek after 4 s/,
    )
    assert.match(
      await why('Ann', 'how many calls did we miss today'),
      /^1 call was missed today, of 2\. From Carl/,
    )
    assert.match(await why('Ann', 'how many calls did we miss yesterday'), /^No call was missed yesterday/)
    assert.match(await why('Ann', 'did carl call today?'), /^Yes: Carl called you/)
    assert.match(await why('Ann', 'did nora call'), /^No: nobody called “nora”/)
    assert.match(await why('Bo', 'what did I pick up today'), /^You picked up 1 call today/)
    assert.match(await why('Ann', 'how long did bo talk to carl'), /^I do not know how long people talk/)
    assert.match(await why('Dee', 'who called last'), /^No call to you or your groups/)
  })
})
