/** The zip that an admin uploads to Teams: the manifest with this bot's id and commands, and the two icons. */
import { readFileSync } from 'node:fs'
import { zipSync } from 'fflate'
import { type Command } from './command.ts'

/** Teams takes at most this many commands in a list (manifest schema 1.24 and later). */
const mostCommands = 12

const folder = new URL('../../appPackage/', import.meta.url)

export type Manifest = Readonly<Record<string, unknown>>

/** A bot as Teams is told of it. */
export type PackagedBot = {
  readonly id: string
  /** Whether people can call it, and calls can be routed to it. */
  readonly supportsCalling: boolean
}

/** The manifest as Teams gets it. */
export function manifest({ id, supportsCalling }: PackagedBot, commands: readonly Command[]): Manifest {
  const text = readFileSync(new URL('manifest.json', folder), 'utf8').replaceAll('${{BOT_ID}}', id)
  const listed = commands
    .filter(({ inManifest }) => inManifest)
    .map(({ title, description }) => ({ title: title.split(' <')[0], description }))
    .slice(0, mostCommands)
  const filled: ReadonlyMap<string, unknown> = new Map<string, unknown>([
    ['commands', listed],
    ['supportsCalling', supportsCalling],
  ])
  return JSON.parse(text, (key: string, value: unknown) => filled.get(key) ?? value) as Manifest
}

/** The zip's bytes. */
export function appPackage(bot: PackagedBot, commands: readonly Command[]): Uint8Array {
  const text = JSON.stringify(manifest(bot, commands), null, 2)
  return zipSync({
    'manifest.json': new TextEncoder().encode(text),
    'color.png': readFileSync(new URL('color.png', folder)),
    'outline.png': readFileSync(new URL('outline.png', folder)),
  })
}
