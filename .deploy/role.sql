-- The bot's role: it may connect to this one database and owns one schema there, nothing else. Run it once, in the
-- database meant for the bot, as its administrator; then give the role a password (\password pickup).
create role pickup login nosuperuser nocreatedb nocreaterole noreplication nobypassrls connection limit 60;
-- An administrator who is no superuser needs this to hand the schema over.
grant pickup to current_user;
create schema call_pickup authorization pickup;
do $$ begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to pickup', current_database());
end $$;
revoke create on schema public from public;
