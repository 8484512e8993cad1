import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { routes } from '../../src/admin/admin.ts'
import { parameterGroups } from '../../src/admin/parameter-groups.ts'
import { type Office, openOffice } from '../flows/office.ts'

const guide = readFileSync(new URL('../../src/admin/README.md', import.meta.url), 'utf8')
const [, script = ''] = /```powershell\n(.*?)```/su.exec(guide) ?? []

describe('The guide for admins', () => {
  let office: Office
  beforeEach(async () => {
    office = await openOffice('msteams')
  })
  afterEach(() => office.close())

  it('has a script that does what Microsoft’s article does', async () => {
    const user1 = /\$user1 = "\$admin(\/[^"]+)"/u.exec(script)?.[1] ?? ''
    const calls = [
      ...script.matchAll(
        /Invoke-RestMethod @request -Method (\w+) -Uri (\$\w+)(?: -Body ('[^']*'|\([^)]*\)\n\}\)|\(.*?\}\)))?/gsu,
      ),
    ]
    assert.deepEqual(
      calls.map(([, method, uri]) => `${method ?? ''} ${uri ?? ''}`),
      ['Patch $user1', 'Patch $user1', 'Get $user1', 'Patch $user1'],
    )
    // The article's group has user6 in it when one member is exchanged.
    for (const [, , , body = ''] of calls.slice(0, 2)) {
      const written = await office.administer('PATCH', user1, JSON.parse(body.slice(1, -1)))
      assert.equal(written.status, 200, JSON.stringify(written.body))
    }
    const { body } = await office.administer('GET', user1)
    const { CallGroupOrder, CallGroupTargets } = body as {
      CallGroupOrder: string
      CallGroupTargets: string[]
    }
    const [, added = '', taken = ''] =
      /\+ '([^']+)' \| Where-Object \{ \$_ -ne '([^']+)' \}/u.exec(script) ?? []
    const fields = [...(calls[3]?.[3] ?? '').matchAll(/^ {2}(\w+) = /gmu)].map(([, name]) => name)
    assert.deepEqual(fields, ['CallGroupOrder', 'CallGroupTargets'])
    const targets = [...CallGroupTargets, added].filter((target) => target !== taken)
    const last = await office.administer('PATCH', user1, { CallGroupOrder, CallGroupTargets: targets })
    assert.deepEqual((last.body as { CallGroupTargets: string[] }).CallGroupTargets, [
      'sip:user2@contoso.com',
      'sip:user3@contoso.com',
      'sip:user5@contoso.com',
    ])
  })

  it('names every parameter group, and only routes there are', () => {
    for (const { name } of parameterGroups) assert.ok(guide.includes(`\`${name}\``), name)
    const known = new Set(routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`))
    const named = [...guide.matchAll(/`(GET|POST|DELETE) (\/[^`]+)`/gu)].map(
      ([, method = '', path = '']) => `${method} ${path.replace('/api/admin', '')}`,
    )
    assert.ok(named.length >= 4)
    for (const route of named) assert.ok(known.has(route), route)
  })
})
