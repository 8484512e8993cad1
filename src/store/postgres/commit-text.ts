/** The one statement that changes anything that is kept; its parameters are those of `batchColumns`. */

const types = [
  ...['text[]', 'text[]', 'bigint[]', 'text[]'],
  ...['text[]', 'text[]', 'text[]', 'text[]'],
  ...['text[]', 'text[]', 'bigint[]', 'bigint[]', 'text[]'],
  ...['text[]', 'smallint[]', 'text[]'],
  ...['bigint[]', 'text[]', 'integer[]', 'text[]'],
  ...['bigint[]', 'text[]', 'text[]'],
  ...['text', 'bigint'],
]

export const commitText = `select commit_batch(${types
  .map((type, index) => `$${index + 1}::${type}`)
  .join(', ')}) as is`
