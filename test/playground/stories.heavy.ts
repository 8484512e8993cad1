/** The playground's stories, in real Chromium. */
import assert from 'node:assert/strict'
import { type Browser } from 'playwright-core'
import { buildPage, desktop, OpenPage, openBrowser, phone } from './browsing.ts'
import { PageOffice } from './page-office.ts'

const three = ['Ann Ek', 'Bo Lindqvist', 'Cy Osei']

describe('The page', () => {
  let browser: Browser
  let office: PageOffice
  let shown: OpenPage

  before(async () => {
    buildPage()
    browser = await openBrowser()
  })
  after(() => browser.close())
  beforeEach(async () => {
    office = await PageOffice.open()
    shown = await OpenPage.open(browser, office)
  })
  afterEach(async () => {
    await shown.close()
    await office.close()
  })

  it('shows three people, the network and the four steps without a scroll', async () => {
    const { page } = shown
    for (const name of three) assert.ok(await shown.person(name).isVisible(), name)
    const sizes = await page.evaluate(() => ({
      page: [document.documentElement.scrollWidth, document.documentElement.scrollHeight],
      columns: [...document.querySelectorAll('.person')].map((one) => {
        const { left, right, top, bottom } = one.getBoundingClientRect()
        return left >= 0 && right <= 1280 && top >= 0 && bottom <= 800
      }),
      chats: [...document.querySelectorAll('.scroller')].map((one) => one.scrollHeight <= one.clientHeight),
    }))
    assert.deepEqual(sizes, { page: [1280, 800], columns: [true, true, true], chats: [true, true, true] })
    for (const name of ['Share', 'Ring', 'Add a person', 'What happened'])
      assert.ok(await shown.button(name).isVisible(), name)
  })

  it('goes through the four steps by mouse, and closes them for good', async () => {
    const { page } = shown
    const began = Date.now()
    await shown.ring()
    await shown
      .button('Pick up', page.getByRole('region', { name: 'Your first minute, in four steps' }))
      .click()
    await shown.sees('Bo Lindqvist', 'You picked up')
    console.log(`      from the first press to the pick-up: ${(Date.now() - began) / 1000} s`)
    await shown.sees('Cy Osei', 'Bo Lindqvist picked up')
    await shown.button('Look').click()
    await page.waitForFunction(() => document.querySelectorAll('.step.done').length === 4)
    assert.ok(await shown.person('Cy Osei').evaluate((one) => one.contains(document.activeElement)))
    await shown.button('Close these steps').click()
    await page.locator('#steps').waitFor({ state: 'hidden' })
    await page.reload()
    await shown.sees('Cy Osei', 'Bo Lindqvist picked up')
    assert.ok(await page.locator('#steps').isHidden())
  })

  it('ticks the steps off when they are done by hand', async () => {
    const { page } = shown
    await shown.say('Ann Ek', 'add bo@contoso.com and cy@contoso.com')
    await shown.sees('Bo Lindqvist', 'Ann Ek added you')
    await shown.say('Ann Ek', 'also ring my group')
    await page.getByLabel('Who calls').fill('Dora')
    await shown.button('Ring').first().click()
    await shown.sees('Cy Osei', 'Incoming call')
    await shown.press('Bo Lindqvist', 'Pick up')
    await shown.sees('Cy Osei', 'Bo Lindqvist picked up')
    await shown.person('Cy Osei').getByText('Bo Lindqvist picked up').click()
    await page.waitForFunction(() => document.querySelectorAll('.step.done').length === 4)
  })

  it('goes through the four steps by keyboard alone', async () => {
    const { page } = shown
    await shown.tabTo('Share')
    await page.keyboard.press('Enter')
    await shown.tabTo('Call Ann')
    await page.keyboard.press('Enter')
    await shown.sees('Bo Lindqvist', 'Incoming call')
    await shown.tabTo('Pick up')
    await page.keyboard.press('Enter')
    await shown.sees('Bo Lindqvist', 'You picked up')
    await shown.tabTo('Look')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.querySelectorAll('.step.done').length === 4)
    await page.getByText('Carl').waitFor({ state: 'detached' })
  })

  it('picks up on the card by keyboard, and keeps the keyboard on that card when it is drawn anew', async () => {
    const { page } = shown
    await shown.ring()
    await shown.button('Pick up', shown.person('Cy Osei')).focus()
    await page.keyboard.press('Enter')
    await shown.sees('Cy Osei', 'You are connected.')
    const at = await page.evaluate(() => document.activeElement?.textContent ?? '')
    assert.match(at, /You picked up/u)
  })

  it('moves nothing when cards change', async () => {
    const { page } = shown
    await shown.ring()
    const places = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('main > *, .person, .message')].map((one) => {
          const { x, y, width } = one.getBoundingClientRect()
          return [x, y, width].map(Math.round).join()
        }),
      )
    const before = await places()
    await shown.press('Bo Lindqvist', 'Pick up')
    for (const name of three) await shown.sees(name, 'picked up after')
    await shown.sees('Bo Lindqvist', 'You are connected.')
    await shown
      .button('They finish talking: Contoso Logistics, who called Ann Ek, talks to Bo Lindqvist.')
      .waitFor()
    assert.deepEqual(await places(), before)
  })

  it('shows a call that rings in order, whose turn it is and what follows', async () => {
    const { page } = shown
    await shown.say('Ann Ek', 'add bo@contoso.com and cy@contoso.com')
    await shown.sees('Cy Osei', 'Ann Ek added you')
    await shown.say('Ann Ek', 'ring in order')
    await shown.say('Ann Ek', 'forward to my group')
    await shown.button('Ring').first().click()
    await shown.sees('Bo Lindqvist', 'Incoming call')
    const parts = page.getByRole('list', { name: /What is ahead of this call/u }).getByRole('listitem')
    await page.waitForFunction(() => document.querySelectorAll('.timeline .part').length === 2)
    assert.match(
      (await parts.allTextContents()).join(' | '),
      /^Bo Lindqvist 20 s rings now \| Cy Osei 20 s \| then /u,
    )
    await shown.press('Bo Lindqvist', 'Decline')
    await shown.sees('Cy Osei', 'Incoming call')
    await shown.sees('Bo Lindqvist', 'You declined.')
    await page.waitForFunction(() => document.querySelectorAll('.timeline .part').length === 1)
    await shown.button('Caller hangs up: Contoso Logistics').click()
    await shown.sees('Cy Osei', 'The caller hung up')
    await page.getByText('No calls now.').waitFor()
  })

  it('rings again when the hand-over fails, and tells it', async () => {
    const { page } = shown
    await shown.ring()
    await page.getByLabel('The hand-over of Contoso Logistics').selectOption('once')
    await shown.press('Bo Lindqvist', 'Pick up')
    await shown.sees('Cy Osei', 'Bo Lindqvist could not be connected. It is ringing again.')
    await shown.press('Cy Osei', 'Pick up')
    await shown.sees('Bo Lindqvist', 'Cy Osei picked up')
    await shown.button('What happened').click()
    const story = page.getByRole('complementary', { name: 'What happened' })
    await story.getByText('Handed over: Cy Osei has the caller.').waitFor()
    const lines = (await story.getByRole('listitem').allTextContents()).map((line) =>
      line.replace(/^[\d:]+ /u, ''),
    )
    assert.deepEqual(
      lines.map((line) => line.split(':')[0]),
      [
        'Offered',
        'Planned',
        'Told',
        'Claimed',
        'Handing over failed',
        'Ringing again',
        'Claimed',
        'Handed over',
      ],
    )
    await shown.button('Close what happened').click()
    assert.ok(await story.isHidden())
  })

  it('goes on without somebody who removes the bot while it rings', async () => {
    await shown.ring()
    await shown.button('Remove the bot from Cy Osei').click()
    await shown.person('Cy Osei').getByText('Cy Osei does not have the bot.').waitFor()
    await shown.press('Bo Lindqvist', 'Pick up')
    await shown.sees('Ann Ek', 'Bo Lindqvist picked up')
    assert.equal(await shown.person('Cy Osei').getByText('picked up after').count(), 0)
    await shown.button('Install the bot for Cy Osei').click()
    await shown.person('Cy Osei').getByText('Share your calls').nth(1).waitFor()
  })

  it('shows the same in two tabs', async () => {
    const other = await OpenPage.open(browser, office)
    await shown.ring()
    await other.sees('Cy Osei', 'Incoming call')
    await other.press('Cy Osei', 'Pick up')
    await shown.sees('Bo Lindqvist', 'Cy Osei picked up')
    await other.sees('Bo Lindqvist', 'Cy Osei picked up')
    await other.close()
  })

  it('comes back by itself when the bot was restarted in mid-ring, and says so', async () => {
    const { page } = shown
    await shown.ring()
    await office.stop()
    await page.getByText('The bot is not running. This page waits for it.').waitFor()
    await office.start()
    await page.getByText('The bot is back.').waitFor()
    await shown.press('Bo Lindqvist', 'Pick up')
    await shown.sees('Cy Osei', 'Bo Lindqvist picked up')
    // A browser says in its console that it could not connect meanwhile.
    const others = shown.complaints.filter((words) => !/ERR_(?:CONNECTION|INCOMPLETE|EMPTY)/u.test(words))
    shown.complaints.splice(0, Infinity, ...others)
  })

  it('takes suggestions, mentions and people from the picker', async () => {
    const { page } = shown
    const field = shown.person('Ann Ek').getByRole('textbox', { name: 'Message of Ann Ek to Call pickup' })
    await field.pressSequentially('my g')
    await page.getByRole('option', { name: /^my group/u }).click()
    await field.press('Enter')
    await shown.sees('Ann Ek', 'Add people')
    const picker = shown.person('Ann Ek').getByRole('combobox', { name: 'From your organization' })
    await picker.pressSequentially('bo')
    await page.keyboard.press('Enter')
    await shown.button('Remove Bo Lindqvist', shown.person('Ann Ek')).waitFor()
    await shown.press('Ann Ek', 'Add')
    await shown.sees('Bo Lindqvist', 'Ann Ek added you')
    await field.pressSequentially('add @cy')
    await shown
      .person('Ann Ek')
      .getByRole('option', { name: /^Cy Osei/u })
      .waitFor()
    await page.keyboard.press('Enter')
    assert.equal(await field.inputValue(), 'add @Cy Osei ')
    await field.press('Enter')
    await shown.sees('Cy Osei', 'Ann Ek added you')
  })

  it('never reads a name or a text as HTML', async () => {
    const { page } = shown
    const name = '<img src=x onerror=alert(1)> & <b>'
    page.on('dialog', () => shown.complaints.push('a script of a name ran'))
    await shown.button('Add a person').click()
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill(name)
    await shown.button('Add', page.getByRole('dialog')).click()
    await shown.person(name).waitFor()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await shown.say(name, '<script>alert(1)</script> **bold** settings')
    await shown.person(name).getByText('<script>alert(1)</script> **bold** settings').waitFor()
    await page.getByLabel('Who calls').fill(name)
    await page.getByLabel('Whom').selectOption({ label: name })
    await page.getByLabel('From number').fill('')
    await shown.button('Ring').first().click()
    await shown.sees(name, 'Incoming call')
    assert.equal(await page.locator('main img, main b, main script').count(), 0)
  })

  it('says when a message is too long, and keeps what was typed', async () => {
    const field = shown.person('Ann Ek').getByRole('textbox', { name: 'Message of Ann Ek to Call pickup' })
    await field.evaluate((one) => {
      ;(one as HTMLTextAreaElement).maxLength = 100_000
    })
    await shown.say('Ann Ek', 'x'.repeat(20_000))
    await shown.person('Ann Ek').getByText('longer than the 28 KB').waitFor()
    assert.equal((await field.inputValue()).length, 20_000)
    await field.fill('')
    shown.complaints.splice(0, Infinity, ...shown.complaints.filter((words) => !words.includes('413')))
  })

  it('speaks a new call once, in one place', async () => {
    const { page } = shown
    await page.evaluate(() => {
      const spoken: string[] = []
      Object.assign(window, { spoken })
      new MutationObserver(() => spoken.push(document.getElementById('spoken')?.textContent ?? '')).observe(
        document.getElementById('spoken') ?? document.body,
        { childList: true },
      )
    })
    await shown.ring()
    await shown.press('Bo Lindqvist', 'Pick up')
    await shown.sees('Cy Osei', 'They are connected.')
    const spoken = await page.evaluate(() => (window as unknown as { spoken: string[] }).spoken)
    assert.deepEqual(spoken, ['Contoso Logistics calls Ann Ek. Rings at Ann Ek, Bo Lindqvist and Cy Osei.'])
  })

  it('works on a telephone, with one column and a switch', async () => {
    const small = await OpenPage.open(browser, office, phone)
    const { page } = small
    const isWide = () => page.evaluate(() => document.documentElement.scrollWidth > 390)
    assert.equal(await isWide(), false)
    await small.button('Share').click()
    await small.button('Call Ann').click()
    await page.getByRole('list', { name: /What is ahead of this call/u }).waitFor()
    await page.getByRole('tab', { name: 'Bo' }).click()
    assert.equal(await small.person('Ann Ek').isVisible(), false)
    await small.press('Bo Lindqvist', 'Pick up')
    await small.sees('Bo Lindqvist', 'You picked up')
    assert.equal(await isWide(), false)
    await page.getByRole('tab', { name: 'Cy' }).click()
    await small.sees('Cy Osei', 'Bo Lindqvist picked up')
    await page.waitForFunction(() => document.querySelectorAll('.step.done').length === 4)
    await page.keyboard.press('ArrowLeft')
    assert.ok(await small.person('Bo Lindqvist').isVisible())
    await small.close()
  })

  it('is dark where the system is', async () => {
    const dark = await OpenPage.open(browser, office, { ...desktop, colorScheme: 'dark' })
    const ground = await dark.page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    assert.equal(ground, 'rgb(20, 20, 20)')
    await dark.close()
  })
})
