/** Questions about words: what is a delegate, what is the difference between forwarding and also ring. */
import { mostInOrder, mostMembers } from '../../core/call-group.ts'
import { slotSeconds } from '../../core/lane.ts'
import { type Answer } from '../draw/answer.ts'
import { type Button } from '../draw/parts.ts'
import { type Asked, type Question, tell } from './question.ts'

type Term = { readonly called: readonly string[]; readonly means: string; readonly button?: Button }

const open = (title: string, verb: string): Button => ({ title, verb, data: {} })

const terms: readonly Term[] = [
  {
    called: ['delegate', 'delegates', 'delegation', 'a delegate'],
    means:
      'A delegate is somebody who may act for you: take your calls, make calls in your name, or change your settings, as you choose. Say "add delegate" and a name.',
    button: open('Delegates', 'show-delegates'),
  },
  {
    called: ['call group', 'group', 'my group', 'the group', 'call pickup group', 'pickup group', 'team'],
    means: `A call group is the people your calls can ring besides you: up to ${mostMembers}. The first to pick up has the call. Say "add" and a name.`,
    button: open('My call group', 'show-group'),
  },
  {
    called: ['member', 'members', 'group member', 'a member'],
    means: 'A member is somebody in a call group: the owner’s calls ring them, and they may pick up.',
    button: open('My call group', 'show-group'),
  },
  {
    called: ['owner', 'an owner'],
    means: 'The owner of a call group is the person whose calls ring the group.',
  },
  {
    called: [
      'forward',
      'forwarding',
      'call forwarding',
      'forward my calls',
      'immediate',
      'forward all',
      'forward all calls',
    ],
    means:
      'To forward sends every call on at once, and your own phone does not ring. Say "forward my calls to" and where.',
    button: open('Forwarding', 'show-forwarding'),
  },
  {
    called: [
      'also ring',
      'also ringing',
      'simultaneous ring',
      'simultaneous',
      'sim ring',
      'ring together',
      'ring too',
      'sharing',
      'simring',
    ],
    means:
      'To also ring lets others ring together with you, at the same time: the first to pick up has the call. Say "also ring" and whom.',
    button: open('Forwarding', 'show-forwarding'),
  },
  {
    called: [
      'if unanswered',
      'unanswered',
      'unanswered call',
      'unanswered calls',
      'no answer',
      'delay',
      'timeout',
    ],
    means:
      'If unanswered says where a call goes that nobody picks up in time, and after how many seconds. Say "if unanswered", where, "after" and the seconds.',
    button: open('Forwarding', 'show-forwarding'),
  },
  {
    called: ['voicemail', 'voice mail', 'mailbox'],
    means:
      'Voicemail lets the caller leave a message. Calls go there if nobody picks up, after the seconds you choose: say "voicemail after" and the seconds.',
    button: open('Forwarding', 'show-forwarding'),
  },
  {
    called: ['mute', 'muted', 'muting'],
    means:
      'To mute a group means that its calls neither ring nor show for you; you can still take one with "pickup". Say "mute" and whose.',
    button: open('Notifications', 'show-notifications'),
  },
  {
    called: ['banner', 'a banner'],
    means: 'A banner shows a call without a sound. Say "banner" and whose.',
    button: open('Notifications', 'show-notifications'),
  },
  {
    called: ['ring', 'ringing'],
    means: 'To ring shows a call and makes a sound.',
    button: open('Notifications', 'show-notifications'),
  },
  {
    called: ['notification', 'notifications'],
    means:
      'Notifications are how each group you are in tells you of a call: it rings, shows a banner, or is muted.',
    button: open('Notifications', 'show-notifications'),
  },
  {
    called: [
      'ring in order',
      'in order',
      'one after the other',
      'one by one',
      'order',
      'sequential',
      'ring order',
    ],
    means: `In order means that members ring one after the other, ${slotSeconds} seconds each, for up to ${mostInOrder} members. Say "ring in order".`,
    button: open('My call group', 'show-group'),
  },
  {
    called: ['ring everyone', 'everyone', 'at once', 'all at once', 'ring all', 'together', 'ring at once'],
    means:
      'To ring everyone means that all members ring at once, and the first to pick up has the call. Say "ring everyone".',
    button: open('My call group', 'show-group'),
  },
  {
    called: ['pickup', 'pick up', 'call pickup', 'picking up', 'answer'],
    means:
      'To pick up takes a call that rings you or somebody whose calls you share: say "pickup", or press the button on its card.',
  },
  {
    called: ['decline', 'declining', 'reject'],
    means: 'To decline stops a call from ringing you; it rings the others on.',
  },
  {
    called: ['busy', 'busy on busy', 'if busy'],
    means:
      'If busy says what a call does that comes in while you are in one: the caller hears busy, it counts as unanswered, or it rings.',
    button: open('Forwarding', 'show-forwarding'),
  },
  {
    called: ['leave', 'leaving'],
    means:
      'To leave a group means that its calls no longer ring you, and you cannot pick them up. Say "leave" and whose.',
    button: open('Notifications', 'show-notifications'),
  },
  {
    called: ['remove', 'removing'],
    means: 'To remove somebody takes them out of your call group. Say "remove" and a name.',
    button: open('My call group', 'show-group'),
  },
  {
    called: ['stop sharing', 'sharing off'],
    means: 'To stop sharing empties your call group, and sends no calls to it.',
  },
  {
    called: ['stop forwarding', 'forwarding off'],
    means:
      'To stop forwarding lets calls ring only you again; your call group stays as it is. Say "stop forwarding".',
  },
  {
    called: ['policy', 'calling policy'],
    means:
      'A calling policy is what your admin allows you: calling, call groups, delegates, forwarding and voicemail.',
  },
  {
    called: ['missed call', 'missed'],
    means: 'A call is missed when nobody picked up and it went nowhere else. "calls" shows the last ones.',
    button: open('Calls', 'show-calls'),
  },
]

export const termsQuestions: readonly Question[] = [
  {
    asks: 'what the difference is',
    phrases: [
      '(what|which|is|where|whats) [is] [there] [the|a|any] (difference|differences) between <term> (and|or|vs) <other>',
      '(difference|differences) between <term> (and|or) <other>',
      'how (is|does|are|do) <term> [differ|different|differs] (from|to) <other>',
      '(is|are) <term> the same as <other>',
      '<term> (vs|versus) <other>',
      'what is better <term> or <other>',
      'should i use <term> or <other>',
    ],
    answer: (_, asked) => Promise.resolve(difference(asked)),
  },
  {
    asks: 'what a word means',
    phrases: [
      '(what|whats) (is|are|means) [meant by] [a|an|the] <term> [for|good for|mean|exactly]',
      '(what|whats) <term> (is|are|means|mean)',
      'what (does|do|will|would|did) [a|an|the] <term> (mean|do|actually do|stand for)',
      '(what is the meaning of|meaning of|define|explain|describe) [a|an|the] <term>',
      'how does [a|an|the] <term> work',
      'what is the (point|purpose|use) of [a|an|the] <term>',
      'what does it mean to <term> [someone|a group|a call|calls]',
      'what happens (if|when) i (mute|leave|banner|decline) (a|the|any) (group|call)',
    ],
    answer: (_, asked) => Promise.resolve(meaning(asked)),
  },
]

function termIn(words: string): Term | undefined {
  const bare = words
    .split(' ')
    .filter((word) => !['a', 'an', 'the', 'to', 'my', 'calls', 'someone', 'setting', 'option'].includes(word))
    .join(' ')
  return terms.find(({ called }) => called.includes(words) || called.includes(bare))
}

function meaning(asked: Asked): Answer | null {
  const term = termIn(asked.plain('term'))
  return term ? tell([term.means], term.button ? [term.button] : []) : null
}

function difference(asked: Asked): Answer | null {
  const [one, other] = [termIn(asked.plain('term')), termIn(asked.plain('other'))]
  if (!one || !other) return null
  if (one === other) return tell(['These are the same.', one.means], one.button ? [one.button] : [])
  const buttons = [one.button, other.button].flatMap((button) => (button ? [button] : []))
  return tell([one.means, other.means], buttons[0]?.verb === buttons[1]?.verb ? buttons.slice(0, 1) : buttons)
}
