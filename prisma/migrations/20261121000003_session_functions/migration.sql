-- The life of a session: when it is alive, how it begins, and that it leaves a history when it ends.
-- Errors of our own: GH001 the proof is outdated, GH002 the user is locked, GH003 the tenant cannot be entered.

-- Until when a session may stay unused. While the last-seen collector was away nobody could be seen, so idle time is
-- counted from its return; what had run out before it went away stays ended.
create function gatehouse.idle_deadline(
  created_at timestamptz, last_seen_at timestamptz, idle_seconds integer, collector_lost_at timestamptz, collector_resumed_at timestamptz
) returns timestamptz
language sql stable parallel safe
return case
  when greatest(created_at, last_seen_at) + idle_seconds * interval '1 second' > collector_lost_at
  then greatest(created_at, last_seen_at, collector_resumed_at) + idle_seconds * interval '1 second'
  else greatest(created_at, last_seen_at) + idle_seconds * interval '1 second'
end;

-- The rule of life and death, for the check, the lists and row-level security alike. Every level is compared, every
-- time: no level may shadow another. Volatile, so that within an insert it sees what the insert's trigger has seen.
create function gatehouse.session_is_alive(s public.session) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- A tenant learns about its own sessions only, whatever row it makes up.
  if current_setting('role') = 'gatehouse_tenant'
    and gatehouse.current_tenant_id() is distinct from s.active_tenant_id
    and gatehouse.current_tenant_id() is distinct from s.home_tenant_id
  then
    return false;
  end if;
  return s.expires_at > now() and exists (
    select
    from public.platform p
    join public."user" u on u.id = s.user_id
    left join public.session_activity a on a.session_id = s.id
    left join public.tenant t on t.id = s.active_tenant_id
    left join public.membership m on m.tenant_id = s.active_tenant_id and m.user_id = s.user_id
    left join public.tenant h on h.id = s.home_tenant_id
    where gatehouse.idle_deadline(s.created_at, a.last_seen_at, s.idle_seconds, p.activity_lost_at, p.activity_resumed_at) > now()
      and (u.locked_at is null or u.locked_until <= now())
      and p.session_epoch = s.platform_epoch
      and u.session_epoch = s.user_epoch
      and u.home_tenant_id is not distinct from s.home_tenant_id
      and h.session_epoch is not distinct from s.home_tenant_epoch
      and t.session_epoch is not distinct from s.tenant_epoch
      and m.session_epoch is not distinct from s.membership_epoch
      and t.suspended_at is null
  );
end
$$;

-- The one question of the session check: whose session is this, if it is alive?
create function gatehouse.check_session(token_hash text) returns table (
  session_id uuid, user_id uuid, email text, name text, image text, email_verified boolean, user_created_at timestamptz,
  created_at timestamptz, expires_at timestamptz, idle_expires_at timestamptz, last_seen_at timestamptz, idle_seconds integer,
  method text, ip_address text, user_agent text, home_tenant_id uuid,
  active_tenant_id uuid, active_tenant_slug text, active_tenant_name text,
  impersonated_by_id uuid, impersonated_by_name text
)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select s.id, u.id, u.email, u.name, u.image, u.email_verified, u.created_at,
    s.created_at, s.expires_at,
    gatehouse.idle_deadline(s.created_at, a.last_seen_at, s.idle_seconds, p.activity_lost_at, p.activity_resumed_at),
    a.last_seen_at, s.idle_seconds, s.method, host(s.ip_address), s.user_agent, s.home_tenant_id,
    t.id, t.slug, t.name, s.impersonated_by_id, i.name
  from public.session s
  join public."user" u on u.id = s.user_id
  cross join public.platform p
  left join public.session_activity a on a.session_id = s.id
  left join public.tenant t on t.id = s.active_tenant_id
  left join public."user" i on i.id = s.impersonated_by_id
  where s.token_hash = check_session.token_hash and gatehouse.session_is_alive(s)
$$;

-- Gives a session the epochs of the tenant it is active in. GH003: suspended, absent, or not a member.
create function gatehouse.enter_tenant(s public.session) returns public.session
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  s.tenant_epoch := null;
  s.membership_epoch := null;
  if s.active_tenant_id is null then return s; end if;
  select t.session_epoch into s.tenant_epoch
    from public.tenant t where t.id = s.active_tenant_id and t.suspended_at is null for share;
  select m.session_epoch into s.membership_epoch
    from public.membership m where m.tenant_id = s.active_tenant_id and m.user_id = s.user_id for share;
  if s.tenant_epoch is null or s.membership_epoch is null then
    raise exception 'The tenant is suspended, or the user is not a member of it.' using errcode = 'GH003';
  end if;
  return s;
end
$$;

-- A new session is admitted under locks that every raise of an epoch must wait for. The caller states the user's
-- epoch as it was before the proof was verified: if it has moved since, an old password must not make a session.
create function gatehouse.admit_session() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  person record;
begin
  select p.session_epoch into new.platform_epoch from public.platform p for share;
  select u.session_epoch, u.home_tenant_id, u.locked_at is not null and (u.locked_until is null or u.locked_until > now()) as locked
    into person from public."user" u where u.id = new.user_id for share;
  if not found or person.session_epoch is distinct from new.user_epoch then
    raise exception 'The proof of identity is older than the last end of all sessions of this user.' using errcode = 'GH001';
  end if;
  if person.locked then
    raise exception 'The user is locked.' using errcode = 'GH002';
  end if;
  new.home_tenant_id := person.home_tenant_id;
  new.home_tenant_epoch := null;
  select t.session_epoch into new.home_tenant_epoch from public.tenant t where t.id = person.home_tenant_id for share;
  return gatehouse.enter_tenant(new);
end
$$;

create function gatehouse.change_tenant() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  return gatehouse.enter_tenant(new);
end
$$;

create trigger admit_session before insert on session for each row execute function gatehouse.admit_session();
create trigger change_tenant before update of active_tenant_id on session for each row
  when (old.active_tenant_id is distinct from new.active_tenant_id) execute function gatehouse.change_tenant();

-- A session that goes leaves its history, whichever statement or cascade removes it. A BEFORE trigger: behind a
-- cascade an AFTER trigger runs as another role on Postgres 18 than on 15.
create function gatehouse.keep_session_history() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into public.session_history (
    id, user_id, created_at, expires_at, last_seen_at, ended_at, end_reason, ended_by_type, ended_by_id, ended_by_name, receipt_id,
    ip_address, user_agent, browser, os, device, country, method, active_tenant_id, home_tenant_id, impersonated_by_id
  ) values (
    old.id, old.user_id, old.created_at, old.expires_at,
    (select a.last_seen_at from public.session_activity a where a.session_id = old.id),
    coalesce(nullif(current_setting('app.ended_at', true), '')::timestamptz, now()),
    coalesce(nullif(current_setting('app.end_reason', true), ''), 'unknown'),
    nullif(current_setting('app.ended_by_type', true), ''),
    nullif(current_setting('app.ended_by_id', true), ''),
    nullif(current_setting('app.ended_by_name', true), ''),
    nullif(current_setting('app.receipt_id', true), '')::uuid,
    old.ip_address, old.user_agent, old.browser, old.os, old.device, old.country, old.method,
    old.active_tenant_id, old.home_tenant_id, old.impersonated_by_id
  );
  return old;
end
$$;

create trigger keep_session_history before delete on session for each row execute function gatehouse.keep_session_history();

-- Deletes sessions with a reason, unless the transaction has stated one of its own.
create function gatehouse.end_sessions(of_user uuid, in_tenant uuid, default_reason text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  stated text := coalesce(current_setting('app.end_reason', true), '');
begin
  if stated = '' then perform set_config('app.end_reason', default_reason, true); end if;
  delete from public.session s where s.user_id = of_user and (in_tenant is null or s.active_tenant_id = in_tenant);
  perform set_config('app.end_reason', stated, true);
end
$$;

create function gatehouse.end_sessions_of_deleted_user() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform gatehouse.end_sessions(old.id, null, 'deletion');
  return old;
end
$$;

-- Without this a member who is removed and comes back would find the old sessions alive again.
create function gatehouse.end_sessions_of_removed_member() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform gatehouse.end_sessions(old.user_id, old.tenant_id, 'removed');
  return old;
end
$$;

create trigger end_sessions_of_deleted_user before delete on "user"
  for each row execute function gatehouse.end_sessions_of_deleted_user();
create trigger end_sessions_of_removed_member before delete on membership
  for each row execute function gatehouse.end_sessions_of_removed_member();

-- Sessions follow their user to another home tenant; those which the former home had already ended stay behind, ended.
create function gatehouse.follow_home_tenant() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  new_epoch integer;
  old_epoch integer;
begin
  select t.session_epoch into new_epoch from public.tenant t where t.id = new.home_tenant_id for share;
  select t.session_epoch into old_epoch from public.tenant t where t.id = old.home_tenant_id;
  update public.session s set home_tenant_id = new.home_tenant_id, home_tenant_epoch = new_epoch
    where s.user_id = new.id
      and s.home_tenant_id is not distinct from old.home_tenant_id
      and s.home_tenant_epoch is not distinct from old_epoch;
  return null;
end
$$;

create trigger follow_home_tenant after update of home_tenant_id on "user" for each row
  when (old.home_tenant_id is distinct from new.home_tenant_id) execute function gatehouse.follow_home_tenant();

-- An epoch only rises: a lower one would bring ended sessions back to life.
create function gatehouse.refuse_lower_epoch() returns trigger language plpgsql as $$
begin
  if new.session_epoch < old.session_epoch then
    raise exception 'session_epoch of % may only rise.', tg_table_name using errcode = 'check_violation';
  end if;
  return new;
end
$$;

-- A lock or a suspension passes; the sessions it ended must not come back when it does. So it raises the epoch, too.
create function gatehouse.raise_epoch_on_lock() returns trigger language plpgsql as $$
begin
  if new.locked_at is not null and new.locked_at is distinct from old.locked_at and new.session_epoch = old.session_epoch then
    new.session_epoch := old.session_epoch + 1;
  end if;
  return new;
end
$$;

create function gatehouse.raise_epoch_on_suspension() returns trigger language plpgsql as $$
begin
  if new.suspended_at is not null and new.suspended_at is distinct from old.suspended_at and new.session_epoch = old.session_epoch then
    new.session_epoch := old.session_epoch + 1;
  end if;
  return new;
end
$$;

create trigger refuse_lower_epoch before update of session_epoch on platform
  for each row execute function gatehouse.refuse_lower_epoch();
create trigger refuse_lower_epoch before update of session_epoch on tenant
  for each row execute function gatehouse.refuse_lower_epoch();
create trigger refuse_lower_epoch before update of session_epoch on "user"
  for each row execute function gatehouse.refuse_lower_epoch();
create trigger refuse_lower_epoch before update of session_epoch on membership
  for each row execute function gatehouse.refuse_lower_epoch();
create trigger raise_epoch_on_lock before update of locked_at on "user"
  for each row execute function gatehouse.raise_epoch_on_lock();
create trigger raise_epoch_on_suspension before update of suspended_at on tenant
  for each row execute function gatehouse.raise_epoch_on_suspension();

-- A sign of life of the last-seen collector; true when it comes back after a gap longer than the given seconds.
-- Returns within a minute of each other count as one gap, so that an instance which restarts in a loop ends nobody.
create function gatehouse.record_collector_heartbeat(stale_after_seconds integer) returns boolean
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update public.platform p set
    activity_seen_at = now(),
    activity_resumed_at = case when gap.stale then now() else p.activity_resumed_at end,
    activity_lost_at = case
      when gap.stale and p.activity_seen_at > p.activity_resumed_at + interval '1 minute' then p.activity_seen_at
      else p.activity_lost_at
    end
  from (
    select q.activity_seen_at < now() - stale_after_seconds * interval '1 second' as stale from public.platform q for update
  ) gap
  returning gap.stale
$$;

grant execute on function gatehouse.idle_deadline(timestamptz, timestamptz, integer, timestamptz, timestamptz)
  to gatehouse_app, gatehouse_tenant, gatehouse_platform, gatehouse_definer;
grant execute on function gatehouse.session_is_alive(session) to gatehouse_app, gatehouse_tenant, gatehouse_platform;
grant execute on function gatehouse.check_session(text) to gatehouse_app;
grant execute on function gatehouse.record_collector_heartbeat(integer) to gatehouse_app, gatehouse_platform;
call gatehouse.hand_over_functions();
