/** Draws cards in Chromium with the renderer that Teams and the Emulator share, and says what is wrong with the drawing. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type * as Renderer from 'adaptivecards'
import { type Browser, chromium, type Page } from 'playwright-core'
import { type CardJson } from '../../src/chat/draw/card.ts'
import { hostConfig } from '../../src/playground/page/teams-look.ts'
import { stylesheet, type Theme } from './teams-look.ts'

const renderer = readFileSync(
  createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js'),
  'utf8',
)

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

export type Drawn = { readonly png: Buffer; readonly faults: readonly string[] }

export class Drawing {
  readonly #browser: Browser

  constructor(browser: Browser) {
    this.#browser = browser
  }

  static async open(): Promise<Drawing> {
    const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
    return new Drawing(await chromium.launch({ executablePath, args: quiet }))
  }

  /** The card as a picture, and every complaint: of the renderer, and about text that runs out of its place. */
  async draw(card: CardJson, theme: Theme, width: number): Promise<Drawn> {
    const page = await this.#browser.newPage({ deviceScaleFactor: 2, colorScheme: theme })
    try {
      await page.setContent(
        `<!doctype html><style>${stylesheet}</style><div id="card" class="card" style="width:${width}px"></div>`,
      )
      await page.addScriptTag({ content: renderer })
      const warnings = await page.evaluate(drawCard, {
        card: withSearchBoxes(card),
        config: hostConfig,
      })
      const faults = [...warnings, ...(await page.evaluate(overflowing))]
      return { png: await this.#picture(page), faults }
    } finally {
      await page.close()
    }
  }

  async close(): Promise<void> {
    await this.#browser.close()
  }

  async #picture(page: Page): Promise<Buffer> {
    return page.locator('body').screenshot({ type: 'png' })
  }
}

/** Runs in the page. */
function drawCard({ card, config }: { card: CardJson; config: object }): string[] {
  const AC = (window as unknown as { AdaptiveCards: typeof Renderer }).AdaptiveCards
  const adaptiveCard = new AC.AdaptiveCard()
  adaptiveCard.hostConfig = new AC.HostConfig(config)
  const context = new AC.SerializationContext(AC.Versions.v1_5)
  adaptiveCard.parse(card, context)
  const element = adaptiveCard.render()
  if (element) document.getElementById('card')?.append(element)
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message)
  return element ? events : ['nothing was drawn', ...events]
}

/** Runs in the page: elements whose content is wider than they are, or that stick out of the card. */
function overflowing(): string[] {
  const frame = document.getElementById('card')
  if (!frame) return ['there is no card']
  const right = frame.getBoundingClientRect().right
  return [...frame.querySelectorAll<HTMLElement>('*')]
    .filter((element) => {
      const box = element.getBoundingClientRect()
      const isDrawn = box.width > 0 && box.height > 0
      const isCut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
      return isDrawn && (box.right > right + 0.5 || (isCut && getComputedStyle(element).display !== 'inline'))
    })
    .map(
      (element) => `<${element.className || element.tagName}> too wide: ${element.textContent.slice(0, 60)}`,
    )
}

/** Teams draws a people picker as a box to type into; the renderer knows nothing of it and would leave a blank. */
function withSearchBoxes(value: CardJson): CardJson {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null || !('choices.data' in part)) return part
    const { id, label, placeholder } = part as Readonly<Record<string, unknown>>
    return { type: 'Input.Text', id, label, placeholder }
  }) as CardJson
}
