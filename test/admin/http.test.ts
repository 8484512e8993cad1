import assert from 'node:assert/strict'
import { type Office, openOffice } from '../flows/office.ts'

/** The value at a path of keys in JSON; undefined when there is none. */
function at(json: unknown, ...keys: ReadonlyArray<string | number>): unknown {
  return keys.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? new Map<string, unknown>(Object.entries(value)).get(`${key}`)
        : undefined,
    json,
  )
}

const settings = '/users/ann@contoso.com/calling-settings'
const toGroup = { IsForwardingEnabled: true, ForwardingType: 'Immediate', ForwardingTargetType: 'Group' }

describe('The admin API', () => {
  let office: Office
  beforeEach(async () => {
    office = await openOffice('msteams')
  })
  afterEach(() => office.close())

  const code = (body: unknown) => at(body, 'error', 'code')
  const group = (order: string, ...members: readonly string[]) => ({
    CallGroupOrder: order,
    CallGroupTargets: members.map((name) => `sip:${name}@contoso.com`),
  })
  const writes = async (body: object, path = settings) => office.administer('PATCH', path, body)

  describe('is closed', () => {
    for (const authorization of [undefined, 'Bearer', 'Bearer a wrong key', 'Basic YTpi', '']) {
      it(`to ${authorization ?? 'nobody in particular'}, and reads no body`, async () => {
        const before = await office.settled()
        const headers = new Headers(authorization === undefined ? {} : { Authorization: authorization })
        for (const path of ['/users', '/nothing', '/openapi.json', settings]) {
          const answer = await fetch(`${office.botUrl}/api/admin${path}`, { headers })
          assert.equal(answer.status, 401)
          assert.deepEqual(Object.keys((await answer.json()) as object), ['error'])
        }
        const patch = {
          method: 'PATCH',
          headers,
          body: 'x'.repeat(9),
        }
        assert.equal((await fetch(`${office.botUrl}/api/admin${settings}`, patch)).status, 401)
        assert.equal(await office.settled(), before)
      })
    }
  })

  it('writes and reads what the examples of Microsoft’s article write and read', async () => {
    const user1 = '/users/user1@contoso.com/calling-settings'
    assert.equal((await writes(group('InOrder', 'user2', 'user3'), user1)).status, 200)
    assert.equal((await writes(toGroup, user1)).status, 200)
    await writes(group('InOrder', 'user2', 'user3', 'user6'), user1)
    const { body } = await office.administer('GET', user1)
    const targets = (at(body, 'CallGroupTargets') as string[])
      .concat('sip:user5@contoso.com')
      .filter((target) => target !== 'sip:user6@contoso.com')
    const written = await writes(
      { CallGroupOrder: at(body, 'CallGroupOrder'), CallGroupTargets: targets },
      user1,
    )
    assert.deepEqual(
      at(written.body, 'CallGroupTargets'),
      group('', 'user2', 'user3', 'user5').CallGroupTargets,
    )
    assert.equal(at(written.body, 'ForwardingTargetType'), 'Group')
    assert.equal(at(written.body, 'SipUri'), 'sip:user1@contoso.com')
  })

  it('writes a group of parameters whole, and never two in one call', async () => {
    const half = await writes({ IsForwardingEnabled: true, ForwardingType: 'Immediate' })
    assert.deepEqual([half.status, code(half.body)], [400, 'E_FORMAT'])
    const mixed = await writes({ ...toGroup, ...group('Simultaneous', 'bo') })
    assert.equal(mixed.status, 400)
    assert.match(String(at(mixed.body, 'error', 'message')), /one parameter group.*CallGroupMembership/)
    const odd = await writes({ CallGroupDetailDelay: 5 })
    assert.match(String(at(odd.body, 'error', 'message')), /CallGroupDetailDelay cannot be written/)
    assert.equal((await office.administer('GET', settings)).status, 404)
  })

  it('refuses with the code and the words of the rule, and changes nothing', async () => {
    await writes(group('Simultaneous', 'bo'))
    const refused: ReadonlyArray<readonly [object, string, number]> = [
      [group('InOrder', 'a', 'b', 'c', 'd', 'e', 'f'), 'E_ORDER_LIMIT', 409],
      [group('Simultaneous', ...Array.from({ length: 26 }, (_, index) => `m${index}`)), 'E_GROUP_FULL', 409],
      [group('Simultaneous', 'ann'), 'E_SELF', 409],
      [
        { ...toGroup, ForwardingType: 'Simultaneous', ForwardingTargetType: 'Voicemail' },
        'E_VM_SIMULTANEOUS',
        409,
      ],
      [{ ...toGroup, ForwardingTargetType: 'MyDelegates' }, 'E_NO_DELEGATE', 409],
      [{ ...toGroup, ForwardingTarget: 'sip:bo@contoso.com' }, 'E_TARGET_FORMAT', 400],
      [{ ...toGroup, ForwardingTargetType: 'SingleTarget', ForwardingTarget: 'bo' }, 'E_TARGET_FORMAT', 400],
      [{ CallGroupOrder: 'InOrder', CallGroupTargets: ['tel:+4420'] }, 'E_EXTERNAL', 400],
      [{ CallGroupOrder: 'InOrder', CallGroupTargets: ['somebody'] }, 'E_NOT_FOUND', 400],
      [
        { IsUnansweredEnabled: true, UnansweredTargetType: 'Voicemail', UnansweredDelay: '00:00:17' },
        'E_DELAY',
        400,
      ],
      [
        { GroupMembershipDetails: [{ CallGroupOwnerId: 'cy@contoso.com', NotificationSetting: 'Mute' }] },
        'E_NOT_MEMBER',
        409,
      ],
      [{ IsForwardingEnabled: true }, 'E_TARGET_FORMAT', 409],
    ]
    const before = await office.settled()
    for (const [body, expected, status] of refused) {
      const answer = await writes(body)
      assert.deepEqual([answer.status, code(answer.body)], [status, expected], JSON.stringify(body))
      assert.notEqual(at(answer.body, 'error', 'message'), '')
    }
    assert.equal(await office.settled(), before)
  })

  it('says no in words for an admin, and names the one of a list that it means', async () => {
    const said = async (body: object) => String(at((await writes(body)).body, 'error', 'message'))
    const muted = { CallGroupOwnerId: 'cy@contoso.com', NotificationSetting: 'Mute' }
    assert.match(await said({ GroupMembershipDetails: [muted] }), /^This person is not in that call group/u)
    assert.equal(
      await said({ CallGroupOrder: 'InOrder', CallGroupTargets: ['sip:bo@contoso.com', 'tel:+4420'] }),
      'CallGroupTargets[1] must name a person, not a number; it is "tel:+4420".',
    )
    await office.administer('PUT', '/policies/Global', { AllowCallGroups: false })
    const no = await said(group('Simultaneous', 'bo'))
    assert.match(no, /turned off call groups here\. See the policy of this person\.$/u)
  })

  it('tells the people concerned', async () => {
    await office.person('Ann')
    const bo = await office.person('Bo')
    await writes(group('Simultaneous', 'bo'))
    await bo.sees(/Ann.*added you/u)
  })

  it('knows somebody who was named first and came later', async () => {
    await writes(group('Simultaneous', 'bo'))
    const bo = await office.person('Bo')
    const { body } = await office.administer('GET', '/users/bo@contoso.com/calling-settings')
    assert.deepEqual(at(body, 'GroupMembershipDetails'), [
      { CallGroupOwnerId: 'sip:ann@contoso.com', NotificationSetting: 'Ring' },
    ])
    await bo.say('notifications')
    await bo.sees('ann@contoso.com')
  })

  it('makes, changes and ends delegates', async () => {
    const path = '/users/ann@contoso.com/delegates'
    const made = await office.administer('POST', path, {
      Id: 'sip:di@contoso.com',
      MakeCalls: true,
      ReceiveCalls: true,
    })
    assert.equal(made.status, 201)
    const changed = await office.administer('PATCH', `${path}/di@contoso.com`, {
      MakeCalls: false,
      ManageSettings: true,
    })
    const rights = {
      MakeCalls: false,
      ReceiveCalls: true,
      ManageSettings: true,
      PickUpHeldCalls: false,
      JoinActiveCalls: false,
    }
    assert.deepEqual(at(changed.body, 'value'), [{ Id: 'sip:di@contoso.com', ...rights }])
    const circle = await office.administer('POST', '/users/di@contoso.com/delegates', {
      Id: 'ann@contoso.com',
    })
    assert.deepEqual([circle.status, code(circle.body)], [409, 'E_DELEGATE_CIRCLE'])
    assert.deepEqual((await office.administer('DELETE', `${path}/di@contoso.com`)).body, { value: [] })
    assert.equal((await office.administer('DELETE', `${path}/di@contoso.com`)).status, 409)
    assert.deepEqual((await office.administer('GET', path)).body, { value: [] })
  })

  it('turns sharing on and off again as it was', async () => {
    await writes(group('Simultaneous', 'bo'))
    await writes(toGroup)
    const off = await writes({ IsForwardingEnabled: false })
    assert.deepEqual(
      [at(off.body, 'IsForwardingEnabled'), at(off.body, 'ForwardingTargetType')],
      [false, 'Group'],
    )
    assert.equal(at((await writes({ IsForwardingEnabled: true })).body, 'ForwardingType'), 'Immediate')
    const unanswered = await writes({ IsUnansweredEnabled: true })
    assert.deepEqual(
      [at(unanswered.body, 'UnansweredTargetType'), at(unanswered.body, 'UnansweredDelay')],
      ['Voicemail', '00:00:20'],
    )
    assert.equal(at((await writes({ IsUnansweredEnabled: false })).body, 'IsUnansweredEnabled'), false)
  })

  it('sets what members choose, and what they do when busy', async () => {
    await writes(group('Simultaneous', 'bo'))
    const bo = '/users/bo@contoso.com/calling-settings'
    const details = [{ CallGroupOwnerId: 'sip:ann@contoso.com', NotificationSetting: 'Banner' }]
    assert.deepEqual(
      at((await writes({ GroupMembershipDetails: details }, bo)).body, 'GroupMembershipDetails'),
      details,
    )
    assert.equal(
      at((await writes({ GroupNotificationOverride: 'Mute' }, bo)).body, 'GroupNotificationOverride'),
      'Mute',
    )
    assert.equal(
      at((await writes({ GroupNotificationOverride: null }, bo)).body, 'GroupNotificationOverride'),
      null,
    )
    assert.equal(
      at((await writes({ BusyOnBusyOption: 'RingUser' }, bo)).body, 'BusyOnBusyOption'),
      'RingUser',
    )
    const warned = await writes(toGroup)
    assert.deepEqual(at(warned.body, 'Warnings'), [])
    await writes({ GroupNotificationOverride: 'Mute' }, bo)
    assert.equal(
      at((await writes({ ...toGroup, ForwardingType: 'Simultaneous' })).body, 'Warnings', 0, 'code'),
      'W_ALL_MUTED',
    )
  })

  it('gives people policies, which hold at once', async () => {
    await writes(group('Simultaneous', 'bo'))
    const none = await office.administer('PUT', '/policies/No%20groups', { AllowCallGroups: false })
    assert.deepEqual([none.status, at(none.body, 'Stale')], [200, 0])
    assert.equal(
      (await office.administer('PUT', '/users/ann@contoso.com/policy', { Policy: 'Nope' })).status,
      404,
    )
    const given = await office.administer('PUT', '/users/ann@contoso.com/policy', { Policy: 'no groups' })
    assert.deepEqual([at(given.body, 'Policy'), at(given.body, 'PolicyFrom')], ['No groups', 'admin'])
    assert.equal(code((await writes(group('Simultaneous', 'bo', 'cy'))).body), 'E_POLICY_GROUPS')
    assert.equal((await office.administer('DELETE', '/policies/No%20groups')).status, 409)
    const again = await office.administer('PUT', '/policies/No%20groups', {
      AllowCallGroups: false,
      AllowVoicemail: 'AlwaysDisabled',
    })
    assert.deepEqual([at(again.body, 'Stale'), typeof at(again.body, 'Advice')], [1, 'string'])
    await office.administer('PUT', '/users/ann@contoso.com/policy', { Policy: null })
    assert.equal((await writes(group('Simultaneous', 'bo', 'cy'))).status, 200)
    assert.equal((await office.administer('DELETE', '/policies/No%20groups')).status, 204)
    assert.equal((await office.administer('GET', '/policies/No%20groups')).status, 404)
  })

  it('knows a policy with Tag: before its name, as Teams prints it', async () => {
    assert.equal((await office.administer('PUT', '/policies/Tag:Sales', {})).status, 200)
    const read = await office.administer('GET', '/policies/tag%3ASALES')
    assert.equal(at(read.body, 'Identity'), 'Sales')
    const given = await office.administer('PUT', '/users/ann@contoso.com/policy', { Policy: 'Tag:Sales' })
    assert.deepEqual([at(given.body, 'Policy'), at(given.body, 'PolicyFrom')], ['Sales', 'admin'])
    for (const about of ['policy:Tag:Sales', 'policy:sales', 'policy:Sales']) {
      const { body } = await office.administer('GET', `/audit?about=${encodeURIComponent(about)}`)
      assert.equal((at(body, 'value') as readonly object[]).length, 1, about)
    }
    const next = await office.administer('GET', '/policies?after=Tag%3AGlobal')
    assert.deepEqual(
      (at(next.body, 'value') as readonly object[]).map((one) => at(one, 'Identity')),
      ['Sales'],
    )
    assert.equal((await office.administer('DELETE', '/policies/Tag:Sales')).status, 409)
    assert.equal((await office.administer('PUT', '/policies/Tag:', {})).status, 400)
  })

  it('says who meets the requirements, by hand', async () => {
    const path = '/users/bo@contoso.com/eligibility'
    const set = await office.administer('PUT', path, { PhoneSystem: false })
    assert.deepEqual([at(set.body, 'TeamsOnly'), at(set.body, 'PhoneSystem')], [true, false])
    assert.equal(code((await writes(group('Simultaneous', 'bo'))).body), 'E_NO_LICENCE')
    assert.equal(at((await office.administer('DELETE', path)).body, 'EligibilityFrom'), 'default')
    assert.equal((await writes(group('Simultaneous', 'bo'))).status, 200)
  })

  it('cleans up with a preview, once, and takes it back', async () => {
    await writes(group('Simultaneous', 'bo', 'cy'))
    await writes(toGroup)
    await office.administer('PUT', '/policies/Global', { AllowCallGroups: false })
    const stale = {
      User: 'ann@contoso.com',
      Why: 'callGroupsOff',
      CallGroupMembers: 2,
      CallGroupMemberships: 0,
    }
    assert.deepEqual((await office.administer('GET', '/stale')).body, { value: [stale], next: null })
    const before = await office.settled()
    const preview = await office.administer('POST', '/sweep', {})
    assert.deepEqual(
      (await office.administer('POST', '/sweep')).body,
      preview.body,
      'nothing said is a dry run',
    )
    assert.deepEqual(at(preview.body, 'value', 0, 'Concerned'), ['bo@contoso.com', 'cy@contoso.com'])
    assert.equal(await office.settled(), before)
    const done = await office.administer('POST', '/sweep', {
      apply: true,
      users: ['sip:ann@contoso.com', 'bo@contoso.com'],
    })
    assert.deepEqual((await office.administer('POST', '/sweep', { apply: true })).body, {
      applied: true,
      undo: null,
      value: [],
    })
    assert.deepEqual((await office.administer('GET', '/stale')).body, { value: [], next: null })
    const undone = await office.administer('POST', `/undo/${String(at(done.body, 'undo'))}`)
    assert.deepEqual(undone.body, { undone: ['ann@contoso.com'], notRestored: [] })
    assert.equal(at((await office.administer('GET', '/undo')).body, 'value', 0, 'Undone'), true)
    assert.equal(at((await office.administer('GET', settings)).body, 'IsForwardingEnabled'), true)
    assert.equal((await office.administer('POST', '/undo/0123')).status, 404)
  })

  it('lets go of somebody who has left', async () => {
    await writes(group('Simultaneous', 'bo', 'cy'))
    const left = await office.administer('DELETE', '/users/bo@contoso.com')
    assert.deepEqual(at(left.body, 'Concerned'), ['ann@contoso.com'])
    assert.deepEqual(at((await office.administer('GET', settings)).body, 'CallGroupTargets'), [
      'sip:cy@contoso.com',
    ])
    assert.equal((await office.administer('DELETE', '/users/nobody@contoso.com')).status, 404)
  })

  it('tells who changed what, from which door, before and after', async () => {
    const ann = await office.person('Ann')
    await ann.say('add bo@contoso.com')
    await writes(group('InOrder', 'bo', 'cy'))
    const { body } = await office.administer('GET', '/audit?about=ann@contoso.com')
    const rows = at(body, 'value') as unknown[]
    assert.deepEqual(
      rows.map((row) => [at(row, 'By'), at(row, 'Door'), at(row, 'Changes', 0, 'Part')]),
      [
        [null, 'http', 'group'],
        ['ann@contoso.com', 'chat', 'group'],
      ],
    )
    assert.equal(at(rows[0], 'Changes', 0, 'Before', 'order'), 'simultaneous')
    assert.equal(at(rows[0], 'Changes', 0, 'After', 'order'), 'inOrder')
  })

  it('pages through every list', async () => {
    for (const index of [1, 2, 3, 4, 5]) {
      await writes(group('Simultaneous', 'bo'), `/users/a${index}@contoso.com/calling-settings`)
      await office.administer('PUT', `/policies/p${index}`, { AllowCallGroups: false })
    }
    await office.administer('PUT', '/policies/Global', { AllowCallGroups: false })
    for (const [path, count, cursor] of [
      ['/users', 6, 'after'],
      ['/policies', 6, 'after'],
      ['/stale', 5, 'after'],
      ['/audit', 11, 'before'],
    ] as const) {
      const seen: unknown[] = []
      let query = '?limit=2'
      for (let pages = 0; pages < 9; pages += 1) {
        const { body } = await office.administer('GET', `${path}${query}`)
        seen.push(...(at(body, 'value') as unknown[]))
        const next = at(body, 'next') as string | number | null
        if (next === null) break
        query = `?limit=2&${cursor}=${encodeURIComponent(`${next}`)}`
      }
      assert.equal(new Set(seen.map((one) => JSON.stringify(one))).size, count, path)
      assert.equal(seen.length, count, path)
    }
  })
})
