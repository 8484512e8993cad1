/** People's sheets as the rules see them: whom their rules name now, and which policy counts. */
import assert from 'node:assert/strict'
import { type CallingSettings, neverConfigured } from '../../src/core/calling-settings.ts'
import { eligible, globalPolicy } from '../../src/core/policy.ts'
import { type Rights } from '../../src/store/documents.ts'
import { type Put } from '../../src/store/store.ts'
import { askWith, decided, sheetOf } from '../../src/switchboard/sheets.ts'
import { type Ledger, openLedger } from './ledger.ts'

const noGroups = { ...globalPolicy, allowCallGroups: false }
const noVoicemail = { ...globalPolicy, allowVoicemail: 'alwaysDisabled' } as const
const noPhone = { ...eligible, phoneSystem: false }

describe('A sheet', () => {
  let ledger: Ledger
  beforeEach(async () => {
    ledger = await openLedger()
  })
  afterEach(() => ledger.close())

  const put = (...puts: readonly Put[]) => ledger.store.commit({ puts })
  const sheet = (id: string) => sheetOf(ledger.store, id)
  const policyOf = async (id: string) => (await sheet(id)).subscriber.policy
  const has = (id: string, doc: Rights) => put({ kind: 'rights', id, expect: 0, doc })

  it('of somebody of whom nothing is kept is what everybody begins with', async () => {
    assert.deepEqual(await sheet('ann'), {
      rev: 0,
      subscriber: { id: 'ann', settings: neverConfigured, eligibility: eligible, policy: globalPolicy },
    })
  })

  it('has the policy its owner was given, else the global one as it is now, else that of Teams', async () => {
    await has('ann', { policy: 'none' })
    await has('bo', { policy: 'gone' })
    assert.deepEqual(await policyOf('ann'), globalPolicy)
    await put(
      { kind: 'policy', id: 'none', expect: 0, doc: { name: 'None', policy: noGroups } },
      { kind: 'policy', id: 'global', expect: 0, doc: { name: 'Global', policy: noVoicemail } },
    )
    assert.deepEqual(await policyOf('ann'), noGroups)
    assert.deepEqual([await policyOf('bo'), await policyOf('cy')], [noVoicemail, noVoicemail])
  })

  it('has what an admin decided before what Graph says, each for itself', () => {
    const graph = { eligibility: noPhone, policy: 'sales', at: 1 }
    assert.deepEqual(decided({}), { eligibility: undefined, policy: undefined })
    assert.deepEqual(decided({ graph }), { eligibility: noPhone, policy: 'sales' })
    assert.deepEqual(decided({ graph: { ...graph, policy: null } }).policy, undefined)
    assert.deepEqual(decided({ graph, policy: 'support' }), { eligibility: noPhone, policy: 'support' })
    assert.deepEqual(decided({ graph, eligibility: eligible }), { eligibility: eligible, policy: 'sales' })
  })

  describe('whose rules name somebody', () => {
    const bo = { is: 'person', person: 'bo' } as const
    const old = { is: 'person', person: 'old' } as const
    const zoe = { is: 'person', person: 'zoe' } as const
    const number = { is: 'number', number: '4711' } as const
    const group = { is: 'group' } as const
    type Rules = Pick<CallingSettings, 'forwarding' | 'unanswered'>
    const off = { forwarding: { is: 'off' }, unanswered: { is: 'off' } } as const
    const never = { forwarding: { is: 'neverSet' }, unanswered: { is: 'neverSet' } } as const
    const forward = (to: typeof old | typeof bo | typeof zoe | typeof number | typeof group) =>
      ({ type: 'immediate', to }) as const
    const after20 = (to: typeof old | typeof bo | typeof zoe | typeof number) => ({ to, after: 20 }) as const

    beforeEach(() =>
      put(
        { kind: 'person', id: 'bo', expect: 0, doc: { id: 'bo', name: 'Bo', welcomed: true } },
        { kind: 'alias', id: 'old', expect: 0, doc: { person: 'bo' } },
      ),
    )

    /** The two rules as they are read when they were written like this. */
    async function read(rules: Rules): Promise<Rules> {
      const kept = await ledger.store.get('settings', 'ann')
      const doc = { ...neverConfigured, ...rules }
      await put({ kind: 'settings', id: 'ann', expect: kept?.rev ?? 0, doc })
      const { settings } = (await sheet('ann')).subscriber
      assert.deepEqual({ ...settings, ...rules }, doc, 'nothing else changes')
      return { forwarding: settings.forwarding, unanswered: settings.unanswered }
    }

    it('names the person they have become, in whichever rule it is', async () => {
      const becomes: ReadonlyArray<readonly [Rules, Rules]> = [
        [
          { ...off, forwarding: { is: 'on', rule: forward(old) } },
          { ...off, forwarding: { is: 'on', rule: forward(bo) } },
        ],
        [
          { ...off, unanswered: { is: 'on', rule: after20(old) } },
          { ...off, unanswered: { is: 'on', rule: after20(bo) } },
        ],
        [
          {
            forwarding: { is: 'off', kept: forward(old) },
            unanswered: { is: 'off', kept: after20(old) },
          },
          { forwarding: { is: 'off', kept: forward(bo) }, unanswered: { is: 'off', kept: after20(bo) } },
        ],
        [
          {
            forwarding: { is: 'on', rule: forward(old) },
            unanswered: { is: 'on', rule: after20(number) },
          },
          { forwarding: { is: 'on', rule: forward(bo) }, unanswered: { is: 'on', rule: after20(number) } },
        ],
        [
          { forwarding: { is: 'on', rule: forward(group) }, unanswered: { is: 'on', rule: after20(old) } },
          { forwarding: { is: 'on', rule: forward(group) }, unanswered: { is: 'on', rule: after20(bo) } },
        ],
        [
          { ...never, forwarding: { is: 'on', rule: forward(old) } },
          { ...never, forwarding: { is: 'on', rule: forward(bo) } },
        ],
      ]
      for (const [written, now] of becomes) assert.deepEqual(await read(written), now)
    })

    it('names everybody else as it was written', async () => {
      const same: readonly Rules[] = [
        never,
        off,
        { ...off, forwarding: { is: 'on', rule: forward(bo) } },
        { ...off, forwarding: { is: 'on', rule: forward(zoe) } },
        { ...off, unanswered: { is: 'on', rule: after20(zoe) } },
        { forwarding: { is: 'on', rule: forward(number) }, unanswered: { is: 'off', kept: after20(bo) } },
        { forwarding: { is: 'on', rule: forward(group) }, unanswered: { is: 'neverSet' } },
      ]
      for (const rules of same) assert.deepEqual(await read(rules), rules)
    })
  })

  it('is read for everybody whom a rule looks at, also when one leads to the next', async () => {
    const inGroup = (member: string): CallingSettings => ({
      ...neverConfigured,
      group: { members: [member], order: 'simultaneous' },
    })
    await put(
      { kind: 'settings', id: 'ann', expect: 0, doc: inGroup('bo') },
      { kind: 'settings', id: 'bo', expect: 0, doc: inGroup('cy') },
    )
    const { answer, sheets } = await askWith(ledger.store, (who) => {
      const [first = ''] = who('ann').settings.group.members
      return first === '' ? [] : [first, ...who(first).settings.group.members]
    })
    assert.deepEqual(answer, ['bo', 'cy'])
    assert.deepEqual(
      [...sheets].map(([id, { rev }]) => [id, rev]),
      [
        ['ann', 1],
        ['bo', 1],
      ],
    )
  })
})
