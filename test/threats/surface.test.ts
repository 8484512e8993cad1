/** Thousands of activities with something wrong in each: the bot answers, tells nothing of its inside, and lives on. */
import assert from 'node:assert/strict'
import { type Office, openOffice } from '../flows/office.ts'
import { type Person } from '../peer/person.ts'
import { Dice } from '../simulation/dice.ts'
import { inside, spoiled } from './mutations.ts'

const mutations = 3000
const atOnce = 16

describe('T1 Mutated activities', () => {
  let office: Office
  let ann: Person
  before(async () => {
    office = await openOffice('msteams')
    ann = await office.person('Ann')
  })
  after(() => office.close())

  /** Good requests of every kind, as they went over the wire. */
  async function recorded(): Promise<readonly object[]> {
    const sent: object[] = []
    const keep = () => sent.push(ann.newest().activity)
    await ann.open()
    keep()
    const entity = { type: 'mention', text: '<at>Bo</at>', mentioned: { id: '29:bo', name: 'Bo' } }
    await ann.send({ type: 'message', text: 'add <at>Bo</at> and cy@contoso.com', entities: [entity] })
    keep()
    for (const [verb, data] of [
      ['show-group', { owner: ann.objectId }],
      [
        'save-forwarding',
        { forwarding: 'simultaneous', forwardTo: 'somebody', forwardWhom: '+442079460000', delay: '20' },
      ],
      ['pick-up', { call: 'simulated:1' }],
    ] as const) {
      await ann.forge(verb, data)
      keep()
    }
    return sent
  }

  it(`T1 T2 T10 ${mutations} of them end in no crash, no 5xx and no word of the inside`, async () => {
    const dice = new Dice(20_261_123)
    const good = await recorded()
    const post = async () => {
      const body = spoiled(good, dice)
      const conversation = { id: `a:${dice.below(1_000_000)}`, conversationType: 'personal' }
      const whole = dice.chance(0.8) ? { ...body, conversation, id: String(dice.next()) } : body
      const response = await fetch(`${office.botUrl}/api/messages`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(whole),
        signal: AbortSignal.timeout(120_000),
      })
      const text = await response.text()
      assert.ok(response.status < 500, `${response.status} for ${JSON.stringify(whole)}`)
      assert.doesNotMatch(text, inside)
    }
    for (let done = 0; done < mutations; done += atOnce)
      await Promise.all(Array.from({ length: atOnce }, post))
    assert.equal((await fetch(`${office.botUrl}/health`)).status, 200)
    await ann.forge('show-group', {})
    assert.equal(ann.newest().clicked.status, 200)
  })
})
