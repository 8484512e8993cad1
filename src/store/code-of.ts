/** By which code an error of Node, or of the database, says what it is. */

/** The code a failing file system gives: ENOSPC, EROFS, EIO, ENOENT. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
