/** Faults somebody could make in one line of the call machine. The pretend office must notice each of them. */

export type Fault = {
  /** What goes wrong, in words. */
  readonly name: string
  readonly file: string
  /** The text as it stands in the file, once. */
  readonly right: string
  readonly wrong: string
}

const call: readonly Fault[] = inFile('call.ts', {
  'the turn runs on after a pickup': [
    'return call.state.until',
    'return Math.min(call.state.until, call.state.from.slotEndsAt ?? Infinity)',
  ],
  'a turn outlives its round': [
    'Math.min(call.state.roundEndsAt, call.state.slotEndsAt ?? Infinity)',
    'call.state.slotEndsAt ?? call.state.roundEndsAt',
  ],
})

const step: readonly Fault[] = inFile('step.ts', {
  'anyone may pick up': ['return concernsRound(call, call.state.round, person)', 'return true'],
  'time is up too early': ['if (due === null || due > now) return call', 'if (due === null) return call'],
  'the second to pick up takes the call over': [
    "return state.is === 'ringing' && mayClaim(call, event.by)",
    "return state.is === 'connecting' || mayClaim(call, event.by)",
  ],
  'a hang-up during the hand-over goes unheard': [
    "return ended(call, { outcome: 'abandoned', at: event.at })",
    "return state.is === 'ringing' ? ended(call, { outcome: 'abandoned', at: event.at }) : call",
  ],
  'a dead call rings on': ['const isDead = now - due > deadAfterSeconds * 1000', 'const isDead = false'],
  'a dead call is dead half a minute too early': ['deadAfterSeconds = 30', 'deadAfterSeconds = 0'],
  'a hand-over is not believed though nobody reports': [
    "return state.is === 'connecting' && !reportsConnection",
    'return false',
  ],
  'the version stands still': ['version: before.version + 1', 'version: before.version'],
})

const ringing: readonly Fault[] = inFile('ringing.ts', {
  'it rings on though everybody declined': ['    return nextRound(call, state, at)', '    return call'],
  'one who declines ends it for all': ['lane.alerts.every(isOut)', 'lane.alerts.some(isOut)'],
  'who declines in their turn holds up the next': ['return turn && isOut(turn) ?', 'return turn && !turn ?'],
  'a telephone counts as declined': ["lane.ring !== 'phone' &&", "lane.ring === 'phone' ||"],
  'who declined is alerted again in the next round': ['.filter(({ person }) => !isGone(call, person))', ''],
  'who declined gets their turn all the same': [
    'index > state.slot && !isGone(call, alert.person)',
    'index > state.slot',
  ],
  'in order rings everyone': ['isInOrder(lane) ? lane.silent : [', '['],
  'nobody hears that their turn is over': ["? withStanding(call, turn.person, 'turnOver')", '? call'],
  'the button of an earlier round stays': ["if (!concernsRound(call, next, person)) return 'movedOn'", ''],
  'the owner may not pick up in a round of others': ['return person === call.owner || lanes', 'return lanes'],
  'muted members may not pick up': ['.concat(lane.mayPull)', ''],
  'the end of the list is not the end of the round': ['return round.endsWithList ?', 'return !round ?'],
  'voicemail is forgotten': ['outcome: end.is }', "outcome: 'missed' }"],
})

const parties: readonly Fault[] = [
  ...inFile('party.ts', {
    'a removed member may pick up': ['return call.removed.includes(person) || ', 'return '],
    'who declined may pick up': [" || partyOf(call, person)?.standing === 'declined'", ''],
    'nobody is alerted anew': ["standing: 'ringing', alerts }", "standing: 'ringing', alerts: 1 }"],
  }),
  ...inFile('drop-out.ts', {
    'a removed member keeps the call from moving on': [
      'return moveOnIfNobodyIsLeft({ ...call, removed: [...call.removed, person] }, at)',
      'return { ...call, removed: [...call.removed, person] }',
    ],
    'a delegate taken out of the group is no delegate any more': ['lanes.every(', 'lanes.some('],
  }),
]

const handOver: readonly Fault[] = inFile('hand-over.ts', {
  'a failed hand-over does not ring again': ['const mostTimesAgain = 1', 'const mostTimesAgain = 0'],
  'a failed hand-over rings again and again': ['const mostTimesAgain = 1', 'const mostTimesAgain = 9'],
  'a call that comes back alerts nobody': ['{ ...party, alerts: party.alerts + 1 }', 'party'],
  'a call that comes back rings too short': ['Math.max(0, leastSecondsAgain * 1000 - left)', '0'],
  'a call that comes back has lost the time of the try': ['const putOff = at - triedAt +', 'const putOff ='],
  'a call that comes back puts off only its round': ['from.slotEndsAt + putOff', 'from.slotEndsAt'],
  'a call that comes back rings for nobody': [
    'return moveOnIfNobodyIsLeft({ ...tried, parties, state: ringingAgain(state, at) }, at)',
    'return { ...tried, parties, state: ringingAgain(state, at) }',
  ],
  'the winner is forgotten': ['at: state.at, by: state.by', 'at: state.at'],
})

const effects: readonly Fault[] = inFile('call-effects.ts', {
  'the forwarding is forgotten': [
    "return state.to ? { number, do: 'forward', to: state.to } : null",
    'return null',
  ],
  'an order is given twice': ['before.state.is === call.state.is ? null : orderNow(call)', 'orderNow(call)'],
  'the losers keep their cards': [
    'winnerFirst(call, changed).map',
    'winnerFirst(call, changed).slice(0, 1).map',
  ],
  'an owner who was rung hears that they missed it': [
    ' || partyOf(call, call.owner)) return []',
    ') return []',
  ],
  'an owner who was not rung hears nothing': ['return lost ||', 'return !lost &&'],
  'a wish is reported as a miss': ['(sentOn && !wished)', 'sentOn'],
})

const faces: readonly Fault[] = inFile('face.ts', {
  'a removed member sees a button': ["if (call.removed.includes(person)) return { is: 'removed' }", ''],
  'who declined sees a button': ["if (party.standing === 'declined') return { is: 'declined' }", ''],
  'a card names members whose turn has not come': ['index === slot', 'index >= 0'],
  'a card hides who could not be connected': [
    'const { notConnected } = call',
    'const notConnected: string[] = []',
  ],
  'the others never learn who took the call': [
    'return faceOnceDecided(state)',
    "return faceOnceDecided(state.is === 'connecting' ? { ...state, by: person } : state)",
  ],
})

export const plantedFaults: readonly Fault[] = [
  ...call,
  ...step,
  ...ringing,
  ...parties,
  ...handOver,
  ...effects,
  ...faces,
]

function inFile(
  file: string,
  faults: Readonly<Record<string, readonly [right: string, wrong: string]>>,
): Fault[] {
  return Object.entries(faults).map(([name, [right, wrong]]) => ({ name, file, right, wrong }))
}
