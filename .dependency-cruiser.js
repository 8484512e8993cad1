/** No file may import itself by way of others: types count as well, so that there is a place to begin reading. */
export default {
  forbidden: [
    {
      name: 'no-circle',
      severity: 'error',
      comment: 'Move what both need one floor down.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-way-past-the-gate',
      severity: 'error',
      comment: 'Only assemble puts the bot behind its gate.',
      from: { pathNot: '^src/assemble/' },
      to: { path: '^src/chat/bot[.]ts$' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  },
}
