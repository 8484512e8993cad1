-- Whoever runs the bot need not own the schema: the months of the history are made and dropped as its owner.
do $$ begin
  execute format('alter function keep_history(bigint, bigint) security definer set search_path = %I, pg_temp', current_schema());
end $$;
