import assert from 'node:assert/strict'
import { verbs } from '../../src/chat/clicks.ts'
import { commands } from '../../src/chat/commands.ts'
import { type Person } from '../peer/person.ts'
import { openThrowing, type ThrowingOffice } from './throwing-office.ts'

const friendly = 'That did not work, and nothing was changed. Please try again.'

describe('A bot with a bug', () => {
  let office: ThrowingOffice
  let ann: Person
  const unhandled: unknown[] = []
  const note = (reason: unknown) => void unhandled.push(reason)
  beforeEach(async () => {
    process.on('unhandledRejection', note)
    office = await openThrowing(['Ann', 'Bo', 'Cy'])
    const [first] = office.people
    assert.ok(first)
    ann = first
    await ann.say('add bo@contoso.com and cy@contoso.com')
    await ann.say('also ring my group')
  })
  afterEach(async () => {
    await office.close()
    process.off('unhandledRejection', note)
    assert.deepEqual(unhandled.splice(0), [])
  })

  const apologies = () => ann.screen().filter(({ text }) => text === friendly).length

  /** Does it again and again, each time with a throw one access later, until it no longer reaches the throw. */
  const withThrows = async (what: string, run: () => Promise<string>) => {
    for (let access = 1; ; access += 1) {
      const { store, errors, notices } = office
      const before = { thrown: store.thrown, errors: errors.length, notices: notices.length }
      store.throwAt(access)
      const answer = await run()
      store.throwAt(Infinity)
      if (store.thrown === before.thrown) return
      // What was left over from before is done meanwhile, and may have been hit instead.
      if (notices.length > before.notices) continue
      assert.equal(answer, friendly, `${what}, access ${access}`)
      assert.deepEqual(errors.slice(before.errors), ['turnFailed'], `${what}, access ${access}`)
      assert.ok(access < 200, `${what} never ends`)
    }
  }

  for (const { title, phrases } of commands) {
    it(`F21 says so, logs it once and lives when "${title}" throws anywhere`, async () => {
      await withThrows(title, async () => {
        const before = apologies()
        await ann.say(`${phrases[0] ?? ''} bo`)
        // Cards of calls that rang before may come after the answer.
        return apologies() > before ? friendly : ann.last()
      })
      assert.ok(office.store.thrown > 0)
      await ann.say('help')
      assert.notEqual(ann.last(), friendly)
    })
  }

  for (const verb of verbs) {
    it(`F21 says so, logs it once and lives when the button "${verb}" throws anywhere`, async () => {
      await ann.say('simulate call from Carl')
      const call = ann.buttons().find(({ title }) => title === 'Caller hangs up')?.action['data'] as object
      await withThrows(verb, async () => {
        const { status, body } = await ann.forge(verb, { ...call, person: ann.objectId })
        assert.equal(status, 200)
        return (body as { readonly value?: unknown } | null)?.value === friendly ? friendly : ''
      })
      assert.ok(office.store.thrown > 0)
      await ann.say('help')
      assert.notEqual(ann.last(), friendly)
    })
  }
})

describe('A bot with a bug in what it does later', () => {
  for (const handler of ['effect', 'timer'] as const) {
    it(`F21 logs it once and does it again when the next ${handler} of a call throws`, async () => {
      // Slow enough that the call still rings when it is done again.
      const office = await openThrowing(['Ann', 'Bo', 'Cy'], 50)
      try {
        const [ann] = office.people
        await ann?.say('add bo@contoso.com and cy@contoso.com')
        await ann?.say('also ring my group')
        office.store.throwInNext(handler)
        await ann?.say('simulate call from Carl')
        for (const person of office.people) await person.sees('Carl → for')
        await ann?.sees('went to voicemail')
        assert.equal(office.store.thrown, 1)
        const failed = office.notices.filter(({ is }) => is !== 'compacted')
        assert.deepEqual(
          failed.map(({ is }) => is),
          [`${handler}Failed`],
        )
      } finally {
        await office.close()
      }
    })
  }
})
