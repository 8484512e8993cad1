-- Instead of role.sql, where whoever runs the bot must not be able to change the schema: pickup_owner owns it and runs
-- `pickup-admin migrate` before a new version starts; the bot is pickup, which may read and write what is in the tables
-- and nothing else. Run it once, in the database meant for the bot, as its administrator; then give both a password.
create role pickup_owner login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
create role pickup login nosuperuser nocreatedb nocreaterole noreplication nobypassrls connection limit 60;
-- An administrator who is no superuser needs this to hand the schema over, and to say what its owner grants.
grant pickup_owner to current_user;
create schema call_pickup authorization pickup_owner;
do $$ begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to pickup_owner, pickup', current_database());
end $$;
revoke create on schema public from public;
grant usage on schema call_pickup to pickup;
-- Also for what later versions add.
alter default privileges for role pickup_owner in schema call_pickup
  grant select, insert, update, delete on tables to pickup;
alter default privileges for role pickup_owner in schema call_pickup
  grant usage, select, update on sequences to pickup;
