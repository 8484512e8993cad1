import assert from 'node:assert/strict'
import { ChatAnnouncer } from '../../../src/chat/calls/announcer.ts'
import { type Messenger } from '../../../src/chat/send/messenger.ts'
import { Sender } from '../../../src/chat/send/sender.ts'
import { cardId } from '../../../src/store/documents.ts'
import { ThrowingStore } from '../../faults/throwing-store.ts'
import { adds, meets, offered, sends } from '../../switchboard/desk.ts'
import { type Ledger, openLedger } from '../../switchboard/ledger.ts'

describe('A card whose posting cannot be noted down', () => {
  let ledger: Ledger
  let store: ThrowingStore
  let announcer: ChatAnnouncer
  let sent: string[]
  beforeEach(async () => {
    ledger = await openLedger()
    await meets(ledger, 'ann', 'bo')
    await adds(ledger, 'ann', 'bo')
    await sends(ledger, 'ann', 'immediate', { is: 'group' })
    store = new ThrowingStore(ledger.store)
    sent = []
    const says = (what: string) => () => {
      sent.push(what)
      return Promise.resolve({ is: 'sent', id: `${what} ${sent.length}` } as const)
    }
    const messenger = { post: says('post'), update: says('update') } as unknown as Messenger
    const { directory, now } = ledger
    const sender = new Sender(messenger, directory)
    announcer = new ChatAnnouncer({ store, directory, sender, now, count: () => undefined })
  })
  afterEach(() => ledger.close())

  const show = async () => {
    const record = await ledger.switchboard.inReach.look('pbx:one', 'bo')
    return announcer.show(record ?? assert.fail(), 'bo')
  }
  const card = async () => (await ledger.store.get('card', cardId('pbx:one', 'bo')))?.doc

  it('is not posted again, however often that fails, and is known once it can be', async () => {
    await offered(ledger, 'one', 'ann')
    for (let times = 0; times < 3; times += 1) {
      store.throwAt(2)
      await assert.rejects(show())
      assert.equal(await card(), undefined)
    }
    store.throwAt(Infinity)
    assert.deepEqual(await show(), { is: 'done' })
    assert.deepEqual(sent, ['post'])
    assert.equal((await card())?.activity, 'post 1')
  })

  it('is brought up to date when the call is over by then', async () => {
    await offered(ledger, 'one', 'ann')
    store.throwAt(2)
    await assert.rejects(show())
    store.throwAt(Infinity)
    await ledger.switchboard.hear('pbx', { is: 'ended', id: 'one' })
    await show()
    assert.equal(sent.length, 2, 'the card that is out there is replaced')
    const { call } = (await ledger.switchboard.inReach.look('pbx:one', 'bo')) ?? assert.fail()
    assert.equal((await card())?.version, call.version)
  })
})
