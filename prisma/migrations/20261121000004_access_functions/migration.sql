-- Who may do what, and the few writes that no run-time role may do by itself.

-- A role is assigned where it belongs: platform roles on the platform, a tenant's own and the built-in ones in a tenant.
create function gatehouse.refuse_misplaced_role() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  assigned record;
  wanted_scope text := case tg_table_name when 'membership_role' then 'tenant' else 'platform' end;
begin
  select r.scope, r.tenant_id into assigned from public.role r where r.id = new.role_id;
  if found and (assigned.scope <> wanted_scope or
    (wanted_scope = 'tenant' and assigned.tenant_id is not null and assigned.tenant_id <> (to_jsonb(new) ->> 'tenant_id')::uuid))
  then
    raise exception 'This role does not belong here.' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create trigger refuse_misplaced_role before insert or update on membership_role
  for each row execute function gatehouse.refuse_misplaced_role();
create trigger refuse_misplaced_role before insert or update on platform_role_assignment
  for each row execute function gatehouse.refuse_misplaced_role();

-- The roles a user holds, each labelled with its scope: the platform's always, and those in the given tenant while it
-- is not suspended. Whoever asks decides what holds where. Permissions of built-in roles stand in the code.
create function gatehouse.load_grants(user_id uuid, tenant_id uuid) returns table (
  scope text, role_id uuid, key text, name text, rank integer, built_in boolean, permissions text[]
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select 'platform', r.id, r.key, r.name, r.rank, r.built_in, r.permissions
  from public.platform_role_assignment a
  join public.role r on r.id = a.role_id
  where a.user_id = load_grants.user_id
  union all
  select 'tenant', r.id, r.key, r.name, r.rank, r.built_in, r.permissions
  from public.membership m
  join public.tenant t on t.id = m.tenant_id and t.suspended_at is null
  join public.membership_role mr on mr.membership_id = m.id
  join public.role r on r.id = mr.role_id
  where m.user_id = load_grants.user_id and m.tenant_id = load_grants.tenant_id
$$;

-- The tenant of a path, for whoever has no scope yet.
create function gatehouse.find_tenant(slug text) returns table (id uuid, slug text, name text, suspended_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.id, t.slug, t.name, t.suspended_at from public.tenant t where t.slug = find_tenant.slug
$$;

-- Whether the current tenant manages this user's account. For policies, which cannot ask one another in a circle.
create function gatehouse.is_at_home(user_id uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from public."user" u where u.id = is_at_home.user_id and u.home_tenant_id = gatehouse.current_tenant_id())
$$;

-- Whether the current tenant may change this account: it is at home here, and holds no role above every tenant.
create function gatehouse.manages_user(user_id uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select gatehouse.is_at_home(manages_user.user_id)
    and not exists (select from public.platform_role_assignment a where a.user_id = manages_user.user_id)
$$;

-- Whether a user whom the caller can see holds a platform role, for a tenant, which may not read which.
create function gatehouse.holds_platform_role(user_id uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from public.platform_role_assignment a where a.user_id = holds_platform_role.user_id)
    and (
      current_setting('role') <> 'gatehouse_tenant'
      or gatehouse.is_at_home(holds_platform_role.user_id)
      or exists (
        select from public.membership m
        where m.user_id = holds_platform_role.user_id and m.tenant_id = gatehouse.current_tenant_id())
    )
$$;

-- Gives a user who has none a password, as a hash. There is no way to replace one: an administrator may start a reset
-- but never choose a password (NIST SP 800-63B, ASVS V6.4.6). 42501: the caller's tenant is not the user's home.
-- 23505: there is a password already.
create function gatehouse.set_password_hash(user_id uuid, password_hash text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if current_setting('role') = 'gatehouse_tenant' and not gatehouse.manages_user(user_id) then
    raise exception 'Only the home tenant may give this user a password.' using errcode = 'insufficient_privilege';
  end if;
  if password_hash !~ '^\$argon2id\$' then
    raise exception 'This is no argon2id hash in PHC format.' using errcode = 'invalid_parameter_value';
  end if;
  insert into public.account (id, account_id, provider_id, user_id, password)
    values (gen_random_uuid(), user_id::text, 'credential', user_id, password_hash);
end
$$;

-- Queues a job in the caller's transaction. The list is the catalogue of lib/jobs; a task that is not on it is refused.
create function gatehouse.enqueue_job(task text, payload json) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if task is null or task not in ('finish-revocation') then
    raise exception 'There is no task "%" that may be queued.', task using errcode = 'invalid_parameter_value';
  end if;
  perform graphile_worker.add_job(task, payload);
end
$$;

grant execute on function gatehouse.load_grants(uuid, uuid) to gatehouse_app;
grant execute on function gatehouse.find_tenant(text) to gatehouse_app;
grant execute on function gatehouse.is_at_home(uuid) to gatehouse_tenant;
grant execute on function gatehouse.manages_user(uuid) to gatehouse_tenant;
grant execute on function gatehouse.holds_platform_role(uuid) to gatehouse_tenant, gatehouse_platform;
grant execute on function gatehouse.set_password_hash(uuid, text) to gatehouse_tenant, gatehouse_platform;
grant execute on function gatehouse.enqueue_job(text, json) to gatehouse_app, gatehouse_tenant, gatehouse_platform;
call gatehouse.hand_over_functions();
