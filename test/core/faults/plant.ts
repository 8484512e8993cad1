/** Makes a copy of the core with one fault in it. */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Machine } from '../pretend-office.ts'
import { type Fault } from './planted.ts'

const core = fileURLToPath(new URL('../../../src/core/', import.meta.url))

/** The machine with this fault, in a folder of its own; fails when the text to spoil is not there exactly once. */
export async function plant({ file, right, wrong }: Fault, folder: string): Promise<Machine> {
  const sound = await readFile(join(core, file), 'utf8')
  const count = sound.split(right).length - 1
  if (count !== 1) throw new Error(`This stands ${count} times in ${file}, not once: ${right}`)
  await mkdir(folder, { recursive: true })
  await cp(core, folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await writeFile(
    join(folder, file),
    sound.replace(right, () => wrong),
  )
  const parts = await Promise.all(['call.ts', 'step.ts', 'face.ts'].map((name) => load(folder, name)))
  return Object.assign({}, ...parts) as Machine
}

async function load(folder: string, file: string): Promise<object> {
  return (await import(pathToFileURL(join(folder, file)).href)) as object
}
