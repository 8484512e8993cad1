/** A server that is measured, running in its own process. */
import { MeasuredProcess, type ProcessOptions } from './process.ts'
import { type Service } from './service.ts'

export type Running = { readonly process: MeasuredProcess; readonly port: number }

export const serverAt = (name: string) => new URL(`servers/${name}.js`, import.meta.url)

/** Starts one that talks to this service; `given` is what its `serve` takes besides. */
export async function begin(
  module: URL,
  service: Service,
  given: readonly unknown[] = [],
  { flags = [] }: ProcessOptions = {},
): Promise<Running> {
  const process = plainly(service, flags)
  const port = (await process.call(module, 'serve', service.url, ...given)) as number
  return { process, port }
}

/** A process whose words to Microsoft's hosts go to this service. */
export function plainly(service: Service, flags: readonly string[] = []): MeasuredProcess {
  const plain = ['--import', new URL('plain-http.js', import.meta.url).href]
  return new MeasuredProcess({ flags: [...plain, ...flags], env: { SERVICE_PORT: String(service.port) } })
}

/** The processor time that something costs a process, in milliseconds. */
export async function cpuOf(process: MeasuredProcess, work: () => Promise<unknown>): Promise<number> {
  const before = await process.usage()
  await work()
  return (await process.usage()).cpuMs - before.cpuMs
}
