/** A certificate for Microsoft's names that only a process told to trust it believes. Needs the openssl program. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

export type Certificate = {
  /** For NODE_EXTRA_CA_CERTS. */
  readonly file: string
  readonly cert: string
  readonly key: string
}

export const microsoftHosts = [
  'login.botframework.com',
  'login.microsoftonline.com',
  'smba.trafficmanager.net',
  'api.botframework.com',
  'graph.microsoft.com',
  'api.aps.skype.com',
]
/** Where the bot is to be found from outside. */
export const publicHost = 'pickup.contoso.com'

/** Makes one in the folder; it signs itself, and ends in two days. */
export async function makeCertificate(folder: string): Promise<Certificate> {
  const file = join(folder, 'certificate.pem')
  const keyFile = join(folder, 'key.pem')
  const names = [...microsoftHosts, publicHost].map((host) => `DNS:${host}`).join(',')
  const what = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=Not Microsoft']
  const files = ['-keyout', keyFile, '-out', file]
  await promisify(execFile)('openssl', ['req', ...what, '-addext', `subjectAltName=${names}`, ...files])
  return { file, cert: await readFile(file, 'utf8'), key: await readFile(keyFile, 'utf8') }
}
