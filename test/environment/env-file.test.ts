import assert from 'node:assert/strict'
import { readEnvFile } from '../../src/environment/env-file.js'
import { variables } from '../../src/environment/variables.js'

describe('What .env says', () => {
  const written = 'MicrosoftAppPassword=Wörter~8Q\nADMINS=ann@contoso.com\n'
  const meant = { MicrosoftAppPassword: 'Wörter~8Q', ADMINS: 'ann@contoso.com' }
  const utf16 = Buffer.from(written, 'utf16le')
  const marked = Buffer.from(`\uFEFF${written}`, 'utf16le')
  const saved: Readonly<Record<string, Buffer>> = {
    'UTF-8': Buffer.from(written),
    'UTF-8 with a mark': Buffer.from(`\uFEFF${written}`),
    'UTF-16, little end first': marked,
    'UTF-16, big end first': Buffer.from(marked).swap16(),
    'UTF-16 without a mark': utf16,
    'UTF-16 without a mark, big end first': Buffer.from(utf16).swap16(),
    'the lines of Windows': Buffer.from(written.replaceAll('\n', '\r\n')),
    'the lines of an old Mac': Buffer.from(written.replaceAll('\n', '\r')),
  }
  for (const [how, bytes] of Object.entries(saved)) {
    it(`is the same saved as ${how}`, () => {
      assert.deepEqual(said(bytes), meant)
    })
  }

  const shapes: ReadonlyArray<readonly [text: string, ADMINS: string]> = [
    ['ADMINS=', ''],
    ['ADMINS=   \n#', ''],
    ['ADMINS=""', ''],
    ['ADMINS= # nobody yet', ''],
    ['ADMINS=a,b # two', 'a,b'],
    ['ADMINS="a # b"', 'a # b'],
    ["ADMINS='a, b'  # two", 'a, b'],
    ['ADMINS=`a "b\'`', 'a "b\''],
    ['ADMINS = a', 'a'],
    ['\tADMINS\t=\ta\t', 'a'],
    ['export ADMINS=a', 'a'],
    ['  export \t ADMINS = "a"', 'a'],
    ['\u00a0ADMINS=a', 'a'],
    ['\n\n  # a remark\n\nADMINS=a', 'a'],
    ['ADMINS="a,\nPORT=b"\nPORT=1', 'a,\nPORT=b'],
    ['ADMINS=a=b==', 'a=b=='],
    ['ADMINS=\nADMINS=a', 'a'],
    ['ADMINS=a\nADMINS=a', 'a'],
  ]
  for (const [text, admins] of shapes) {
    it(`is read as Node reads it in ${JSON.stringify(text)}`, () => {
      assert.equal(said(Buffer.from(text))['ADMINS'], admins)
    })
  }

  const slips: ReadonlyArray<readonly [name: string, meant: string]> = [
    ['MicrosoftAppID', 'MicrosoftAppId'],
    ['microsoftappid', 'MicrosoftAppId'],
    ['MICROSOFT_APP_ID', 'MicrosoftAppId'],
    ['Microsoft.App.Id', 'MicrosoftAppId'],
    ['microsoft-app-id', 'MicrosoftAppId'],
    ['MircosoftAppId', 'MicrosoftAppId'],
    ['MicrosoftAppPasword', 'MicrosoftAppPassword'],
    ['MicrosoftPassword', 'MicrosoftAppPassword'],
    ['MicrosoftTenantId', 'MicrosoftAppTenantId'],
    ['MICROSOFT_APP_TENANT_ID', 'MicrosoftAppTenantId'],
    ['MicrosoftAppTyp', 'MicrosoftAppType'],
    ['ADMIN_APIKEY', 'ADMIN_API_KEY'],
    ['ADMIN', 'ADMINS'],
    ['CALL_SOURCE', 'CALL_SOURCES'],
    ['CallSources', 'CALL_SOURCES'],
    ['CALL_WEBHOOK_SECERT', 'CALL_WEBHOOK_SECRET'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['DATADIR', 'DATA_DIR'],
    ['PROT', 'PORT'],
    ['port', 'PORT'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['__HOST', 'HOST'],
  ]
  for (const [name, right] of slips) {
    it(`is stopped at ${name}, which means ${right}`, () => {
      const wrong = `.env, line 2: the bot does not read ${name}. Write ${right}, exactly so.`
      assert.equal(wrongIn(`# mine\n${name}=opensesame`), wrong)
    })
  }

  it('may have settings of other programs: they are named in one line, and go on', () => {
    const others = [
      'PUBLIC_HOST',
      'DATABASE_PASSWORD',
      'DATABASE_USER',
      'HOSTNAME',
      'API_KEY',
      'Colour',
      'no_proxy',
    ]
    const text = others.map((name) => `${name}=opensesame`).join('\n')
    const file = readEnvFile(Buffer.from(`${text}\n${text}`))
    assert.ok('settings' in file)
    assert.equal(file.note, `.env has settings that the bot does not read: ${others.join(', ')}.`)
    assert.equal(said(Buffer.from(text))['API_KEY'], 'opensesame')
  })

  it('has every name that the bot reads, and says nothing of these', () => {
    const file = readEnvFile(Buffer.from(variables.map((name) => `${name}=x`).join('\n')))
    assert.ok('settings' in file)
    assert.equal(file.note, null)
    assert.deepEqual(
      file.settings.map(({ name }) => name),
      [...variables],
    )
  })

  const line = (at: number) =>
    `.env, line ${at}: this is not a setting. Write it as NAME=value, or put # in front of it.`
  const cut = (at: number, name: string) =>
    `.env, line ${at}: only a part of ${name} would be read. Put all of it between quotes that are not in it.`
  const twice = '.env sets PORT in line 1 and again in line 3. Remove one of the two.'
  const bad: ReadonlyArray<readonly [text: string, wrong: string]> = [
    ['MicrosoftAppId: opensesame\nPORT=1', line(1)],
    ['PORT=1\n\n=opensesame', line(3)],
    ['ADMINS="a,\nb"\nopensesame', line(3)],
    ['set PORT=1', line(1)],
    ['$env:PORT="1"', line(1)],
    ['{"PORT":"a=b"}', line(1)],
    ['; opensesame\nPORT=1', line(1)],
    ['\u200bPORT=1', line(1)],
    ['CALL_WEBHOOK_SECRET=openses\name+/==', line(2)],
    ['PORT=1\n#\nPORT=2', twice],
    ['PORT=1\n#\nPORT=', twice],
    ['CALL_WEBHOOK_SECRET=open#sesame', cut(1, 'CALL_WEBHOOK_SECRET')],
    ["PORT=1\nCALL_WEBHOOK_SECRET='it's opensesame'", cut(2, 'CALL_WEBHOOK_SECRET')],
    ['CALL_WEBHOOK_SECRET="opensesame\nPORT=1', cut(1, 'CALL_WEBHOOK_SECRET')],
  ]
  for (const [text, wrong] of bad) {
    it(`is refused, without a value being told, in ${JSON.stringify(text)}`, () => {
      assert.equal(wrongIn(text), wrong)
    })
  }

  it('is refused when it is neither UTF-8 nor UTF-16', () => {
    assert.equal(
      wrongIn(Buffer.from('# für Åsa\nPORT=1\n', 'latin1')),
      '.env is neither UTF-8 nor UTF-16, so its letters cannot be told. Save it as UTF-8, then try again.',
    )
  })

  it('is never repeated where a secret was broken over two lines and looks like a name', () => {
    const file = readEnvFile(Buffer.from('CALL_WEBHOOK_SECRET=b3Blbn\nNlc2FtZQ==\nc2VjcmV0=\nOTHER=1'))
    assert.ok('settings' in file)
    assert.equal(
      file.note,
      '.env has settings that the bot does not read: the one in line 2, the one in line 3, OTHER.',
    )
  })
})

function said(bytes: Uint8Array): Readonly<Record<string, string>> {
  const file = readEnvFile(bytes)
  assert.ok('settings' in file, JSON.stringify(file))
  return Object.fromEntries(file.settings.map(({ name, value }) => [name, value]))
}

function wrongIn(file: string | Uint8Array): string | null {
  const read = readEnvFile(typeof file === 'string' ? Buffer.from(file) : file)
  return 'wrong' in read ? read.wrong : null
}
