/** The same claim as statements written by hand, by PostgreSQL's own load generator. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ask } from '../postgres/server.ts'
import { type Cost } from './calls.ts'
import { type Database } from './database.ts'

const run = promisify(execFile)
const clients = 8

const tables = `
create schema if not exists by_hand;
set search_path = by_hand;
create table if not exists call (id bigint primary key, rev int not null, state text not null, doc json not null);
create table if not exists line (owner bigint primary key, calls json not null);
create table if not exists timer (call bigint primary key, due timestamptz not null);
create table if not exists effect (number bigserial primary key, lane text not null, work json not null);
create table if not exists settings (owner bigint primary key, doc json not null);
insert into settings select i, json_build_object('members', repeat('x', 600)) from generate_series(0, 999) i
  on conflict do nothing;
create sequence if not exists call_id;
`

/** About as long as the bot's own document of such a call. */
const doc = `json_build_object('plan', repeat('x', 1000))`

/** Rings five, is claimed by one, and refused to another. */
const script = `
\\set owner random(0, 999)
select doc from by_hand.settings where owner = :owner;
select nextval('by_hand.call_id') as id \\gset
begin;
insert into by_hand.call values (:id, 1, 'ringing', ${doc});
insert into by_hand.timer values (:id, now() + interval '20 s');
insert into by_hand.effect (lane, work) select 'chat ' || i, '{"do":"show"}' from generate_series(1, 5) i;
commit;
begin;
update by_hand.call set rev = 2, state = 'connecting', doc = ${doc} where id = :id and rev = 1;
update by_hand.timer set due = now() + interval '10 s' where call = :id;
insert into by_hand.effect (lane, work) select 'chat ' || i, '{"do":"show"}' from generate_series(1, 6) i;
commit;
update by_hand.call set rev = 2 where id = :id and rev = 1;
`

/** What so many calls cost. */
export async function claimsByPgbench(database: Database, calls: number): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-pgbench-'))
  const file = join(folder, 'claim.sql')
  await writeFile(file, script)
  await ask(database.url, tables)
  const each = Math.ceil(calls / clients)
  const before = await database.cpuMs()
  const begun = performance.now()
  await run('pgbench', [
    '-n',
    '-f',
    file,
    '-c',
    `${clients}`,
    '-j',
    '1',
    '-t',
    `${each}`,
    '-M',
    'prepared',
    database.url,
  ])
  const seconds = (performance.now() - begun) / 1000
  const databaseMs = ((await database.cpuMs()) - before) / (each * clients)
  await rm(folder, { recursive: true })
  return { perSecond: (each * clients) / seconds, databaseMs, botMs: 0 }
}
