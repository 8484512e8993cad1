-- What the instances of one bot agree on beyond what is kept. Unlogged: of no worth after a crash of the database.

-- Requests that were sent to the chat service within the last second.
create unlogged table slot (
  at bigint not null,
  conversation text collate "C" not null
);

-- How many requests of each urgency an instance could send at once if there were slots for them.
create unlogged table sender (
  name text collate "C" primary key,
  waiting integer[] not null,
  at bigint not null
);

-- Messages that were answered lately, whichever instance they came to.
create unlogged table heard (
  name text collate "C" primary key,
  at bigint not null
);

-- What one instance does for all.
create unlogged table duty (
  name text collate "C" primary key,
  held_by text not null,
  free_at bigint not null
);

-- Answers which of these requests, given in the order of their urgency, may be sent now: by their places, at most so many;
-- and when to ask again. No more than 50 a second in all and 7 a second to one conversation (msteams-docs, rate-limit), and
-- none that would take the slot of something more urgent that waits elsewhere.
create function take_slots(me text, conversations text[], priorities smallint[], most integer)
returns table (granted integer[], again_ms integer) language plpgsql as $$
declare
  at_ms bigint;
  free integer;
  ahead integer[];
  waiting integer[] := array[0, 0, 0];
  urgency integer;
begin
  perform pg_advisory_xact_lock(hashtextextended('take_slots ' || current_schema(), 0));
  at_ms := now_ms();
  delete from slot where at <= at_ms - 1000;
  free := 50 - (select count(*) from slot);
  -- Waiting elsewhere: nothing is more urgent than 0, and so on.
  select array[0, coalesce(sum(s.waiting[1]), 0), coalesce(sum(s.waiting[1] + s.waiting[2]), 0)] into ahead
    from sender s where s.name <> me and s.at > at_ms - 300;
  granted := '{}';
  for place in 1..cardinality(conversations) loop
    exit when cardinality(granted) + waiting[1] + waiting[2] + waiting[3] >= most;
    continue when (select count(*) from slot where conversation = conversations[place]) >= 7;
    urgency := priorities[place] + 1;
    if free > ahead[urgency] then
      insert into slot (at, conversation) values (at_ms, conversations[place]);
      granted := granted || place;
      free := free - 1;
    else
      waiting[urgency] := waiting[urgency] + 1;
    end if;
  end loop;
  insert into sender (name, waiting, at) values (me, waiting, at_ms)
    on conflict (name) do update set waiting = excluded.waiting, at = excluded.at;
  again_ms := greatest(20, least(100, coalesce((select min(at) from slot), at_ms) + 1000 - at_ms));
  return next;
end $$;

-- Whether this instance has a duty, for so long; it goes to somebody else once it was not asked for in that time.
create function take_duty(me text, what text, hold_ms integer) returns boolean language plpgsql as $$
begin
  insert into duty as d (name, held_by, free_at) values (what, me, now_ms() + hold_ms)
    on conflict (name) do update set held_by = me, free_at = excluded.free_at
      where d.held_by = me or d.free_at <= now_ms();
  return found;
end $$;

create function forget_heard(before_ms integer) returns void language sql volatile as $$
  delete from heard where at < now_ms() - before_ms;
  delete from sender where at < now_ms() - before_ms
$$;
