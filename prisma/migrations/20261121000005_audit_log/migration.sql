-- The audit log: a table partitioned by month, which the run-time roles may insert into and read, and nothing else.
-- It belongs to gatehouse_definer, which alone can attach partitions at run time. The partitions live in a schema to
-- which no role has access: addressed directly, a partition would ignore its parent's policies.
create table audit_event (
  id uuid not null,
  at timestamptz(3) not null default current_timestamp,
  tenant_id uuid default gatehouse.current_tenant_id(),
  action text not null,
  outcome text not null,
  actor_type text not null,
  actor_id text,
  actor_name text not null,
  impersonator_id text,
  impersonator_name text,
  target_type text,
  target_id text,
  target_name text,
  reason text,
  changes jsonb,
  details jsonb,
  request_id text not null,
  client_address inet,
  user_agent text,
  source text not null,
  -- For sealing by the horizon of a snapshot: a slow transaction may not commit behind a sealed range.
  recorded_xid xid8 not null default pg_current_xact_id(),
  constraint audit_event_pkey primary key (id, at),
  constraint audit_event_outcome_is_known check (outcome in ('success', 'denied', 'failure')),
  constraint audit_event_actor_type_is_known check (actor_type in ('user', 'api_key', 'cli', 'job', 'system', 'anonymous')),
  constraint audit_event_source_is_known check (source in ('console', 'api', 'cli', 'job', 'auth'))
) partition by range (at);

-- Newest first: everywhere, in a tenant, by actor, by target. An actor or a target is selective enough for either scope.
create index audit_event_at_id_idx on audit_event (at desc, id desc);
create index audit_event_tenant_id_at_id_idx on audit_event (tenant_id, at desc, id desc);
create index audit_event_actor_id_at_id_idx on audit_event (actor_id, at desc, id desc);
create index audit_event_target_id_at_id_idx on audit_event (target_id, at desc, id desc);
create index audit_event_request_id_idx on audit_event (request_id);
create index audit_event_at_brin on audit_event using brin (at);

create schema gatehouse_audit;

-- Forced row security with the same policies for the log and for each of its partitions.
create function gatehouse.protect_audit_table(log regclass) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  execute format('alter table %s enable row level security', log);
  execute format('alter table %s force row level security', log);
  execute format('create policy isolation on %s as restrictive to gatehouse_tenant
    using (tenant_id = (select gatehouse.current_tenant_id())) with check (tenant_id = (select gatehouse.current_tenant_id()))', log);
  execute format('create policy tenant_reads on %s for select to gatehouse_tenant using (true)', log);
  execute format('create policy tenant_records on %s for insert to gatehouse_tenant with check (true)', log);
  execute format('create policy platform_reads on %s for select to gatehouse_platform using (true)', log);
  execute format('create policy platform_records on %s for insert to gatehouse_platform with check (true)', log);
  execute format('create policy app_records on %s for insert to gatehouse_app with check (true)', log);
  execute format('create policy definer_moves on %s to gatehouse_definer using (true) with check (true)', log);
end
$$;

-- Creates the partitions of this month and the given number of months ahead, and moves into them what has landed in
-- the default partition meanwhile. Returns how many it made. Existing ones are left alone.
create function gatehouse.create_audit_partitions(months_ahead integer) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  month timestamptz;
  first_month timestamptz := date_trunc('month', now() at time zone 'UTC') at time zone 'UTC';
  next_month timestamptz;
  name text;
  created integer := 0;
begin
  if months_ahead is null or months_ahead not between 0 and 120 then
    raise exception 'months_ahead must be between 0 and 120.' using errcode = 'invalid_parameter_value';
  end if;
  perform pg_advisory_xact_lock(727073691);
  for step in 0..months_ahead loop
    month := (first_month at time zone 'UTC' + step * interval '1 month') at time zone 'UTC';
    next_month := (month at time zone 'UTC' + interval '1 month') at time zone 'UTC';
    name := 'audit_event_' || to_char(month at time zone 'UTC', 'YYYY_MM');
    continue when to_regclass('gatehouse_audit.' || name) is not null;
    -- Attached rather than created in place, which would lock the whole log against writers.
    execute format('create table gatehouse_audit.%I (like public.audit_event including all)', name);
    execute format('alter table gatehouse_audit.%I add constraint month_is_right check (at is not null and at >= %L and at < %L)',
      name, month, next_month);
    perform gatehouse.protect_audit_table(format('gatehouse_audit.%I', name)::regclass);
    if exists (select from gatehouse_audit.audit_event_default e where e.at >= month and e.at < next_month) then
      execute format('with moved as (delete from gatehouse_audit.audit_event_default where at >= %L and at < %L returning *)
        insert into gatehouse_audit.%I select * from moved', month, next_month, name);
    end if;
    execute format('alter table public.audit_event attach partition gatehouse_audit.%I for values from (%L) to (%L)',
      name, month, next_month);
    execute format('alter table gatehouse_audit.%I drop constraint month_is_right', name);
    created := created + 1;
  end loop;
  return created;
end
$$;

create table gatehouse_audit.audit_event_default partition of audit_event default;
select gatehouse.protect_audit_table('audit_event'), gatehouse.protect_audit_table('gatehouse_audit.audit_event_default');

grant insert on audit_event to gatehouse_app;
grant select, insert on audit_event to gatehouse_tenant, gatehouse_platform;
grant execute on function gatehouse.create_audit_partitions(integer) to gatehouse_platform;

call gatehouse.hand_over_functions();

-- The tables go to the same role; the owner may still make partitions, which it does after each migration.
do $$
declare
  owner name := current_user;
  modern boolean := current_setting('server_version_num')::int >= 160000;
begin
  execute format('grant gatehouse_definer to %I%s', owner, case when modern then ' with inherit false, set true' else '' end);
  grant create on schema public to gatehouse_definer;
  grant usage, create on schema gatehouse_audit to gatehouse_definer;
  alter table gatehouse_audit.audit_event_default owner to gatehouse_definer;
  alter table public.audit_event owner to gatehouse_definer;
  revoke create on schema public from gatehouse_definer;
  set local role gatehouse_definer;
  execute format('grant execute on function gatehouse.create_audit_partitions(integer) to %I', owner);
  execute format('set local role %I', owner);
  execute format('revoke gatehouse_definer from %I', owner);
end
$$;
