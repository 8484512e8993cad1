/** In a measured process: how long the longest card takes to be filled in. */
import { render } from '../../src/chat/draw/card.ts'
import { type CardViews } from '../../src/chat/draw/views.ts'
import { full } from '../cards/full.ts'
import { upTo } from './numbers.ts'

/** How long each filling of the template takes, and each reading of the same card from its JSON: milliseconds. */
export function expand(count: number) {
  const view = full.find(({ picture }) => picture === 'call-group-25')?.view as CardViews['call-group']
  const text = JSON.stringify(render('call-group', view))
  return {
    // No two alike: the same card again would not be drawn again.
    template: timed(count, (index) => render('call-group', { ...view, limit: `${index} of 25` })),
    plain: timed(count, () => JSON.parse(text) as unknown),
  }
}

function timed(count: number, make: (index: number) => unknown): readonly number[] {
  return upTo(count).map((index) => {
    const begun = performance.now()
    make(index)
    return performance.now() - begun
  })
}
