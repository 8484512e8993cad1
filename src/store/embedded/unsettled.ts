/** What memory says and the disk does not say yet, by key; whoever reads it waits for the group it went with. */
import { type StoreTrouble } from '../store.ts'
import { type CommitGroup } from './commit-group.ts'

export class Unsettled {
  readonly #groups = new Map<string, CommitGroup>()

  add(keys: readonly string[], group: CommitGroup): void {
    for (const key of keys) this.#groups.set(key, group)
  }

  /** Null when nothing under these keys waits; otherwise whether all of it was kept. */
  outcome(keys: readonly string[]): Promise<boolean> | null {
    if (this.#groups.size === 0) return null
    const groups = keys.flatMap((key) => this.#groups.get(key) ?? [])
    return groups.length === 0 ? null : allKept(groups)
  }

  /** Ends a group; keys that a later group has changed again go on waiting for that one. */
  settle(group: CommitGroup, trouble: StoreTrouble | null): void {
    for (const key of group.staged.flatMap(({ keys }) => keys)) {
      if (this.#groups.get(key) === group) this.#groups.delete(key)
    }
    group.end(trouble)
  }
}

async function allKept(groups: readonly CommitGroup[]): Promise<boolean> {
  const outcomes = await Promise.all(groups.map(({ outcome }) => outcome))
  return outcomes.every((trouble) => trouble === null)
}
