/** The page and every card of the product on it, for whoever sees it, hears it, or walks it by keyboard; checked by axe-core. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContextOptions } from 'playwright-core'
import { forChannel, render } from '../../src/chat/draw/card.ts'
import { full } from '../cards/full.ts'
import { samples } from '../cards/samples.ts'
import { buildPage, desktop, OpenPage, openBrowser, phone } from './browsing.ts'
import { PageOffice } from './page-office.ts'
import { poster, withCard } from './posting.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

type Axe = {
  run(
    within: object,
    how: object,
  ): Promise<{
    violations: ReadonlyArray<{ id: string; nodes: ReadonlyArray<{ html: string; failureSummary: string }> }>
  }>
}

/** What the cards' own JSON decides, or where a card stands: not the page's to mend. */
const ofCards = ['target-size', 'heading-order', 'region', 'label-content-name-mismatch']

/** What axe finds within a part of the page, a line each. */
async function faults(
  shown: OpenPage,
  where: object,
  off: readonly string[] = [],
): Promise<readonly string[]> {
  await shown.page.evaluate(axe)
  return shown.page.evaluate(
    async ({ where, rules, off }) => {
      const { axe } = window as unknown as { axe: Axe }
      const how = {
        runOnly: { type: 'tag', values: rules },
        rules: Object.fromEntries(off.map((rule) => [rule, { enabled: false }])),
      }
      const { violations } = await axe.run(where, how)
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(
          ({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary.slice(0, 200)}`,
        ),
      )
    },
    { where, rules, off },
  )
}

describe('The page, for everybody', () => {
  let browser: Browser
  let office: PageOffice
  before(async () => {
    buildPage()
    browser = await openBrowser()
  })
  after(() => browser.close())
  beforeEach(async () => (office = await PageOffice.open()))
  afterEach(() => office.close())

  const looks: Readonly<Record<string, BrowserContextOptions>> = {
    light: desktop,
    dark: { ...desktop, colorScheme: 'dark' },
    telephone: phone,
    'dark telephone': { ...phone, colorScheme: 'dark' },
  }
  for (const [look, how] of Object.entries(looks))
    it(`has no fault that axe knows, at rest, while it rings and afterwards (${look})`, async () => {
      const shown = await OpenPage.open(browser, office, { ...how, reducedMotion: 'reduce' })
      const page = { include: ['body'], exclude: ['.card'] }
      const check = async () => assert.deepEqual(await faults(shown, page), [])
      await check()
      await shown.button('Share').click()
      await shown.button('Call Ann').click()
      await office.sees('Cy', 'Incoming call')
      await check()
      await office.press('Bo', 'Pick up')
      await office.tells('Bo talks', ({ talks }) => talks.length === 1)
      await shown.button('What happened').click()
      await check()
      await office.play('PUT', `people/${(await office.person('Cy')).id}/bot`, { isInstalled: false })
      await check()
      await shown.close()
    })

  it('draws every card of the product without a complaint, nothing cut, and every control with a role and a name', async () => {
    const shown = await OpenPage.open(browser, office, { ...desktop, reducedMotion: 'reduce' })
    const { page } = shown
    const post = await poster(office)
    const wrong: string[] = []
    const forTeams = [...samples, ...full].filter(
      ({ view }) => !('hasPeoplePicker' in view) || view.hasPeoplePicker,
    )
    for (const { card, view, picture } of forTeams) {
      const id = await post(0, withCard(forChannel(render(card, view), 'msteams')))
      const message = `.message[data-id="${id}"]`
      await page.waitForSelector(`${message} .card`)
      const cut = await page.evaluate((within) => {
        const frame = document.querySelector(`${within} .card`)
        const right = frame?.getBoundingClientRect().right ?? 0
        return [...(frame?.querySelectorAll('*') ?? [])]
          .filter(
            (one) => one.getBoundingClientRect().right > right + 0.5 && one.getBoundingClientRect().width > 0,
          )
          .map((one) => `cut: ${one.textContent.slice(0, 60)}`)
      }, message)
      const found = [...cut, ...(await faults(shown, { include: [message] }, ofCards))]
      wrong.push(...found.map((fault) => `${picture}: ${fault}`))
    }
    await shown.close()
    assert.deepEqual(wrong, [])
  })
})
