import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { readBot, readEnvironment, variables } from '../../src/environment/environment.ts'
import { SettingsWrong } from '../../src/environment/read.ts'
import { thisMachine } from '../../src/source/reply-hosts.ts'

type Settings = Readonly<Record<string, string>>
type Wrong = readonly [name: string, settings: Settings, ...demands: RegExp[]]

const registered: Settings = {
  MicrosoftAppId: 'app',
  MicrosoftAppPassword: 'password',
  MicrosoftAppTenantId: 'tenant',
}
const secret = 'sixteen letters!'

describe('The settings', () => {
  it('are explained in .env.example, all of them and no others, each with its own line above', () => {
    const lines = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8').split('\n')
    const settings = lines.flatMap((line, at) => (/^\w+=/.test(line) ? [{ line, above: lines[at - 1] }] : []))
    assert.deepEqual(
      settings.map(({ line }) => line.split('=')[0]),
      [...variables],
    )
    for (const { line, above } of settings) assert.match(above ?? '', /^# \S.*\.$/, line)
  })

  it('work as .env.example has them', () => {
    const text = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')
    const asCopied = Object.fromEntries(
      [...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']): [string, string] => [
        name,
        value,
      ]),
    )
    assert.deepEqual(readEnvironment(asCopied), readEnvironment({}))
  })

  it('are for local mode when nothing is set: this machine only, pretend calls', () => {
    assert.deepEqual(readEnvironment({}), {
      port: 3978,
      host: '127.0.0.1',
      identity: null,
      dataFolder: './data',
      database: null,
      callSources: ['simulated'],
      webhookSecret: '',
      replyHosts: thisMachine,
      adminKey: '',
      admins: [],
      graphReads: [],
      graphUrl: 'https://graph.microsoft.com/v1.0',
      graphCalls: null,
      historyDays: 90,
      auditDays: 365,
      hasPlayground: true,
      logLevel: 'info',
    })
  })

  it('have a playground in local mode only, unless it is turned off', () => {
    assert.equal(readEnvironment({ PLAYGROUND: 'on' }).hasPlayground, true)
    assert.equal(readEnvironment({ PLAYGROUND: 'off' }).hasPlayground, false)
    assert.equal(readEnvironment({ ...registered, PLAYGROUND: 'on' }).hasPlayground, false)
  })

  it('make a registered bot listen to everybody, and know no calls until told where they come from', () => {
    const environment = readEnvironment({ ...registered, NODE_ENV: 'production' })
    assert.equal(environment.host, '0.0.0.0')
    assert.deepEqual(environment.callSources, [])
    assert.deepEqual(environment.identity, {
      appType: 'SingleTenant',
      appId: 'app',
      appPassword: 'password',
      tenantId: 'tenant',
    })
  })

  it('are taken as written, but for blanks around them and the case of call sources', () => {
    const environment = readEnvironment({
      ...registered,
      PORT: ' 8080 ',
      HOST: '10.0.0.7',
      DATA_DIR: '/var/pickup ',
      DATABASE_URL: ' postgresql://ann:word@db/pickup?sslmode=verify-full',
      DATABASE_SCHEMA: 'pickup_2',
      DATABASE_CONNECTIONS: '20',
      CALL_SOURCES: 'Simulated, WEBHOOK,',
      CALL_WEBHOOK_SECRET: secret,
      CALL_REPLY_HOSTS: 'PBX.contoso.com, *.corp.example:8443,',
      ADMIN_API_KEY: secret,
      ADMINS: 'Ann@contoso.com, , 00000000-0000-0000-0000-00000000000A ',
      GRAPH_READS: 'Presence,eligibility',
      GRAPH_URL: 'https://graph.microsoft.com/beta',
      HISTORY_DAYS: '30',
      AUDIT_DAYS: '3650',
      LOG_LEVEL: 'warn',
    })
    assert.deepEqual(environment, {
      identity: environment.identity,
      port: 8080,
      host: '10.0.0.7',
      dataFolder: '/var/pickup',
      database: {
        url: 'postgresql://ann:word@db/pickup?sslmode=verify-full',
        schema: 'pickup_2',
        connections: 20,
        isPooled: false,
      },
      callSources: ['simulated', 'webhook'],
      webhookSecret: secret,
      replyHosts: [
        { is: 'name', name: 'pbx.contoso.com' },
        { is: 'below', name: 'corp.example', port: 8443 },
      ],
      adminKey: secret,
      admins: ['ann@contoso.com', '00000000-0000-0000-0000-00000000000a'],
      graphReads: ['presence', 'eligibility'],
      graphUrl: 'https://graph.microsoft.com/beta',
      graphCalls: null,
      historyDays: 30,
      auditDays: 3650,
      hasPlayground: false,
      logLevel: 'warn',
    })
  })

  it('keep everything in a schema of its own when a database is named', () => {
    const { database } = readEnvironment({ DATABASE_URL: 'postgres://db' })
    assert.deepEqual(database, {
      url: 'postgres://db',
      schema: 'call_pickup',
      connections: 8,
      isPooled: false,
    })
  })

  it('say how calls come from Microsoft Graph, where they do', () => {
    const least = { ...registered, CALL_SOURCES: 'graph', PUBLIC_URL: 'https://pickup.contoso.com/' }
    const plain = {
      publicUrl: 'https://pickup.contoso.com',
      defaultOwner: '',
      voicemailNumber: '',
      mostCalls: 100,
    }
    assert.deepEqual(readEnvironment(least).graphCalls, plain)
    const more = {
      PUBLIC_URL: 'https://contoso.com/pickup',
      GRAPH_DEFAULT_OWNER: 'sip:Ann@contoso.com',
      GRAPH_VOICEMAIL_NUMBER: '+44 20 7946 0000',
      GRAPH_MOST_CALLS: '40',
    }
    assert.deepEqual(readEnvironment({ ...least, ...more }).graphCalls, {
      publicUrl: 'https://contoso.com/pickup',
      defaultOwner: 'ann@contoso.com',
      voicemailNumber: '+442079460000',
      mostCalls: 40,
    })
    assert.equal(readEnvironment({ ...least, CALL_SOURCES: '' }).graphCalls, null)
  })

  for (const host of ['127.0.0.1', 'localhost', '::1']) {
    it(`may name this machine ${host} in local mode`, () => {
      assert.equal(readEnvironment({ HOST: host }).host, host)
    })
  }

  it('are not looked for under the names of other programs, nor where their own name is set', () => {
    const others = {
      MICROSOFT_STORE: 'x',
      APP_ID: 'x',
      TENANT_ID: 'x',
      AZURE_TENANT_ID: 'x',
      AppPassword: 'x',
    }
    assert.deepEqual(readEnvironment(others), readEnvironment({}))
    assert.deepEqual(readEnvironment({ MICROSOFT_APP_ID: ' ', microsoftAppId: '' }), readEnvironment({}))
    const twice = { ...registered, MICROSOFTAPPID: 'other', MICROSOFT_APP_PASSWORD: 'other' }
    assert.deepEqual(readEnvironment(twice), readEnvironment(registered))
  })

  it('may name a socket of the database', () => {
    const url = 'postgresql://ann:word@/pickup?host=/var/run/postgresql'
    assert.equal(readEnvironment({ DATABASE_URL: url }).database?.url, url)
  })

  it('give the app id to whoever makes the app package, and null without one', () => {
    assert.deepEqual(readBot({ MicrosoftAppId: ' app ' }), { id: 'app', supportsCalling: false })
    assert.deepEqual(readBot({ MicrosoftAppId: 'app', CALL_SOURCES: 'webhook, Graph' }), {
      id: 'app',
      supportsCalling: true,
    })
    assert.equal(readBot({ MicrosoftAppId: ' ' }), null)
    assert.equal(readBot({}), null)
    assert.throws(() => readBot({ MICROSOFT_APP_ID: 'app' }), /Write MicrosoftAppId, exactly so/)
  })
})

describe('A setting that cannot work stops the bot with a sentence that says what to do', () => {
  const withoutPassword = { ...registered, MicrosoftAppPassword: ' ' }
  const withoutTenant = { ...registered, MicrosoftAppTenantId: '' }
  const graph = { ...registered, CALL_SOURCES: 'graph', PUBLIC_URL: 'https://pickup.contoso.com' }
  const wrong: readonly Wrong[] = [
    ['PORT', { PORT: 'eighty' }, /"eighty"/, /1 to 65535/],
    ['PORT', { PORT: '65536' }, /"65536"/],
    ['PORT', { PORT: '-1' }, /"-1"/],
    ['PORT', { PORT: '80.5' }, /"80\.5"/],
    ['PORT', { PORT: '0x1F' }, /"0x1F"/],
    ['HOST', { HOST: '0.0.0.0' }, /MicrosoftAppId/, /this machine only/, /127\.0\.0\.1/],
    ...['::', '10.0.0.7', 'fe80::1', hostname()].map((HOST): Wrong => [
      'HOST',
      { HOST },
      /this machine only/,
    ]),
    ['MicrosoftAppType', { ...registered, MicrosoftAppType: 'MultiTenant' }, /"MultiTenant"/, /SingleTenant/],
    ['MicrosoftAppId', { NODE_ENV: 'production' }, /authenticated/, /NODE_ENV=production/],
    ...['MicrosoftAppPassword', 'MicrosoftAppTenantId'].map((name): Wrong => [
      'MicrosoftAppId',
      { [name]: 'x' },
      new RegExp(`but ${name} is\\.`),
      /local mode/,
    ]),
    [
      'MicrosoftAppId',
      { ...registered, MicrosoftAppId: ' ', MicrosoftAppType: 'MultiTenant', NODE_ENV: 'production' },
      /but MicrosoftAppType, MicrosoftAppPassword and MicrosoftAppTenantId are\./,
    ],
    ['MicrosoftAppId', { MicrosoftAppType: 'UserAssignedMSI' }, /but MicrosoftAppType is\./],
    ...['<your app id>', '“app”', '{app}', 'app id', 'app\u200b'].map((id): Wrong => [
      'MicrosoftAppId',
      { ...registered, MicrosoftAppId: id },
      /is not an id/,
      /00000000-/,
    ]),
    ['MicrosoftAppTenantId', { ...registered, MicrosoftAppTenantId: '"tenant"' }, /is not an id/],
    ['microsoftappid', { microsoftappid: 'app' }, /Write MicrosoftAppId, exactly so/],
    ['MICROSOFT_APP_PASSWORD', { MICROSOFT_APP_PASSWORD: 'x' }, /Write MicrosoftAppPassword,/],
    ['MicrosoftTenantId', { ...withoutTenant, MicrosoftTenantId: 'x' }, /Write MicrosoftAppTenantId,/],
    ['MicrosoftAppPassword', withoutPassword, /client secret/],
    ['MicrosoftAppTenantId', withoutTenant, /one tenant/],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://db' }, /postgresql:\/\/user/],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://ann:open#sesame@db/pickup' }, /%23/],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://ann:open/sesame@db/pickup' }, /%2F/],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://db:65536/pickup' }, /65535/],
    ['DATABASE_SCHEMA', { DATABASE_URL: 'postgres://db', DATABASE_SCHEMA: 'My "s"' }, /small letters/],
    ['DATABASE_POOLER', { DATABASE_URL: 'postgres://db', DATABASE_POOLER: 'session' }, /Use transaction/],
    ['DATABASE_CONNECTIONS', { DATABASE_URL: 'postgres://db', DATABASE_CONNECTIONS: '0' }, /1 to 100/],
    ['CALL_SOURCES', { CALL_SOURCES: 'simulated,sip' }, /"sip"/, /simulated or webhook or graph/],
    ['CALL_WEBHOOK_SECRET', { CALL_SOURCES: 'webhook' }, /at least 16/, /webhook/],
    ['CALL_WEBHOOK_SECRET', { CALL_SOURCES: 'webhook', CALL_WEBHOOK_SECRET: secret.slice(1) }, /16/],
    ['CALL_REPLY_HOSTS', { CALL_REPLY_HOSTS: 'pbx.contoso.com, http://pbx' }, /"http:\/\/pbx"/, /like pbx/],
    ['CALL_REPLY_HOSTS', { CALL_REPLY_HOSTS: '169.254.169.254' }, /"169.254.169.254"/],
    ['ADMIN_API_KEY', { ADMIN_API_KEY: secret.slice(1) }, /at least 16/, /left out/],
    ['GRAPH_READS', { ...registered, GRAPH_READS: 'mail' }, /"mail"/, /eligibility or presence/],
    ['GRAPH_READS', { GRAPH_READS: 'presence' }, /MicrosoftAppId/],
    ['GRAPH_URL', { GRAPH_URL: 'http://graph.microsoft.com' }, /https/],
    ['GRAPH_URL', { GRAPH_URL: 'https://graph.microsoft.us/v1.0' }, /public cloud and GCC/, /Remove/],
    ['GRAPH_URL', { GRAPH_URL: 'https://dod-graph.microsoft.us/v1.0' }, /public cloud and GCC/],
    ['GRAPH_URL', { GRAPH_URL: 'https://microsoftgraph.chinacloudapi.cn/v1.0' }, /public cloud and GCC/],
    ['GRAPH_URL', { GRAPH_URL: 'https://graph.microsoft.com.evil.example/v1.0' }, /public cloud and GCC/],
    ['GRAPH_URL', { GRAPH_URL: 'https://ann:word@graph.microsoft.com/v1.0' }, /Remove/],
    ['CALL_SOURCES', { CALL_SOURCES: 'graph' }, /MicrosoftAppId/, /leave graph out/],
    ['PUBLIC_URL', { ...graph, PUBLIC_URL: '' }, /https/],
    ['PUBLIC_URL', { ...graph, PUBLIC_URL: 'http://pickup.contoso.com' }, /"http:/, /https/],
    ['PUBLIC_URL', { ...graph, PUBLIC_URL: 'https://me:you@contoso.com' }, /https address/],
    ['GRAPH_DEFAULT_OWNER', { ...graph, GRAPH_DEFAULT_OWNER: 'Ann' }, /"Ann"/, /address/, /object id/],
    ['GRAPH_VOICEMAIL_NUMBER', { ...graph, GRAPH_VOICEMAIL_NUMBER: '4711' }, /"4711"/, /\+44/],
    [
      'GRAPH_VOICEMAIL_NUMBER',
      { ...graph, GRAPH_VOICEMAIL_NUMBER: '+442079460000;ext=12' },
      /without an extension/,
    ],
    ['GRAPH_MOST_CALLS', { ...graph, GRAPH_MOST_CALLS: '101' }, /"101"/, /1 to 100/],
    ['HISTORY_DAYS', { HISTORY_DAYS: '0' }, /"0"/, /1 to 3650/],
    ['AUDIT_DAYS', { AUDIT_DAYS: 'a year' }, /"a year"/, /1 to 3650/],
    ['PLAYGROUND', { PLAYGROUND: 'yes' }, /"yes"/, /on or off/],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }, /"loud"/, /debug or info or warn or error/],
  ]
  for (const [name, settings, ...demands] of wrong) {
    it(`${name} in ${JSON.stringify(settings)}`, () => {
      assert.throws(
        () => readEnvironment(settings),
        (error) => {
          assert.ok(error instanceof SettingsWrong)
          for (const demand of [new RegExp(`^${name}\\b`), ...demands]) assert.match(error.message, demand)
          assert.match(error.message, /^[^\n]+\.$/)
          return true
        },
      )
    })
  }

  it('and never repeats a secret', () => {
    const graph = { ...registered, CALL_SOURCES: 'graph' }
    const telling: readonly Settings[] = [
      { CALL_SOURCES: 'webhook', CALL_WEBHOOK_SECRET: 'opensesame' },
      { ADMIN_API_KEY: 'opensesame' },
      { DATABASE_URL: 'postgre://ann:opensesame@db' },
      { DATABASE_URL: 'postgres://ann:opensesame@[db' },
      { MicrosoftAppPassword: 'opensesame' },
      { microsoftapppassword: 'opensesame' },
      { ...registered, MicrosoftAppId: 'opensesame 8Q' },
      { ...graph, PUBLIC_URL: 'https://ann:opensesame@contoso.com' },
      { ...graph, PUBLIC_URL: 'https://contoso.com/?code=opensesame' },
      { ...registered, GRAPH_URL: 'http://ann:opensesame@contoso.com' },
    ]
    for (const settings of telling)
      assert.throws(
        () => readEnvironment(settings),
        (error) => error instanceof SettingsWrong && !error.message.includes('opensesame'),
      )
  })
})
