/** What must be true of each call when it is over. */
import { type Call } from '../../src/core/call.ts'
import { orderNow } from '../../src/core/call-effects.ts'
import { endsAfter } from '../../src/core/stages.ts'
import { cardId } from '../../src/store/documents.ts'
import { type Facts } from './facts.ts'
import { type Bot } from './life.ts'
import { owner } from './people.ts'

/** A hand-over, and the ringing that it is put off by when it fails; Graph is waited for longer. */
const handOverMs = { telephony: 75_000, graph: 140_000 }
/** How late everything may come on a bad day, and on a good one. */
const badDayMs = 20_000
const goodDayMs = 2000
/** How long a part of a call may last that somebody touched after the clock was set back; two of them is plenty. */
const setBackMs = 300_000

/** Everything that is wrong with one call, by the telephone system's id. */
export async function ofCall(facts: Facts, bot: Bot, source: string): Promise<readonly string[]> {
  const { telephony } = facts.world
  const id = `${telephony.name}:${source}`
  const rows = (await bot.store.history({ person: owner, limit: 50 })).filter((row) => row.call === id)
  const record = await bot.store.get('call', id)
  // A caller who was gone before the call could ring rings nobody.
  const isLost = facts.heard.get(source) === 'accepted' && !(await bot.store.get('endedEarly', id))
  if (!record) return isLost ? [`${source} is lost`] : []
  const { call } = record.doc
  if (call.state.is !== 'ended' || rows.length !== 1)
    return [`${source} has ${rows.length} ends in the log instead of one, and is ${call.state.is}`]
  const wrong = [
    ofWinners(facts, call, source),
    ofLosers(facts, call),
    ofOrders(facts, call, source),
    ofTaker(facts, call, source),
    facts.isBadDay || facts.world.away > 0 || !facts.world.telephony.isLetDown(source)
      ? []
      : ['nobody answered the caller in time'],
    ofDeadline(facts, call, source),
    await ofParties(facts, bot, call),
  ]
  return wrong.flat().map((what) => `${source}: ${what}`)
}

/** One winner, who is the one that is kept; another only after a hand-over that failed. */
function ofWinners(
  { told, world: { telephony, isSetAhead } }: Facts,
  { id, state }: Call,
  source: string,
): string[] {
  const failures = telephony.failures.get(source) ?? 0
  const winners = new Set(
    told.flatMap(({ call, person, answer }) => (call === id && answer.is === 'yours' ? [person] : [])),
  )
  const names = [...winners].join(' and ')
  if (winners.size > 1 + failures) return [`${names} were both told that it is theirs`]
  if (winners.size === 0 || failures > 0 || state.is !== 'ended') return []
  if (state.outcome === 'abandoned') return []
  // A bot that was away for an hour does not know what became of a hand-over, and rings again.
  if (isSetAhead && (state.outcome === 'missed' || state.outcome === 'voicemail')) return []
  return winners.has(state.by ?? '')
    ? []
    : [`${names} was told that it is theirs, but it ended as ${state.outcome} ${state.by ?? ''}`]
}

/** Whoever came too late hears who has it, and all hear the same. */
function ofLosers({ told, removed, world: { telephony, audit } }: Facts, { id }: Call): string[] {
  const failures = telephony.failures.get(id.replace(`${telephony.name}:`, '')) ?? 0
  const ofThis = told.filter(({ call }) => call === id)
  const names = new Set<string>()
  const wrong: string[] = []
  for (const { person, answer } of ofThis) {
    if (answer.is === 'yours') names.add(person)
    if (answer.is === 'tooLate') {
      names.add(answer.by)
      if (!audit.givenTo.get(id)?.has(answer.by))
        wrong.push(`${person} was told that ${answer.by} has it, who never had`)
    }
    if (answer.is === 'notYours' && names.size > 0 && !removed.has(person) && failures === 0)
      wrong.push(`${person} lost and was told nothing of the winner`)
  }
  return names.size > 1 + failures
    ? [...wrong, `people were told different winners: ${[...names].join()}`]
    : wrong
}

/** The telephone system was told what the store holds, and never to connect somebody who was not given the call. */
function ofOrders({ world: { telephony, audit } }: Facts, call: Call, source: string): string[] {
  const orders = telephony.orders.get(source) ?? []
  const given = [...(audit.givenTo.get(call.id) ?? [])]
  const strange = orders.filter(
    (order) =>
      order.startsWith('connect ') && !given.includes(order.slice('connect '.length, order.indexOf('@'))),
  )
  const due = orderNow(call)
  const last = orders.at(-1)
  const wrong = strange.map((order) => `the telephone system was told: ${order}, which nobody decided`)
  if (call.state.is !== 'ended') return wrong
  if (due && last !== due.do && !telephony.isGone(source))
    wrong.push(`ended as ${call.state.outcome}, but the telephone system was told: ${last ?? 'nothing'}`)
  if (call.state.outcome === 'answered' && last !== `connect ${call.state.by ?? ''}@contoso.com`)
    wrong.push(`${call.state.by ?? 'nobody'} has it, but the telephone system was told: ${last ?? 'nothing'}`)
  return wrong
}

/** Whoever has the caller is the one who is said to. A bot that was away for long may have heard too late. */
function ofTaker({ world: { telephony, isSetAhead } }: Facts, { state }: Call, source: string): string[] {
  const taker = telephony.takenBy(source)
  if (taker === null || isSetAhead || state.is !== 'ended') return []
  const told = state.outcome === 'answered' ? `${state.by ?? 'nobody'}@contoso.com` : state.outcome
  return told === taker ? [] : [`${taker} has the caller, but people are told ${told}`]
}

/** It ended when it had to, hand-overs and the time without a bot allowed for. */
function ofDeadline(facts: Facts, call: Call, source: string): string[] {
  const began = facts.calls.get(source) ?? 0
  const took = (facts.world.audit.endedAt.get(call.id) ?? Infinity) - began
  const handOvers = 1 + call.notConnected.length
  const most =
    endsAfter(call.plan) * 1000 +
    handOvers * handOverMs[facts.world.telephony.name === 'graph' ? 'graph' : 'telephony'] +
    facts.world.away +
    badDayMs +
    (facts.world.isSetBack ? setBackMs : 0)
  return took > most ? [`lasted ${took / 1000} s, ${most / 1000} s at most`] : []
}

/** Whoever could pick up for long enough got a card, or it is kept why not. */
async function ofParties(
  { isBadDay, world: { away, audit } }: Facts,
  { store }: Bot,
  call: Call,
): Promise<string[]> {
  const enough = away + (isBadDay ? badDayMs : goodDayMs)
  const wrong = call.parties
    .filter(({ person }) => !call.removed.includes(person) && audit.offeredFor(call.id, person) > enough)
    .map(async ({ person }) => {
      const card = (await store.get('card', cardId(call.id, person)))?.doc
      const isKnown = card !== undefined && (card.activity !== null || card.trouble !== undefined)
      return isKnown ? [] : [`${person} was rung, got no card, and nothing says why`]
    })
  return (await Promise.all(wrong)).flat()
}
