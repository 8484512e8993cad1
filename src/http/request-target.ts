/** What a request asks for, before anything is looked up by it: a proxy in front may read an odd target as another one. */

/** Ids of people are part of these targets, and an address may have a slash in it. */
const withIds = '/api/admin/'

/**
 * Whether a target can mean one thing only: a path from the root, without parts that lead elsewhere (`.`, `..`, none), without
 * backslashes and encoded slashes, however they are written. The whole of another host's address is none of ours.
 */
export function isPlainTarget(target: string): boolean {
  const [path = ''] = target.split('?')
  if (!path.startsWith('/') || /[\\#]|%5c/iu.test(path)) return false
  if (/%2f/iu.test(path) && !path.startsWith(withIds)) return false
  const parts = path.replace(/%2f/giu, '/').split('/').slice(1)
  return parts.every((part, index) => !leadsElsewhere(part) && (part !== '' || index === parts.length - 1))
}

/** Some servers read what follows a semicolon as no part of the name. */
function leadsElsewhere(part: string): boolean {
  return /^(?:\.|%2e){1,2}(?:(?:;|%3b).*)?$/iu.test(part)
}
