import assert from 'node:assert/strict'
import { isPlainTarget } from '../../src/http/request-target.ts'

const plain = [
  ...[
    '/',
    '/health',
    '/api/messages',
    '/api/admin/users?after=..%2f//',
    '/health?a=\\',
    '/api/graph/ringback/x.wav',
  ],
  ...['/api/admin/users/a.b@contoso.com', "/api/admin/users/pat.o'b!%23$%25&*+-%2F=%3F@contoso.com/policy"],
  ...['/api/admin/users/', '/...', '/.well-known/x', '/a..b', '/%', '/%ff', '/%252e%252e/x', '/a%2eb'],
]
const odd = [
  ...['/api/admin/../calls', '/api/calls/..', '/..', '/.', '/./health', '/api/./admin/users', '/health/.'],
  ...[
    '/%2e%2e/',
    '/%2E./health',
    '/.%2e',
    '/%2e',
    '/api/calls/%2e%2E/admin/users',
    '/..;/api',
    '/..;x=1/api',
    '/.%3b/x',
  ],
  ...['//evil', '//', '/api//admin/users', '/api/admin//users', '/health//'],
  ...['\\\\evil', '/\\evil', '/api\\..\\admin', '/api%5cadmin', '/api/calls%5C..%5Cadmin/users'],
  ...['/api%2fadmin/users', '/api/messages/..%2f..%2fetc', '/%2f/health', '/%2Fhealth', '/health%2f'],
  ...[
    '/api/admin/..%2fcalls',
    '/api/admin/users/..%2F..%2Fcalls',
    '/api/admin/a%2f%2fb',
    '/api/admin/a%2f.%2fb',
  ],
  ...['http://evil.example/health', 'https://127.0.0.1/health', 'health', '', '*', '/health#x', 'evil:443'],
]

describe('A target', () => {
  for (const target of plain)
    it(`${target} is plain`, () => {
      assert.ok(isPlainTarget(target))
    })
  for (const target of odd)
    it(`"${target}" is not`, () => {
      assert.ok(!isPlainTarget(target))
    })
})
