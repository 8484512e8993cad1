import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Call } from '../../src/core/call.ts'
import { type RingPlan } from '../../src/core/ring-plan.ts'
import { begin, step } from '../../src/core/step.ts'
import { ChatService, type Member } from '../../src/playground/chat-service.ts'
import { KeptFiles } from '../../src/playground/kept-files.ts'
import { Screens } from '../../src/playground/screens.ts'
import { ahead } from '../../src/playground/timeline.ts'
import { SimulatedSource } from '../../src/source/simulated.ts'

const ring = (person: string) => ({ person, how: 'ring' }) as const
const ownLane = {
  ring: 'owner',
  order: 'simultaneous',
  alerts: [ring('ann')],
  silent: [],
  mayPull: [],
} as const
const inOrder = {
  ...ownLane,
  ring: 'group',
  order: 'inOrder',
  alerts: [ring('bo'), ring('cy'), ring('di')],
} as const

function ringing(rounds: RingPlan['rounds']): Call {
  const plan: RingPlan = { rule: 'R14', rounds, end: { is: 'voicemail' }, stale: [] }
  return begin({ id: '1', owner: 'ann', caller: { kind: 'pstn' }, plan, reportsConnection: true }, 0).call
}

/** What is ahead, in seconds: who, from when to when. */
function inSeconds(call: Call, at: number): readonly string[] {
  assert.equal(call.state.is, 'ringing')
  const parts = call.state.is === 'ringing' ? ahead(call, call.state, at * 1000) : []
  return parts.map(({ who, from, until }) => `${who.join('+') || 'nobody'} ${from / 1000}-${until / 1000}`)
}

describe('What is ahead of a ringing call', () => {
  it('is everybody together until the round is over', () => {
    const call = ringing([{ lanes: [ownLane], seconds: 20, endsWithList: false }])
    assert.deepEqual(inSeconds(call, 5), ['ann 5-20'])
  })

  it('is each turn of a group in order, beside whom its owner rings', () => {
    const call = ringing([{ lanes: [ownLane, inOrder], seconds: 50, endsWithList: false }])
    assert.deepEqual(inSeconds(call, 0), ['ann+bo 0-20', 'ann+cy 20-40', 'ann+di 40-50'])
  })

  it('is shorter by whoever was taken out of the group, and goes on with the rounds after it', () => {
    const last = { lanes: [ownLane], seconds: 30, endsWithList: false }
    const call = ringing([{ lanes: [inOrder], seconds: 60, endsWithList: true }, last])
    const later = step(call, { is: 'removed', person: 'cy', at: 4000 }).call
    assert.deepEqual(inSeconds(later, 5), ['bo 5-20', 'di 20-40', 'ann 40-70'])
  })

  it('is the owner alone once all turns are over', () => {
    const call = ringing([
      { lanes: [ownLane, { ...inOrder, alerts: [ring('bo')] }], seconds: 50, endsWithList: false },
    ])
    assert.deepEqual(inSeconds(call, 0), ['ann+bo 0-20', 'ann 20-50'])
  })
})

describe('A pretend call', () => {
  const told: string[] = []
  const source = new SimulatedSource({
    hear: (_source, { is }) => {
      told.push(is)
      return Promise.resolve('accepted')
    },
    newId: () => 'one',
    wait: () => Promise.resolve(),
  })
  const connect = async (number: number) => {
    await source.carryOut({ id: 'one' }, { do: 'connect', to: 'bo', number })
    return told.at(-1)
  }

  it('is handed over well, fails once, or fails each time, as it is told', async () => {
    assert.equal(await connect(1), 'connected')
    source.letFail('one', 'once')
    assert.equal(source.failingOf({ id: 'one' }), 'once')
    assert.equal(await connect(2), 'connectFailed')
    assert.equal(await connect(2), 'connectFailed', 'the same order asked again goes the same way')
    assert.equal(source.failingOf({ id: 'one' }), 'never')
    assert.equal(await connect(3), 'connected')
    source.letFail('one', 'always')
    assert.deepEqual([await connect(4), await connect(5)], ['connectFailed', 'connectFailed'])
    source.letFail('one', 'never')
    assert.equal(await connect(6), 'connected')
  })
})

describe('What the playground keeps', () => {
  let folder: string
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'kept-'))))
  afterEach(() => rm(folder, { recursive: true }))

  it('is the newest of what was written at once, whole, and there when the writing resolves', async () => {
    const files = await KeptFiles.open(join(folder, 'new'))
    await Promise.all(Array.from({ length: 50 }, (_, count) => files.write('a', () => ({ count }))))
    assert.deepEqual(await files.read('a'), { count: 49 })
    await files.settled()
    assert.deepEqual(await readdir(join(folder, 'new')), ['a.json'])
  })

  it('is put aside, not lost, when it cannot be read', async () => {
    const files = await KeptFiles.open(folder)
    await writeFile(join(folder, 'a.json'), '{"half')
    assert.equal(await files.read('a'), null)
    assert.deepEqual(await readdir(folder), ['a.json.unreadable'])
    assert.equal(await files.read('never'), null)
  })

  it('goes on being kept after a writing failed', async () => {
    const files = await KeptFiles.open(folder)
    const failing = files.write('a', () => {
      throw new Error('no')
    })
    await assert.rejects(failing)
    await files.write('a', () => 1)
    assert.equal(await files.read('a'), 1)
  })
})

describe('The chat service', () => {
  const ann: Member = {
    name: 'Ann',
    address: 'ann@contoso.com',
    mail: 'a.ek@contoso.com',
    objectId: 'object',
    user: '29:ann',
    conversation: 'a:chat',
    isRemoved: false,
  }
  const changes: string[] = []
  const service = (member = ann) =>
    new ChatService(new Screens({ now: () => 0, most: 3, changed: ({ is }) => changes.push(is) }), () => [
      member,
    ])
  const path = '/v3/conversations/a:chat/activities'

  it('posts, draws anew in place, deletes, and knows what is gone', () => {
    const teams = service()
    const posted = teams.answer('POST', path, { text: 'one' }).body as { id: string }
    assert.equal(teams.answer('PUT', `${path}/${posted.id}`, { id: posted.id, text: 'two' }).status, 200)
    assert.deepEqual(
      teams.screens.of('a:chat').map(({ id, text }) => [id, text]),
      [[posted.id, 'two']],
    )
    assert.equal(teams.answer('PUT', `${path}/${posted.id}`, { id: 'another' }).status, 400)
    assert.equal(teams.answer('DELETE', `${path}/${posted.id}`, {}).status, 200)
    assert.equal(teams.answer('DELETE', `${path}/${posted.id}`, {}).status, 404)
    assert.equal(teams.answer('PUT', `${path}/${posted.id}`, { id: posted.id }).status, 404)
  })

  it('lets the oldest go when there are too many', () => {
    const teams = service()
    for (const text of ['a', 'b', 'c', 'd']) teams.answer('POST', path, { text })
    assert.deepEqual(
      teams.screens.of('a:chat').map(({ text }) => text),
      ['b', 'c', 'd'],
    )
    assert.equal(changes.at(-1), 'gone')
  })

  it('refuses what is too long, whom it does not know, and who removed the bot', () => {
    const gone = service({ ...ann, isRemoved: true })
    assert.equal(service().answer('POST', path, { text: 'x'.repeat(14 * 1024) }).status, 413)
    assert.equal(gone.answer('POST', path, { text: 'one' }).status, 403)
    assert.equal(gone.answer('POST', '/v3/conversations', { members: [{ id: '29:ann' }] }).status, 403)
    for (const [method, where] of [
      ['POST', '/v3/conversations/a:other/activities'],
      ['GET', '/v3/conversations/a:chat/members/29:bo'],
      ['POST', '/v2/conversations/a:chat/activities'],
      ['POST', '/v3/conversations/a:chat/attachments'],
    ] as const)
      assert.equal(service().answer(method, where, {}).status, 404, where)
    assert.equal(service().answer('PATCH', path, {}).status, 405)
    assert.equal(service().answer('POST', '/v3/conversations', { members: 7 }).status, 403)
  })

  it('says who a member is, and opens their one chat', () => {
    for (const name of ['29:ann', 'object']) {
      const { body } = service().answer('GET', `/v3/conversations/a:chat/members/${name}`, {})
      assert.deepEqual(body, {
        id: name,
        name: 'Ann',
        aadObjectId: 'object',
        userPrincipalName: 'ann@contoso.com',
        email: 'a.ek@contoso.com',
      })
      const opened = service().answer('POST', '/v3/conversations', { members: [{ id: name }] })
      assert.deepEqual(opened, { status: 201, body: { id: 'a:chat' } })
    }
  })
})
