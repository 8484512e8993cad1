/** Fails, naming package and path, when something is installed under a licence that is not in the list. */
import { refusedLicences } from './licences.ts'
import { packageTree } from './tree.ts'

const refused = refusedLicences(packageTree())
for (const line of refused) console.error(`E_LICENCE ${line}`)
if (refused.length > 0) process.exitCode = 1
