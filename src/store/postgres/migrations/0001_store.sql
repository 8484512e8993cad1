-- Everything one deployment keeps, in a schema of its own. Times are milliseconds since 1970, by the database's clock alone.
-- Migrations only add: an older version of the bot may run beside a newer one while instances are replaced one by one.

create function now_ms() returns bigint language sql volatile as
$$ select floor(extract(epoch from clock_timestamp()) * 1000)::bigint $$;

-- `json` keeps a document's very text, whatever characters are in it; nothing is looked up inside.
create table document (
  kind text collate "C" not null,
  id text collate "C" not null,
  rev bigint not null,
  doc json not null,
  primary key (kind, id)
) with (fillfactor = 80);

create table membership (
  member text collate "C" not null,
  owner text collate "C" not null,
  primary key (member, owner)
);

-- A timer is set when it stands in `timer`; its alarm is what falls due. Whoever sets it anew or cancels it changes `timer`
-- alone, and so never waits for somebody who holds the alarm while they decide, let alone for a process that is frozen.
create table alarm (
  number bigint generated always as identity primary key,
  key text collate "C" not null,
  due bigint not null,
  within bigint,
  event json not null,
  -- When it goes off: `due`, but not before it was set, not later than `within` allows, and later after a failure.
  due_at bigint not null,
  failures integer not null default 0
) with (fillfactor = 80);
create index alarm_due on alarm (due_at, number);

create table timer (
  key text collate "C" primary key,
  alarm bigint not null
) with (fillfactor = 80);

create table effect (
  number bigint generated always as identity primary key,
  lane text collate "C" not null,
  priority smallint not null,
  work json not null
);
create index effect_lane on effect (lane, number);

-- Says that a lane has something to do. Only ever added by those who commit; whoever holds the lane removes the marks first
-- and reads the effects then, so that a commit in between leaves a mark that somebody will find.
create table wake (
  lane text collate "C" not null,
  priority smallint not null,
  -- The effect that waits longest among those it was added for.
  first bigint not null
);
create index wake_lane on wake (lane);

-- A lane that is in somebody's hands, or rests before its first effect is tried again.
create table lane (
  name text collate "C" primary key,
  held_by text not null,
  is_resting boolean not null default false,
  -- From then on anybody may take it.
  free_at bigint not null,
  priority smallint not null,
  failures integer not null default 0
) with (fillfactor = 70);

create sequence row_number;

-- One row for each ended call, and one for each person who may see it; by month, so that old months go at once.
create table history (
  at bigint not null,
  number bigint not null,
  doc json not null,
  primary key (at, number)
) partition by range (at);
create table history_other partition of history default;

create table seen (
  person text collate "C" not null,
  at bigint not null,
  number bigint not null,
  primary key (person, at, number)
) partition by range (at);
create table seen_other partition of seen default;

create table audit (
  number bigint primary key default nextval('row_number'),
  at bigint not null,
  about text collate "C" not null,
  doc json not null
);
create index audit_about on audit (about, number);
create index audit_at on audit (at);

-- Applies one batch whole, or answers why not and changes nothing: `conflict` when a document is not as it was expected,
-- `void` when the timer that decided is no longer set. Locks documents, then timers, each in the order of their keys.
create function commit_batch(
  put_kinds text[], put_ids text[], put_revs bigint[], put_docs text[],
  join_owners text[], join_members text[], leave_owners text[], leave_members text[],
  cancelled text[], timer_keys text[], timer_dues bigint[], timer_withins bigint[], timer_events text[],
  effect_lanes text[], effect_priorities smallint[], effect_works text[],
  row_ats bigint[], row_docs text[], seen_rows integer[], seen_people text[],
  audit_ats bigint[], audit_abouts text[], audit_docs text[],
  fired_key text, fired_alarm bigint
) returns text language plpgsql as $$
declare
  ended text[] := cancelled || timer_keys || array_remove(array[fired_key], null);
  alarms bigint[];
  added_kinds text[];
  added_ids text[];
  at_ms bigint := now_ms();
begin
  if cardinality(put_ids) > 0 then
    perform 1 from document d join unnest(put_kinds, put_ids) p (kind, id) using (kind, id)
      order by d.kind, d.id for update of d;
  end if;
  if cardinality(ended) > 0 then
    perform 1 from timer where key = any (ended) order by key for update;
  end if;
  if fired_alarm is not null and not exists (select from timer where key = fired_key and alarm = fired_alarm) then
    return 'void';
  end if;
  if exists (
    select from unnest(put_kinds, put_ids, put_revs) p (kind, id, rev) left join document d using (kind, id)
      where coalesce(d.rev, 0) <> p.rev
  ) then
    return 'conflict';
  end if;

  if 0 = any (put_revs) then
    with added as (
      insert into document (kind, id, rev, doc)
        select p.kind, p.id, 1, p.doc::json from unnest(put_kinds, put_ids, put_revs, put_docs) p (kind, id, rev, doc)
          where p.rev = 0 and p.doc is not null order by p.kind, p.id
        on conflict do nothing returning kind, id
    )
    select array_agg(kind), array_agg(id) into added_kinds, added_ids from added;
    if coalesce(cardinality(added_ids), 0)
      < (select count(*) from unnest(put_revs, put_docs) p (rev, doc) where p.rev = 0 and p.doc is not null) then
      -- Somebody put one of them at this very moment. Of ours nothing stays.
      delete from document d using unnest(added_kinds, added_ids) a (kind, id) where d.kind = a.kind and d.id = a.id;
      return 'conflict';
    end if;
  end if;
  if cardinality(put_revs) > 0 then
    update document d set rev = p.rev + 1, doc = p.doc::json
      from unnest(put_kinds, put_ids, put_revs, put_docs) p (kind, id, rev, doc)
      where d.kind = p.kind and d.id = p.id and p.rev > 0 and p.doc is not null;
    delete from document d using unnest(put_kinds, put_ids, put_docs) p (kind, id, doc)
      where d.kind = p.kind and d.id = p.id and p.doc is null;
  end if;

  if cardinality(join_owners) > 0 then
    insert into membership (owner, member) select * from unnest(join_owners, join_members) order by 2, 1
      on conflict do nothing;
  end if;
  if cardinality(leave_owners) > 0 then
    delete from membership m using unnest(leave_owners, leave_members) l (owner, member)
      where m.owner = l.owner and m.member = l.member;
  end if;

  if cardinality(ended) > 0 then
    with gone as (delete from timer where key = any (ended) returning alarm)
      select array_agg(alarm) into alarms from gone;
    if alarms is not null then
      -- One that somebody else holds is found to be no longer set when they have decided.
      delete from alarm where number in (select number from alarm where number = any (alarms) for update skip locked);
    end if;
  end if;
  if cardinality(timer_keys) > 0 then
    with set as (
      insert into alarm (key, due, within, event, due_at)
        select t.key, t.due, t.within, t.event::json, greatest(at_ms, least(t.due, at_ms + t.within))
          from unnest(timer_keys, timer_dues, timer_withins, timer_events) t (key, due, within, event)
        returning key, number
    )
    insert into timer (key, alarm) select key, number from set order by key
      on conflict (key) do update set alarm = excluded.alarm;
  end if;

  if cardinality(effect_lanes) > 0 then
    with added as (
      insert into effect (lane, priority, work)
        select e.lane, e.priority, e.work::json
          from unnest(effect_lanes, effect_priorities, effect_works) with ordinality e (lane, priority, work, place)
          order by e.place
        returning number, lane, priority
    )
    insert into wake (lane, priority, first) select lane, min(priority), min(number) from added group by lane;
  end if;

  if cardinality(row_ats) > 0 then
    with added as materialized (
      select r.at, nextval('row_number') as number, r.doc::json as doc, r.place
        from unnest(row_ats, row_docs) with ordinality r (at, doc, place)
    ), kept as (insert into history (at, number, doc) select at, number, doc from added)
    insert into seen (person, at, number)
      select distinct s.person, a.at, a.number
        from unnest(seen_rows, seen_people) s (place, person) join added a using (place);
  end if;
  if cardinality(audit_ats) > 0 then
    insert into audit (at, about, doc)
      select a.at, a.about, a.doc::json
        from unnest(audit_ats, audit_abouts, audit_docs) with ordinality a (at, about, doc, place) order by a.place;
  end if;
  return 'committed';
end $$;

-- The next timer that is due, locked until the transaction ends: with that lock goes the right to decide on it.
create function next_alarm(not_before bigint)
returns table (number bigint, key text, due bigint, within bigint, event json, failures integer)
language sql volatile as $$
  select a.number, a.key, a.due, a.within, a.event, a.failures
    from alarm a join timer t on t.key = a.key and t.alarm = a.number
    where a.due_at > not_before and a.due_at <= now_ms()
    order by a.due_at, a.number limit 1
    for update of a skip locked
$$;

-- Brings forward what a clock that was set back would put off, and removes alarms that are no longer set.
create function sweep_alarms() returns void language sql volatile as $$
  update alarm set due_at = now_ms() + within
    where number in (select number from alarm where due_at > now_ms() + within for update skip locked);
  delete from alarm where number in (
    select a.number from alarm a where a.due_at < now_ms() - 30000
      and not exists (select from timer t where t.key = a.key and t.alarm = a.number) for update skip locked)
$$;

-- What one of the held lanes still has to do, so much at a time.
create function effects_of(lanes text[])
returns table (lane text, number bigint, priority smallint, work json, failures integer)
language sql stable as $$
  select l.name, e.number, e.priority, e.work, l.failures
    from lane l cross join lateral (
      select * from effect e where e.lane = l.name order by e.number limit 20
    ) e
    where l.name = any (lanes) order by e.number
$$;

-- Takes up to so many lanes that wait for somebody, the most urgent first, and answers what they have to do.
create function take_lanes(me text, most integer, hold_ms integer)
returns table (lane text, number bigint, priority smallint, work json, failures integer)
language plpgsql as $$
#variable_conflict use_column
declare
  at_ms bigint := now_ms();
  taken text[];
  busy text[];
begin
  with waiting as (
    select w.lane as name, w.priority, w.first from wake w
      where not exists (select from lane l where l.name = w.lane and l.free_at > at_ms)
    union all
    select l.name, l.priority, (select min(e.number) from effect e where e.lane = l.name)
      from lane l where l.free_at <= at_ms
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

-- Keeps lanes for longer; answers those that are still held.
create function keep_lanes(me text, names text[], hold_ms integer) returns setof text language sql volatile as $$
  with mine as (
    select name from lane where name = any (names) and held_by = me and not is_resting order by name for update
  )
  update lane l set free_at = now_ms() + hold_ms from mine where l.name = mine.name returning l.name
$$;

-- Forgets effects that are done, lets lanes rest, gives back those that others should have first, and those that are idle
-- unless there is more to do: that is answered. Of lanes that somebody else holds by now nothing is touched.
create function end_effects(
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
  update lane l set free_at = now_ms(), failures = 0,
      priority = coalesce((select min(e.priority) from effect e where e.lane = l.name), 2)
    where l.name = any (given) and l.name = any (mine);
  mine := array(select unnest(idle) intersect select unnest(mine));
  delete from wake w where w.lane = any (mine);
  busy := array(select distinct e.lane from effect e where e.lane = any (mine));
  delete from lane l where l.name = any (mine) and l.name <> all (busy);
  return query select * from effects_of(busy);
end $$;

-- Gives back everything that somebody who stops holds, lanes that rest included.
create function free_lanes(me text) returns void language sql volatile as $$
  update lane set free_at = now_ms(), is_resting = false
    where name in (select name from lane where held_by = me order by name for update)
$$;

-- Makes the partitions of this month and the next ones, and forgets what is older than asked. One instance at a time.
create function keep_history(history_before bigint, audit_before bigint) returns void language plpgsql as $$
declare
  month timestamp;
  span record;
  parent text;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('keep_history ' || current_schema(), 0)) then
    return;
  end if;
  perform set_config('lock_timeout', '1000', true);
  foreach parent in array array['history', 'seen'] loop
    for ahead in 0..2 loop
      month := date_trunc('month', to_timestamp(now_ms() / 1000.0) at time zone 'UTC') + make_interval(months => ahead);
      perform add_month(parent, month);
    end loop;
    for span in
      select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = parent::regclass and c.relname ~ '_[0-9]{4}_[0-9]{2}$'
          and month_ms(to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month') <= history_before
    loop
      execute format('drop table %I', span.name);
    end loop;
    execute format('delete from %I where at < $1', parent) using history_before;
  end loop;
  delete from audit where at < audit_before;
end $$;

create function month_ms(month timestamp) returns bigint language sql immutable as
$$ select (extract(epoch from month at time zone 'UTC') * 1000)::bigint $$;

-- Rows of that month that came before there was a place for them move into it.
create function add_month(parent text, month timestamp) returns void language plpgsql as $$
declare
  name text := parent || to_char(month, '_YYYY_MM');
  first bigint := month_ms(month);
  next bigint := month_ms(month + interval '1 month');
begin
  if to_regclass(quote_ident(name)) is not null then
    return;
  end if;
  execute format('create table %I (like %I including all)', name, parent);
  execute format('with moved as (delete from %I where at >= %s and at < %s returning *) insert into %I select * from moved',
    parent || '_other', first, next, name);
  execute format('alter table %I attach partition %I for values from (%s) to (%s)', parent, name, first, next);
end $$;
