/** Teams' two main themes, and what stands around a card when it is drawn by itself; how cards look is the playground's. */
import { readFileSync } from 'node:fs'

export const themes = ['light', 'dark'] as const
export type Theme = (typeof themes)[number]

const cards = readFileSync(new URL('../../src/playground/page/cards.css', import.meta.url), 'utf8')

/** The page around one card. */
const around = `
  html { color-scheme: light dark; }
  body { margin: 0; padding: 12px; background: #f5f5f5; width: max-content; }
  @media (prefers-color-scheme: dark) { body { background: #1f1f1f; } }
  .card .ac-adaptiveCard { outline: none; }
`

/** For a browser that is told the theme. */
export const stylesheet = `${cards}${around}`
