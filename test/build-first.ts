/** Mocha makes what the tests start once, before their files run in processes side by side. */
import { built } from './built.ts'

export async function mochaGlobalSetup(): Promise<void> {
  await built('src/index.ts')
}
