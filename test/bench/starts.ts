/** How long a start takes when there are many people. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median, ratio, short, times } from './numbers.ts'
import { alone } from './process.ts'
import { type Scale } from './scale.ts'
import { type Row } from './table.ts'

const starting = new URL('starting.js', import.meta.url)

export async function measureStarts({ startPeople, rounds }: Scale): Promise<readonly Row[]> {
  const base = await mkdtemp(join(tmpdir(), 'bench-starts-'))
  const [folder, file] = [join(base, 'store'), join(base, 'all.json')]
  await alone(starting, 'fill', [folder, startPeople, file])
  const opening: number[] = []
  const parsing: number[] = []
  await times(rounds, async () => {
    opening.push((await alone(starting, 'openFolder', [folder])) as number)
    parsing.push((await alone(starting, 'parseFile', [file])) as number)
  })
  await rm(base, { recursive: true })
  return [
    {
      what: `a start with ${startPeople.toLocaleString('en')} people, lowdb`,
      peer: 'JSON.parse of the same data in one file',
      ratio: ratio(opening, parsing),
      figure: `${short(median(opening) / 1000)} s`,
      must: 4,
      goal: 2,
    },
  ]
}
