-- While the database is away nobody can keep a lane, so that the time of all of them runs out. For a moment afterwards only
-- whoever held a lane may go on with it: what they have sent meanwhile, such as a card whose id they could not note down, they
-- alone know.

-- As before, but while `spared`, and within the first hold after the database was started, lanes that ran out in the hands of
-- others are left alone. Those that rest or were given back are in nobody's hands.
create or replace function take_lanes(me text, most integer, hold_ms integer, spared boolean)
returns table (lane text, number bigint, priority smallint, work json, failures integer)
language plpgsql as $$
#variable_conflict use_column
declare
  at_ms bigint := now_ms();
  started_ms bigint := floor(extract(epoch from pg_postmaster_start_time()) * 1000)::bigint;
  taken text[];
  busy text[];
begin
  spared := spared or at_ms between started_ms and started_ms + hold_ms;
  with waiting as (
    select w.lane as name, w.priority, w.first from wake w
      where not exists (
        select from lane l where l.name = w.lane
          and (l.free_at > at_ms or spared and not l.is_resting and l.held_by not in (me, ''))
      )
    union all
    select l.name, l.priority, (select min(e.number) from effect e where e.lane = l.name)
      from lane l where l.free_at <= at_ms and (not spared or l.is_resting or l.held_by in (me, ''))
  ), chosen as (
    select w.name, min(w.priority) as priority from waiting w
      group by w.name order by min(w.priority), min(w.first) limit most
  ), held as (
    insert into lane as l (name, held_by, free_at, priority)
      select c.name, me, at_ms + hold_ms, c.priority from chosen c order by c.name
      on conflict (name) do update set held_by = me, is_resting = false, free_at = excluded.free_at
        where l.free_at <= at_ms
      returning name
  )
  select array_agg(name) into taken from held;
  if taken is null then
    return;
  end if;
  delete from wake w where w.lane = any (taken);
  busy := array(select distinct e.lane from effect e where e.lane = any (taken));
  delete from lane l where l.name = any (taken) and l.name <> all (busy);
  return query select * from effects_of(busy);
end $$;

-- As before, and what is given back is in nobody's hands.
create or replace function end_effects(
  me text, done bigint[], rested text[], rest_ms bigint[], rest_failures integer[], given text[], idle text[]
) returns table (lane text, number bigint, priority smallint, work json, failures integer)
language plpgsql as $$
#variable_conflict use_column
declare
  mine text[];
  busy text[];
begin
  delete from effect e where e.number = any (done);
  mine := array(
    select l.name from lane l where l.name = any (rested || given || idle) and l.held_by = me and not l.is_resting
      order by l.name for update);
  update lane l set is_resting = true, free_at = now_ms() + r.ms, failures = r.failures
    from unnest(rested, rest_ms, rest_failures) r (name, ms, failures)
    where l.name = r.name and l.name = any (mine);
  update lane l set held_by = '', free_at = now_ms(), failures = 0,
      priority = coalesce((select min(e.priority) from effect e where e.lane = l.name), 2)
    where l.name = any (given) and l.name = any (mine);
  mine := array(select unnest(idle) intersect select unnest(mine));
  delete from wake w where w.lane = any (mine);
  busy := array(select distinct e.lane from effect e where e.lane = any (mine));
  delete from lane l where l.name = any (mine) and l.name <> all (busy);
  return query select * from effects_of(busy);
end $$;

create or replace function free_lanes(me text) returns void language sql volatile as $$
  update lane set held_by = '', free_at = now_ms(), is_resting = false
    where name in (select name from lane where held_by = me order by name for update)
$$;
