/** Draws cards: fills a template of cards/ with its view, and gives each channel the buttons it understands. */
import { readFileSync } from 'node:fs'
import * as ACData from 'adaptivecards-templating'
import { type Notice } from './parts.ts'
import { withoutInvisible } from './plain.ts'
import { Recent } from './recent.ts'
import { type CardName, cardNames, type CardViews } from './views.ts'

export type CardJson = Readonly<Record<string, unknown>>

const folder = new URL('../../../cards/', import.meta.url)

/** Every template, read and parsed once when the bot starts; a broken one stops it there. */
const templates = new Map(cardNames.map((name) => [name, new ACData.Template(readTemplate(name))]))

/** The members of a group get the same card at once. */
const drawn = new Recent<CardJson>(64)
/** How each of them looks in Teams, and elsewhere. */
const fitted = { teams: new WeakMap<CardJson, CardJson>(), elsewhere: new WeakMap<CardJson, CardJson>() }

/** The card as it is written: with Action.Execute. `forChannel` makes it fit for where it goes. */
export function render<N extends CardName>(name: N, view: CardViews[N]): CardJson {
  return drawn.of(`${name} ${JSON.stringify(view)}`, () => draw(name, view))
}

function draw<N extends CardName>(name: N, view: CardViews[N]): CardJson {
  const fit = withoutInvisible(view) as CardViews[N]
  const card = asCard(templates.get(name)?.expand({ $root: fit }))
  return 'notice' in fit && fit.notice ? withNotice(card, fit.notice) : card
}

/**
 * Teams gets Action.Execute with the same as Action.Submit for older clients to fall back on. Other channels get
 * Action.Submit only: in the Emulator an Execute button does nothing at all, not even its fallback.
 */
export function forChannel(card: CardJson, channel: string): CardJson {
  const isTeams = channel === 'msteams'
  const known = isTeams ? fitted.teams : fitted.elsewhere
  const fit = known.get(card) ?? fitTo(card, isTeams)
  known.set(card, fit)
  return fit
}

function fitTo(card: CardJson, isTeams: boolean): CardJson {
  const { refresh, ...rest } = card
  return asCard(withActions(isTeams && refresh !== undefined ? card : rest, isTeams))
}

const noticeStyles = {
  good: ['good', '✓'],
  warning: ['warning', '!'],
  attention: ['attention', '✕'],
} as const

function withNotice(card: CardJson, { tone, text, buttons: offered = [] }: Notice): CardJson {
  const [style, mark] = noticeStyles[tone]
  const inlines = [
    { type: 'TextRun', text: `${mark} `, weight: 'bolder' },
    { type: 'TextRun', text },
  ]
  const actions = offered.map((button) => ({ type: 'Action.Execute', associatedInputs: 'none', ...button }))
  const buttons = actions.length > 0 ? [{ type: 'ActionSet', actions }] : []
  const notice = { type: 'Container', style, items: [{ type: 'RichTextBlock', inlines }, ...buttons] }
  const body: unknown[] = Array.isArray(card['body']) ? card['body'] : []
  return { ...card, body: [notice, ...body] }
}

/** Rows that act when touched have no fallback: a long card would be too long, and their words can be typed. */
function withActions(value: unknown, isTeams: boolean, under = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => withActions(item, isTeams, under))
  if (typeof value !== 'object' || value === null) return value
  const record = value as CardJson
  if (record['type'] === 'Action.Execute') {
    if (!isTeams) return asSubmit(record)
    return under === 'actions' ? { ...record, fallback: asSubmit(record) } : record
  }
  const inside = Object.entries(record).map(
    ([key, inner]) => [key, withActions(inner, isTeams, key)] as const,
  )
  return Object.fromEntries(inside)
}

function asSubmit({ verb, data, ...rest }: CardJson): CardJson {
  return { ...rest, type: 'Action.Submit', data: { ...(data as CardJson | undefined), verb } }
}

function readTemplate(name: CardName): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'))
}

function asCard(value: unknown): CardJson {
  return value as CardJson
}
