import assert from 'node:assert/strict'
import { isAddress, isObjectId, plainAddress, readPhoneNumber } from '../../src/core/person.ts'

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
    assert.equal(isAddress('.bo@contoso.com'), true)
    const longest = `${'b'.repeat(320 - '@contoso.com'.length)}@contoso.com`
    assert.deepEqual([isAddress(longest), isAddress(`b${longest}`)], [true, false])
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
