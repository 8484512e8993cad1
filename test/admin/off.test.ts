import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { routes } from '../../src/admin/admin.ts'
import { start } from '../../src/assemble/assemble.ts'
import { realClock } from '../../src/clock.ts'
import { readEnvironment } from '../../src/environment/environment.ts'
import { openEmbedded } from '../../src/store/embedded/embedded.ts'

const silence = () => undefined
const silent = { debug: silence, info: silence, warn: silence, error: silence }

describe('Without an admin key', () => {
  it('there is no administration over HTTP, whatever key is sent', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'off-'))
    const environment = readEnvironment({ PORT: '0', DATA_DIR: folder })
    const running = await start({
      environment,
      store: await openEmbedded({ folder }),
      clock: realClock,
      log: silent,
    })
    try {
      for (const { method, path } of routes)
        for (const authorization of ['', 'Bearer ', 'Bearer undefined']) {
          const url = `http://127.0.0.1:${running.port}/api/admin${path}`
          const reply = await fetch(url, { method: method.toUpperCase(), headers: { authorization } })
          assert.equal(reply.status, 404, `${method} ${path}`)
          assert.match(await reply.text(), /Administration is off/u)
        }
    } finally {
      await running.stop()
      await rm(folder, { recursive: true })
    }
  })
})
