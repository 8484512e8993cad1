/**
 * Whether somebody looks after a package. Two things say no: a notice of its authors in the lock file, and this table of what
 * they say elsewhere. Of all others nothing of the kind is known, which is no promise.
 */
import { type Package } from './tree.ts'

const sdk = 'Bot Framework SDK: archived, and without support since the end of 2025'
const perMethod = 'lodash discourages its packages of one method each, and brings out no more of them'

export const givenUp: Readonly<Record<string, string>> = {
  'adaptive-expressions': sdk,
  antlr4ts: 'an alpha version that no other followed; adaptive-expressions reads its expressions with it',
  botbuilder: sdk,
  'botbuilder-core': sdk,
  'botbuilder-dialogs-adaptive-runtime-core': sdk,
  'botbuilder-stdlib': sdk,
  'botframework-connector': sdk,
  'botframework-schema': sdk,
  'botframework-streaming': sdk,
  formidable: 'version 1 is looked after no longer; restify brings it for forms, which this bot never reads',
  'lodash.includes': perMethod,
  'lodash.isboolean': perMethod,
  'lodash.isinteger': perMethod,
  'lodash.isnumber': perMethod,
  'lodash.isplainobject': perMethod,
  'lodash.isstring': perMethod,
  'lodash.once': perMethod,
}

/** Why nobody looks after a package; null when nothing says so. */
export function whyGivenUp({ name, notice }: Package): string | null {
  return notice ?? givenUp[name] ?? null
}
