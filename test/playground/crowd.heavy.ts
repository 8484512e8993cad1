/** Twenty-six people on the page: all ring together, and long chats scroll smoothly. */
import assert from 'node:assert/strict'
import { type Browser, type Page } from 'playwright-core'
import { forChannel, render } from '../../src/chat/draw/card.ts'
import { samples } from '../cards/samples.ts'
import { buildPage, OpenPage, openBrowser } from './browsing.ts'
import { PageOffice } from './page-office.ts'
import { poster, withCard } from './posting.ts'

const people = 26
const messages = 200

describe('A page full of people', () => {
  let browser: Browser
  let office: PageOffice
  before(async () => {
    buildPage()
    browser = await openBrowser()
  })
  after(() => browser.close())
  beforeEach(async () => {
    office = await PageOffice.open()
    for (const name of ['Ann', 'Bo', 'Cy']) await office.sees(name, 'Share your calls')
    for (let count = 3; count < people; count += 1)
      await office.play('POST', 'people', { name: `Member ${count + 1}` })
  })
  afterEach(() => office.close())

  it('rings 25 members, of whom one wins, and every column tells the truth', async () => {
    const shown = await OpenPage.open(browser, office)
    const { people: all } = await office.told()
    const [ann, ...members] = all
    const text = `add ${members.map(({ address }) => address).join(', ')}`
    await office.play('POST', `people/${ann?.id}/messages`, { text })
    await office.play('POST', `people/${ann?.id}/messages`, { text: 'also ring my group' })
    await shown.button('Ring').first().click()
    const telling = (words: string) =>
      shown.page.waitForFunction(
        ([said, count]) =>
          [...document.querySelectorAll('.person')].filter((one) => one.textContent.includes(String(said)))
            .length === count,
        [words, people],
      )
    await telling('Incoming call')
    const began = Date.now()
    await shown.press('Member 26', 'Pick up')
    await shown.page.waitForFunction(() =>
      [...document.querySelectorAll('.person')].every((one) => {
        // News of the group may come after the call's card: cards that ring go first.
        const ofCalls = [...one.querySelectorAll('.message')].filter((message) =>
          message.textContent.includes('Contoso Logistics'),
        )
        return /(?:Member 26|You) picked up/u.test(ofCalls.at(-1)?.textContent ?? '')
      }),
    )
    console.log(`      every column was true after ${(Date.now() - began) / 1000} s`)
    const live = await shown.page.getByRole('button', { name: 'Pick up', exact: true }).count()
    assert.ok(live <= 1, 'only the button of the steps is left')
    await shown.close()
  })

  it(`scrolls through ${messages} cards of each of ${people} people, and says how long its longest task was`, async () => {
    const post = await poster(office)
    const cards = samples.map(({ card, view }) => withCard(forChannel(render(card, view), 'msteams')))
    for (let person = 0; person < people; person += 1)
      for (let count = 0; count < messages; count += 25)
        await Promise.all(
          Array.from({ length: 25 }, (_, index) => post(person, cards[(count + index) % cards.length] ?? {})),
        )
    const shown = await OpenPage.open(browser, office)
    const { page } = shown
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.person')].every((one) => one.querySelector('.message')),
    )
    await drawnAtRest(page)
    await browser.startTracing(page, { categories: ['toplevel'] })
    const drawn = await page.evaluate(async () => {
      const row = document.querySelector<HTMLElement>('.people')
      const some = [...document.querySelectorAll<HTMLElement>('.scroller')].filter((_, at) => at % 9 === 0)
      for (const scroller of some) {
        if (row) row.scrollLeft = scroller.closest<HTMLElement>('.person')?.offsetLeft ?? 0
        for (let still = 0; still < 20; still += 1) {
          if (scroller.scrollTop > 0) still = 0
          scroller.scrollTop -= 400
          await new Promise((done) => requestAnimationFrame(done))
        }
      }
      return some.map((scroller) => scroller.querySelectorAll('.message').length)
    })
    const longest = longestTask(await browser.stopTracing())
    console.log(`      the longest task while scrolling: ${longest} ms of the processor`)
    assert.deepEqual(drawn, [messages, messages, messages])
    assert.ok(longest > 0, 'the trace has tasks')
    await shown.close()
  })
})

/** What was begun when the page opened is over: for a while no card more is drawn. */
async function drawnAtRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    let before = -1
    for (let quiet = 0; quiet < 30; quiet += 1) {
      await new Promise((done) => requestAnimationFrame(done))
      const drawn = document.querySelectorAll('.card').length
      if (drawn !== before) quiet = 0
      before = drawn
    }
  })
}

/** Chromium looks through the fields of any page for what it could fill in: its own doing, and the longest by far. */
const isAutofill = ({ args }: Named) => args?.src_file?.startsWith('components/autofill/') === true

type Traced = { readonly name: string; readonly pid: number; readonly tid: number; readonly tdur?: number }
type Named = Traced & { readonly args?: { readonly name?: string; readonly src_file?: string } }

/** Milliseconds of the processor, whatever else it had to do: this machine may have several engineers on it. */
function longestTask(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString('utf8')) as { traceEvents: readonly Named[] }
  const mains = traceEvents.filter(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  )
  const isMain = ({ pid, tid }: Traced) => mains.some((one) => one.pid === pid && one.tid === tid)
  const tasks = traceEvents.filter((one) => one.name.endsWith('RunTask') && isMain(one) && !isAutofill(one))
  return Math.max(0, ...tasks.map(({ tdur = 0 }) => Math.round(tdur / 1000)))
}
