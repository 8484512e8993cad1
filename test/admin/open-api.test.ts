import assert from 'node:assert/strict'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { routes } from '../../src/admin/admin.ts'
import { openApi } from '../../src/admin/open-api.ts'
import { schemas } from '../../src/admin/schemas.ts'
import { type Office, openOffice } from '../flows/office.ts'

const account = '00000000-0000-4000-8000-00000000000a'

/** One request per route that succeeds, in an order in which each finds what it needs. */
const requests: ReadonlyArray<readonly [method: string, path: string, body?: unknown]> = [
  [
    'patch',
    '/users/ann@contoso.com/calling-settings',
    { CallGroupOrder: 'InOrder', CallGroupTargets: ['bo@contoso.com'] },
  ],
  ['get', '/users/ann@contoso.com/calling-settings'],
  ['get', '/users'],
  ['post', '/users/ann@contoso.com/delegates', { Id: 'di@contoso.com', ReceiveCalls: true }],
  ['get', '/users/ann@contoso.com/delegates'],
  ['patch', '/users/ann@contoso.com/delegates/di@contoso.com', { MakeCalls: true }],
  ['delete', '/users/ann@contoso.com/delegates/di@contoso.com'],
  ['put', '/policies/Sales', { AllowCallGroups: false }],
  ['get', '/policies/Sales'],
  ['get', '/policies'],
  ['put', '/users/ann@contoso.com/policy', { Policy: 'Sales' }],
  ['get', '/users/ann@contoso.com/policy'],
  ['put', '/users/ann@contoso.com/eligibility', { PhoneSystem: true }],
  ['get', '/users/ann@contoso.com/eligibility'],
  ['delete', '/users/ann@contoso.com/eligibility'],
  ['put', `/resource-accounts/${account}`, { Owner: 'ann@contoso.com' }],
  ['get', '/resource-accounts'],
  ['delete', `/resource-accounts/${account}`],
  ['get', '/stale'],
  ['post', '/sweep', { apply: true }],
  ['get', '/undo'],
  ['post', '/undo/{id}'],
  ['get', '/audit'],
  ['delete', '/users/bo@contoso.com'],
  ['delete', '/policies/Global'],
  ['get', '/export'],
  ['get', '/export.ps1'],
  ['post', '/import'],
  ['get', '/openapi.json'],
]

describe('The OpenAPI document', () => {
  let office: Office
  before(async () => {
    office = await openOffice('msteams')
  })
  after(() => office.close())

  it('is one by the rules of OpenAPI 3.1', async () => {
    const { body } = await office.administer('GET', '/openapi.json')
    assert.deepEqual(body, JSON.parse(JSON.stringify(openApi(routes))))
    const validator = new Validator()
    const { valid, errors } = await validator.validate({ ...(body as object) })
    assert.ok(valid, JSON.stringify(errors))
    assert.equal(validator.version, '3.1')
  })

  it('says of a file that is no JSON what it is, and under which name it comes', async () => {
    const { body } = await office.administer('GET', '/openapi.json')
    const { paths } = body as { paths: Record<string, { get: { responses: Record<string, object> } }> }
    assert.deepEqual(paths['/api/admin/export.ps1']?.get.responses['200'], {
      description: 'Done.',
      headers: {
        'Content-Disposition': {
          description: 'Says that this is meant to be kept in a file, calling-settings.ps1.',
          schema: { type: 'string' },
        },
      },
      content: { 'text/plain; charset=utf-8': { schema: { type: 'string' } } },
    })
  })

  it('describes every route and no other, with the answers they give', async () => {
    const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true })
    for (const [name, schema] of Object.entries(schemas))
      ajv.addSchema(schema, `#/components/schemas/${name}`)
    const asked = new Set<string>()
    for (const [method, path, given] of requests) {
      const undo = path.includes('{id}') ? await lastUndo() : ''
      const target = path.replace('{id}', undo)
      const route = routes.find((one) => one.method === method && fits(one.path, target))
      assert.ok(route, `${method} ${path}`)
      asked.add(`${route.method} ${route.path}`)
      const [status, schema] = route.gives
      if (schema === 'lines') continue
      const answer = await office.administer(method.toUpperCase(), target, given)
      assert.equal(answer.status, status, `${method} ${path} ${JSON.stringify(answer.body)}`)
      if (schema === null || schema === 'OpenApi') continue
      assert.ok(ajv.validate(`#/components/schemas/${schema}`, answer.body), `${path}: ${ajv.errorsText()}`)
      if (route.takes !== undefined && given !== undefined)
        assert.ok(ajv.validate(`#/components/schemas/${route.takes}`, given), `${path}: ${ajv.errorsText()}`)
    }
    assert.deepEqual([...asked].sort(), routes.map(({ method, path }) => `${method} ${path}`).sort())
    const refused = await office.administer('PATCH', '/users/x/calling-settings', {})
    assert.ok(ajv.validate('#/components/schemas/Problem', refused.body))
  })

  async function lastUndo(): Promise<string> {
    const { body } = await office.administer('GET', '/undo')
    const text = JSON.stringify(body)
    return /"Undo":"([^"]+)"/u.exec(text)?.[1] ?? ''
  }
})

function fits(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  return (
    wanted.length === given.length && wanted.every((part, at) => part.startsWith('{') || part === given[at])
  )
}
