/** Waits until a bot has nothing left to send, so that none of it falls into the next measurement. */
import { setTimeout } from 'node:timers/promises'
import { type Service } from './service.ts'

const silenceMs = 300

export async function settled(service: Service): Promise<void> {
  for (let before = -1; before !== service.count('POST') + service.count('PUT');) {
    before = service.count('POST') + service.count('PUT')
    await setTimeout(silenceMs)
  }
}
