/** The playground in real Chromium: a bot, a browser, and what somebody at the page sees and does. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core'
import { type PageOffice } from './page-office.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const compiler = fileURLToPath(import.meta.resolve('typescript/bin/tsc'))
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** As long as until.ts waits: twenty-six columns take more than half a minute on a machine that has much else to do. */
const mostWaitMs = 120_000

export const desktop = { viewport: { width: 1280, height: 800 } }
export const phone = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 2,
}

/** Builds what the browser is given, as `npm start` does. */
export function buildPage(): void {
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', 'src/playground/page'], {
    cwd: root,
    encoding: 'utf8',
  })
  assert.equal(status, 0, stdout)
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: quiet })
}

/** A page somebody has open. Whatever its console complains of, or did not come, counts against it when it closes. */
export class OpenPage {
  readonly page: Page
  readonly office: PageOffice
  readonly complaints: string[] = []

  private constructor(page: Page, office: PageOffice) {
    this.page = page
    this.office = office
    page.setDefaultTimeout(mostWaitMs)
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text())
    })
    page.on('pageerror', (error) => this.complaints.push(error.message))
    page.on('response', (response) => {
      if (response.status() >= 400) this.complaints.push(`${response.status()} ${response.url()}`)
    })
  }

  static async open(
    browser: Browser,
    office: PageOffice,
    how: BrowserContextOptions = desktop,
  ): Promise<OpenPage> {
    const context = await browser.newContext(how)
    const opened = new OpenPage(await context.newPage(), office)
    await opened.page.goto(office.url)
    await opened.page.waitForFunction(() => document.querySelectorAll('.person .card').length >= 3)
    return opened
  }

  /** Closes it; nothing may have gone wrong on it. */
  async close(): Promise<void> {
    await this.page.context().close()
    assert.deepEqual(this.complaints, [])
  }

  /** Somebody's column. */
  person(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true })
  }

  /** Waits until somebody's column shows these words. */
  async sees(name: string, words: string): Promise<void> {
    await this.person(name).getByText(words).last().waitFor()
  }

  button(name: string, within: Page | Locator = this.page): Locator {
    return within.getByRole('button', { name, exact: true })
  }

  /** Presses the newest button of somebody's cards. */
  async press(name: string, title: string): Promise<void> {
    await this.button(title, this.person(name)).last().click()
  }

  async say(name: string, text: string): Promise<void> {
    const field = this.person(name).getByRole('textbox', { name: `Message of ${name} to Call pickup` })
    await field.fill(text)
    await field.press('Enter')
  }

  /** Walks by Tab until the keyboard is on a control of this name. */
  async tabTo(name: string): Promise<void> {
    for (let steps = 0; steps < 150; steps += 1) {
      const at = await this.page.evaluate(() => {
        const one = document.activeElement
        return one?.getAttribute('aria-label') ?? one?.textContent ?? ''
      })
      if (at.trim() === name) return
      await this.page.keyboard.press('Tab')
    }
    assert.fail(`the keyboard never gets to ${name}`)
  }

  /** The first minute up to a ringing call, by the buttons of the steps. */
  async ring(): Promise<void> {
    await this.button('Share').click()
    await this.button('Call Ann').click()
    for (const name of ['Ann Ek', 'Bo Lindqvist', 'Cy Osei']) await this.sees(name, 'Incoming call')
  }
}
