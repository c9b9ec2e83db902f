-- Acting as somebody else, and acting by a key.

-- An impersonation is a session of the person acted as. The administrator's own session waits behind it under a token
-- that nobody holds, and either one's end is the other's. One begun in a tenant never leaves that tenant.
alter table session
  add column impersonator_session_id uuid,
  add column confined_tenant_id uuid,
  add constraint session_impersonator_session_id_fkey foreign key (impersonator_session_id) references session(id)
    on delete cascade on update cascade not valid,
  add constraint session_impersonation_is_whole check ((impersonator_session_id is null) = (impersonated_by_id is null)) not valid,
  add constraint session_impersonation_is_of_another check (impersonated_by_id <> user_id and impersonator_session_id <> id) not valid,
  add constraint session_impersonation_stays_put check (
    confined_tenant_id is null
    or (impersonator_session_id is not null and confined_tenant_id is not distinct from active_tenant_id)) not valid;

alter table session validate constraint session_impersonator_session_id_fkey;
alter table session validate constraint session_impersonation_is_whole;
alter table session validate constraint session_impersonation_is_of_another;
alter table session validate constraint session_impersonation_stays_put;

create table api_key (
  id uuid not null,
  tenant_id uuid default gatehouse.current_tenant_id(),
  owner_id uuid not null,
  name text not null,
  prefix text not null,
  secret_hash text not null,
  previous_secret_hash text,
  previous_expires_at timestamptz(3),
  permissions text[],
  created_at timestamptz(3) not null default current_timestamp,
  expires_at timestamptz(3) not null,
  last_used_at timestamptz(3),
  last_used_address inet,
  revoked_at timestamptz(3),
  revoked_by_type text,
  revoked_by_id text,
  revoked_by_name text,
  constraint api_key_pkey primary key (id)
);

create unique index api_key_secret_hash_key on api_key(secret_hash);
create unique index api_key_previous_secret_hash_key on api_key(previous_secret_hash);
create index api_key_created_at_id_idx on api_key(created_at desc, id desc);
create index api_key_tenant_id_created_at_id_idx on api_key(tenant_id, created_at desc, id desc);
create index api_key_owner_id_idx on api_key(owner_id);

alter table api_key
  add constraint api_key_tenant_id_fkey foreign key (tenant_id) references tenant(id) on delete cascade on update cascade,
  add constraint api_key_owner_id_fkey foreign key (owner_id) references "user"(id) on delete cascade on update cascade,
  -- Only hashes may be at rest; a key in clear does not fit.
  add constraint api_key_secret_is_a_sha256 check (secret_hash ~ '^[0-9a-f]{64}$'),
  add constraint api_key_previous_secret_is_a_sha256 check (previous_secret_hash ~ '^[0-9a-f]{64}$'),
  add constraint api_key_previous_secret_ends check ((previous_secret_hash is null) = (previous_expires_at is null)),
  add constraint api_key_prefix_tells_little check (length(prefix) <= 12),
  add constraint api_key_allows_something check (coalesce(cardinality(permissions), 0) > 0),
  add constraint api_key_runs_out check (expires_at > created_at and expires_at <= created_at + interval '366 days'),
  add constraint api_key_revocation_is_whole check ((revoked_at is null) = (revoked_by_type is null));

alter table api_key enable row level security;
alter table api_key force row level security;
create policy isolation on api_key as restrictive to gatehouse_tenant using (tenant_id = (select gatehouse.current_tenant_id()));
create policy tenant_reads on api_key for select to gatehouse_tenant using (true);
create policy tenant_creates on api_key for insert to gatehouse_tenant with check (true);
create policy tenant_changes on api_key for update to gatehouse_tenant using (true);
create policy platform on api_key to gatehouse_platform using (true) with check (true);
create policy definer on api_key to gatehouse_definer using (true) with check (true);

grant select, insert on api_key to gatehouse_tenant, gatehouse_platform;
grant update (prefix, secret_hash, previous_secret_hash, previous_expires_at, revoked_at, revoked_by_type, revoked_by_id, revoked_by_name)
  on api_key to gatehouse_tenant, gatehouse_platform;
grant select on api_key to gatehouse_definer;
grant update (last_used_at, last_used_address, revoked_at, revoked_by_type, revoked_by_name) on api_key to gatehouse_definer;
grant insert, update (token_hash) on session to gatehouse_definer;

-- What exists already belongs to gatehouse_definer, which alone may replace it.
do $$
begin
  execute format('grant gatehouse_definer to %I%s', current_user,
    case when current_setting('server_version_num')::int >= 160000 then ' with inherit false, set true' else '' end);
end
$$;
grant create on schema gatehouse to gatehouse_definer;
set local role gatehouse_definer;

-- The rule of life and death as it was, asked of the session and of the one behind it: an impersonation does not
-- outlive the session of the administrator, whatever ends that one and at whichever level.
create or replace function gatehouse.session_is_alive(s public.session) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  asked public.session := s;
begin
  -- A tenant learns about its own sessions only, whatever row it makes up.
  if current_setting('role') = 'gatehouse_tenant'
    and gatehouse.current_tenant_id() is distinct from s.active_tenant_id
    and gatehouse.current_tenant_id() is distinct from s.home_tenant_id
  then
    return false;
  end if;
  loop
    if not (asked.expires_at > now() and exists (
      select
      from public.platform p
      join public."user" u on u.id = asked.user_id
      left join public.session_activity a on a.session_id = asked.id
      left join public.tenant t on t.id = asked.active_tenant_id
      left join public.membership m on m.tenant_id = asked.active_tenant_id and m.user_id = asked.user_id
      left join public.tenant h on h.id = asked.home_tenant_id
      where gatehouse.idle_deadline(asked.created_at, a.last_seen_at, asked.idle_seconds, p.activity_lost_at, p.activity_resumed_at) > now()
        and (u.locked_at is null or u.locked_until <= now())
        and p.session_epoch = asked.platform_epoch
        and u.session_epoch = asked.user_epoch
        and u.home_tenant_id is not distinct from asked.home_tenant_id
        and h.session_epoch is not distinct from asked.home_tenant_epoch
        and t.session_epoch is not distinct from asked.tenant_epoch
        and m.session_epoch is not distinct from asked.membership_epoch
        and t.suspended_at is null
    )) then
      return false;
    end if;
    if asked.impersonator_session_id is null then return true; end if;
    select * into asked from public.session i where i.id = asked.impersonator_session_id;
    if not found then return false; end if;
  end loop;
end
$$;

drop function gatehouse.check_session(text);
create function gatehouse.check_session(token_hash text) returns table (
  session_id uuid, user_id uuid, email text, name text, image text, email_verified boolean, user_created_at timestamptz,
  created_at timestamptz, expires_at timestamptz, idle_expires_at timestamptz, last_seen_at timestamptz, idle_seconds integer,
  method text, ip_address text, user_agent text, home_tenant_id uuid,
  active_tenant_id uuid, active_tenant_slug text, active_tenant_name text,
  impersonated_by_id uuid, impersonated_by_name text, impersonator_session_id uuid, confined_tenant_id uuid
)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select s.id, u.id, u.email, u.name, u.image, u.email_verified, u.created_at,
    s.created_at, s.expires_at,
    gatehouse.idle_deadline(s.created_at, a.last_seen_at, s.idle_seconds, p.activity_lost_at, p.activity_resumed_at),
    a.last_seen_at, s.idle_seconds, s.method, host(s.ip_address), s.user_agent, s.home_tenant_id,
    t.id, t.slug, t.name, s.impersonated_by_id, i.name, s.impersonator_session_id, s.confined_tenant_id
  from public.session s
  join public."user" u on u.id = s.user_id
  cross join public.platform p
  left join public.session_activity a on a.session_id = s.id
  left join public.tenant t on t.id = s.active_tenant_id
  left join public."user" i on i.id = s.impersonated_by_id
  where s.token_hash = check_session.token_hash and gatehouse.session_is_alive(s)
$$;
revoke all on function gatehouse.check_session(text) from public;
grant execute on function gatehouse.check_session(text) to gatehouse_app;

-- Replaced by find_tenant_for, which also says what the asking user is to the tenant.
drop function gatehouse.find_tenant(text);
reset role;

-- The tenant of a path and whether a user is a member of it, for whoever has no scope yet.
create function gatehouse.find_tenant_for(user_id uuid, slug text) returns table (
  id uuid, slug text, name text, suspended_at timestamptz, suspended_reason text, is_member boolean
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.id, t.slug, t.name, t.suspended_at, t.suspended_reason,
    exists (select from public.membership m where m.tenant_id = t.id and m.user_id = find_tenant_for.user_id)
  from public.tenant t where t.slug = find_tenant_for.slug
$$;

-- Begins an impersonation: the administrator's session is put aside under a token of which nobody knows more than this
-- hash, and the person acted as gets a session of at most the given seconds. In a tenant it is confined to that tenant,
-- and the person must be the tenant's own. Returns when it ends and the hash of the token that has just died.
-- GH007: the administrator's session has gone or is an impersonation itself. 42501: not this tenant's to act as.
create function gatehouse.start_impersonation(
  own_session_id uuid, parked_token_hash text, target_user_id uuid, new_session_id uuid, new_token_hash text, seconds integer
) returns table (expires_at timestamptz, former_token_hash text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  own public.session;
  confined uuid := gatehouse.current_tenant_id();
begin
  if seconds is null or seconds not between 1 and 1800 then
    raise exception 'An impersonation lasts at most 1800 seconds.' using errcode = 'invalid_parameter_value';
  end if;
  if current_setting('role') = 'gatehouse_tenant' and not coalesce(confined is not null and gatehouse.manages_user(target_user_id), false) then
    raise exception 'Only the home tenant may act as this user.' using errcode = 'insufficient_privilege';
  end if;
  select * into own from public.session s where s.id = own_session_id for update;
  if not found or own.impersonator_session_id is not null
    -- A tenant puts aside nobody's session but one that is active in it, or one of those who run the platform.
    or (own.active_tenant_id is distinct from confined and confined is not null
      and not exists (select from public.platform_role_assignment a where a.user_id = own.user_id))
  then
    raise exception 'There is no session of an administrator to act from.' using errcode = 'GH007';
  end if;
  update public.session s set token_hash = parked_token_hash where s.id = own.id;
  former_token_hash := own.token_hash;
  insert into public.session (
    id, user_id, token_hash, expires_at, idle_seconds, ip_address, user_agent, browser, os, device, country, method, remember_me,
    active_tenant_id, impersonated_by_id, impersonator_session_id, confined_tenant_id, platform_epoch, user_epoch
  )
  select new_session_id, u.id, new_token_hash, least(now() + seconds * interval '1 second', own.expires_at), seconds,
    own.ip_address, own.user_agent, own.browser, own.os, own.device, own.country, 'impersonation', false,
    confined, own.user_id, own.id, confined, 0, u.session_epoch
  from public."user" u where u.id = target_user_id
  returning session.expires_at into start_impersonation.expires_at;
  if not found then raise exception 'There is no such user.' using errcode = 'no_data_found'; end if;
  return next;
end
$$;

-- Ends an impersonation and gives the administrator's session the token with this hash. No row: there is no such
-- impersonation any more.
create function gatehouse.stop_impersonation(session_id uuid, fresh_token_hash text) returns table (
  expires_at timestamptz, remember_me boolean
)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  behind uuid;
begin
  perform set_config('app.end_reason', 'impersonation_ended', true);
  delete from public.session s
    where s.id = stop_impersonation.session_id and s.impersonator_session_id is not null returning s.impersonator_session_id into behind;
  return query update public.session s set token_hash = fresh_token_hash
    where s.id = behind returning s.expires_at, s.remember_me;
end
$$;

-- Whichever other way an impersonation ends, the session behind it is one that nobody can use any more.
create function gatehouse.end_parked_session() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  stated text := coalesce(current_setting('app.end_reason', true), '');
begin
  if stated = 'impersonation_ended' then return null; end if;
  perform set_config('app.end_reason', 'impersonation_ended', true);
  delete from public.session s where s.id = old.impersonator_session_id;
  perform set_config('app.end_reason', stated, true);
  return null;
end
$$;

create trigger end_parked_session after delete on session for each row
  when (old.impersonator_session_id is not null) execute function gatehouse.end_parked_session();

-- The one question of a request that brings a key: which key is this, if it still opens anything, and is it used from
-- where it may be? What its owner may do at this moment is for whoever asks.
create function gatehouse.check_api_key(secret_hash text, client_address text) returns table (
  id uuid, name text, owner_id uuid, tenant_id uuid, tenant_slug text, permissions text[], address_is_allowed boolean
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select k.id, k.name, k.owner_id, k.tenant_id, t.slug, k.permissions,
    gatehouse.address_is_allowed(k.tenant_id, client_address::inet)
  from public.api_key k
  join public."user" u on u.id = k.owner_id
  left join public.tenant t on t.id = k.tenant_id
  where (k.secret_hash = check_api_key.secret_hash
      or (k.previous_secret_hash = check_api_key.secret_hash and k.previous_expires_at > now()))
    and k.revoked_at is null
    and k.expires_at > now()
    and (u.locked_at is null or u.locked_until <= now())
$$;

-- When a key was last used, and from where; written at most once a minute.
create function gatehouse.note_api_key_use(key_id uuid, client_address text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update public.api_key k set last_used_at = now(), last_used_address = client_address::inet
  where k.id = key_id and (k.last_used_at is null or k.last_used_at < now() - interval '1 minute')
$$;

-- Without this a member who is removed and comes back would find the old keys working again.
create function gatehouse.revoke_keys_of_removed_member() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.api_key k set revoked_at = now(), revoked_by_type = 'system', revoked_by_name = 'removed member'
    where k.tenant_id = old.tenant_id and k.owner_id = old.user_id and k.revoked_at is null;
  return old;
end
$$;

create trigger revoke_keys_of_removed_member before delete on membership
  for each row execute function gatehouse.revoke_keys_of_removed_member();

-- A tenant's key is owned by a member of it, or by one of those who run the platform and act there. About another
-- tenant's rows this says nothing: row security refuses them all alike.
create function gatehouse.refuse_foreign_owner() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.tenant_id = gatehouse.current_tenant_id()
    and not exists (select from public.membership m where m.tenant_id = new.tenant_id and m.user_id = new.owner_id)
    and not exists (select from public.platform_role_assignment a where a.user_id = new.owner_id)
  then
    raise exception 'This key would be owned by somebody from elsewhere.' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create trigger refuse_foreign_owner before insert on api_key for each row execute function gatehouse.refuse_foreign_owner();

grant execute on function gatehouse.find_tenant_for(uuid, text) to gatehouse_app;
grant execute on function gatehouse.check_api_key(text, text) to gatehouse_app;
grant execute on function gatehouse.note_api_key_use(uuid, text) to gatehouse_app;
grant execute on function gatehouse.start_impersonation(uuid, text, uuid, uuid, text, integer) to gatehouse_tenant, gatehouse_platform;
grant execute on function gatehouse.stop_impersonation(uuid, text) to gatehouse_platform;
call gatehouse.hand_over_functions();
