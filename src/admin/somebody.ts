/** Requests about one person: who is meant, and a change to their sheet made or refused in words. */
import { type Change } from '../core/change.ts'
import { isAddress, isMeantAsAddress, type PersonId, plainAddress } from '../core/person.ts'
import { impossibleAddress } from '../core/refusal.ts'
import { type Rule } from '../switchboard/sheets.ts'
import { wordsOf } from './admin-words.ts'
import { type AdminParts, type AdminReply, type Asked, problem } from './api.ts'
import { addressesOf, knownBy, type Whom, whomNamed } from './whom.ts'

/** Runs with somebody the bot knows; 404 for anybody else. */
export async function known(
  { parts, params }: Asked,
  run: (user: PersonId) => Promise<AdminReply>,
): Promise<AdminReply> {
  const name = params['user'] ?? ''
  const user = await knownBy(parts.directory, name)
  return user === null ? notKnown(parts, name) : run(user)
}

/** Runs with somebody named by address or id, whether the bot has met them or not. */
export async function anybody(
  { parts, params, body }: Asked,
  run: (user: PersonId, whom: Whom) => Promise<AdminReply>,
): Promise<AdminReply> {
  const name = params['user'] ?? ''
  const whom = await whomNamed(parts.directory, body, name)
  const user = whom.personOf(plainAddress(name))
  return user === null ? notKnown(parts, name) : run(user, whom)
}

function notKnown(parts: AdminParts, name: string): AdminReply {
  const address = plainAddress(name)
  if (isMeantAsAddress(address) && !isAddress(address))
    return problem(404, 'E_NOT_FOUND', wordsOf(parts, impossibleAddress(address), String))
  const message = `The bot does not know ${name}. Name people by address (ann@contoso.com) or object id.`
  return problem(404, 'E_NOT_FOUND', message)
}

/** Tries a change, keeps those who were named for the first time, and then makes it; or says why not. */
export async function made(
  { parts, by }: Asked,
  whom: Whom,
  rule: Rule<Change>,
  reply: (change: Change) => Promise<AdminReply>,
): Promise<AdminReply> {
  const trial = await parts.settings.ask(rule)
  if (trial.refusals.length > 0) return refused(parts, trial)
  await whom.keepNew()
  const change = await parts.settings.change(by, rule)
  return change.refusals.length > 0 ? refused(parts, change) : reply(change)
}

async function refused(parts: AdminParts, { refusals }: Change): Promise<AdminReply> {
  const details = await wordsFor(parts, refusals)
  const [first] = details
  return problem(409, first?.code ?? 'refused', first?.message ?? 'This was refused.', details)
}

/** Refusals or warnings with their codes and texts. */
export async function wordsFor(
  parts: AdminParts,
  told: Change['refusals'] | Change['warnings'],
): Promise<ReadonlyArray<{ readonly code: string; readonly message: string }>> {
  const people = told.flatMap((one) => [
    ...('person' in one ? [one.person] : []),
    ...('owner' in one ? [one.owner] : []),
    ...('unreachable' in one ? one.unreachable : []),
  ])
  const addressOf = await addressesOf(parts.directory, people)
  return told.map((one) => ({ code: one.code, message: wordsOf(parts, one, addressOf) }))
}
