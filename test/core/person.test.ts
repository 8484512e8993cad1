import assert from 'node:assert/strict'
import {
  addressFault,
  isAddress,
  isInternational,
  isObjectId,
  plainAddress,
  readAddress,
  readPhoneNumber,
} from '../../src/core/person.ts'

describe('an address', () => {
  it('is the same person with sip:, with blanks, in capitals', () => {
    for (const text of [
      'bo@contoso.com',
      'sip:Bo@Contoso.com',
      ' SIP:BO@CONTOSO.COM ',
      'mailto:bo@contoso.com',
    ])
      assert.equal(plainAddress(text), 'bo@contoso.com')
  })

  it('has something, one @ and a domain', () => {
    for (const text of ['bo@contoso.com', 'bo.ek+calls@mail.contoso.co.uk'])
      assert.equal(isAddress(text), true, text)
    for (const text of ['bo', '@contoso.com', 'bo@', 'bo@a@b.com', 'bo ek@contoso.com', '<bo@contoso.com>'])
      assert.equal(isAddress(text), false, text)
    for (const text of ['bo@contoso.com.', 'bo@.'] as const) assert.equal(isAddress(text), false, text)
    const longest = `${'b'.repeat(320 - '@contoso.com'.length)}@contoso.com`
    assert.deepEqual([isAddress(longest), isAddress(`b${longest}`)], [true, false])
  })

  for (const character of "!#$%&'*+-/=?^_`{|}~.")
    it(`may hold ${character}`, () => {
      const address = `pat.o${character}brien@contoso.com`
      assert.equal(isAddress(address), true)
      assert.equal(readAddress(` ${address.toUpperCase()} `), address)
    })

  const faults: ReadonlyArray<readonly [string, ReturnType<typeof addressFault>]> = [
    ['pat.o’brien@contoso.com', 'characters'],
    ['bo,ek@contoso.com', 'characters'],
    ['“bo@contoso.com', 'characters'],
    ['bo ek@contoso.com', 'characters'],
    ['@contoso.com', 'name'],
    ['bo', 'at'],
    ['bo@cy@contoso.com', 'at'],
    ['.bo@contoso.com', 'dots'],
    ['bo.@contoso.com', 'dots'],
    ['bo..ek@contoso.com', 'dots'],
    ['bo@', 'domain'],
    ['bo@contoso', 'domain'],
    ['bo@contoso.com.', 'domain'],
    ['bo@.contoso.com', 'domain'],
    ['bo@contoso..com', 'domain'],
    ['bo@-contoso.com', 'domain'],
    ['bo@contoso-.com', 'domain'],
    ['bo@contoso.com”', 'domain'],
    ['bo@con_toso.com', 'domain'],
    ["bo@contoso.com'", 'domain'],
    [`bo@${'c'.repeat(64)}.com`, 'domain'],
    [`bo@${'c'.repeat(63)}.com`, null],
    ['bo@my-contoso.onmicrosoft.com', null],
    ['jörg@xn--mnchen-3ya.de', null],
    ['jörg@münchen.de', null],
    ['太郎@例え.jp', null],
  ]
  for (const [text, fault] of faults)
    it(`${text} ${fault === null ? 'can be somebody’s' : `can be nobody’s: ${fault}`}`, () => {
      assert.equal(addressFault(text), fault)
    })

  const written: readonly string[] = [
    '‘bo@contoso.com’',
    "'bo@contoso.com'",
    '“bo@contoso.com”.',
    '"bo@contoso.com",',
    'bo@contoso.com…',
    'bo@contoso.com...',
    'bo@contoso.com —',
    '— bo@contoso.com!',
    '/bo@contoso.com/',
    '`bo@contoso.com`',
    '<bo@contoso.com>',
    '(bo@contoso.com)',
    '[bo@contoso.com]',
    '{bo@contoso.com}',
    '**bo@contoso.com**',
    '_bo@contoso.com_',
    '¿bo@contoso.com?',
    'mailto:bo@contoso.com',
    '<mailto:bo@contoso.com>;',
    'MAILTO:Bo@Contoso.com',
    'sip:bo@contoso.com:',
    '@bo@contoso.com',
    '[bo@contoso.com](mailto:bo@contoso.com)',
    '[Bo Ek](mailto:bo@contoso.com)',
    'bo@contoso.com<mailto:bo@contoso.com>',
    'bo@contoso.com (Bo Ek)',
    '"Ek, Bo (Sales)" <bo@contoso.com>',
    'Bo Ek <bo@contoso.com> (Sales)',
    'ｂｏ＠ｃｏｎｔｏｓｏ．ｃｏｍ',
  ]
  for (const text of written)
    it(`is read from ${text}`, () => {
      assert.equal(readAddress(text), 'bo@contoso.com')
    })

  it('has the apostrophe that a telephone makes curly, and a link spells out', () => {
    const address = "pat.o'brien@contoso.com"
    for (const text of [
      'pat.o’brien@contoso.com',
      '‘pat.o’brien@contoso.com’',
      "'pat.o'brien@contoso.com'",
      '“pat.o‘brien@contoso.com”',
      "[pat.o'brien@contoso.com](mailto:pat.o%27brien@contoso.com)",
    ])
      assert.equal(readAddress(text), address, text)
  })

  it('may begin with a mark that nothing closes', () => {
    for (const address of ['_bo@contoso.com', '-bo@contoso.com', '~bo@contoso.com', '#bo@contoso.com'])
      assert.equal(readAddress(address), address)
  })

  it('is not read from what names nobody, or two', () => {
    for (const text of [
      '',
      'Bo Ek',
      'cy bo@contoso.com',
      '.bo@contoso.com',
      'bo..ek@contoso.com',
      '<bo@contoso>',
      '[bo@contoso.com](mailto:eve@contoso.com)',
      '<bo@contoso.com> <cy@contoso.com>',
      '"""',
      '@',
    ])
      assert.equal(readAddress(text), null, text)
  })

  it('is not an object id, which has its own form', () => {
    assert.equal(isObjectId('0A1B2C3D-4e5f-6071-8293-a4b5c6d7e8f9'), true)
    for (const text of ['bo@contoso.com', '0a1b2c3d4e5f60718293a4b5c6d7e8f9', ''])
      assert.equal(isObjectId(text), false, text)
  })
})

describe('a telephone number', () => {
  const readings = [
    ['+44 (0)20 7946 0000', '+442079460000'],
    ['tel:+442079460000;ext=12', '+442079460000;ext=12'],
    ['TEL:+442079460000', '+442079460000'],
    ['(206) 555-1234', '2065551234'],
    ['4711', '4711'],
    ['4711;ext=9', '4711;ext=9'],
    ['1', null],
    ['+123456', null],
    ['+1234567890123456', null],
    ['call 4711', null],
    ['  4711 ', '4711'],
    ['4711;9', '4711;ext=9'],
    ['4711; ext=9', '4711;ext=9'],
    ['4711;ext=12345678901', null],
    ['4711;ext=1;2', null],
    ['4711tel:', null],
    ['+442079460000;ext=', null],
    ['+442079460000;isub=1', null],
    ['', null],
  ] as const
  for (const [text, expected] of readings)
    it(`"${text}" is ${expected ?? 'none'}`, () => {
      assert.equal(readPhoneNumber(text), expected)
    })
})

describe('A number that can be called from everywhere', () => {
  it('has its country, and no extension', () => {
    const numbers = [
      '+442079460000',
      '+1234567',
      '4711',
      '02079460000',
      '+442079460000;ext=12',
      '+123456',
      '',
    ]
    assert.deepEqual(numbers.filter(isInternational), ['+442079460000', '+1234567'])
  })
})
