/** The samples with a name that tries everything in each place where a name can stand. */
import { type Sample } from './samples.ts'

/** Markdown, a template's hole, a mention, a link, quotes and other scripts. */
export const hostile = '**Bo** [x](https://evil.example) ${$root} <at>all</at> "\'\\` 名前 עברית'

/** Views hold ready-made words; these are the places where words are about people. */
const places: ReadonlySet<string> = new Set([
  'ownerName',
  'name',
  'address',
  'hint',
  'rules',
  'caller',
  'alsoRings',
  'ends',
  'note',
  'outcome',
  'headline',
  'group',
  'unanswered',
  'delegates',
  'memberships',
  'groups',
  'who',
  'end',
  'cutOff',
  'text',
  'forwardWhom',
  'unansweredWhom',
  'forwardingError',
  'unansweredError',
  'may',
  'policy',
])

/** The same card, somebody else's, with the hostile name in every place. */
export function awkward(sample: Sample): Sample {
  const view = JSON.parse(JSON.stringify(sample.view), (key, value: unknown) => {
    if (typeof value !== 'string' || value === '') return value
    return places.has(key) || (key === 'detail' && sample.card === 'pickup-settled') ? hostile : value
  }) as Record<string, unknown>
  const isPersons = 'isOwn' in view || sample.card !== 'call-group'
  const named = {
    ...view,
    ...('isOwn' in view ? { isOwn: false } : {}),
    ...(isPersons && 'title' in view ? { title: hostile } : {}),
    ...(sample.card === 'pickup' ? { owner: hostile } : {}),
  }
  return { ...sample, view: named } as Sample
}
