-- The roles of the installation. Roles belong to the whole server, while migrations belong to one database: each
-- statement here holds its peace when another database of the same server has already done the same, or is doing so.
create schema if not exists gatehouse;
create extension if not exists pg_trgm;

do $$
declare
  wanted record;
begin
  for wanted in
    select * from (values
      ('gatehouse_app', 'login noinherit'),
      ('gatehouse_worker', 'login noinherit'),
      ('gatehouse_tenant', 'nologin noinherit'),
      ('gatehouse_platform', 'nologin noinherit'),
      ('gatehouse_definer', 'nologin noinherit')
    ) as list (name, options)
  loop
    begin
      if not exists (select from pg_catalog.pg_roles where rolname = wanted.name) then
        execute format('create role %I %s', wanted.name, wanted.options);
      end if;
    exception
      when duplicate_object or unique_violation then null;
    end;
  end loop;

  -- A role that somebody made by hand must not be stronger than ours: an inheriting login would read every tenant.
  for wanted in
    select rolname as name from pg_catalog.pg_roles
    where rolname in ('gatehouse_app', 'gatehouse_worker', 'gatehouse_tenant', 'gatehouse_platform', 'gatehouse_definer')
      and (rolsuper or rolbypassrls or rolinherit)
  loop
    raise exception 'The role % must be neither superuser nor bypassrls nor inherit.', wanted.name
      using errcode = 'insufficient_privilege',
            hint = format('As a superuser: alter role %I nosuperuser nobypassrls noinherit;', wanted.name);
  end loop;
end
$$;

-- The login takes on the scope roles by SET ROLE and never has their rights by itself. From Postgres 16 on it is the
-- grant, not the role, that says whether it inherits.
do $$
declare
  scope_role text;
  modern boolean := current_setting('server_version_num')::int >= 160000;
  attempt int;
begin
  foreach scope_role in array array['gatehouse_tenant', 'gatehouse_platform'] loop
    for attempt in 1..5 loop
      begin
        if not exists (
          select from pg_catalog.pg_auth_members m
          where m.roleid = scope_role::regrole and m.member = 'gatehouse_app'::regrole
        ) then
          execute format('grant %I to gatehouse_app%s', scope_role,
            case when modern then ' with inherit false, set true' else '' end);
        end if;
        exit;
      exception
        -- Another database granted the same in this instant; look again.
        when unique_violation or internal_error then
          if attempt = 5 then raise; end if;
      end;
    end loop;
  end loop;
end
$$;

-- The tenant of the transaction; null outside a tenant. After a commit the setting is the empty string, not null.
-- Anything that is no UUID is an error, so that a garbled scope opens nothing.
create function gatehouse.current_tenant_id() returns uuid
language sql stable parallel safe
return nullif(pg_catalog.current_setting('app.tenant_id', true), '')::uuid;

revoke all on function gatehouse.current_tenant_id() from public;
grant usage on schema gatehouse to gatehouse_app, gatehouse_tenant, gatehouse_platform, gatehouse_definer;
grant execute on function gatehouse.current_tenant_id()
  to gatehouse_app, gatehouse_tenant, gatehouse_platform, gatehouse_definer;

-- Ends a migration that has made functions: nobody may execute them but those who were granted it, and those that are
-- SECURITY DEFINER go to gatehouse_definer. Owned by the owner of the tables they would see nothing under forced
-- row security. The owner is a member of that role for this moment only.
create procedure gatehouse.hand_over_functions()
language plpgsql as $$
declare
  f record;
  modern boolean := current_setting('server_version_num')::int >= 160000;
begin
  execute format('grant gatehouse_definer to %I%s', current_user, case when modern then ' with inherit false, set true' else '' end);
  grant create on schema gatehouse to gatehouse_definer;
  for f in
    select p.oid::regprocedure as name, p.prosecdef as definer
    from pg_catalog.pg_proc p
    where p.pronamespace = 'gatehouse'::regnamespace and p.proowner = current_user::regrole and p.prokind = 'f'
  loop
    execute format('revoke all on function %s from public', f.name);
    if f.definer then execute format('alter function %s owner to gatehouse_definer', f.name); end if;
  end loop;
  revoke create on schema gatehouse from gatehouse_definer;
  execute format('revoke gatehouse_definer from %I', current_user);
end
$$;

revoke all on procedure gatehouse.hand_over_functions() from public;
