/** The files that the page consists of, and where each is. Nothing else is ever read for a browser. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

type PageFile = { readonly at: URL | string; readonly type: string }

const source = new URL('../../src/playground/page/', import.meta.url)
const built = new URL('../../dist/playground/page/', import.meta.url)
const pictures = new URL('../../cards/pictures/', import.meta.url)

const script = 'text/javascript; charset=utf-8'
const style = 'text/css; charset=utf-8'
const renderer = 'adaptivecards/dist/adaptivecards.min.js'

const files: ReadonlyMap<string, PageFile> = new Map<string, PageFile>([
  ['/', { at: new URL('index.html', source), type: 'text/html; charset=utf-8' }],
  ['/playground/page.css', { at: new URL('page.css', source), type: style }],
  ['/playground/cards.css', { at: new URL('cards.css', source), type: style }],
  ['/playground/icon.svg', { at: new URL('icon.svg', pictures), type: 'image/svg+xml' }],
  ['/playground/adaptivecards.js', { at: createRequire(import.meta.url).resolve(renderer), type: script }],
])

/** The page's own scripts, as its build writes them: letters and dashes only, so no path leads elsewhere. */
const ownScript = /^\/playground\/([a-z-]{1,40})\.js$/

export type Page = { readonly type: string; readonly bytes: Buffer } | 'notBuilt' | null

/** What stands at a path; null for nothing, `notBuilt` where a build would have put it. */
export async function pageFile(path: string): Promise<Page> {
  const file = files.get(path) ?? scriptAt(path)
  if (!file) return null
  const bytes = await readFile(file.at).catch(() => null)
  return bytes === null ? 'notBuilt' : { type: file.type, bytes }
}

function scriptAt(path: string): PageFile | undefined {
  const [, name] = ownScript.exec(path) ?? []
  return name === undefined ? undefined : { at: new URL(`${name}.js`, built), type: script }
}
