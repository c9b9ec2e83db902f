-- Ending whatever a filter finds: large sets are marked in the revocation's transaction and moved by its job.

-- A marked session is dead from the commit on. No foreign keys: checking them would triple what a mark costs, and a mark
-- whose session has gone some other way means nothing, because ids are never used twice; the job clears it away.
create table session_ending (
  session_id uuid not null,
  receipt_id uuid not null,
  constraint session_ending_pkey primary key (session_id)
);

alter table session_ending enable row level security;
alter table session_ending force row level security;
-- A tenant marks what it sees: the question is asked under its own row-level security.
create policy isolation on session_ending as restrictive to gatehouse_tenant
  using (exists (select from session s where s.id = session_ending.session_id));
create policy tenant_marks on session_ending for insert to gatehouse_tenant with check (true);
create policy platform on session_ending to gatehouse_platform using (true) with check (true);
create policy definer on session_ending to gatehouse_definer using (true);

grant insert on session_ending to gatehouse_tenant;
grant select, insert, delete on session_ending to gatehouse_platform;
grant select on session_ending to gatehouse_definer;
grant update (platform_epoch, tenant_epoch) on session to gatehouse_definer;

alter table revocation_receipt
  add column tenant_slug text,
  add column tenant_name text,
  add column filter jsonb,
  add column as_of timestamptz(3),
  add column included_new boolean not null default false,
  add column left_out_sessions integer not null default 0,
  add column left_out_users integer not null default 0,
  add column sample jsonb not null default '[]',
  add column progressed_at timestamptz(3),
  add column idempotency_key text,
  add column request_hash text,
  add constraint revocation_receipt_repeats_are_known check ((idempotency_key is null) = (request_hash is null)),
  add constraint revocation_receipt_left_out_is_sane check (left_out_sessions >= 0 and left_out_users >= 0);

update revocation_receipt r set tenant_slug = t.slug, tenant_name = t.name from tenant t where t.id = r.tenant_id;

-- There is one receipt for each revocation: few enough for their indexes to be made while nobody can write one.
-- The same request under the same key is one revocation, however often and wherever it is sent.
create unique index revocation_receipt_is_once on revocation_receipt (
  actor_type, coalesce(actor_id, ''), coalesce(tenant_id, '00000000-0000-0000-0000-000000000000'), idempotency_key
) where idempotency_key is not null;
create index revocation_receipt_unmoved_idx on revocation_receipt (kind, target_id) where ended is null;
create index revocation_receipt_pending_idx on revocation_receipt (requested_at desc, id desc) where completed_at is null;

-- What exists already belongs to gatehouse_definer, which alone may replace it.
do $$
begin
  execute format('grant gatehouse_definer to %I%s', current_user,
    case when current_setting('server_version_num')::int >= 160000 then ' with inherit false, set true' else '' end);
end
$$;
grant create on schema gatehouse to gatehouse_definer;
set local role gatehouse_definer;

-- The rule of life and death as it was, and: a session that is marked to end is dead. By index alone: a plan made while
-- nothing is marked would read the whole table of marks, and would be kept by a connection when there are a million.
-- Up to Postgres 17 forbidding a scan makes a plan look so dear that it is compiled for every single question.
create or replace function gatehouse.session_is_alive(s public.session) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off set jit = off as $$
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
        and not exists (select from public.session_ending e where e.session_id = asked.id)
    )) then
      return false;
    end if;
    if asked.impersonator_session_id is null then return true; end if;
    select * into asked from public.session i where i.id = asked.impersonator_session_id;
    if not found then return false; end if;
  end loop;
end
$$;
reset role;

-- Ends every session of the scope, the current tenant's or everybody's, by its epoch, but not the living ones among
-- those named, which get the new epoch in the same moment. Returns the new epoch; null: there is no such scope.
create function gatehouse.raise_scope_epoch(spared uuid[]) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  in_tenant uuid := gatehouse.current_tenant_id();
  kept uuid[];
  epoch integer;
begin
  if in_tenant is null and current_setting('role') <> 'gatehouse_platform' then
    raise exception 'Only the platform ends the sessions of everybody.' using errcode = 'insufficient_privilege';
  end if;
  -- Whoever is admitted meanwhile waits here, and is then made under the new epoch.
  if in_tenant is null then perform 1 from public.platform p for update;
  else perform 1 from public.tenant t where t.id = in_tenant for update;
  end if;
  kept := array(select s.id from public.session s where s.id = any (spared) and gatehouse.session_is_alive(s));
  if in_tenant is null then
    update public.platform p set session_epoch = p.session_epoch + 1 returning p.session_epoch into epoch;
    update public.session s set platform_epoch = epoch where s.id = any (kept);
  else
    update public.tenant t set session_epoch = t.session_epoch + 1 where t.id = in_tenant returning t.session_epoch into epoch;
    update public.session s set
      tenant_epoch = case when s.active_tenant_id = in_tenant then epoch else s.tenant_epoch end,
      home_tenant_epoch = case when s.home_tenant_id = in_tenant then epoch else s.home_tenant_epoch end
    where s.id = any (kept);
  end if;
  return epoch;
end
$$;

-- Those of the named sessions that are alive, by the rule of session_is_alive in one go: asked row by row it costs eight
-- times as much (measured for 100,000). Planned for each call, by how many are named and marked then. A test holds the
-- two rules together.
create function gatehouse.living_sessions(ids uuid[]) returns setof uuid
language sql volatile security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
  select s.id
  from unnest(living_sessions.ids) wanted(id)
  join public.session s on s.id = wanted.id
  join public."user" u on u.id = s.user_id
  cross join public.platform p
  left join public.session_activity a on a.session_id = s.id
  left join public.tenant t on t.id = s.active_tenant_id
  left join public.membership m on m.tenant_id = s.active_tenant_id and m.user_id = s.user_id
  left join public.tenant h on h.id = s.home_tenant_id
  where s.expires_at > now()
    and (current_setting('role') <> 'gatehouse_tenant'
      or gatehouse.current_tenant_id() in (s.active_tenant_id, s.home_tenant_id))
    and gatehouse.idle_deadline(s.created_at, a.last_seen_at, s.idle_seconds, p.activity_lost_at, p.activity_resumed_at) > now()
    and (u.locked_at is null or u.locked_until <= now())
    and p.session_epoch = s.platform_epoch
    and u.session_epoch = s.user_epoch
    and u.home_tenant_id is not distinct from s.home_tenant_id
    and h.session_epoch is not distinct from s.home_tenant_epoch
    and t.session_epoch is not distinct from s.tenant_epoch
    and m.session_epoch is not distinct from s.membership_epoch
    and t.suspended_at is null
    and not exists (select from public.session_ending e where e.session_id = s.id)
    -- Behind an impersonation stands another session, which is asked as well.
    and (s.impersonator_session_id is null or gatehouse.session_is_alive(s))
$$;

-- Holders of a platform role who are at home in the current tenant: no role in a tenant reaches them.
create function gatehouse.users_above_home() returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct a.user_id from public.platform_role_assignment a
  join public."user" u on u.id = a.user_id
  where u.home_tenant_id = gatehouse.current_tenant_id()
$$;

grant execute on function gatehouse.raise_scope_epoch(uuid[]) to gatehouse_tenant, gatehouse_platform;
grant execute on function gatehouse.living_sessions(uuid[]) to gatehouse_tenant, gatehouse_platform;
grant execute on function gatehouse.users_above_home() to gatehouse_tenant;
call gatehouse.hand_over_functions();
