/** Opens the page in the browser that this machine uses. */
import { spawn } from 'node:child_process'

/** The program that opens an address, and what it is told besides. */
const openers: Partial<Record<NodeJS.Platform, readonly [program: string, ...before: string[]]>> = {
  darwin: ['open'],
  // Its first argument in quotes would be the title of a window.
  win32: ['cmd', '/c', 'start', ''],
}

/** Where no program can open it, it says so; the bot goes on. */
export function openPage(url: string): void {
  const [program, ...before] = openers[process.platform] ?? ['xdg-open']
  const opening = spawn(program, [...before, url], { stdio: 'ignore', detached: true })
  opening.on('error', () => {
    console.log(`  No browser could be opened here. Open ${url} yourself.`)
  })
  opening.unref()
}
