/** PgBouncer in transaction mode before a server: Debian's, in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../free-port.ts'
import { until } from '../until.ts'
import { ask, ownerOf } from './server.ts'

/** None may outlive the tests, however these end. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

export type Pooler = { readonly url: string; readonly stop: () => Promise<void> }

/** So few sessions that instances have to share them. */
export async function pooler(url: string, sessions = 4): Promise<Pooler> {
  const folder = await mkdtemp(join(tmpdir(), 'pooler-'))
  const [port, user] = [await freePort(), await ownerOf(folder)]
  const settings = join(folder, 'pgbouncer.ini')
  const to = new URL(url)
  await writeFile(
    settings,
    `[databases]
* = host=127.0.0.1 port=${to.port} user=${to.username}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${sessions}
max_client_conn = 500
`,
    { mode: 0o644 },
  )
  const program = ['/usr/sbin/pgbouncer', '-q', settings]
  const as = user === null ? program : ['runuser', '-u', user, '--', ...program]
  const child = spawn(as[0] ?? '', as.slice(1), { stdio: ['ignore', 'ignore', 'inherit'] })
  running.add(child)
  const gone = once(child, 'close').then(() => running.delete(child))
  to.port = String(port)
  await until('the pooler listens', () =>
    ask(to.href, 'select').then(
      () => true,
      () => false,
    ),
  )
  return {
    url: to.href,
    stop: async () => {
      child.kill('SIGTERM')
      await gone
      await rm(folder, { recursive: true })
    },
  }
}
