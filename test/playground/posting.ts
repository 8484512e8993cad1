/** Cards on a screen of the page, put there as the bot puts them. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CardJson } from '../../src/chat/draw/card.ts'
import { type Member } from '../../src/playground/chat-service.ts'
import { type PageOffice } from './page-office.ts'

/** Posts to the people of the page, as the bot does; the first is 0. */
export async function poster(office: PageOffice): Promise<(person: number, body: object) => Promise<string>> {
  const people = JSON.parse(await readFile(join(office.folder, 'playground/people.json'), 'utf8')) as Member[]
  const headers = { Host: `localhost:${office.port}`, 'Content-Type': 'application/json' }
  return async (person, body) => {
    const conversation = encodeURIComponent(people[person]?.conversation ?? '')
    const path = `/playground/teams/v3/conversations/${conversation}/activities`
    const answer = await office.ask('POST', path, { type: 'message', ...body }, headers)
    assert.equal(answer.status, 201)
    return (answer.body as { id: string }).id
  }
}

/** A message with this card. */
export function withCard(content: CardJson): object {
  return { attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] }
}
