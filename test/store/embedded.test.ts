import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '../../src/store/embedded.ts'
import { describeStore, type Opened } from './conformance.ts'
import { PretendDisk } from './pretend-disk.ts'

describeStore('embedded', async (): Promise<Opened> => {
  const folder = await mkdtemp(join(tmpdir(), 'store-'))
  let store = await openEmbedded({ folder })
  return {
    store,
    archive: store.archive,
    reopen: async () => {
      await store.close()
      store = await openEmbedded({ folder })
      return { store, archive: store.archive }
    },
    destroy: async () => {
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
})

describeStore('embedded, killed and cut off from power,', async (): Promise<Opened> => {
  const disk = new PretendDisk()
  const open = () => openEmbedded({ folder: '', ...disk.open() })
  let store = await open()
  return {
    store,
    archive: store.archive,
    reopen: async () => {
      disk.cutPower('half')
      store = await open()
      return { store, archive: store.archive }
    },
    destroy: () => store.close(),
  }
})
