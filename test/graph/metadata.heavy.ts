/**
 * The pretended Graph says nothing that the official metadata does not let Graph say, and is asked nothing else; the
 * metadata lies in SHARED_DATA, beside the project.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { graphPresence } from '../../src/graph/presence.ts'
import { readUserConfiguration, userConfiguration } from '../../src/graph/user-configuration.ts'
import { checkAction, checkValue } from './csdl-check.ts'
import { readMetadata } from './csdl.ts'
import { Office, personId } from './office.ts'
import { configuration, presence, type Somebody } from './people.ts'
import { longMs, quickGraph } from './quick-graph.ts'

const folder = process.env['SHARED_DATA'] ?? new URL('../../../shared/data', import.meta.url).pathname
const metadata = readMetadata(readFileSync(join(folder, 'graph-calls-v1.0.csdl.xml'), 'utf8'))
const ann = personId(1)
const perfect = { problems: [], warnings: [] }
const configurationType = 'microsoft.graph.teamsAdministration.teamsUserConfiguration'

describe('the official metadata of Microsoft Graph', () => {
  it('is read whole', () => {
    assert.equal(metadata.types.size, 199)
    assert.equal([...metadata.actions.values()].flat().length, 21)
    for (const [name, type] of metadata.types) {
      if (type.is === 'enumeration') assert.notEqual(type.members.length, 0, name)
      else if (type.base !== null) assert.ok(metadata.types.has(type.base), `${name} comes from ${type.base}`)
    }
  })

  const people: readonly Somebody[] = [
    {},
    { availability: 'DoNotDisturb', activity: 'Presenting' },
    { hasVoice: null, features: [] },
    { policies: { TeamsCallingPolicy: 'No groups', TeamsUpgradePolicy: 'UpgradeToTeams' } },
    ...['resourceAccount', 'guest', 'sfbOnPremUser', 'unknown', 'ineligibleUser'].map((accountType) => ({
      accountType,
    })),
  ]
  for (const somebody of people)
    it(`finds nothing wrong with what is said of ${JSON.stringify(somebody)}`, () => {
      assert.deepEqual(checkValue(metadata, 'microsoft.graph.presence', presence(ann, somebody)), perfect)
      for (const showsAll of [true, false]) {
        const said = configuration(ann, somebody, showsAll)
        assert.deepEqual(checkValue(metadata, configurationType, said), perfect)
      }
    })

  it('finds what is wrong with others', () => {
    const odd = { ...presence(ann, {}), mood: 'fine', workLocation: { source: 'guess' } }
    assert.deepEqual(checkValue(metadata, 'microsoft.graph.presence', odd).problems, [
      '$.workLocation.source: guess is no member',
      '$.mood: is not declared',
    ])
    const { problems } = checkValue(metadata, configurationType, configuration(ann, { accountType: 'robot' }))
    assert.deepEqual(problems, ['$.accountType: robot is no member'])
  })

  it('knows what the bot asks', async () => {
    const office = await Office.open()
    try {
      office.people.set(ann, { policies: { TeamsCallingPolicy: 'No groups' } })
      const { graph } = quickGraph(office)
      assert.equal((await graphPresence(graph, longMs)([ann])).size, 1)
      assert.equal((await userConfiguration(graph, ann)).is, 'found')
      const [asked] = office.asked
      const to = 'microsoft.graph.cloudCommunications'
      assert.deepEqual(checkAction(metadata, to, 'getPresencesByUserId', asked?.body), perfect)
    } finally {
      await office.close()
    }
  })

  it('declares no field of a configuration that the bot looks for by another name', () => {
    const seen = new Set<string>()
    const record = new Proxy(configuration(ann, {}), {
      get: (target, name) => {
        if (typeof name === 'string') seen.add(name)
        return Reflect.get(target, name) as unknown
      },
    })
    readUserConfiguration(record)
    const type = metadata.types.get(configurationType)
    const declared = type?.is === 'structure' ? [...type.properties.keys()] : []
    // The page of the request shows the record inside a `value`.
    assert.deepEqual(
      [...seen].filter((name) => !declared.includes(name)),
      ['value'],
    )
  })
})
