/** What Graph would never take, of what it is asked about calls (the pages of the actions, teams-platform section 1.4). */

type Fields = Readonly<Record<string, unknown>>

/** What is wrong with the body of this action; null when nothing is. */
export function faultIn(action: string, body: unknown): string | null {
  const fields = (body ?? {}) as Fields
  switch (action) {
    case 'answer':
      return isHttps(fields['callbackUri']) ? null : 'callbackUri must be https'
    case 'reject':
      return ['none', 'busy', 'forbidden'].includes(String(fields['reason'])) ? null : 'no such reason'
    case 'redirect':
      return redirectFault(fields)
    case 'playPrompt':
      return promptFault(fields)
    case 'transfer':
      return isObject(fields['transferTarget']) ? null : 'nobody to transfer to'
    case 'keepAlive':
      return body === undefined ? null : 'no body is wanted'
    case 'cancelMediaProcessing':
      return null
    default:
      return 'no such action'
  }
}

function redirectFault({ targets, timeout }: Fields): string | null {
  if (!Array.isArray(targets) || targets.length === 0 || targets.length > 25) return '1 to 25 targets'
  return typeof timeout === 'number' && timeout >= 15 && timeout <= 90 ? null : 'timeout of 15 to 90 seconds'
}

function promptFault({ prompts, clientContext }: Fields): string | null {
  if (!Array.isArray(prompts) || prompts.length === 0 || prompts.length > 20) return '1 to 20 prompts'
  if (typeof clientContext !== 'string' || clientContext.length > 256) return 'a context of 256 characters'
  const uris = prompts.map((prompt: { mediaInfo?: { uri?: unknown } }) => prompt.mediaInfo?.uri)
  return uris.every((uri) => isHttps(uri) && String(uri).endsWith('.wav')) ? null : 'a .wav by https'
}

function isHttps(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('https://')
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
