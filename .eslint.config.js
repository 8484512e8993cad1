import { posix } from 'node:path'
import { defineConfig } from 'eslint/config'
import regexp from 'eslint-plugin-regexp'
import tseslint from 'typescript-eslint'

const ambient = [
  { object: 'Date', property: 'now', message: 'Time comes from the Clock port.' },
  { object: 'Math', property: 'random', message: 'Randomness comes from a port.' },
]
const ambientGlobals = ['setTimeout', 'setInterval', 'setImmediate', 'fetch'].map((name) => ({
  name,
  message: 'Time and network come from ports.',
}))

/** What every room of the chat is given, and what of the store everybody may know. */
const turn = ['chat/turn.ts', 'chat/command.ts']
const port = ['store/store.ts', 'store/documents.ts']

/**
 * What the files of each room may import beside their own room's: rooms, or single files of one. Everything else in src is
 * refused; src/README.md has the picture. Rooms that are not here join the others, and may import all.
 */
const directions = {
  core: [],
  store: ['core'],
  'store/embedded': ['core', 'store', 'clock.ts'],
  'store/postgres': ['core', 'store', 'clock.ts'],
  wire: ['clock.ts'],
  graph: ['core', 'clock.ts'],
  source: ['core', 'wire'],
  'source/graph': ['core', 'wire', 'source'],
  switchboard: ['core', ...port, 'walk.ts', 'source/source.ts'],
  admin: ['core', 'switchboard', ...port, 'walk.ts', 'environment/text-of.js'],
  environment: ['core', 'source/reply-hosts.ts'],
  http: ['admin', 'walk.ts', 'environment', 'log.ts'],
  'chat/draw': ['core'],
  'chat/send': ['core', 'switchboard', ...port, 'store/instances.ts', 'clock.ts', 'wire', 'chat/draw'],
  'chat/gate': [
    'core',
    'switchboard',
    ...port,
    'store/instances.ts',
    'wire',
    'chat/draw',
    'chat/send',
    ...turn,
  ],
  'chat/said': ['core', 'switchboard', ...port, 'chat/draw', ...turn],
  'chat/settings': ['core', 'switchboard', ...port, 'chat/draw', 'chat/said', ...turn],
  'chat/calls': [
    'core',
    'switchboard',
    ...port,
    'chat/draw',
    'chat/said',
    'chat/send',
    'chat/settings',
    ...turn,
  ],
  'chat/admin': [
    'core',
    'switchboard',
    ...port,
    'walk.ts',
    'chat/draw',
    'chat/said',
    'chat/settings',
    ...turn,
  ],
  'chat/asked': [
    ...['core', 'switchboard', ...port, ...turn],
    ...['draw', 'said', 'settings', 'calls', 'admin'].map((room) => `chat/${room}`),
  ],
  playground: [
    ...[
      'core',
      'switchboard',
      ...port,
      'clock.ts',
      'wire',
      'source/simulated.ts',
      'http/reply.ts',
      'http/json-body.ts',
    ],
    ...['chat/commands.ts', 'chat/draw', 'chat/said', 'chat/calls'],
  ],
  'playground/page': [],
  chat: [
    ...['core', 'switchboard', ...port],
    ...['gate', 'said', 'draw', 'send', 'settings', 'calls', 'admin', 'asked'].map((room) => `chat/${room}`),
  ],
}

/** Packages that only these rooms know. */
const packages = [
  { regex: '^(botbuilder|botframework-)', rooms: ['chat', 'chat/gate'] },
  { regex: '^(adaptivecards-templating|adaptive-expressions)', rooms: ['chat/draw'] },
  { regex: '^lowdb(/|$)', rooms: ['store/embedded'] },
  { regex: '^(pg|node-pg-migrate)(/|$)', rooms: ['store/postgres'] },
  { regex: '^restify', rooms: ['http'] },
]
/** Pure rooms: nothing of Node's; and core no package at all. */
const pure = { core: '^[^.]', switchboard: '^node:', 'playground/page': '^node:' }

/** How a room's files write the path of another room's file, or of a file. */
const written = (room, target) => {
  const path = posix.relative(room, target)
  const spec = path.startsWith('.') ? path : `./${path}`
  return spec.replaceAll('.', '[.]')
}
const pathsTo = (room, target) =>
  /[.](ts|js)$/.test(target) ? written(room, target) : `${written(room, target)}/[^/]+`

const rooms = Object.entries(directions).map(([room, targets]) => ({
  files: [`src/${room}/*.{ts,js}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(?!(?:${['[.]/[^/]+', ...targets.map((target) => pathsTo(room, target))].join('|')})$)[.]`,
            message: `${room} → ${targets.join(', ') || 'only itself'}.`,
          },
          ...packages
            .filter((one) => !one.rooms.includes(room))
            .map(({ regex, rooms }) => ({ regex, message: `Only for ${rooms.join(' and ')}.` })),
          ...(room in pure ? [{ regex: pure[room], message: `${room} is pure.` }] : []),
        ],
      },
    ],
  },
}))

export default defineConfig(
  { ignores: ['dist/', 'node_modules/', 'coverage/', 'data/', 'built/', '.stryker-tmp/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: './test/tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/array-type': ['error', { default: 'array-simple' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/prefer-nullish-coalescing': [
        'error',
        { ignoreConditionalTests: true, ignorePrimitives: { string: true, boolean: true } },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  ...rooms,
  {
    files: ['src/core/**'],
    rules: {
      'no-restricted-properties': ['error', ...ambient],
      'no-restricted-globals': ['error', ...ambientGlobals],
      'no-restricted-syntax': [
        'error',
        { selector: 'ThrowStatement', message: 'core returns its no as a value.' },
        { selector: 'AwaitExpression', message: 'core does not wait.' },
      ],
    },
  },
  {
    files: ['src/switchboard/**'],
    rules: {
      'no-restricted-properties': ['error', ...ambient],
      'no-restricted-globals': ['error', ...ambientGlobals],
    },
  },
  {
    // It runs in a browser, where there is no bot.
    files: ['src/playground/page/**/*.ts'],
    languageOptions: { parserOptions: { project: './src/playground/page/tsconfig.json' } },
  },
  {
    // T11: no pattern may take longer than its text is long, whatever somebody types.
    files: ['src/**'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
      'regexp/no-contradiction-with-assertion': 'error',
    },
  },
  {
    files: ['test/**'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off' },
  },
)
