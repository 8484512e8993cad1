/** Where a measured process keeps things: any store there is. */
import { type Store } from '../../src/store/store.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { openPostgres } from '../../src/store/postgres/postgres.ts'

export type Place =
  | { readonly is: 'embedded'; readonly folder: string }
  | { readonly is: 'postgresql'; readonly url: string; readonly schema: string }

export async function openAt(place: Place): Promise<Store> {
  return place.is === 'embedded'
    ? openEmbedded({ folder: place.folder })
    : (await openPostgres({ url: place.url, schema: place.schema })).store
}
