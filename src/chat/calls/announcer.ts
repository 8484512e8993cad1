/**
 * Tells people what became of calls and groups: the switchboard's announcer. Each card is brought up to the truth of
 * now; a card that may have arrived is not posted a second time while the person may be looking at the first.
 */
import { type Call, nextDue } from '../../core/call.ts'
import { faceOf } from '../../core/face.ts'
import { partyOf } from '../../core/party.ts'
import { type PersonId } from '../../core/person.ts'
import {
  cardId,
  type CallRecord,
  type PersonRecord,
  type PostedCard,
  type Reach,
} from '../../store/documents.ts'
import { type EffectResult, type Kept, type Store } from '../../store/store.ts'
import { type Directory } from '../../switchboard/directory.ts'
import { type News, shown } from '../../switchboard/effects.ts'
import { type Announcer } from '../../switchboard/perform.ts'
import { listOf } from '../draw/sentences.ts'
import { namesOf } from '../said/people.ts'
import { type Message, type SendFailure, type Sent } from '../send/messenger.ts'
import { type Sender, triedAgain } from '../send/sender.ts'
import { missedCard } from './missed-call.ts'
import { newsCard } from './news.ts'
import { peopleIn, pickupCard } from './pickup-card.ts'

export type AnnouncerParts = {
  readonly store: Store
  readonly directory: Directory
  readonly sender: Sender
  readonly now: () => number
  /** Whether what is being done is still this instance's to do; unless given it is. */
  readonly isStillOurs?: () => boolean
  /** Counts cards by what became of them. */
  readonly count: (kind: string, result: string) => void
}

const done: EffectResult = { is: 'done' }
/** Waits before a card whose posting or redrawing may or may not have arrived is sent once more: milliseconds. */
const secondTryMs = 3000

export class ChatAnnouncer implements Announcer {
  readonly #parts: AnnouncerParts
  /** Cards that are out there and could not be noted down yet, by their ids: none of them is posted again. */
  readonly #unkept = new Map<string, PostedCard>()

  constructor(parts: AnnouncerParts) {
    this.#parts = parts
  }

  async show(record: CallRecord, person: PersonId): Promise<EffectResult> {
    const { directory, sender } = this.#parts
    const { call } = record
    const kept = await this.#card(cardId(call.id, person))
    if (kept && kept.doc.version >= call.version) return done
    const who = await directory.person(person)
    const owner = await directory.person(call.owner)
    const reach = await sender.reachOf(who, owner)
    if (!('conversation' in reach)) return this.#notShown(call, person, kept, reach)
    const message = await this.#message(record, who)
    if (kept?.doc.activity == null) return this.#postFirst(call, who, reach, kept, message)
    return this.#replace(call, who, reach, kept, kept.doc.activity, message)
  }

  async tellMissed(record: CallRecord, person: PersonId): Promise<EffectResult> {
    const { directory, sender } = this.#parts
    const names = await namesOf({ directory }, peopleIn(record))
    const { zone } = await directory.person(person)
    return sender.tell(person, null, missedCard(record.call, names, zone))
  }

  async reportUnreached(record: CallRecord): Promise<EffectResult> {
    const { store, directory, sender } = this.#parts
    const { call } = record
    const cards = await Promise.all(
      call.parties.map(({ person }) => store.get('card', cardId(call.id, person))),
    )
    const missed = call.parties
      .map(({ person }) => person)
      .filter((_, index) => cards[index]?.doc.trouble === 'unreachable')
    const others = missed.filter((person) => person !== call.owner)
    if (others.length === 0) return done
    const nameOf = await namesOf({ directory }, others)
    const who = listOf(others.map(nameOf), 5)
    const text = `I could not reach ${who} for the last call. They need to open this bot (again) before it can ring them.`
    return sender.tell(call.owner, null, { text })
  }

  async tell(person: PersonId, what: News, about: string): Promise<EffectResult> {
    const message = await newsCard(this.#parts, person, what, about)
    return message ? this.#parts.sender.tell(person, about, message) : done
  }

  async #message({ call, ...record }: CallRecord, who: PersonRecord): Promise<Message> {
    const nameOf = await namesOf(this.#parts, peopleIn({ ...record, call }))
    const { card, summary } = pickupCard(call, who.id, nameOf, who.zone)
    const isRinging = faceOf(call, who.id)?.is === 'ringing'
    const how = partyOf(call, who.id)?.how
    return { card, ...(how === 'silent' ? {} : { summary }), alert: isRinging && how === 'ring' }
  }

  /** The first card of this call for this person. One that nobody can act on any more is not worth sending. */
  async #postFirst(
    call: Call,
    who: PersonRecord,
    reach: Reach,
    kept: Kept<'card'> | null,
    message: Message,
  ): Promise<EffectResult> {
    const face = faceOf(call, who.id)
    const isWinner = face?.is === 'taken' && face.by === who.id
    const isLive = face?.is === 'ringing'
    if (!isWinner && !isLive) return done
    if (kept?.doc.trouble === 'unknown' && kept.doc.alerts > 0) return done
    const sent = await this.#parts.sender.post(reach, message, 1)
    return this.#posted(call, who, reach, kept, sent)
  }

  /** Brings a card that is out there up to date: redrawn in place in Teams, posted anew where redrawing shows nothing. */
  async #replace(
    call: Call,
    who: PersonRecord,
    reach: Reach,
    kept: Kept<'card'>,
    activity: string,
    message: Message,
  ): Promise<EffectResult> {
    const { sender } = this.#parts
    const face = faceOf(call, who.id)
    const alertsAnew = face?.is === 'ringing' && face.alerts > kept.doc.alerts
    const isPosted = reach.channel !== 'msteams' || alertsAnew
    if (isPosted && reach.channel === 'msteams') {
      const removed = await sender.remove(reach, activity)
      if (mayStillStand(removed)) return { is: 'later', afterMs: secondTryMs }
    }
    const priority = face?.is === 'ringing' ? 1 : 2
    const sent = isPosted
      ? await sender.post(reach, message, priority)
      : await sender.update(reach, activity, { ...message, alert: false })
    // Redrawing twice does no harm, and a card that may still offer what is over does.
    if (!isPosted && sent.is === 'unknown') return { is: 'later', afterMs: secondTryMs }
    return this.#posted(call, who, reach, kept, sent.is === 'gone' ? { is: 'sent', id: activity } : sent)
  }

  async #posted(
    call: Call,
    who: PersonRecord,
    reach: Reach,
    kept: Kept<'card'> | null,
    sent: Sent | SendFailure,
  ): Promise<EffectResult> {
    this.#parts.count('pickup', sent.is)
    const base = {
      conversation: reach.conversation,
      version: call.version,
      alerts: partyOf(call, who.id)?.alerts ?? 0,
    }
    if (sent.is === 'sent') {
      await this.#keep(call, who.id, kept, { ...base, activity: sent.id })
      // Somebody else looked while this card was on its way, and saw none to bring up to date.
      if (this.#parts.isStillOurs?.() === false)
        await this.#parts.store.commit({ effects: [shown(call, who.id)] })
      return done
    }
    if (sent.is === 'unreachable' || sent.is === 'gone')
      return this.#notShown(call, who.id, kept, { is: 'unreachable' })
    if (sent.is === 'unknown') return this.#maybePosted(call, who.id, kept, base)
    return this.#again(call, sent)
  }

  /** A card waits no longer than until its call goes on without it. */
  #again(call: Call, sent: Sent | SendFailure): EffectResult {
    const due = nextDue(call)
    return due === null ? triedAgain(sent) : triedAgain(sent, due - this.#parts.now())
  }

  /** The answer to a POST got lost. Once, and only while it still rings, it is worth the risk of a second card. */
  async #maybePosted(
    call: Call,
    person: PersonId,
    kept: Kept<'card'> | null,
    base: Omit<PostedCard, 'activity'>,
  ): Promise<EffectResult> {
    const activity = kept?.doc.activity ?? null
    const isFirst = kept === null
    const doc = { ...base, activity, trouble: 'unknown' as const, version: isFirst ? 0 : base.version }
    await this.#keep(call, person, kept, { ...doc, alerts: isFirst ? 0 : 1 })
    return isFirst ? { is: 'later', afterMs: secondTryMs } : done
  }

  async #notShown(
    call: Call,
    person: PersonId,
    kept: Kept<'card'> | null,
    failure: SendFailure,
  ): Promise<EffectResult> {
    if (failure.is !== 'unreachable' && failure.is !== 'gone') return this.#again(call, failure)
    const who = await this.#parts.directory.person(person)
    if (who.reach) await this.#parts.sender.lost(person)
    const doc: PostedCard = {
      activity: null,
      conversation: '',
      version: 0,
      alerts: 0,
      trouble: 'unreachable',
    }
    await this.#keep(call, person, kept, doc)
    return done
  }

  /** What is kept of a card. What could not be kept before is kept first. */
  async #card(id: string): Promise<Kept<'card'> | null> {
    const { store } = this.#parts
    const kept = await store.get('card', id)
    const doc = this.#unkept.get(id)
    if (!doc) return kept
    await this.#put(id, kept, doc)
    return store.get('card', id)
  }

  async #keep(call: Call, person: PersonId, kept: Kept<'card'> | null, doc: PostedCard): Promise<void> {
    await this.#put(cardId(call.id, person), kept, doc)
  }

  /** Only effects of the card's own lane write this document, one after the other; a conflict means it is gone. */
  async #put(id: string, kept: Kept<'card'> | null, doc: PostedCard): Promise<void> {
    this.#unkept.set(id, doc)
    await this.#parts.store.commit({ puts: [{ kind: 'card', id, expect: kept?.rev ?? 0, doc }] })
    this.#unkept.delete(id)
  }
}

/** Whether a message may still be on the screen after it was to be removed: then it would go on offering the call. */
function mayStillStand({ is }: Sent | SendFailure): boolean {
  return is === 'unknown' || is === 'transient' || is === 'throttled'
}
