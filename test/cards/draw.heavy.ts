/**
 * Draws every sample in Teams' light and dark theme, as wide as on a desktop and on a phone.
 * PICTURES=<folder> keeps the drawings; PICTURES=cards/pictures keeps those that the README shows.
 */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { forChannel, render } from '../../src/chat/draw/card.ts'
import { Drawing } from './drawing.ts'
import { type Sample, samples } from './samples.ts'
import { themes } from './teams-look.ts'

const widths = { desktop: 500, phone: 320 } as const
const shown = ['settled-yours', 'settings', 'call-group', 'who-rings']

const folder = process.env['PICTURES'] ?? mkdtempSync(join(tmpdir(), 'cards-'))
const keepsFew = folder.endsWith('cards/pictures')

describe('every card, drawn', () => {
  let drawing: Drawing

  before(async () => {
    drawing = await Drawing.open()
    mkdirSync(folder, { recursive: true })
  })
  after(() => drawing.close())

  for (const sample of samples)
    for (const theme of themes)
      for (const [screen, width] of Object.entries(widths))
        it(`shows ${sample.picture} on a ${theme} ${screen} without a cut or a complaint`, async () => {
          const drawn = await drawing.draw(cardOf(sample), theme, width)
          const name = `${sample.picture}-${theme}${screen === 'phone' ? '-phone' : ''}`
          if (!keepsFew || (shown.includes(sample.picture) && screen === 'desktop'))
            writeFileSync(join(folder, `${name}.png`), drawn.png)
          assert.deepEqual(drawn.faults, [])
        })
})

function cardOf({ card, view }: Sample) {
  return forChannel(render(card, view), 'msteams')
}
