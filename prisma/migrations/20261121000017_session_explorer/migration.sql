-- What the list of sessions is filtered and sorted by, beyond what stood in the row already.

-- Names without their versions, for a filter by equality: a pattern would lose its index under row-level security.
alter table session
  add column browser_name text,
  add column os_name text,
  add column authentication_level smallint not null default 1;
alter table session_history
  add column browser_name text,
  add column os_name text,
  add column authentication_level smallint not null default 1;
alter table session add constraint session_authentication_level_is_known check (authentication_level between 1 and 3) not valid;
alter table session validate constraint session_authentication_level_is_known;

-- The list by last seen begins in this table, also in a tenant: the tenants stand here so that it reads no others' rows.
-- They change when somebody enters a tenant or moves home. A time is written at most once a minute a session and then
-- costs an entry in each index on it, of which most rows have three.
alter table session_activity
  add column active_tenant_id uuid,
  add column home_tenant_id uuid;

drop policy isolation on session_activity;
create policy isolation on session_activity as restrictive to gatehouse_tenant
  using (
    active_tenant_id = (select gatehouse.current_tenant_id()) or home_tenant_id = (select gatehouse.current_tenant_id())
  );

grant insert, update on session_activity to gatehouse_definer;
-- For the next migration, which takes them back.
grant update (browser_name, os_name) on session to gatehouse_definer;
grant select, update (browser_name, os_name, last_seen_at) on session_history to gatehouse_definer;

-- "Firefox 140" without its version. Null stays null.
create function gatehouse.without_version(name text) returns text
language sql immutable parallel safe
return regexp_replace(name, ' [0-9][^ ]*$', '');

create function gatehouse.name_browser_and_os() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  new.browser_name := gatehouse.without_version(new.browser);
  new.os_name := gatehouse.without_version(new.os);
  return new;
end
$$;

create trigger name_browser_and_os before insert or update of browser, os on session
  for each row execute function gatehouse.name_browser_and_os();
create trigger name_browser_and_os before insert or update of browser, os on session_history
  for each row execute function gatehouse.name_browser_and_os();

-- Every session was last seen at some time: at first when it was made. A list sorted by it can then be one index.
create function gatehouse.begin_activity() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into public.session_activity (session_id, last_seen_at, active_tenant_id, home_tenant_id)
  values (new.id, new.created_at, new.active_tenant_id, new.home_tenant_id)
  on conflict (session_id) do nothing;
  return null;
end
$$;

create trigger begin_activity after insert on session for each row execute function gatehouse.begin_activity();

create function gatehouse.follow_session() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.session_activity a set active_tenant_id = new.active_tenant_id, home_tenant_id = new.home_tenant_id
    where a.session_id = new.id;
  return null;
end
$$;

create trigger follow_session after update of active_tenant_id, home_tenant_id on session for each row
  when (old.active_tenant_id is distinct from new.active_tenant_id or old.home_tenant_id is distinct from new.home_tenant_id)
  execute function gatehouse.follow_session();

-- The same of a session that has ended.
create function gatehouse.complete_last_seen() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  new.last_seen_at := coalesce(new.last_seen_at, new.created_at);
  return new;
end
$$;

create trigger complete_last_seen before insert on session_history
  for each row execute function gatehouse.complete_last_seen();

grant execute on function gatehouse.without_version(text) to gatehouse_definer;
call gatehouse.hand_over_functions();
