/** The chat service where the Bot Framework Emulator behaves otherwise than Teams (teams-platform 3.1). */
import { randomUUID } from 'node:crypto'
import { ChatService, refused, type ServiceAnswer } from '../../src/playground/chat-service.ts'
import { type Drawn } from '../../src/playground/screens.ts'

export class EmulatorService extends ChatService {
  override newId(): string {
    return randomUUID()
  }

  /** It opens something nobody sees. */
  protected override opened(): ServiceAnswer {
    return { status: 200, body: { id: randomUUID() } }
  }

  /** It knows nobody. */
  protected override member(): ServiceAnswer {
    return refused(404, 'MemberNotFoundInConversation')
  }

  /** It takes the new card, and the screen stays as it was. */
  protected override redrawn(conversation: string, id: string, _drawn: Drawn): boolean {
    return this.screens.of(conversation).some((one) => one.id === id)
  }
}
