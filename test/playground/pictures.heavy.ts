/** The pictures of the page that the README shows. PICTURES=cards/pictures keeps them; otherwise they are only taken. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser } from 'playwright-core'
import { buildPage, desktop, OpenPage, openBrowser, phone } from './browsing.ts'
import { PageOffice } from './page-office.ts'

const folder = process.env['PICTURES'] ?? ''
/** Pictures are checked in, so they must stay small. */
const mostBytes = 160 * 1024

describe('The pictures of the page', () => {
  let browser: Browser
  let office: PageOffice
  before(async () => {
    buildPage()
    browser = await openBrowser()
    office = await PageOffice.open()
  })
  after(async () => {
    await browser.close()
    await office.close()
  })

  async function picture(shown: OpenPage, name: string): Promise<void> {
    await shown.page.evaluate(() => document.fonts.ready)
    const png = await shown.page.screenshot({ type: 'png', animations: 'disabled' })
    assert.ok(png.length > 10_000 && png.length < mostBytes, `${name} has ${png.length} bytes`)
    if (folder !== '') writeFileSync(join(folder, `${name}.png`), png)
  }

  it('show a call that rings at three people, in light, in dark, and on a telephone who has it', async () => {
    const how = { ...desktop, reducedMotion: 'reduce' } as const
    const light = await OpenPage.open(browser, office, how)
    const dark = await OpenPage.open(browser, office, { ...how, colorScheme: 'dark' })
    const small = await OpenPage.open(browser, office, {
      ...phone,
      deviceScaleFactor: 1,
      reducedMotion: 'reduce',
    })
    await light.ring()
    await dark.sees('Cy Osei', 'Incoming call')
    await picture(light, 'playground-light')
    await picture(dark, 'playground-dark')
    await light.press('Bo Lindqvist', 'Pick up')
    await light.sees('Cy Osei', 'They are connected.')
    await small.page.getByRole('tab', { name: 'Cy' }).click()
    await small.sees('Cy Osei', 'They are connected.')
    await picture(small, 'playground-telephone')
    for (const shown of [light, dark, small]) await shown.close()
  })
})
