import assert from 'node:assert/strict'
import { brokenIn, isWhole, wholeText } from '../../src/core/whole.ts'

describe('A text', () => {
  for (const text of ['', 'Ann', '😀', 'ශ්\u200dරී', '\u0001\u202e', '\uffff'])
    it(`${JSON.stringify(text)} is whole`, () => {
      assert.ok(isWhole(text))
      assert.equal(wholeText(text), text)
      assert.equal(brokenIn({ a: [text] }), null)
    })
  for (const [text, rest] of [
    ['\ud83d', ''],
    ['a\udc00b', 'ab'],
    ['\u0000', ''],
    ['\udc00\ud800', ''],
    ['\ud83d😀', '😀'],
  ] as const)
    it(`${JSON.stringify(text)} is not whole, and its rest is`, () => {
      assert.ok(!isWhole(text))
      assert.equal(wholeText(text), rest)
    })
})

describe('What is broken in JSON', () => {
  const broken = '\ud800'
  it('is named by its place, the first before others', () => {
    for (const [json, place] of [
      [broken, 'The body'],
      [{ a: 1, b: { c: [0, { d: broken }] }, e: broken }, 'b.c[1].d'],
      [[[broken]], '[0][0]'],
      [{ [`x${broken}`]: 1 }, 'x'],
      [{ a: { [`x${broken}`]: broken } }, 'a.x'],
      [{ name: broken, id: broken }, 'name'],
      [JSON.parse(`{"__proto__":{"a":"\\ud800"}}`), '__proto__.a'],
    ] as const)
      assert.equal(brokenIn(json), place)
  })

  it('is not looked for in names that may be cut, but in everything else', () => {
    assert.equal(brokenIn({ name: broken, id: '1' }, ['name']), null)
    assert.equal(brokenIn({ name: broken, id: broken }, ['name']), 'id')
  })

  it('is found however deep it lies', () => {
    const deep: unknown = JSON.parse('['.repeat(100_000) + '"\\ud800"' + ']'.repeat(100_000))
    assert.match(brokenIn(deep) ?? '', /^\[0\]\[0\].{74}$/u)
  })
})
