import assert from 'node:assert/strict'
import { pickupClicks, pickupCommands } from '../../../src/chat/calls/pickup.ts'
import { type Command } from '../../../src/chat/command.ts'
import { type Answer } from '../../../src/chat/draw/answer.ts'
import { type Turn } from '../../../src/chat/turn.ts'
import { sender } from '../../switchboard/desk.ts'
import { lines, openTalk, type Talk, words } from '../talk.ts'

const command = (title: string): Command => {
  const found = pickupCommands.find((one) => one.title === title)
  assert.ok(found)
  return found
}

describe('Picking up', () => {
  let talk: Talk
  beforeEach(async () => {
    talk = await openTalk()
    await talk.shares('Ann', 'Bo', 'Cy')
  })
  afterEach(() => talk.close())

  const turn = (name: string): Promise<Turn> => talk.turn(name)
  const says = async (name: string, title: string, ...rest: readonly string[]) =>
    command(title).run(await turn(name), rest)
  const pickUp = (name: string, ...rest: readonly string[]) => says(name, 'pickup <owner>', ...rest)
  const click = async (name: string, verb: keyof typeof pickupClicks, call: unknown) =>
    pickupClicks[verb](await turn(name), { call })
  const takerOf = async (id: string) => {
    const state = (await talk.office.switchboard.calls.get(id))?.record.call.state
    return state && state.is !== 'ringing' ? state.by : state?.is
  }
  const isPosted = (answer: Answer) => (answer.is === 'card' ? answer.isPostedAnyway : 'text')
  const textOf = (answer: Answer) => (answer.is === 'text' ? answer.text : 'a card')
  const pass = (seconds: number) => talk.ledger.clock.advance(seconds * 1000)

  describe('by a click', () => {
    it('shows whoever was first that it is theirs, once as news and then as it is', async () => {
      const call = await talk.rings('one', 'Ann')
      await pass(4)
      const [first, again] = [await click('Bo', 'pick-up', call), await click('Bo', 'pick-up', call)]
      assert.match(words(first), /You picked up after 4 s\./)
      assert.match(words(again), /You picked up after 4 s\./)
      assert.deepEqual([isPosted(first), isPosted(again)], [true, false])
      assert.equal(await takerOf(call), 'bo')
    })

    it('tells whoever came late who has it, and by how much they were late', async () => {
      const call = await talk.rings('one', 'Ann')
      await pass(4)
      await click('Bo', 'pick-up', call)
      await pass(2)
      const late = await click('Cy', 'pick-up', call)
      assert.match(words(late), /Bo Ek picked up after 4 s\. That was 2(\.0)? s before you\./)
      assert.equal(isPosted(late), undefined)
    })

    it('shows a call that is over as it ended', async () => {
      const call = await talk.rings('one', 'Ann')
      await talk.office.switchboard.hear('pbx', { is: 'ended', id: 'one' })
      const answer = await click('Bo', 'pick-up', call)
      assert.match(words(answer), /The caller hung up/)
      assert.doesNotMatch(words(answer), /before you/)
    })

    it('is not for strangers, nor for anybody when there is no such call', async () => {
      const call = await talk.rings('one', 'Ann')
      const text = 'This call is not ringing for you. Say "calls" to see what became of it.'
      for (const answer of [
        await click('Dee', 'pick-up', call),
        await click('Bo', 'pick-up', 'pbx:two'),
        await click('Bo', 'pick-up', [call]),
        await pickupClicks['pick-up'](await turn('Bo'), {}),
      ])
        assert.deepEqual(answer, { is: 'text', text })
      assert.equal(await takerOf(call), 'ringing')
    })

    it('is no longer for those who declined', async () => {
      const call = await talk.rings('one', 'Ann')
      await click('Bo', 'decline', call)
      assert.deepEqual(await click('Bo', 'pick-up', call), {
        is: 'text',
        text: 'You declined this call, so you can’t pick it up any more.',
      })
      assert.equal(await takerOf(call), 'ringing')
    })

    it('shows times as they are where the person is', async () => {
      const call = await talk.rings('one', 'Ann')
      await talk.office.directory.change('bo', (before) => ({ ...before, zone: 'Asia/Tokyo' }))
      const at = { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit', hour12: false } as const
      const time = new Intl.DateTimeFormat('en-GB', at).format(talk.ledger.clock.now())
      assert.ok(words(await click('Bo', 'refresh-call', call)).includes(`Ringing since ${time}`))
    })
  })

  describe('and declining', () => {
    it('shows that it is declined, once as news and then as it is; the others ring on', async () => {
      const call = await talk.rings('one', 'Ann')
      const [first, again] = [await click('Bo', 'decline', call), await click('Bo', 'decline', call)]
      for (const answer of [first, again]) assert.match(words(answer), /You declined\./)
      assert.deepEqual([isPosted(first), isPosted(again)], [true, false])
      assert.match(words(await click('Cy', 'refresh-call', call)), /Ringing since/)
    })

    it('is not for strangers', async () => {
      const call = await talk.rings('one', 'Ann')
      const text = 'This call is not ringing for you.'
      assert.deepEqual(await click('Dee', 'decline', call), { is: 'text', text })
    })

    it('in words stops the call that rings, and says so when nothing rings', async () => {
      const nothing = { is: 'text', text: 'Nothing is ringing you now.' }
      assert.deepEqual(await says('Bo', 'decline <owner>'), nothing)
      const call = await talk.rings('one', 'Ann')
      assert.match(words(await says('Bo', 'decline <owner>')), /You declined\./)
      assert.deepEqual(await says('Bo', 'decline <owner>'), nothing)
      assert.equal(await takerOf(call), 'ringing')
    })

    for (const said of ['eve', "Eve's call", 'eves', 'the call for Eve'])
      it(`in words stops the call to Eve when it is "${said}"`, async () => {
        await talk.shares('Eve', 'Bo', 'Cy')
        await talk.rings('one', 'Ann')
        await talk.rings('two', 'Eve')
        assert.match(
          words(await says('Bo', 'decline <owner>', ...said.split(' '))),
          /for Eve.*You declined\./,
        )
        assert.match(words(await click('Bo', 'refresh-call', 'pbx:one')), /Ringing since/)
        const text = 'I do not know whose call you mean by "zed".'
        assert.deepEqual(await says('Bo', 'decline <owner>', 'zed'), { is: 'text', text })
      })

    it('in words is not about a call that could be taken and never rang the person', async () => {
      talk.ledger.presences.set('bo', 'doNotDisturb')
      await talk.rings('one', 'Ann')
      assert.deepEqual(await says('Bo', 'decline <owner>'), {
        is: 'text',
        text: 'Nothing is ringing you now.',
      })
      talk.ledger.presences.clear()
      await talk.rings('two', 'Ann')
      assert.match(words(await says('Bo', 'decline <owner>')), /You declined\./)
      assert.match(words(await pickUp('Bo')), /You picked up/)
      assert.equal(await takerOf('pbx:one'), 'bo')
    })
  })

  describe('in words', () => {
    it('takes the call that has rung longest', async () => {
      await talk.shares('Eve', 'Bo')
      const first = await talk.rings('one', 'Eve')
      await pass(1)
      const second = await talk.rings('two', 'Ann')
      await pickUp('Bo')
      assert.deepEqual([await takerOf(first), await takerOf(second)], ['bo', 'ringing'])
    })

    it('tells whoever is late in a line, since nobody would redraw a card', async () => {
      await talk.rings('one', 'Ann')
      await pass(4)
      await pickUp('Bo')
      await pass(2)
      assert.match(
        textOf(await pickUp('Cy', 'Ann')),
        /for Ann Ek: Bo Ek picked up after 4 s\. That was 2\.0 s before you\.$/,
      )
      assert.match(textOf(await pickUp('Bo', 'Ann')), /for Ann Ek: You picked up after 4 s\.$/)
    })

    for (const said of ['Ann', "ann's", 'Ann’s call', 'ann@contoso.com', "Ann Ek's CALL"])
      it(`takes the call to Ann when it is for "${said}"`, async () => {
        await talk.shares('Eve', 'Bo')
        const [other, call] = [await talk.rings('one', 'Eve'), await talk.rings('two', 'Ann')]
        assert.match(words(await pickUp('Bo', ...said.split(' '))), /You picked up/)
        assert.deepEqual([await takerOf(other), await takerOf(call)], ['ringing', 'bo'])
      })

    for (const [first, second] of [
      ['Ann', 'Eve'],
      ['Eve', 'Ann'],
    ] as const)
      it(`means, of several people with one name, the one whose call has rung longest: ${first}`, async () => {
        await talk.office.directory.meet(sender('zoe', { name: 'Zoe Low' }))
        for (const owner of ['Eve', 'Zoe']) await talk.shares(owner, 'Bo')
        const other = await talk.rings('zero', 'Zoe')
        const calls = []
        for (const owner of [first, second]) {
          await pass(1)
          calls.push(await talk.rings(owner, owner))
        }
        for (const call of calls) {
          await pickUp('Bo', 'Ek')
          assert.equal(await takerOf(call), 'bo')
        }
        assert.match(
          words(await pickUp('Bo', 'Ek')),
          /for Eve Ek|for Ann Ek/,
          'the calls that were picked up',
        )
        assert.equal(await takerOf(other), 'ringing')
      })

    for (const name of ['Ann Callas', "Xi's Anna"])
      it(`takes "${name}" for a name`, async () => {
        await talk.office.directory.change('ann', (before) => ({ ...before, name }))
        const call = await talk.rings('one', 'Ann')
        await pickUp('Bo', ...name.split(' '))
        assert.equal(await takerOf(call), 'bo')
      })

    it('says when nothing rings, there or anywhere, and when nobody is called that', async () => {
      const text = async (...rest: readonly string[]) => words(await pickUp('Bo', ...rest))
      assert.equal(await text(), 'There is no ringing call you can pick up.')
      assert.equal(await text('Ann'), 'There is no ringing call there that you can pick up.')
      assert.equal(await text('Nobody', 'Known'), 'I do not know whose call you mean by "Nobody Known".')
    })
  })

  describe('and looking again', () => {
    it('shows the card as it is now, and changes nothing', async () => {
      const call = await talk.rings('one', 'Ann')
      assert.match(words(await click('Bo', 'refresh-call', call)), /Ringing since/)
      await click('Cy', 'pick-up', call)
      assert.match(words(await click('Bo', 'refresh-call', call)), /Cy Ek picked up/)
      assert.equal(await takerOf(call), 'cy')
    })

    it('says that a call is over when it is forgotten or somebody else’s', async () => {
      const call = await talk.rings('one', 'Ann')
      for (const answer of [
        await click('Dee', 'refresh-call', call),
        await click('Bo', 'refresh-call', 'pbx:two'),
      ]) {
        assert.ok(answer.is === 'card')
        assert.equal(answer.summary, 'This call is over.')
        assert.deepEqual(lines(answer.card), ['A call from earlier', 'This call is over.'])
      }
    })
  })
})
