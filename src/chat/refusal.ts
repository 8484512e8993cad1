/** The words for every "no" and every warning: what happened, why, and what to do next. Plain text, never Markdown. */
import { mostCharacters, mostInOrder, mostMembers } from '../core/call-group.ts'
import { mostDelegates, mostManagers } from '../core/delegate.ts'
import { mostGroupsPerMember } from '../core/notification.ts'
import { type Refusal, type Warning } from '../core/refusal.ts'
import { ringTimeouts } from '../core/unanswered.ts'
import { listOf, type NameOf } from './sentences.ts'

export function refusalText(refusal: Refusal, nameOf: NameOf): string {
  switch (refusal.code) {
    case 'E_GROUP_FULL':
      return `${nameOf(refusal.person)} was not added: a call group has at most ${mostMembers} members, and yours has ${refusal.count}. Remove somebody first.`
    case 'E_GROUP_CHARS':
      return `${nameOf(refusal.person)} was not added: the member list would be ${refusal.size} characters long, and ${mostCharacters} is the limit. Remove somebody first.`
    case 'E_MEMBER_QUOTA':
      return `${nameOf(refusal.person)} was not added: they are in ${mostGroupsPerMember} call groups already, which is the limit. They can leave one first.`
    case 'E_ORDER_LIMIT':
      return `In order works with up to ${mostInOrder} members, and your group has ${refusal.count}. Remove some first, or let all ring at once.`
    case 'E_SELF':
      return `${nameOf(refusal.person)} cannot be named here: these are their own calls. Choose somebody else.`
    case 'E_DUP':
      return `${nameOf(refusal.person)} is on the list already.`
    case 'E_NOT_FOUND':
      return `I could not find "${refusal.given}". Write an address like bo@contoso.com, or pick the person from the list.`
    case 'E_EXTERNAL':
      return `"${refusal.given}" cannot be a member: only people of your own organization can. Write the address of a colleague.`
    case 'E_KIND':
      return `"${refusal.given}" is not a person. Teams, groups and resource accounts cannot be added: add people one by one.`
    case 'E_NOT_TEAMS_ONLY':
      return `${nameOf(refusal.person)} is not in Teams Only mode, which call groups need. Ask your admin.`
    case 'E_NO_LICENCE':
      return `${nameOf(refusal.person)} has no Phone System licence, which call groups need. Ask your admin.`
    case 'E_POLICY_GROUPS':
      return `Your admin has turned off call groups for you. To have one, ask your admin.`
    case 'E_POLICY_USER':
      return `Your admin has turned off forwarding calls to people. To use it, ask your admin.`
    case 'E_POLICY_PHONE':
      return `Your admin has turned off forwarding calls to phone numbers. To use it, ask your admin.`
    case 'E_POLICY_DELEG':
      return `Your admin has turned off delegation. To use it, ask your admin.`
    case 'E_POLICY_VM':
      return `Your admin has turned off voicemail. Choose another target, or ask your admin.`
    case 'E_POLICY_CALLING':
      return `Your admin has turned off private calling for you. To make and take calls, ask your admin.`
    case 'E_EMPTY_GROUP':
      return `Your call group is empty, so calls cannot go to it. Add a member first.`
    case 'E_NO_DELEGATE':
      return `None of your delegates may take calls, so calls cannot go to them. Add a delegate who takes calls first, or choose another target.`
    case 'E_GROUP_IN_USE':
      return `This is the last member, and ${usesText(refusal.uses)} your call group. Press "Turn sharing off" to stop that and empty the group in one step.`
    case 'E_VM_SIMULTANEOUS':
      return `Voicemail cannot ring together with you. It works as the target of forwarding all calls, or if unanswered.`
    case 'E_DELAY':
      return `"${refusal.given}" is not a possible delay. Choose ${listOf(ringTimeouts.map(String), 8)} seconds.`
    case 'E_TARGET_FORMAT':
      return `${refusal.given === '' ? 'Nobody was named' : `"${refusal.given}" is neither a person nor a number`}. Write an address (bo@contoso.com), a number like +442079460000, with ;ext=12 if needed, or a short number.`
    case 'E_NOT_MEMBER':
      return `You are not in that call group, so there is nothing to change.`
    case 'E_DELEGATE_LIMIT':
      return refusal.side === 'delegates'
        ? `${nameOf(refusal.person)} was not added: a person has at most ${mostDelegates} delegates. Remove one first.`
        : `${nameOf(refusal.person)} was not added: they are a delegate of ${mostManagers} people already, which is the limit.`
    case 'E_DELEGATE_CIRCLE':
      return `${nameOf(refusal.person)} cannot be your delegate: you are theirs, directly or through others. Delegation cannot go round in a circle.`
    case 'E_STALE_CARD':
      return `The settings have changed since this card was drawn, so nothing was done. This is how they are now: please choose again.`
    case 'E_FORBIDDEN':
      return `These are somebody else's settings, and you may not change them. They can make you a delegate who may.`
  }
}

export function warningText(warning: Warning, nameOf: NameOf): string {
  switch (warning.code) {
    case 'W_ORDER_CUTOFF':
      return `The ringing ends before ${listOf(warning.unreachable.map(nameOf), 5)} would be reached. Ring longer, ring everyone at once, or forward all calls to the group.`
    case 'W_SAME_TARGET':
      return `Unanswered calls go where they have rung already, so nobody is rung a second time: the call then ends as missed.`
    case 'W_ALL_MUTED':
      return `Nobody in the group would notice a call: everyone is muted or not eligible.`
    case 'W_STALE_TARGET':
      return warning.rule === 'forwarding'
        ? `Forwarding does not work as it is set, so calls ring you. Open forwarding to mend it.`
        : `The target for unanswered calls does not work as it is set, so they go to voicemail where that is allowed. Open forwarding to mend it.`
    case 'W_ORDER_SWITCHED':
      return `With more than ${mostInOrder} members the group now rings everyone at once. To undo, remove somebody and choose in order.`
  }
}

function usesText(uses: readonly string[]): string {
  const words = uses.map((use) =>
    use === 'forwarding' ? 'forwarding sends calls to' : 'unanswered calls go to',
  )
  return words.join(' and ')
}
