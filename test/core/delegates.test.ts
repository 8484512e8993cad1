import assert from 'node:assert/strict'
import { addDelegate, mayManage, removeDelegate, setDelegatePermissions } from '../../src/core/delegates.ts'
import { setRules } from '../../src/core/rules.ts'
import { myDelegates } from '../../src/core/target.ts'
import { annWithDelegate, bos, codes, forward, ifUnanswered, Office } from './office.ts'

describe('delegates', () => {
  it('are known on both sides, with what they may do', () => {
    const office = annWithDelegate('di', ['receiveCalls', 'makeCalls', 'receiveCalls'])
    assert.deepEqual(office.sheet('ann').delegates, [{ person: 'di', may: ['makeCalls', 'receiveCalls'] }])
    assert.deepEqual(office.sheet('di').managers, ['ann'])
  })

  it('cannot be oneself, nor the same person twice, nor anybody without the right', () => {
    const office = annWithDelegate('di', [])
    assert.deepEqual(codes(addDelegate(office.who('ann'), 'ann', [], office.who)), ['E_SELF'])
    assert.deepEqual(codes(addDelegate(office.who('ann'), 'di', [], office.who)), ['E_DUP'])
    office.allow('ann', { allowDelegation: false })
    assert.deepEqual(codes(addDelegate(office.who('ann'), 'ed', [], office.who)), ['E_POLICY_DELEG'])
  })

  it('are at most 25', () => {
    const office = new Office()
    for (const person of bos(25))
      assert.deepEqual(codes(office.keep(addDelegate(office.who('ann'), person, [], office.who))), [])
    assert.deepEqual(addDelegate(office.who('ann'), 'di', [], office.who).refusals, [
      { code: 'E_DELEGATE_LIMIT', person: 'di', side: 'delegates' },
    ])
  })

  it('act for at most 25 people', () => {
    const office = new Office()
    for (const manager of bos(25))
      assert.deepEqual(codes(office.keep(addDelegate(office.who(manager), 'di', [], office.who))), [])
    assert.deepEqual(addDelegate(office.who('ann'), 'di', [], office.who).refusals, [
      { code: 'E_DELEGATE_LIMIT', person: 'di', side: 'managers' },
    ])
  })

  it('never go round in a circle, however long', () => {
    const office = annWithDelegate('bo', [])
    office.keep(addDelegate(office.who('bo'), 'cy', [], office.who))
    office.keep(addDelegate(office.who('bo'), 'dee', [], office.who))
    for (const person of ['bo', 'cy', 'dee'])
      assert.deepEqual(addDelegate(office.who(person), 'ann', [], office.who).refusals, [
        { code: 'E_DELEGATE_CIRCLE', person: 'ann' },
      ])
    assert.deepEqual(codes(addDelegate(office.who('ann'), 'dee', [], office.who)), [])
  })

  it('change what they may do, and nobody else does', () => {
    const office = annWithDelegate('di', ['receiveCalls'])
    office.keep(addDelegate(office.who('ann'), 'ed', ['makeCalls'], office.who))
    office.keep(setDelegatePermissions(office.who('ann'), 'di', ['manageSettings'], office.who))
    assert.deepEqual(office.sheet('ann').delegates, [
      { person: 'di', may: ['manageSettings'] },
      { person: 'ed', may: ['makeCalls'] },
    ])
    const same = setDelegatePermissions(office.who('ann'), 'di', ['manageSettings'], office.who)
    assert.equal(same.sheets.size, 0)
  })

  it('go on both sides', () => {
    const office = annWithDelegate('di', [])
    office.keep(addDelegate(office.who('bo'), 'di', [], office.who))
    office.keep(removeDelegate(office.who('ann'), 'di', office.who))
    assert.deepEqual(office.sheet('ann').delegates, [])
    assert.deepEqual(office.sheet('di').managers, ['bo'])
  })

  it('must be delegates to be changed or removed', () => {
    const office = annWithDelegate('di', [])
    const changes = [
      removeDelegate(office.who('ann'), 'ed', office.who),
      setDelegatePermissions(office.who('ann'), 'ed', [], office.who),
    ]
    for (const change of changes) assert.deepEqual(change.refusals, [{ code: 'E_NOT_FOUND', person: 'ed' }])
  })

  for (const rules of [forward('simultaneous', myDelegates), ifUnanswered(myDelegates)]) {
    it(`keep one who takes calls while ${Object.keys(rules).join()} leads to them`, () => {
      const office = annWithDelegate('di', ['receiveCalls'])
      office.keep(addDelegate(office.who('ann'), 'ed', ['makeCalls'], office.who))
      office.keep(setRules(office.who('ann'), rules, office.who))
      const ann = office.who('ann')
      assert.deepEqual(codes(removeDelegate(ann, 'di', office.who)), ['E_NO_DELEGATE'])
      assert.deepEqual(codes(setDelegatePermissions(ann, 'di', ['makeCalls'], office.who)), ['E_NO_DELEGATE'])
      assert.deepEqual(codes(removeDelegate(ann, 'ed', office.who)), [])
    })
  }
})

describe('who may change settings', () => {
  it('is the owner and the delegates who were given that', () => {
    const office = annWithDelegate('di', ['manageSettings'])
    office.keep(addDelegate(office.who('ann'), 'ed', ['makeCalls', 'receiveCalls'], office.who))
    const ann = office.sheet('ann')
    const may = ['ann', 'di', 'ed', 'bo'].filter((person) => mayManage(ann, 'ann', person))
    assert.deepEqual(may, ['ann', 'di'])
  })
})
