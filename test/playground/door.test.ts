import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PageOffice } from './page-office.ts'

describe('The door of the playground', () => {
  let office: PageOffice
  before(async () => (office = await PageOffice.open()))
  after(() => office.close())

  const codeOf = (body: unknown) => (body as { error?: { code?: string } }).error?.code
  const hosts = () => [
    `contoso.com:${office.port}`,
    `localhost.contoso.com:${office.port}`,
    `127.0.0.2:${office.port}`,
    'localhost',
    'localhost:80',
  ]

  it('answers under the names of this machine, with the bot’s own port', async () => {
    for (const host of [
      `localhost:${office.port}`,
      `127.0.0.1:${office.port}`,
      `[::1]:${office.port}`,
      `LOCALHOST:${office.port}`,
    ])
      assert.equal((await office.ask('GET', '/', undefined, { Host: host })).status, 200, host)
  })

  it('refuses every other host, whatever is asked for', async () => {
    for (const Host of hosts())
      for (const [method, path] of [
        ['GET', '/'],
        ['GET', '/playground/events'],
        ['POST', '/playground/steps/share'],
        ['POST', '/playground/teams/v3/conversations'],
      ] as const) {
        const headers = { Host, Origin: `http://${Host}`, 'Content-Type': 'application/json' }
        assert.equal(
          (await office.ask(method, path, undefined, headers)).status,
          403,
          `${method} ${path} ${Host}`,
        )
      }
  })

  it('changes something only for the page itself', async () => {
    const own = { Host: `localhost:${office.port}`, 'Content-Type': 'application/json' }
    const origins = [
      undefined,
      'null',
      'https://contoso.com',
      `https://localhost:${office.port}`,
      'http://localhost:1',
      `http://127.0.0.1:${office.port}`,
      `${office.url}.contoso.com`,
    ]
    const { people } = await office.told()
    for (const Origin of origins) {
      const headers = Origin === undefined ? own : { ...own, Origin }
      for (const [method, path] of [
        ['POST', '/playground/people'],
        ['PUT', `/playground/people/${people[0]?.id}/presence`],
        ['DELETE', '/playground/steps'],
      ] as const) {
        const answer = await office.ask(
          method,
          path,
          method === 'DELETE' ? undefined : { name: 'Mallory' },
          headers,
        )
        assert.deepEqual(
          [answer.status, codeOf(answer.body)],
          [403, 'foreignOrigin'],
          `${method} ${String(Origin)}`,
        )
      }
    }
    assert.deepEqual((await office.told()).people, people)
  })

  it('lets no page write to the chat service, its own neither', async () => {
    const answer = await office.ask('POST', '/playground/teams/v3/conversations', {}, office.own())
    assert.deepEqual([answer.status, codeOf(answer.body)], [403, 'foreignOrigin'])
  })

  it('lets the page run its own scripts only, and stand in no other', async () => {
    for (const path of ['/', '/playground/page.css', '/playground/adaptivecards.js', '/playground/none']) {
      const { headers } = await office.ask('GET', path, undefined, { Host: `localhost:${office.port}` })
      const policy = String(headers['content-security-policy'])
      for (const part of [
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
      ])
        assert.ok(policy.includes(part), `${path}: ${policy}`)
      assert.doesNotMatch(policy, /unsafe|http:|https:|\*/u)
      assert.equal(headers['x-content-type-options'], 'nosniff')
    }
  })

  it('has nothing on the page that comes from elsewhere', () => {
    const folder = new URL('../../src/playground/page/', import.meta.url)
    for (const name of readdirSync(folder).filter((one) => /\.(?:html|css|ts)$/u.test(one)))
      assert.doesNotMatch(
        readFileSync(new URL(name, folder), 'utf8'),
        /https?:\/\/|innerHTML|insertAdjacentHTML|eval\(/u,
        name,
      )
  })
})

describe('A bot without a playground', () => {
  const registered = {
    MicrosoftAppId: '00000000-0000-4000-8000-000000000001',
    MicrosoftAppPassword: 'a password',
    MicrosoftAppTenantId: '11111111-2222-4333-8444-555555555555',
    HOST: '127.0.0.1',
  }
  const settings = {
    'with an app id': registered,
    'with an app id, asked for': { ...registered, PLAYGROUND: 'on' },
    'turned off': { PLAYGROUND: 'off' },
  }
  for (const [how, set] of Object.entries(settings))
    it(`answers none of its routes (${how})`, async () => {
      const office = await PageOffice.open(set)
      try {
        for (const [method, path] of [
          ['GET', '/'],
          ['GET', '/playground/events'],
          ['GET', '/playground/page.css'],
          ['POST', '/playground/people'],
          ['POST', '/playground/teams/v3/conversations'],
        ] as const)
          assert.equal((await office.ask(method, path, method === 'POST' ? {} : undefined)).status, 404, path)
        assert.ok(!readdirSync(office.folder).includes('playground'))
      } finally {
        await office.close()
      }
    })

  it('does not even load it', () => {
    const root = fileURLToPath(new URL('../../src/', import.meta.url))
    const seen = new Set<string>()
    const walk = (file: string) => {
      if (seen.has(file)) return
      seen.add(file)
      const text = readFileSync(file, 'utf8')
      for (const [, path = ''] of text.matchAll(
        /^(?:import|export)\s(?!type\s)(?:[^'"]*?from\s)?'(\.[^']+)'/gmu,
      ))
        walk(join(dirname(file), path))
    }
    walk(join(root, 'index.ts'))
    assert.ok(seen.size > 100, 'the walk went through the bot')
    assert.deepEqual(
      [...seen].filter((file) => file.startsWith(join(root, 'playground/'))),
      [],
    )
  })
})
