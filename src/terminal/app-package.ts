/** The zip that is uploaded to Teams, for the bot that MicrosoftAppId names. */
import { mkdir, writeFile } from 'node:fs/promises'
import { appPackage } from '../chat/app-package.ts'
import { commands } from '../chat/commands.ts'
import { readBot } from '../environment/environment.ts'
import { Failed } from './failed.ts'
import { line } from './output.ts'

export async function writeAppPackage(): Promise<number> {
  const bot = readBot(process.env)
  if (bot === null)
    throw new Failed('MicrosoftAppId is not set. Put the app id of your Azure Bot into .env, then try again.')
  const zip = new URL('../../dist/app-package.zip', import.meta.url)
  await mkdir(new URL('.', zip), { recursive: true })
  await writeFile(zip, appPackage(bot, commands))
  line('Wrote dist/app-package.zip: upload it in the Teams admin center under Manage apps.')
  return 0
}
