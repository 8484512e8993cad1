-- A clock that is set back, as when another server takes over, must not keep waiting what was to be free in a moment.

-- For how long a lane was taken, or rests, when that was last said.
alter table lane add column lasts bigint not null default 0;

create function note_lasts() returns trigger language plpgsql set search_path from current as $$ begin
  new.lasts := new.free_at - now_ms();
  return new;
end $$;
create trigger lane_lasts before insert or update of free_at on lane for each row execute function note_lasts();

-- Besides what it did: nothing waits for longer than it was to. What was counted for a time to come counts no more.
create or replace function sweep_alarms() returns void language sql volatile as $$
  update alarm set due_at = now_ms() + within
    where number in (select number from alarm where due_at > now_ms() + within for update skip locked);
  delete from alarm where number in (
    select a.number from alarm a where a.due_at < now_ms() - 30000
      and not exists (select from timer t where t.key = a.key and t.alarm = a.number) for update skip locked);
  update lane set free_at = now_ms() + lasts
    where name in (select name from lane where free_at > now_ms() + lasts order by name for update skip locked);
  delete from slot where at > now_ms();
  delete from sender where at > now_ms();
  update duty set free_at = now_ms() where free_at > now_ms() + 60000;
$$;
