import assert from 'node:assert/strict'
import { type CallingSettings } from '../../src/core/calling-settings.ts'
import { callGroup, myDelegates } from '../../src/core/target.ts'
import { replaceParts, type SheetParts, writeParts } from '../../src/core/write-parts.ts'
import { mismatches } from './mismatches.ts'
import { annWith, codes, type Office } from './office.ts'

const toDelegates = { is: 'on', rule: { type: 'immediate', to: myDelegates } } as const
const toGroup = { is: 'on', rule: { type: 'immediate', to: callGroup } } as const
const receives = (person: string) => ({ person, may: ['receiveCalls'] as const })

describe('parts of a sheet', () => {
  let office: Office
  let before: CallingSettings
  beforeEach(() => {
    office = annWith(['bo'])
    replaces({
      delegates: [receives('di')],
      forwarding: toDelegates,
      override: 'mute',
      busyOnBusy: 'ringUser',
    })
    before = office.sheet('ann')
  })

  const replaces = (parts: SheetParts) => office.keep(replaceParts(office.who('ann'), parts, office.who))
  const writes = (parts: SheetParts) => office.keep(writeParts(office.who('ann'), parts, office.who))

  it('are written, and what is not among them stays', () => {
    for (const parts of [
      { busyOnBusy: null },
      { override: null },
      { group: { members: ['cy'], order: 'inOrder' } },
      { unanswered: { is: 'off' } },
    ] as const)
      for (const write of [writes, replaces]) {
        assert.deepEqual(codes(write(parts)), [])
        assert.deepEqual(office.sheet('ann'), { ...before, ...parts })
        replaces(before)
        assert.deepEqual(office.sheet('ann'), before)
      }
    assert.equal(replaces({}).sheets.size, 0)
    assert.deepEqual(mismatches(office.sheets()), [])
  })

  it('keep a rule that goes off for next time, unless they replace it', () => {
    writes({ forwarding: { is: 'off' } })
    assert.deepEqual(office.sheet('ann').forwarding, { is: 'off', kept: toDelegates.rule })
    replaces({ forwarding: { is: 'off' } })
    assert.deepEqual(office.sheet('ann').forwarding, { is: 'off' })
  })

  it('may exchange the delegates that calls go to, but not take the last of them', () => {
    assert.deepEqual(codes(replaces({ delegates: [receives('eve')] })), [])
    assert.deepEqual(office.sheet('ann'), { ...before, delegates: [receives('eve')] })
    assert.deepEqual(codes(replaces({ delegates: [] })), ['E_NO_DELEGATE'])
    assert.deepEqual(codes(replaces({ delegates: [], forwarding: { is: 'neverSet' } })), [])
    assert.deepEqual(mismatches(office.sheets()), [])
  })

  it('may not empty a group that calls go to, unless they go elsewhere then', () => {
    replaces({ forwarding: toGroup })
    const group = { members: [], order: 'simultaneous' } as const
    assert.deepEqual(codes(replaces({ group })), ['E_GROUP_IN_USE'])
    assert.deepEqual(office.sheet('ann').group.members, ['bo'])
    assert.deepEqual(codes(replaces({ group, forwarding: toDelegates })), [])
  })
})
