/** Where a measured process keeps things: any store there is. */
import { openEmbedded } from '../../src/store/embedded/embedded.ts'
import { openPostgres } from '../../src/store/postgres/postgres.ts'
import { type Store } from '../../src/store/store.ts'

export type Place =
  | { readonly is: 'embedded'; readonly folder: string }
  | { readonly is: 'postgresql'; readonly url: string; readonly schema: string }

export async function openAt(place: Place): Promise<Store> {
  return place.is === 'embedded'
    ? openEmbedded({ folder: place.folder })
    : (await openPostgres({ url: place.url, schema: place.schema })).store
}
