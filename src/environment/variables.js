// @ts-check
/** The names of the settings, and which of them a name that is nearly right means. */
import { distance } from 'fastest-levenshtein'

/** What makes the bot somebody in Teams. */
export const identityVariables = /** @type {const} */ ([
  'MicrosoftAppType',
  'MicrosoftAppId',
  'MicrosoftAppPassword',
  'MicrosoftAppTenantId',
])

/** Every variable that is read; `.env.example` explains them. */
export const variables = /** @type {const} */ ([
  'PORT',
  'HOST',
  ...identityVariables,
  'DATA_DIR',
  'DATABASE_URL',
  'DATABASE_SCHEMA',
  'DATABASE_CONNECTIONS',
  'DATABASE_POOLER',
  'CALL_SOURCES',
  'CALL_WEBHOOK_SECRET',
  'CALL_REPLY_HOSTS',
  'ADMIN_API_KEY',
  'ADMINS',
  'GRAPH_READS',
  'GRAPH_URL',
  'PUBLIC_URL',
  'GRAPH_DEFAULT_OWNER',
  'GRAPH_VOICEMAIL_NUMBER',
  'GRAPH_MOST_CALLS',
  'HISTORY_DAYS',
  'AUDIT_DAYS',
  'PLAYGROUND',
  'LOG_LEVEL',
  'NODE_ENV',
])

/** @typedef {typeof variables[number]} Variable */

/**
 * Which of these variables is meant by a name that is none: one that differs in case, in underscores, or by a slip. Null
 * when it is nothing like them.
 * @template {Variable} Name
 * @param {string} name
 * @param {readonly Name[]} among
 * @returns {Name | null}
 */
export function variableMeant(name, among) {
  if (among.some((one) => one === name)) return null
  const given = bare(name)
  return among.find((one) => bare(one) === given) ?? among.find((one) => isSlip(given, bare(one))) ?? null
}

/** @param {string} name */
function bare(name) {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/**
 * The longer the name, the more letters may be wrong before it is another. Letters that changed places are all there.
 * @param {string} given
 * @param {string} right
 */
function isSlip(given, right) {
  const most = right.length < 12 ? 1 : right.length < 18 ? 2 : 3
  return distance(given, right) <= most || lettersOf(given) === lettersOf(right)
}

/** @param {string} name */
function lettersOf(name) {
  return [...name].sort().join('')
}
