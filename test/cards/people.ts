/** The people and the lists that the sample cards show. */

export const owner = '7e0c1a52-93d4-4c1e-8a57-0d4f6b2c9e11'
export const sheet = { owner, seen: 'q8Zk1m_A', isOwn: true, notice: undefined } as const

const names = [
  'Bo Lindqvist',
  'Cy Osei',
  'Dee Alvarez',
  'Eve Moreau',
  'Finn Berg',
  'Gro Haugen',
  'Hal Okafor',
  'Ivo Novak',
  'Jo Whitfield',
]

/** So many members, with what is said about each in turn. */
export function members(count: number, hints: readonly string[] = []) {
  return names.slice(0, count).map((name, index) => ({
    number: index + 1,
    name,
    hint: hints[index] ?? '',
    person: `${name.split(' ')[0]?.toLowerCase()}@contoso.com`,
    isFirst: index === 0,
    isLast: index === count - 1,
  }))
}

export function orders(inOrder: boolean) {
  return [
    {
      value: 'simultaneous',
      title: 'All at once',
      detail: 'Every phone rings together.',
      isChosen: !inOrder,
    },
    {
      value: 'inOrder',
      title: 'One after the other',
      detail: 'From the top, 20 seconds each.',
      isChosen: inOrder,
    },
  ]
}

export const targets = [
  { title: 'My call group', value: 'group' },
  { title: 'My delegates', value: 'delegates' },
  { title: 'A person or a number', value: 'somebody' },
  { title: 'Voicemail', value: 'voicemail' },
]

export const delays = ['5', '10', '15', '20', '30', '40', '50', '60'].map((value) => ({
  title: `${value} seconds`,
  value,
}))

export const permissions = [
  { title: 'Make calls', value: 'makeCalls' },
  { title: 'Take calls', value: 'receiveCalls' },
  { title: 'Change settings', value: 'manageSettings' },
  { title: 'Pick up held calls', value: 'pickUpHeldCalls' },
  { title: 'Join calls', value: 'joinActiveCalls' },
]
