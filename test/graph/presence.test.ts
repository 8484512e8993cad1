import assert from 'node:assert/strict'
import { realClock } from '../../src/clock.ts'
import { graphPresence } from '../../src/graph/presence.ts'
import { Office, personId } from './office.ts'
import { longMs, quickGraph } from './quick-graph.ts'

const [ann, bo, cy] = [personId(1), personId(2), personId(3)]

describe('Presence as Graph tells it', () => {
  let office: Office
  beforeEach(async () => {
    office = await Office.open()
  })
  afterEach(() => office.close())

  const meanings = [
    ['Available', 'Available', 'available'],
    ['AvailableIdle', 'Available', 'available'],
    ['Away', 'Away', 'available'],
    ['Away', 'OutOfOffice', 'available'],
    ['BeRightBack', 'BeRightBack', 'available'],
    ['Busy', 'Busy', 'available'],
    ['Busy', 'InAMeeting', 'available'],
    ['BusyIdle', 'Busy', 'available'],
    ['Busy', 'InACall', 'inACall'],
    ['Busy', 'InAConferenceCall', 'inACall'],
    ['busy', 'inacall', 'inACall'],
    ['DoNotDisturb', 'Presenting', 'inACall'],
    ['DoNotDisturb', 'DoNotDisturb', 'doNotDisturb'],
    ['DoNotDisturb', 'Focusing', 'doNotDisturb'],
    ['DoNotDisturb', 'UrgentInterruptionsOnly', 'doNotDisturb'],
    ['DoNotDisturb', 'InACall', 'doNotDisturb'],
    ['Offline', 'Offline', 'offline'],
    ['Offline', 'OffWork', 'offline'],
    ['PresenceUnknown', 'PresenceUnknown', undefined],
    ['Elsewhere', 'Elsewhere', undefined],
    ['', '', undefined],
  ] as const
  for (const [availability, activity, meaning] of meanings)
    it(`${availability || 'nothing'} and ${activity || 'nothing'} mean ${meaning ?? 'that nobody knows'}`, async () => {
      office.people.set(ann, { availability, activity })
      const presence = await graphPresence(quickGraph(office).graph, longMs)([ann])
      assert.equal(presence.get(ann), meaning)
      assert.equal(presence.size, meaning === undefined ? 0 : 1)
    })

  it('is asked once for a whole group, and only of those whom Graph may know', async () => {
    office.people.set(ann, { availability: 'Offline' })
    office.people.set(bo, { availability: 'Busy', activity: 'InACall' })
    const presence = await graphPresence(
      quickGraph(office).graph,
      longMs,
    )([ann, '29:dot', bo, cy, ann, 'eve@contoso.com'])
    assert.deepEqual(
      [...presence],
      [
        [ann, 'offline'],
        [bo, 'inACall'],
      ],
    )
    assert.deepEqual(
      office.asked.map(({ path, body }) => [path, body]),
      [['/v1.0/communications/getPresencesByUserId', { ids: [ann, bo, cy] }]],
    )
  })

  it('is not asked of nobody', async () => {
    const ask = graphPresence(quickGraph(office).graph, longMs)
    assert.equal((await ask([])).size, 0)
    assert.equal((await ask(['29:dot'])).size, 0)
    assert.equal(office.asked.length, 0)
  })

  it('is asked of 650 people at most', async () => {
    const many = Array.from({ length: 700 }, (_, n) => personId(n))
    await graphPresence(quickGraph(office).graph, longMs)(many)
    assert.deepEqual(office.asked[0]?.body, { ids: many.slice(0, 650) })
  })

  it('is that of whoever was asked for, however the id is written, and of nobody else', async () => {
    const id = 'AABBCCDD-0000-4000-8000-00000000EEFF'
    const value = [
      { id: id.toLowerCase(), availability: 'Offline' },
      { id: bo, availability: 'Offline' },
      { id: 7, availability: 'Offline' },
      { availability: 'Offline' },
      null,
      'Offline',
    ]
    office.faults({ status: 200, body: { value } })
    assert.deepEqual([...(await graphPresence(quickGraph(office).graph, longMs)([id]))], [[id, 'offline']])
  })

  for (const body of ['[]', '{}', 'null', 'so', { value: null }, { value: 'so' }, { value: { id: ann } }])
    it(`is unknown when Graph says ${JSON.stringify(body)}`, async () => {
      office.faults({ status: 200, body })
      assert.equal((await graphPresence(quickGraph(office).graph, longMs)([ann])).size, 0)
    })

  for (const status of [400, 401, 403, 404, 429, 500, 503])
    it(`is unknown when Graph answers ${status}, and nothing is thrown`, async () => {
      office.faults({ status }, { status }, { status })
      const { graph, counts } = quickGraph(office)
      assert.equal((await graphPresence(graph, longMs)([ann])).size, 0)
      assert.equal(counts.at(-1), `read ${status}`)
    })

  it('is unknown without a token', async () => {
    const { graph } = quickGraph(office, { token: () => Promise.reject(new Error('down')) })
    assert.equal((await graphPresence(graph, longMs)([ann])).size, 0)
  })

  it('keeps nobody waiting when Graph is silent', async () => {
    office.people.set(ann, { availability: 'Offline' })
    office.faults('hang')
    const { graph } = quickGraph(office, { clock: realClock, withinMs: 60_000 })
    assert.equal((await graphPresence(graph, 30)([ann])).size, 0)
  })

  it('is had after a hiccup, when there is time for it', async () => {
    office.people.set(ann, { availability: 'Offline' })
    office.faults({ status: 503 })
    const { graph } = quickGraph(office, { clock: realClock })
    assert.equal((await graphPresence(graph, 20_000)([ann])).get(ann), 'offline')
  })
})
