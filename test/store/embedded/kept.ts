/** All that a store on a pretended disk keeps, as text that can be compared. */
import { type EmbeddedStore } from '../../../src/store/embedded/embedded-store.ts'
import { openEmbedded, type EmbeddedOptions } from '../../../src/store/embedded/embedded.ts'
import { type PretendDisk } from './pretend-disk.ts'

/** Opens the store on a pretended disk. */
export function openOn(disk: PretendDisk, more: Partial<EmbeddedOptions> = {}): Promise<EmbeddedStore> {
  return openEmbedded({ folder: '', ...disk.open(), ...more })
}

/** One line for each thing that is kept, sorted. */
export async function keptBy(store: EmbeddedStore): Promise<readonly string[]> {
  const lines: string[] = []
  for await (const { held } of store.archive.pieces(null))
    for (const one of Object.values(held).flat()) lines.push(JSON.stringify(one))
  return lines.sort()
}
