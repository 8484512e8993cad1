import assert from 'node:assert/strict'
import { ChatAnnouncer } from '../../../src/chat/calls/announcer.ts'
import { type Messenger } from '../../../src/chat/send/messenger.ts'
import { Sender } from '../../../src/chat/send/sender.ts'
import { cardId } from '../../../src/store/documents.ts'
import { told } from '../../../src/switchboard/effects.ts'
import { adds, type Desk, meets, offered, openDesk, sends } from '../../switchboard/desk.ts'
import { until } from '../../until.ts'

/** Every message arrives; nothing else is asked of it here. */
const arriving: Messenger = {
  post: () => Promise.resolve({ is: 'sent', id: 'posted' }),
  update: () => Promise.resolve({ is: 'sent', id: 'updated' }),
  delete: () => Promise.resolve({ is: 'sent', id: 'deleted' }),
  open: () => Promise.resolve({ is: 'unreachable' }),
  member: () => Promise.resolve({ is: 'unreachable' }),
}

describe('A card that was on its way while its instance was frozen', () => {
  let desk: Desk
  beforeEach(async () => {
    desk = await openDesk()
    await meets(desk, 'ann', 'bo')
    await adds(desk, 'ann', 'bo')
    await sends(desk, 'ann', 'simultaneous', { is: 'group' })
    await offered(desk, 'one', 'ann')
    await until('the call is shown', () => shows() > 0)
  })
  afterEach(() => desk.close())

  const shows = () => desk.announcer.said.filter((said) => said === 'show bo').length
  /** Posts the card of the call, and a while later asks for another thing to be done. */
  const showsAfter = async (isStillOurs: boolean) => {
    const { store, directory } = desk
    const sender = new Sender(arriving, directory)
    const announcer = new ChatAnnouncer({
      store,
      directory,
      sender,
      now: () => desk.clock.now(),
      isStillOurs: () => isStillOurs,
      count: () => undefined,
    })
    const record = await desk.switchboard.inReach.look('pbx:one', 'bo')
    assert.ok(record)
    assert.deepEqual(await announcer.show(record, 'bo'), { is: 'done' })
    assert.equal((await store.get('card', cardId('pbx:one', 'bo')))?.doc.activity, 'posted')
    await store.commit({ effects: [told('bo', 'left', 'cy')] })
    await until('what is behind it is done', () =>
      desk.announcer.said.some((said) => said.startsWith('tell bo left')),
    )
    return shows()
  }

  it('is looked at again by whoever may: the call may have moved on meanwhile', async () => {
    const before = shows()
    assert.equal(await showsAfter(false), before + 1)
  })

  it('is left as it is when nobody else can have looked', async () => {
    const before = shows()
    assert.equal(await showsAfter(true), before)
  })
})
