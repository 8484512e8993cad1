/** The words for every "no" and every warning: what happened, why, and what to do next. Plain text, never Markdown. */
import { mostCharacters, mostInOrder, mostMembers } from '../../core/call-group.ts'
import { mostDelegates, mostManagers } from '../../core/delegate.ts'
import { mostGroupsPerMember } from '../../core/notification.ts'
import { type AddressFault, type PersonId } from '../../core/person.ts'
import {
  isWarning,
  type PolicyRefusal,
  type Refusal,
  type Unclear,
  type Warning,
} from '../../core/refusal.ts'
import { ringTimeouts } from '../../core/unanswered.ts'
import { plainName } from './plain.ts'
import { listOf, type NameOf } from './sentences.ts'

/** The words for either, for those who get both. */
export function toldText(told: Refusal | Warning, nameOf: NameOf): string {
  return isWarning(told) ? warningText(told, nameOf) : refusalText(told, nameOf)
}

type AboutSomebody = Extract<Refusal, { person: PersonId }>
type AboutWords = Extract<Refusal, { given: string }>
type AboutPolicy = Extract<Refusal, { code: PolicyRefusal }>
type AboutSettings = Exclude<Refusal, AboutSomebody | AboutWords | AboutPolicy>

/** What a refusal means to the person who asked: what happened, why, what to do next. */
export function refusalText(refusal: Refusal, nameOf: NameOf): string {
  if ('person' in refusal) return aboutSomebody(refusal, nameOf(refusal.person))
  if ('given' in refusal) return aboutWords(refusal)
  return isAboutPolicy(refusal) ? aboutPolicy(refusal) : aboutSettings(refusal)
}

function aboutSomebody(refusal: AboutSomebody, name: string): string {
  switch (refusal.code) {
    case 'E_GROUP_FULL':
      // A list that was written whole has more than a group may; somebody who was added is one too many.
      if (refusal.count > mostMembers)
        return `A call group has at most ${mostMembers} members, and this list has ${refusal.count}. Take ${refusal.count - mostMembers} of them out.`
      return `${name} was not added: a call group has at most ${mostMembers} members, and this one has ${refusal.count}. Remove somebody first.`
    case 'E_GROUP_CHARS':
      return `${name} was not added: the member list would be ${refusal.size} characters long, and ${mostCharacters} is the limit. Remove somebody first.`
    case 'E_MEMBER_QUOTA':
      return `${name} was not added: they are in ${mostGroupsPerMember} call groups already, which is the limit. They can leave one first.`
    case 'E_SELF':
      return `${name} is the one these calls are for, and cannot be chosen here. Choose somebody else.`
    case 'E_DUP':
      return `${name} is on the list already.`
    case 'E_NOT_FOUND':
      return `${name} is not on this list, so nothing was changed. Choose somebody who is.`
    case 'E_NOT_TEAMS_ONLY':
      return `${name} is not in Teams Only mode, which call groups need. Ask your admin.`
    case 'E_NO_LICENCE':
      return `${name} has no Phone System licence, which call groups need. Ask your admin.`
    case 'E_DELEGATE_LIMIT':
      return refusal.side === 'delegates'
        ? `${name} was not added: a person has at most ${mostDelegates} delegates. Remove one first.`
        : `${name} was not added: they are a delegate of ${mostManagers} people already, which is the limit.`
    case 'E_DELEGATE_CIRCLE':
      return `${name} cannot be a delegate here: delegation would go round in a circle, directly or through others. Choose somebody else.`
  }
}

function aboutWords(refusal: AboutWords): string {
  const given = plainName(refusal.given)
  switch (refusal.code) {
    case 'E_NOT_FOUND':
      return notFound(given, refusal)
    case 'E_EXTERNAL':
      return `"${given}" cannot be added: only people of your own organization can. Write the address of a colleague.`
    case 'E_KIND':
      return `"${given}" is not a person. Teams, groups and resource accounts cannot be added: add people one by one.`
    case 'E_DELAY':
      return `"${given}" is not a possible delay. Choose one of ${listOf(ringTimeouts.map(String), ringTimeouts.length)} seconds.`
    case 'E_TARGET_FORMAT':
      return `${refusal.given === '' ? 'Nobody was named' : `"${given}" is neither a person nor a number`}. Write an address (bo@contoso.com, with sip: or without), an object id, a number like +442079460000 (with ;ext=12 if needed), or a short number.`
  }
}

function notFound(given: string, { isAmbiguous, isOneOrTwo, fault }: Unclear): string {
  if (isAmbiguous) return `Several people are called "${given}". Write the address of the one you mean.`
  if (isOneOrTwo)
    return `"${given}" may be one person or two, and I know nobody for certain by it, so nobody was chosen. Write "and" between two people, or an address like bo@contoso.com.`
  if (fault)
    return `Nobody can have the address "${given}": ${faultWords[fault]}. Write an address like bo@contoso.com.`
  return `I could not find "${given}" here. Write an address like bo@contoso.com, or pick the person from the list.`
}

const faultWords: Readonly<Record<AddressFault, string>> = {
  at: 'it needs exactly one @',
  name: 'nothing stands before the @',
  dots: 'the part before the @ begins or ends with a dot, or has two of them together',
  characters: 'the part before the @ has a character that no address has',
  domain: 'what stands behind the @ is not a domain like contoso.com',
  length: 'it is too long',
}

const turnedOff: Readonly<Record<PolicyRefusal, string>> = {
  E_POLICY_GROUPS: 'call groups',
  E_POLICY_USER: 'forwarding calls to people',
  E_POLICY_PHONE: 'forwarding calls to phone numbers',
  E_POLICY_DELEG: 'delegation',
  E_POLICY_VM: 'voicemail',
  E_POLICY_CALLING: 'private calling',
}

function aboutPolicy({ code }: AboutPolicy): string {
  return `Your organization has turned off ${turnedOff[code]} here. Choose something else, or ask your admin.`
}

function isAboutPolicy(refusal: AboutPolicy | AboutSettings): refusal is AboutPolicy {
  return Object.hasOwn(turnedOff, refusal.code)
}

function aboutSettings(refusal: AboutSettings): string {
  switch (refusal.code) {
    case 'E_ORDER_LIMIT':
      return `In order works with up to ${mostInOrder} members, and the group has ${refusal.count}. Remove some first, or let all ring at once.`
    case 'E_EMPTY_GROUP':
      return `The call group is empty, so calls cannot go to it. Add a member first.`
    case 'E_NO_DELEGATE':
      return `Calls cannot go to the delegates without one who may take calls. Add such a delegate first, or choose another target.`
    case 'E_GROUP_IN_USE':
      return `Nobody would be left in the call group, and ${usesText(refusal.uses)} it. "Turn sharing off" stops that and empties the group in one step.`
    case 'E_VM_SIMULTANEOUS':
      return `Voicemail cannot ring together with somebody. Choose it for forwarding all calls, or for unanswered calls.`
    case 'E_NOT_MEMBER':
      return `You are not in that call group, so nothing was changed.`
    case 'E_STALE_CARD':
      return `The settings have changed since this card was drawn, so nothing was done. This is how they are now: please choose again.`
    case 'E_FORBIDDEN':
      return `These are somebody else’s settings, and you may not change them. They can make you a delegate who may.`
  }
}

/** What a warning means to the person who saved: what will happen, and how to have it otherwise. */
export function warningText(warning: Warning, nameOf: NameOf): string {
  switch (warning.code) {
    case 'W_ORDER_CUTOFF':
      return `The ringing ends before ${listOf(warning.unreachable.map(nameOf), 5)} would be reached. Ring longer, ring everyone at once, or forward all calls to the group.`
    case 'W_SAME_TARGET':
      return `Unanswered calls would go to people who were already rung, so the call ends as missed. Choose another target for unanswered calls.`
    case 'W_ALL_MUTED':
      return `Nobody in the group would notice a call: everyone in it is muted or not eligible. Add somebody, or ask a member to unmute.`
    case 'W_STALE_TARGET':
      return warning.rule === 'forwarding'
        ? `Forwarding does not work as it is set, so calls ring you. Open Forwarding to fix it.`
        : `The target for unanswered calls does not work as it is set, so they go to voicemail where that is allowed. Open Forwarding to fix it.`
    case 'W_ORDER_SWITCHED':
      return `In order works with up to ${mostInOrder} members, so all of them now ring at once.`
  }
}

function usesText(uses: readonly string[]): string {
  const words = uses.map((use) =>
    use === 'forwarding' ? 'forwarding sends calls to' : 'unanswered calls go to',
  )
  return words.join(' and ')
}
