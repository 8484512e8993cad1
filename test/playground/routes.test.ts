import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Member } from '../../src/playground/chat-service.ts'
import { until } from '../until.ts'
import { PageOffice } from './page-office.ts'

describe('The playground', () => {
  let office: PageOffice
  beforeEach(async () => (office = await PageOffice.open()))
  afterEach(() => office.close())

  const done = async () => (await office.told()).steps.done

  it('begins with three people who have the bot and were welcomed', async () => {
    const { people, calls, story, steps } = await office.told()
    assert.deepEqual(
      people.map(({ name, address, presence }) => [name, address, presence]),
      [
        ['Ann Ek', 'ann@contoso.com', 'available'],
        ['Bo Lindqvist', 'bo@contoso.com', 'available'],
        ['Cy Osei', 'cy@contoso.com', 'available'],
      ],
    )
    assert.deepEqual([calls, story, steps], [[], null, { isClosed: false, done: [] }])
    for (const name of ['Ann', 'Bo', 'Cy']) await office.sees(name, 'Share your calls')
  })

  it('ticks each of the four steps off once it really happened, and not before', async () => {
    await office.letAnnRing()
    assert.deepEqual(await done(), ['share', 'call'])
    await office.play('POST', 'steps/look')
    assert.deepEqual(await done(), ['share', 'call'], 'there is nothing to see yet')
    assert.equal((await office.play('POST', 'steps/pickUp')).status, 200)
    await office.sees('Bo', 'You picked up')
    await office.sees('Cy', 'Bo Lindqvist picked up')
    await office.play('POST', 'steps/look')
    assert.deepEqual(await done(), ['share', 'call', 'pickUp', 'look'])
    await office.play('DELETE', 'steps')
    assert.equal((await office.told()).steps.isClosed, true)
  })

  it('ticks the steps off when they are done by hand', async () => {
    for (const name of ['Ann', 'Bo', 'Cy']) await office.sees(name, 'Share your calls')
    const { id } = await office.person('Ann')
    const [bo, cy] = [await office.person('Bo'), await office.person('Cy')]
    const text = `add <at>${bo.name}</at> and <at>${cy.name}</at>`
    await office.play('POST', `people/${id}/messages`, { text, mentions: [bo.id, cy.id] })
    await office.sees('Bo', 'Ann Ek added you')
    assert.deepEqual(await done(), [], 'calls do not go to the group yet')
    await office.play('POST', `people/${id}/messages`, { text: 'also ring my group' })
    await office.tells('the first step is done', ({ steps }) => steps.done.includes('share'))
    await office.play('POST', 'calls', { name: 'Dora', number: '+4930901820', to: id })
    await office.press('Bo', 'Pick up')
    await office.tells('Bo has picked up', ({ steps }) => steps.done.join() === 'share,call,pickUp')
    assert.ok(JSON.stringify(await office.screen('Ann')).includes('"text":"add @Bo Lindqvist and @Cy Osei"'))
  })

  it('shows a live call with who rings now and what follows, and its story in order', async () => {
    await office.letAnnRing()
    const { calls } = await office.told()
    assert.deepEqual(
      calls.map(({ caller, owner, is, end, parts }) => [caller, owner, is, end, parts.map(({ who }) => who)]),
      [['Contoso Logistics', 'Ann Ek', 'ringing', 'Voicemail', ['Ann Ek, Bo Lindqvist and Cy Osei']]],
    )
    await office.press('Cy', 'Decline')
    await office.press('Bo', 'Pick up')
    const told = await office.tells('Bo talks', ({ talks }) => talks.length === 1)
    assert.deepEqual(
      told.story?.lines.map(({ words }) => words),
      [
        'Offered: Contoso Logistics calls Ann Ek.',
        'Planned: Calls ring Ann Ek for 30 seconds, together with Bo Lindqvist and Cy Osei, then go to voicemail.',
        'Told: Ann Ek, Bo Lindqvist and Cy Osei.',
        'Declined: Cy Osei. The others ring on.',
        'Claimed: Bo Lindqvist picked up, and is being connected.',
        'Handed over: Bo Lindqvist has the caller.',
      ],
    )
    assert.deepEqual(told.calls, [])
  })

  it('has whoever picked up in a call until they finish talking', async () => {
    await office.letAnnRing()
    await office.press('Bo', 'Pick up')
    const presence = async () => (await office.person('Bo')).presence
    const { talks } = await office.tells('Bo talks', (told) => told.talks.length === 1)
    assert.equal(talks[0]?.words, 'Contoso Logistics, who called Ann Ek, talks to Bo Lindqvist.')
    assert.equal(await presence(), 'inACall')
    const path = `talks/${encodeURIComponent(talks[0].id)}`
    assert.equal((await office.play('DELETE', path)).status, 200)
    assert.equal(await presence(), 'available')
    assert.equal((await office.play('DELETE', path)).status, 404)
  })

  it('lets the hand-over fail once: it rings again, and then works', async () => {
    await office.letAnnRing()
    const [call] = (await office.told()).calls
    const path = `calls/${encodeURIComponent(call?.id ?? '')}/hand-over`
    assert.equal((await office.play('PUT', path, { fails: 'once' })).status, 200)
    assert.equal((await office.told()).calls[0]?.fails, 'once')
    await office.press('Bo', 'Pick up')
    await office.sees('Cy', 'Bo Lindqvist could not be connected. It is ringing again.')
    await office.press('Cy', 'Pick up')
    await office.sees('Cy', 'You are connected.')
    const words = (await office.told()).story?.lines.map((line) => line.words).join(' ')
    assert.match(words ?? '', /Handing over failed: Bo Lindqvist could not be connected\. Ringing again/u)
  })

  it('lets the caller hang up', async () => {
    await office.letAnnRing()
    const [call] = (await office.told()).calls
    assert.equal((await office.play('DELETE', `calls/${encodeURIComponent(call?.id ?? '')}`)).status, 200)
    await office.sees('Bo', 'The caller hung up')
    assert.deepEqual((await office.told()).calls, [])
    assert.equal((await office.told()).story?.lines.at(-1)?.words, 'Ended: the caller hung up.')
  })

  it('refuses what the bot writes to whoever removed it, and shows them a call that rings when they are back', async () => {
    await office.letAnnRing()
    const { id } = await office.person('Cy')
    const count = async () => (await office.screen('Cy')).length
    assert.equal((await office.play('PUT', `people/${id}/bot`, { isInstalled: false })).status, 200)
    assert.equal((await office.person('Cy')).isInstalled, false)
    const before = await count()
    await office.press('Bo', 'Pick up')
    await office.sees('Ann', 'Bo Lindqvist picked up')
    assert.equal(await count(), before)
    await office.play('PUT', `people/${id}/bot`, { isInstalled: true })
    await until('Cy is welcomed again', async () => (await count()) > before)
  })

  it('shows the presence that somebody says in a chat, and the chat what is chosen on the page', async () => {
    const [ann, bo] = [await office.person('Ann'), await office.person('Bo')]
    for (const name of ['Ann', 'Bo']) await office.sees(name, 'Share your calls')
    await office.play('POST', `people/${ann.id}/messages`, { text: 'simulate presence busy for bo' })
    await office.tells('Bo is in a call', ({ people }) => people[1]?.presence === 'inACall')
    await office.play('PUT', `people/${bo.id}/presence`, { presence: 'doNotDisturb' })
    assert.equal((await office.person('Bo')).presence, 'doNotDisturb')
  })

  it('takes people up to 26, each with an address of their own', async () => {
    const add = (name: string) => office.play('POST', 'people', { name })
    assert.equal((await add('Ann Ek')).status, 201)
    assert.equal((await add('Åsa 李')).status, 201)
    assert.equal((await add('李')).status, 201)
    for (let count = 6; count < 26; count += 1) assert.equal((await add(`Dee ${count}`)).status, 201)
    const full = await add('One more')
    assert.deepEqual([full.status, (full.body as { error: { code: string } }).error.code], [409, 'full'])
    const { people } = await office.told()
    assert.equal(new Set(people.map(({ address }) => address)).size, 26)
    assert.deepEqual(
      people.slice(3, 6).map(({ address }) => address),
      ['ann.ek@contoso.com', 'asa@contoso.com', 'person@contoso.com'],
    )
    for (const name of ['', '  ', 'x'.repeat(65), 7]) {
      const refused = await office.play('POST', 'people', { name })
      assert.equal(refused.status, 400, String(name))
    }
  })

  it('adds somebody who does not have the bot yet, whom a call cannot ring until they do', async () => {
    await office.play('POST', 'people', { name: 'Dee Novak', isInstalled: false })
    const { id, isInstalled } = await office.person('Dee')
    assert.equal(isInstalled, false)
    const rung = await office.play('POST', 'calls', { name: 'Carl', number: '', to: id })
    assert.equal(rung.status, 409)
    await office.play('PUT', `people/${id}/bot`, { isInstalled: true })
    await office.sees('Dee', 'Share your calls')
    assert.equal(
      (await office.play('POST', 'calls', { name: '', number: '', to: id, isWithheld: true })).status,
      201,
    )
    await office.sees('Dee', 'Unknown caller')
  })

  it('lets one of its people call another from inside', async () => {
    const bo = await office.person('Bo')
    await office.sees('Bo', 'Share your calls')
    await office.play('POST', 'calls', { name: 'Ann Ek', number: '', to: bo.id })
    await office.sees('Bo', '"text":"Ann Ek"')
  })

  it('says clearly what it does not know, and changes nothing', async () => {
    const { id } = await office.person('Ann')
    await office.sees('Ann', 'Share your calls')
    const before = JSON.stringify(await office.screen('Ann'))
    const asked: ReadonlyArray<readonly [number, string, string, unknown?]> = [
      [404, 'GET', 'people/nobody/chat'],
      [404, 'POST', 'people/nobody/messages', { text: 'help' }],
      [404, 'POST', 'people/nobody/clicks', { message: '1', type: 'Action.Execute', verb: 'help', data: {} }],
      [404, 'PUT', 'people/nobody/presence', { presence: 'available' }],
      [404, 'PUT', 'people/nobody/bot', { isInstalled: true }],
      [404, 'POST', 'calls', { name: 'Carl', number: '', to: 'nobody' }],
      [404, 'DELETE', 'calls/none'],
      [404, 'PUT', 'calls/none/hand-over', { fails: 'once' }],
      [404, 'DELETE', 'talks/none'],
      [404, 'POST', 'steps/none'],
      [404, 'GET', 'nothing'],
      [400, 'GET', '..%2f..%2fpackage.json'],
      [404, 'POST', 'constructor'],
      [
        404,
        'POST',
        `people/${id}/clicks`,
        { message: 'none', type: 'Action.Execute', verb: 'help', data: {} },
      ],
      [404, 'POST', `people/${id}/messages`, { text: 'add <at>X</at>', mentions: ['nobody'] }],
      [400, 'POST', `people/${id}/messages`, { text: '  ' }],
      [400, 'POST', `people/${id}/messages`, { text: 'add', mentions: 'bo' }],
      [400, 'POST', `people/${id}/clicks`, { message: '1', type: 'Action.OpenUrl', data: {} }],
      [400, 'PUT', `people/${id}/presence`, { presence: 'asleep' }],
      [400, 'PUT', `people/${id}/bot`, { isInstalled: 'yes' }],
      [400, 'POST', 'calls', { name: 'Carl', number: 'twelve', to: id }],
    ]
    for (const [status, method, path, body] of asked) {
      const answer = await office.play(method, path, body)
      const { error } = answer.body as { error: { code: string; message: string } }
      assert.equal(answer.status, status, `${method} ${path}`)
      assert.match(error.message, /^[A-Z].*\.$/u)
    }
    assert.equal(JSON.stringify(await office.screen('Ann')), before)
  })

  it('refuses a message of more than 28 KB, however it is counted, and goes on', async () => {
    const { id } = await office.person('Ann')
    await office.sees('Ann', 'Share your calls')
    for (const text of ['x'.repeat(28 * 1024), 'x'.repeat(15 * 1024), '李'.repeat(9_800)])
      assert.equal(
        (await office.play('POST', `people/${id}/messages`, { text })).status,
        413,
        String(text.length),
      )
    assert.equal((await office.screen('Ann')).length, 1)
    assert.equal((await office.play('POST', `people/${id}/messages`, { text: 'help' })).status, 200)
  })

  it('keeps 200 of 10,000 messages that the bot writes, and lets it find the others gone', async () => {
    await office.sees('Ann', 'Share your calls')
    const [ann] = JSON.parse(await readFile(join(office.folder, 'playground/people.json'), 'utf8')) as [
      Member,
    ]
    const path = `/playground/teams/v3/conversations/${encodeURIComponent(ann.conversation)}/activities`
    const headers = { Host: `localhost:${office.port}`, 'Content-Type': 'application/json' }
    const post = async (count: number) => {
      const { status, body } = await office.ask(
        'POST',
        path,
        { type: 'message', text: `word ${count}` },
        headers,
      )
      assert.equal(status, 201)
      return (body as { id: string }).id
    }
    const first = await post(0)
    for (let count = 1; count < 10_000; count += 100)
      await Promise.all(
        Array.from({ length: Math.min(100, 10_000 - count) }, (_, index) => post(count + index)),
      )
    assert.equal((await office.screen('Ann')).length, 200)
    const put = await office.ask(
      'PUT',
      `${path}/${encodeURIComponent(first)}`,
      { id: first, text: 'again' },
      headers,
    )
    assert.equal(put.status, 404)
    assert.equal((await office.play('POST', 'people', { name: 'Dee Novak' })).status, 201)
  })

  it('shows the same screens, people, steps and story after the bot was restarted in mid-ring', async () => {
    await office.letAnnRing()
    const { id } = await office.person('Ann')
    await office.play('PUT', `people/${id}/presence`, { presence: 'doNotDisturb' })
    const [before, screen] = [await office.told(), await office.screen('Bo')]
    await office.stop()
    await office.start()
    const after = await office.told()
    assert.deepEqual(
      [after.people, after.steps, after.story?.title],
      [before.people, before.steps, before.story?.title],
    )
    assert.deepEqual(await office.screen('Bo'), screen)
    await office.press('Bo', 'Pick up')
    await office.sees('Cy', 'Bo Lindqvist picked up')
    const lines = (await office.told()).story?.lines.map(({ words }) => words) ?? []
    assert.equal(lines.filter((words) => words.startsWith('Offered')).length, 1)
    assert.ok(lines.some((words) => words.startsWith('Claimed: Bo')))
  })
})
