-- Tenants that can be deleted after a grace period, and the rules (policies) of the platform and of each tenant.
-- Errors of our own, raised when a session begins or enters a tenant: GH005 not from this address, GH006 not without a
-- second factor, GH008 the sign-in is older than this tenant accepts.

alter table tenant
  add column deletion_requested_at timestamptz(3),
  add column deletes_at timestamptz(3),
  add constraint tenant_deletion_is_whole check (
    (deletes_at is null) = (deletion_requested_at is null) and (deletes_at is null or suspended_at is not null));

create index tenant_name_id_idx on tenant(name, id);
create index tenant_deletes_at_idx on tenant(deletes_at) where deletes_at is not null;

create table policy (
  id uuid not null,
  tenant_id uuid default gatehouse.current_tenant_id(),
  session_idle_seconds integer,
  session_absolute_seconds integer,
  concurrent_sessions_max integer,
  concurrent_sessions_mode text,
  second_factor_required boolean,
  password_length_min integer,
  password_composition text[],
  sign_in_methods text[],
  allowed_addresses text[],
  audit_retention_days integer,
  updated_at timestamptz(3) not null default current_timestamp,
  constraint policy_pkey primary key (id),
  constraint policy_numbers_are_positive check (
    session_idle_seconds > 0 and session_absolute_seconds > 0 and concurrent_sessions_max > 0 and password_length_min > 0
    and audit_retention_days > 0),
  constraint policy_mode_is_known check (concurrent_sessions_mode in ('refuse-newest', 'end-oldest')),
  constraint policy_composition_is_known check (password_composition <@ array['lower', 'upper', 'digit', 'symbol']),
  -- What is no address fails in the cast.
  constraint policy_addresses_are_addresses check (cardinality(allowed_addresses::inet[]) >= 0)
);

create unique index policy_tenant_id_key on policy(tenant_id) nulls not distinct;
alter table policy add constraint policy_tenant_id_fkey foreign key (tenant_id) references tenant(id) on delete cascade on update cascade;

grant select, insert on policy to gatehouse_tenant, gatehouse_platform;
grant update (session_idle_seconds, session_absolute_seconds, concurrent_sessions_max, concurrent_sessions_mode, second_factor_required,
  password_length_min, password_composition, sign_in_methods, allowed_addresses, audit_retention_days, updated_at)
  on policy to gatehouse_tenant, gatehouse_platform;
grant update (deletion_requested_at, deletes_at) on tenant to gatehouse_platform;
grant select on policy to gatehouse_definer;
grant update (idle_seconds, expires_at) on session to gatehouse_definer;
grant update (home_tenant_id) on "user" to gatehouse_definer;
grant delete on membership, tenant to gatehouse_definer;

alter table policy enable row level security;
alter table policy force row level security;
create policy platform on policy to gatehouse_platform using (true) with check (true);
create policy definer on policy to gatehouse_definer using (true) with check (true);
-- A tenant reads the platform's rules beside its own, because they bound what it may choose.
create policy isolation on policy as restrictive to gatehouse_tenant
  using (tenant_id = (select gatehouse.current_tenant_id()) or tenant_id is null)
  with check (tenant_id = (select gatehouse.current_tenant_id()));
create policy tenant_reads on policy for select to gatehouse_tenant using (true);
create policy tenant_adds on policy for insert to gatehouse_tenant with check (true);
create policy tenant_changes on policy for update to gatehouse_tenant using (tenant_id = (select gatehouse.current_tenant_id()));

-- The rules that hold for whoever is at home in a tenant (null: nowhere): the platform's row and the tenant's.
create function gatehouse.find_policies(tenant_id uuid) returns setof public.policy
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.* from public.policy p where p.tenant_id is null or p.tenant_id = find_policies.tenant_id
$$;

-- Whether the platform's and the tenant's rules admit an address. Without a list every address is admitted; with one,
-- an unknown address is not.
create function gatehouse.address_is_allowed(tenant_id uuid, address inet) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select not exists (
    select from public.policy p
    where (p.tenant_id is null or p.tenant_id = address_is_allowed.tenant_id)
      and cardinality(p.allowed_addresses) > 0
      and (address is null or not address <<= any (p.allowed_addresses::inet[])))
$$;

-- Holds a session to the rules of the platform, of its user's home and of the tenant it enters: limits only shrink. Their
-- names put the triggers behind admit_session and change_tenant, whose locks keep a change of the rules waiting. The home's
-- addresses are no matter here: the person may have business elsewhere.
create function gatehouse.hold_to_policies() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  address inet := coalesce(nullif(current_setting('app.client_address', true), '')::inet, new.ip_address);
  rule record;
begin
  if not gatehouse.address_is_allowed(new.active_tenant_id, address) then
    raise exception 'This address is outside the ranges from which sign-ins are accepted here.' using errcode = 'GH005';
  end if;
  for rule in
    select p.* from public.policy p where p.tenant_id is null or p.tenant_id in (new.home_tenant_id, new.active_tenant_id)
  loop
    new.idle_seconds := least(new.idle_seconds, rule.session_idle_seconds);
    new.expires_at := least(new.expires_at, new.created_at + rule.session_absolute_seconds * interval '1 second');
    if rule.second_factor_required and new.active_tenant_id is not null
      and (rule.tenant_id is null or rule.tenant_id = new.active_tenant_id)
    then
      raise exception 'A second factor is required here, and this sign-in had none.' using errcode = 'GH006';
    end if;
  end loop;
  if tg_op = 'UPDATE' and new.expires_at <= now() then
    raise exception 'This sign-in is older than is accepted here. Sign in again.' using errcode = 'GH008';
  end if;
  return new;
end
$$;

create trigger hold_to_policies_at_start before insert on session for each row execute function gatehouse.hold_to_policies();
create trigger hold_to_policies_on_entry before update of active_tenant_id on session for each row
  when (old.active_tenant_id is distinct from new.active_tenant_id) execute function gatehouse.hold_to_policies();

-- Keeps sessions from beginning or entering until this transaction ends: those under way are waited for, and whoever
-- comes later reads the rules as this transaction has left them.
create function gatehouse.hold_admissions() returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if current_setting('role') = 'gatehouse_tenant' then
    perform from public.tenant t where t.id = gatehouse.current_tenant_id() for no key update;
  else
    perform from public.platform for no key update;
  end if;
end
$$;

-- Shortens up to `most` sessions that exist to the rules of the caller's scope; returns how many it changed.
create function gatehouse.tighten_sessions(most integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  tenant uuid := gatehouse.current_tenant_id();
  idle integer;
  absolute interval;
  changed integer;
begin
  if tenant is null and current_setting('role') = 'gatehouse_tenant' then return 0; end if;
  select p.session_idle_seconds, p.session_absolute_seconds * interval '1 second' into idle, absolute
    from public.policy p where p.tenant_id is not distinct from tenant;
  if idle is null and absolute is null then return 0; end if;
  if tenant is null then
    update public.session s set idle_seconds = least(s.idle_seconds, idle), expires_at = least(s.expires_at, s.created_at + absolute)
      where s.id in (
        select t.id from public.session t where t.idle_seconds > idle or t.expires_at > t.created_at + absolute limit most);
  else
    update public.session s set idle_seconds = least(s.idle_seconds, idle), expires_at = least(s.expires_at, s.created_at + absolute)
      where s.id in (
        (select t.id from public.session t
          where t.active_tenant_id = tenant and (t.idle_seconds > idle or t.expires_at > t.created_at + absolute) limit most)
        union
        (select t.id from public.session t
          where t.home_tenant_id = tenant and (t.idle_seconds > idle or t.expires_at > t.created_at + absolute) limit most)
        limit most);
  end if;
  get diagnostics changed = row_count;
  return changed;
end
$$;

-- Takes one step of removing a tenant whose grace period is over: at most `most` rows. Its people's accounts go to the
-- platform, then its sessions and memberships go, and with the tenant's own row whatever else belongs to it. Returns
-- false when nothing is left.
create function gatehouse.purge_tenant(tenant_id uuid, most integer) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from public.tenant t where t.id = purge_tenant.tenant_id and t.deletes_at <= now() for update;
  if not found then
    raise exception 'This tenant is not due to be deleted.' using errcode = 'object_not_in_prerequisite_state';
  end if;
  update public."user" u set home_tenant_id = null
    where u.id in (select h.id from public."user" h where h.home_tenant_id = purge_tenant.tenant_id limit most);
  if found then return true; end if;
  delete from public.session s where s.id in (
    (select a.id from public.session a where a.active_tenant_id = purge_tenant.tenant_id limit most)
    union (select h.id from public.session h where h.home_tenant_id = purge_tenant.tenant_id limit most));
  if found then return true; end if;
  delete from public.membership m
    where m.id in (select d.id from public.membership d where d.tenant_id = purge_tenant.tenant_id limit most);
  if found then return true; end if;
  delete from public.tenant t where t.id = purge_tenant.tenant_id;
  return false;
end
$$;

-- What exists already belongs to gatehouse_definer, which alone may replace it.
do $$
begin
  execute format('grant gatehouse_definer to %I%s', current_user,
    case when current_setting('server_version_num')::int >= 160000 then ' with inherit false, set true' else '' end);
end
$$;
grant create on schema gatehouse to gatehouse_definer;
set local role gatehouse_definer;

-- Queues a job in the caller's transaction. The list is the catalogue of lib/jobs; a task that is not on it is refused.
create or replace function gatehouse.enqueue_job(task text, payload json) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if task is null or task not in ('finish-revocation', 'tighten-sessions') then
    raise exception 'There is no task "%" that may be queued.', task using errcode = 'invalid_parameter_value';
  end if;
  perform graphile_worker.add_job(task, payload);
end
$$;
reset role;

grant execute on function gatehouse.find_policies(uuid) to gatehouse_app;
grant execute on function gatehouse.address_is_allowed(uuid, inet) to gatehouse_app;
grant execute on function gatehouse.hold_admissions() to gatehouse_tenant, gatehouse_platform;
grant execute on function gatehouse.tighten_sessions(integer) to gatehouse_tenant, gatehouse_platform;
grant execute on function gatehouse.purge_tenant(uuid, integer) to gatehouse_platform;
call gatehouse.hand_over_functions();
