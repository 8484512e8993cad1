// @ts-check
/** Reads `.env` into the environment where there is one; what is set there already stays. A file that is wrong stops the start. */
import { existsSync, readFileSync } from 'node:fs'
import { readEnvFile } from './environment/env-file.js'

if (existsSync('.env')) {
  const file = read()
  if ('wrong' in file) {
    console.error(file.wrong)
    process.exit(1)
  }
  if (file.note !== null) console.error(file.note)
  for (const { name, value } of file.settings) process.env[name] ??= value
}

function read() {
  try {
    return readEnvFile(readFileSync('.env'))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return { wrong: `.env cannot be read (${code}). Make it a file that this user may read, or remove it.` }
  }
}
