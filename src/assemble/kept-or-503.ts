/** What the store could not keep was not accepted: whoever told it should tell it again. */
import { type Reply } from '../http/reply.ts'
import { StoreFailed } from '../store/store.ts'

/** The reply, or 503 when the store failed to keep what the request said. */
export async function keptOr503(reply: Promise<Reply>): Promise<Reply> {
  try {
    return await reply
  } catch (error) {
    if (!(error instanceof StoreFailed)) throw error
    const message = 'This could not be kept just now. Please send it again.'
    return { status: 503, body: { error: { code: 'notKept', message } } }
  }
}
