import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { graphReads, type GraphReads } from '../../src/assemble/graph-reads.ts'
import { realClock } from '../../src/clock.ts'
import { readEnvironment } from '../../src/environment/environment.ts'
import { createMetrics } from '../../src/metrics.ts'
import { openEmbedded } from '../../src/store/embedded/embedded.ts'
import { type Desks, desksOver } from '../../src/switchboard/desks.ts'
import { Office, personId } from '../graph/office.ts'
import { sender } from '../switchboard/desk.ts'
import { until } from '../until.ts'

const registered = { MicrosoftAppId: 'app', MicrosoftAppPassword: 'password', MicrosoftAppTenantId: 'tenant' }
const [ann, bo] = [personId(1), personId(2)]

describe('What Graph is asked about people', () => {
  let folder: string
  let desks: Desks
  let graph: Office
  let reads: GraphReads
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reads-'))
    desks = desksOver(
      await openEmbedded({ folder }),
      () => realClock.now(),
      () => 'id',
    )
    graph = await Office.open()
    reads = {}
    for (const id of [ann, bo, 'cy@contoso.com']) await desks.directory.mention(id)
  })
  afterEach(async () => {
    await reads.eligibility?.stop()
    await desks.store.close()
    await graph.close()
    await rm(folder, { recursive: true })
  })
  const open = (GRAPH_READS: string) => {
    const environment = readEnvironment({ ...registered, GRAPH_READS, GRAPH_URL: graph.url })
    const parts = {
      ...desks,
      clock: realClock,
      metrics: createMetrics(),
      token: () => Promise.resolve('token'),
    }
    reads = graphReads(environment, parts)
  }
  /** Who is in a call, once the answer was quick enough: on a busy machine half a second may be too short for it. */
  const answered = async (...people: readonly string[]) => {
    let found: ReadonlyArray<readonly [string, string]> = []
    await until('the answer comes in time', async () => {
      found = [...((await reads.presence?.(people)) ?? [])]
      return found.length > 0
    })
    return found
  }
  const canShare = async (id: string) => (await desks.rights.of(id)).eligibility

  it('is nothing unless it is named', () => {
    open('')
    assert.deepEqual(reads, {})
  })

  it('is who may share calls: everybody known by object id, and newcomers at once', async () => {
    graph.people.set(ann, { hasVoice: false, policies: { TeamsCallingPolicy: 'Sales' } })
    graph.people.set(bo, { hasVoice: true })
    await desks.rights.setPolicy(
      { person: null, door: 'http' },
      'Sales',
      (await desks.rights.policy('Global'))?.policy ?? assert.fail(),
    )
    open('eligibility')
    reads.eligibility?.start()
    await until('ann is looked up', async () => (await desks.rights.of(ann)).eligibilityFrom === 'graph')
    assert.equal((await canShare(ann)).phoneSystem, false)
    assert.equal((await desks.rights.of(ann)).policy, 'Sales')
    const late = personId(3)
    graph.people.set(late, { hasVoice: false })
    reads.eligibility?.soon(late)
    reads.eligibility?.soon('not an object id')
    await until('the newcomer is looked up', async () => !(await canShare(late)).phoneSystem)
    assert.ok(graph.asked.every(({ path }) => !path.includes('cy')))
  })

  it('is who is in a call; nobody waits for an answer that does not come', async () => {
    graph.people.set(ann, { availability: 'Busy', activity: 'InACall' })
    graph.people.set(bo, { availability: 'DoNotDisturb', activity: 'DoNotDisturb' })
    open('presence')
    assert.deepEqual(await answered(ann, bo, 'cy@contoso.com'), [
      [ann, 'inACall'],
      [bo, 'doNotDisturb'],
    ])
    graph.faults('hang')
    assert.deepEqual([...((await reads.presence?.([ann])) ?? [])], [])
  })

  it('is asked about people kept under an address too, once they have written and their object id is known', async () => {
    const dee = 'dee@contoso.com'
    await desks.directory.mention(dee)
    await desks.directory.meet(sender('dee', { address: dee, objectId: personId(4) }))
    assert.equal(await desks.directory.find(personId(4)), dee)
    graph.people.set(personId(4), { availability: 'Busy', activity: 'InACall', hasVoice: false })
    open('presence,eligibility')
    assert.deepEqual(await answered(ann, dee), [[dee, 'inACall']])
    reads.eligibility?.start()
    await until('dee is looked up', async () => !(await canShare(dee)).phoneSystem)
    assert.equal((await desks.rights.of(dee)).eligibilityFrom, 'graph')
  })
})
