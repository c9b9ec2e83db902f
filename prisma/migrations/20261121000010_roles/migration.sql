-- Roles of one's own, and the rule that a tenant and the platform always keep an owner.
-- Error of our own: GH004 the last owner would go.

-- A custom role stands below the owner of its scope, belongs to a tenant unless it is the platform's, and bears no name
-- of a built-in one.
alter table role
  add constraint role_custom_rank_is_below_owner
    check (built_in or rank < case scope when 'platform' then 100 else 50 end) not valid,
  add constraint role_custom_of_tenant_has_a_tenant check (built_in or scope = 'platform' or tenant_id is not null) not valid,
  add constraint role_custom_key_is_free check (
    built_in or key not in ('owner', 'admin', 'support', 'moderator', 'auditor', 'member', 'guest')) not valid,
  add constraint role_custom_has_permissions check (built_in or permissions is not null) not valid;
alter table role validate constraint role_custom_rank_is_below_owner;
alter table role validate constraint role_custom_of_tenant_has_a_tenant;
alter table role validate constraint role_custom_key_is_free;
alter table role validate constraint role_custom_has_permissions;

-- What decides who may do what changes one act at a time: in each tenant, and on the platform. Taken before anything is
-- decided, it leaves no moment in which two who take each other's role both find that they may. An advisory lock, since
-- one on the row of the tenant or the platform would keep people from signing in. `shared`: for whoever relies on
-- grants that are changed elsewhere, as holders of a platform role do in a tenant.
create function gatehouse.hold_grants(tenant_id uuid, shared boolean) returns void
language plpgsql volatile as $$
declare
  name bigint := hashtextextended('gatehouse.grants:' || coalesce(tenant_id::text, 'platform'), 0);
begin
  if shared then perform pg_advisory_xact_lock_shared(name); else perform pg_advisory_xact_lock(name); end if;
end
$$;

-- Refuses to take the owner's role from the last owner who can sign in, whichever statement or cascade does it. Those
-- who try at the same moment wait for each other. A tenant that is gone, or whose grace period is over, needs nobody.
create function gatehouse.keep_last_owner() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  remains boolean;
begin
  if tg_table_name = 'platform_role_assignment' then
    perform gatehouse.hold_grants(null, false);
    select exists (
      select from public.platform_role_assignment a join public."user" u on u.id = a.user_id
      where a.role_id = old.role_id and a.user_id <> old.user_id and (u.locked_at is null or u.locked_until <= now())
    ) into remains;
  else
    perform gatehouse.hold_grants(old.tenant_id, false);
    select not exists (
      -- The time of the purge is a column of a later migration.
      select from public.tenant t
      where t.id = old.tenant_id and coalesce((to_jsonb(t) ->> 'deletes_at')::timestamptz > now(), true)
    ) or exists (
      select from public.membership_role mr
      join public.membership m on m.id = mr.membership_id
      join public."user" u on u.id = m.user_id
      where mr.tenant_id = old.tenant_id and mr.role_id = old.role_id and mr.membership_id <> old.membership_id
        and (u.locked_at is null or u.locked_until <= now())
    ) into remains;
  end if;
  if not remains then raise exception 'This is the last owner.' using errcode = 'GH004'; end if;
  return old;
end
$$;

-- The owners' roles, by the ids that the code gave them for ever: for any other role the function is not even called.
create trigger keep_last_owner before delete on platform_role_assignment for each row
  when (old.role_id = '00000000-0000-7000-8000-000000000101') execute function gatehouse.keep_last_owner();
create trigger keep_last_owner before delete on membership_role for each row
  when (old.role_id = '00000000-0000-7000-8000-000000000201') execute function gatehouse.keep_last_owner();

-- A scope writes its own roles and never a built-in one; what a role is for and whose it is never change.
grant insert (id, tenant_id, scope, key, name, rank, permissions), update (key, name, rank, permissions, updated_at), delete
  on role to gatehouse_tenant, gatehouse_platform;

drop policy platform on role;
create policy platform_reads on role for select to gatehouse_platform using (true);
create policy platform_creates on role for insert to gatehouse_platform with check (not built_in);
create policy platform_changes on role for update to gatehouse_platform using (not built_in) with check (not built_in);
create policy platform_deletes on role for delete to gatehouse_platform using (not built_in);

create policy tenant_creates on role for insert to gatehouse_tenant
  with check (tenant_id = (select gatehouse.current_tenant_id()) and scope = 'tenant' and not built_in);
create policy tenant_changes on role for update to gatehouse_tenant
  using (tenant_id = (select gatehouse.current_tenant_id()) and not built_in)
  with check (tenant_id = (select gatehouse.current_tenant_id()) and not built_in);
create policy tenant_deletes on role for delete to gatehouse_tenant
  using (tenant_id = (select gatehouse.current_tenant_id()) and not built_in);

grant execute on function gatehouse.hold_grants(uuid, boolean) to gatehouse_app, gatehouse_tenant, gatehouse_platform, gatehouse_definer;
call gatehouse.hand_over_functions();
