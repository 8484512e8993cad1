/** How many calls from Graph are taken, by several instances of the bot that share what is kept. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GraphAdmission } from '../../../src/source/graph/admission.ts'
import { notesIn } from '../../../src/source/graph/notes.ts'
import { type GraphOffer } from '../../../src/source/graph/notification.ts'
import { openEmbedded } from '../../../src/store/embedded/embedded.ts'
import { type Store } from '../../../src/store/store.ts'
import { Legs } from '../../../src/switchboard/legs.ts'

const offer = (number: string, chain = number): GraphOffer => ({
  caller: { kind: 'pstn', ...(number === '' ? {} : { number }) },
  owners: ['ann'],
  lines: [],
  tenant: '',
  chain,
})

describe('Calls from Graph, taken or turned away by several instances', () => {
  let folder: string
  let store: Store
  let rung: string[]
  let rejected: string[]
  let turnedAway: string[]
  let ringsInTeams: { readonly to: readonly string[]; readonly seconds: number } | null
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pickup-admission-'))
    store = await openEmbedded({ folder })
    rung = []
    rejected = []
    turnedAway = []
    ringsInTeams = null
  })
  afterEach(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })

  const instance = (mostCalls: number) =>
    new GraphAdmission({
      source: 'graph',
      book: new Legs(store, () => 0, 'graph'),
      hear: (_, { id }) => {
        rung.push(id)
        return Promise.resolve('accepted')
      },
      ask: ({ path, body }) => {
        rejected.push(`${path.split('/').at(-2) ?? ''} ${(body as { reason: string }).reason}`)
        return Promise.resolve({ is: 'done', body: undefined })
      },
      ownerOf: () => Promise.resolve(null),
      defaultOwner: '',
      mostCalls,
      tenantId: 'T1',
      teamsRings: () => Promise.resolve(ringsInTeams),
      turnedAway: (why) => turnedAway.push(why),
    })

  it('are never more than are allowed, and as many as are', async () => {
    const calls = Array.from({ length: 12 }, (_, index) => index)
    const instances = [instance(5), instance(5), instance(5), instance(5)] as const
    await Promise.all(
      calls.map((call) => (instances[call % 4] ?? instances[0]).offered(`call${call}`, offer(`+44${call}`))),
    )
    assert.equal(rung.length, 5)
    assert.equal(new Set(rung).size, 5)
    assert.deepEqual(
      rejected.map((words) => words.split(' ')[1]),
      Array<string>(7).fill('busy'),
    )
  })

  it('ring once when they are one call that came round in a circle', async () => {
    const [one, other] = [instance(5), instance(5)]
    await Promise.all([one.offered('first', offer('+44', 'c')), other.offered('round', offer('+44', 'c'))])
    assert.deepEqual([rung.length, rejected.length], [1, 1])
    assert.match(rejected[0] ?? '', / none$/u)
    await one.offered('stray', { ...offer('+45'), owners: [] })
    assert.deepEqual(turnedAway, ['circle', 'nobody'])
  })

  it('are as many callers as calls, without a number and behind one main number', async () => {
    const only = instance(100)
    for (const [index, number] of ['', '+4420', '', '+4420'].entries()) {
      await only.offered(`chained${index}`, offer(number, `chain ${index}`))
      await only.offered(`chainless${index}`, offer(number, ''))
    }
    assert.deepEqual([rung.length, rejected, turnedAway], [8, [], []])
  })

  it('are one call under several ids where chain, caller and owner are the same, in any case', async () => {
    const only = instance(100)
    await only.offered('first', offer('', 'C'))
    await only.offered('round', offer('', 'c'))
    await only.offered('to bo', { ...offer('', 'c'), owners: ['bo'] })
    assert.deepEqual([rung, rejected], [['first', 'to bo'], ['round none']])
    await only.offered('carl', offer('+441', 'd'))
    await only.offered('carl withholding it', offer('', 'd'))
    await only.offered('zoe', offer('+442', 'd'))
    assert.deepEqual(rung, ['first', 'to bo', 'carl', 'zoe'])
    assert.deepEqual(turnedAway, ['circle', 'circle'])
  })

  it('are turned away with a word to Graph when they are of another tenant', async () => {
    const only = instance(100)
    await only.offered('theirs', { ...offer('+44'), tenant: 'T2' })
    assert.deepEqual([rung, rejected, turnedAway], [[], ['theirs none'], ['anotherTenant']])
    await only.offered('ours', { ...offer('+44'), tenant: 't1' })
    assert.deepEqual(rung, ['ours'])
  })

  it('are rung by Teams without the numbers that it cannot call, and by us when no others are left', async () => {
    const book = new Legs(store, () => 0, 'graph')
    ringsInTeams = { to: ['ann', '4711', 'bo', '+442079460000;ext=12', '+442079460000'], seconds: 20 }
    await instance(100).offered('first', offer('+441'))
    const handing = notesIn(await book.read('first'))?.leg.handing
    assert.deepEqual(handing?.do === 'ring' && handing.to, ['bo', '+442079460000'])
    ringsInTeams = { to: ['4711'], seconds: 20 }
    await instance(100).offered('second', offer('+442'))
    assert.deepEqual(rung, ['second'])
  })

  it('make room for others when they are over', async () => {
    const only = instance(1)
    await only.offered('first', offer('+441'))
    await new Legs(store, () => 0, 'graph').change('first', () => ({ notes: null, works: [], alarmAt: null }))
    await only.offered('second', offer('+442'))
    assert.deepEqual([rung, rejected], [['first', 'second'], []])
  })
})
