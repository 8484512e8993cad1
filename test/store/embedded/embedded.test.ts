import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedStore } from '../../../src/store/embedded/embedded-store.ts'
import { openEmbedded } from '../../../src/store/embedded/embedded.ts'
import { describeStore, type Place } from '../conformance.ts'
import { PretendDisk } from './pretend-disk.ts'

const parts = (store: EmbeddedStore) => ({ store, archive: store.archive })

describeStore('embedded', async (): Promise<Place> => {
  const folder = await mkdtemp(join(tmpdir(), 'store-'))
  return {
    open: async () => parts(await openEmbedded({ folder })),
    remove: () => rm(folder, { recursive: true }),
  }
})

describeStore('embedded, killed and cut off from power,', (): Promise<Place> => {
  const disk = new PretendDisk()
  return Promise.resolve({
    open: async () => parts(await openEmbedded({ folder: '', ...disk.open() })),
    end: () => {
      disk.cutPower('half')
      return Promise.resolve()
    },
    remove: () => Promise.resolve(),
  })
})
