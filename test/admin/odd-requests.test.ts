import assert from 'node:assert/strict'
import { type Office, openOffice } from '../flows/office.ts'

const settings = '/users/ann@contoso.com/calling-settings'

function said(body: unknown): string {
  const { error } = body as { readonly error: { readonly message: string } }
  return error.message
}

describe('The admin API', () => {
  let office: Office
  beforeEach(async () => {
    office = await openOffice('msteams')
  })
  afterEach(() => office.close())

  it('never takes a word it does not understand for one that was left out', async () => {
    await office.administer('PATCH', settings, {
      CallGroupOrder: 'InOrder',
      CallGroupTargets: ['bo@contoso.com'],
    })
    await office.administer('PUT', '/policies/Global', { AllowCallGroups: false })
    const delegates = '/users/ann@contoso.com/delegates'
    await office.administer('POST', delegates, { Id: 'di@contoso.com', ReceiveCalls: true })
    const before = await office.administer('GET', '/audit')
    for (const [method, path, body, says] of [
      ['DELETE', '/users/bo@contoso.com?dryrun=true', undefined, /dryrun is not understood here.*dryRun/u],
      ['DELETE', '/users/bo@contoso.com?dryRun=yes', undefined, /dryRun must be true or false/u],
      ['DELETE', '/users/bo@contoso.com?dryRun=', undefined, /dryRun must be true or false/u],
      ['PUT', '/users/bo@contoso.com/policy?quite=true', { Policy: null }, /quite is not understood/u],
      [
        'POST',
        '/sweep',
        { apply: true, user: ['nobody@contoso.com'] },
        /user is not understood here.*users/u,
      ],
      ['POST', '/sweep', { Apply: true }, /Apply is not understood here/u],
      ['PUT', '/users/bo@contoso.com/eligibility', { Licence: false }, /Licence is not.*PhoneSystem/u],
      ['PUT', '/users/bo@contoso.com/policy', { Policy: null, Name: 'x' }, /Name is not understood/u],
      ['POST', delegates, { Id: 'eve@contoso.com', MakeCall: true }, /MakeCall is not.*MakeCalls/u],
      ['PATCH', `${delegates}/di@contoso.com`, { ManageSetting: true }, /ManageSetting is not/u],
      ['PUT', '/policies/Sales', { AllowCallGroup: false }, /AllowCallGroup is not.*AllowCallGroups/u],
      ['PATCH', settings, { Delegates: [] }, /\/users\/\{user\}\/delegates/u],
      [
        'PATCH',
        settings,
        { IsUnansweredEnabled: true, UnansweredTargetType: 'DoNothing', UnansweredDelay: 20 },
        /IsUnansweredEnabled false/u,
      ],
    ] as const) {
      const answer = await office.administer(method, path, body)
      assert.equal(answer.status, 400, `${method} ${path}`)
      assert.match(said(answer.body), says)
    }
    assert.deepEqual(await office.administer('GET', '/audit'), before)
    const told = await office.administer('DELETE', '/users/bo@contoso.com?dryRun=True')
    assert.deepEqual(
      [told.status, (told.body as { Undo: unknown }).Undo],
      [200, null],
      'as PowerShell writes $true',
    )
    assert.deepEqual(await office.administer('GET', '/audit'), before)
  })

  it('names the text that is not whole, and keeps nothing of what it stands in', async () => {
    const before = await office.settled()
    for (const broken of ['\ud800', '\udc00', 'a\u0000'])
      for (const [method, path, body, place] of [
        ['PATCH', settings, { CallGroupTargets: ['cy@contoso.com', broken] }, 'CallGroupTargets[1]'],
        ['PATCH', settings, { ForwardingTarget: broken }, 'ForwardingTarget'],
        ['PUT', '/policies/x', { AllowCallGroups: broken }, 'AllowCallGroups'],
        ['PUT', '/users/bo@contoso.com/policy', { Policy: broken }, 'Policy'],
        ['POST', '/users/ann@contoso.com/delegates', { Id: broken, MakeCalls: true }, 'Id'],
        ['POST', '/sweep', { users: [broken] }, 'users[0]'],
        ['POST', '/sweep', { [broken]: 1 }, broken.replace(/[^a]/gu, '')],
      ] as const) {
        const answer = await office.administer(method, path, body)
        assert.equal(answer.status, 400, `${method} ${path}`)
        assert.match(said(answer.body), /contains half a character, or a NUL/u)
        assert.ok(said(answer.body).startsWith(place), said(answer.body))
      }
    assert.equal(await office.settled(), before)
  })

  it('answers odd requests in words', async () => {
    const odd: ReadonlyArray<readonly [method: string, path: string, body: unknown, status: number]> = [
      ['GET', '/nothing', undefined, 404],
      ['GET', '/users/', undefined, 404],
      ['GET', '/users/%zz/policy', undefined, 404],
      ['PUT', '/users', {}, 405],
      ['PATCH', settings, [], 400],
      ['PATCH', settings, 'text', 400],
      ['PATCH', settings, {}, 400],
      ['PATCH', '/users/__proto__/calling-settings', { BusyOnBusyOption: 'RingUser' }, 404],
      ['PUT', '/policies/x', { AllowCallGroups: 'perhaps' }, 400],
      ['PUT', '/policies/x', { AllowEverything: true }, 400],
      ['PUT', `/policies/${'x'.repeat(65)}`, {}, 400],
      ['PUT', '/users/bo@contoso.com/policy', {}, 400],
      ['PUT', '/users/bo@contoso.com/eligibility', { TeamsOnly: 'yes' }, 400],
      ['POST', '/sweep', { users: ['nobody'] }, 400],
      ['GET', '/users?limit=nonsense', undefined, 400],
      ['GET', '/users?limit=0', undefined, 400],
      ['GET', '/users?limit=5000', undefined, 200],
      ['GET', '/users?page=2', undefined, 400],
      ['GET', '/users?quiet=true', undefined, 400],
      ['GET', '/audit?before=nonsense', undefined, 400],
      ['GET', '/audit?about=%00', undefined, 400],
      ['GET', '/users?after=a%00b', undefined, 400],
      ['GET', '/users/%00/policy', undefined, 400],
      ['GET', '/users/ann%00@contoso.com/calling-settings', undefined, 400],
      ['PUT', '/policies/a%00', {}, 400],
      ['PUT', '/policies/%ED%A0%80', {}, 404],
    ]
    for (const [method, path, body, status] of odd) {
      const answer = await office.administer(method, path, body)
      assert.equal(answer.status, status, `${method} ${path}`)
      if (status !== 200) assert.equal(typeof said(answer.body), 'string')
    }
  })
})
