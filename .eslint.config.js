import { defineConfig } from 'eslint/config'
import regexp from 'eslint-plugin-regexp'
import tseslint from 'typescript-eslint'

/** Refuses imports whose path matches: the import direction of src/README.md. */
const neverImport = (message, ...patterns) => ({
  'no-restricted-imports': ['error', { patterns: patterns.map((regex) => ({ regex, message })) }],
})
const node = '^node:'
const botbuilder = '^(botbuilder|botframework-|adaptivecards-templating|adaptive-expressions)'
const database = '^(lowdb|pg)(/|$)'
const web = '^restify'
const part = (...names) => `^\\.\\./(${names.join('|')})/`
const rootFile = '^\\.\\./[a-z-]+\\.ts$'

const ambient = [
  { object: 'Date', property: 'now', message: 'Time comes from the Clock port.' },
  { object: 'Math', property: 'random', message: 'Randomness comes from a port.' },
]
const ambientGlobals = ['setTimeout', 'setInterval', 'setImmediate', 'fetch'].map((name) => ({
  name,
  message: 'Time and network come from ports.',
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
  {
    files: ['src/core/**'],
    rules: {
      ...neverImport('core imports only itself.', '^\\.\\./', '^[^.]'),
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
    files: ['src/store/**'],
    rules: neverImport(
      'store → core only.',
      part('switchboard', 'source', 'chat', 'admin'),
      rootFile,
      botbuilder,
      web,
    ),
  },
  {
    files: ['src/store/postgres/**'],
    rules: neverImport('store → core only.', '^\\.\\./\\.\\./(?!core/)', '^lowdb', botbuilder, web),
  },
  {
    files: ['src/graph/**'],
    rules: neverImport(
      'graph → core, and the clock.',
      part('switchboard', 'source', 'chat', 'admin'),
      '^\\.\\./store/(?!clock\\.ts$)',
      rootFile,
      botbuilder,
      database,
      web,
    ),
  },
  {
    files: ['src/wire/**'],
    rules: neverImport('wire → the clock.', '^\\.\\./(?!store/clock\\.ts$)', botbuilder, database, web),
  },
  {
    files: ['src/source/**'],
    rules: neverImport(
      'source → core only.',
      part('switchboard', 'store', 'chat', 'admin'),
      rootFile,
      botbuilder,
      database,
      web,
    ),
  },
  {
    files: ['src/admin/**'],
    rules: neverImport(
      'admin → core, switchboard, the store port.',
      part('source', 'chat'),
      '^\\.\\./store/(?!(store|documents)\\.ts$)',
      rootFile,
      botbuilder,
      database,
      web,
    ),
  },
  {
    files: ['src/switchboard/**'],
    rules: {
      ...neverImport(
        'switchboard → core and the two ports.',
        '^\\.\\./(chat|admin)/',
        '^\\.\\./store/(?!(store|documents|clock)\\.ts$)',
        '^\\.\\./source/(?!source\\.ts$)',
        rootFile,
        node,
        botbuilder,
        database,
        web,
      ),
      'no-restricted-properties': ['error', ...ambient],
      'no-restricted-globals': ['error', ...ambientGlobals],
    },
  },
  {
    files: ['src/chat/**'],
    rules: neverImport(
      'chat → core, switchboard, the store port.',
      '^\\.\\./(source|admin)/',
      '^\\.\\./store/(?!(store|documents|clock|together)\\.ts$)',
      rootFile,
      database,
      web,
    ),
  },
  {
    files: ['src/{server,routes,reply}.ts'],
    rules: neverImport('server → chat, source, admin.', '^\\./(core|store|switchboard)/', database),
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
