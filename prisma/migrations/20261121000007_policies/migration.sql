-- Which role sees and changes which rows. Every table is under forced row security, so that its owner is bound as well.
-- Restrictive policies hold the tenant role in its tenant whatever a permissive one may say; they are TO that role,
-- because without TO they would blind the platform too. The setting stands in a subselect: evaluated once a query.

-- Grants: what a role may do at all. Unscoped, gatehouse_app reads no table of a tenant but memberships.
grant select, insert, update, delete on "user", account, verification, session_activity, user_activity to gatehouse_app;
grant select, insert, delete on session to gatehouse_app;
grant update (token_hash, expires_at, updated_at, ip_address, user_agent, browser, os, device, country, method, remember_me, active_tenant_id)
  on session to gatehouse_app;
grant select on platform, membership to gatehouse_app;
grant insert on captured_mail to gatehouse_app;

grant select on tenant, "user", user_activity, membership, membership_role, role, session, session_activity, session_history,
  revocation_receipt to gatehouse_tenant, gatehouse_platform;
grant insert, delete on "user", membership, membership_role to gatehouse_tenant, gatehouse_platform;
grant update (name, email, email_verified, image, updated_at, session_epoch, locked_at, locked_until, locked_reason, invited_at)
  on "user" to gatehouse_tenant, gatehouse_platform;
grant update (home_tenant_id) on "user" to gatehouse_platform;
grant update (session_epoch) on membership to gatehouse_tenant, gatehouse_platform;
grant delete on session to gatehouse_tenant, gatehouse_platform;
grant insert, update on revocation_receipt to gatehouse_tenant, gatehouse_platform;

-- Epochs and the collector's times concern every list of sessions; the set-up link does not.
grant select (id, session_epoch, activity_seen_at, activity_resumed_at, activity_lost_at) on platform to gatehouse_tenant;

grant insert on tenant to gatehouse_platform;
grant update (slug, name, updated_at, session_epoch, suspended_at, suspended_reason) on tenant to gatehouse_platform;
grant select on platform, platform_role_assignment, captured_mail to gatehouse_platform;
grant insert, delete on platform_role_assignment to gatehouse_platform;
grant update (session_epoch, setup_token_hash, setup_expires_at) on platform to gatehouse_platform;
grant insert, update on user_activity, session_activity to gatehouse_platform;
grant insert, delete on captured_mail to gatehouse_platform;
grant select (id, expires_at), delete on verification to gatehouse_platform;

grant select on platform, tenant, "user", user_activity, membership, membership_role, role, platform_role_assignment, session,
  session_activity to gatehouse_definer;
-- FOR SHARE takes the right to update a column.
grant update (session_epoch) on tenant, "user", membership to gatehouse_definer;
grant update (session_epoch, activity_seen_at, activity_resumed_at, activity_lost_at) on platform to gatehouse_definer;
grant update (home_tenant_id, home_tenant_epoch), delete on session to gatehouse_definer;
grant insert on session_history, account to gatehouse_definer;

do $$
declare
  name text;
begin
  foreach name in array array[
    'platform', 'tenant', 'user', 'user_activity', 'account', 'verification', 'membership', 'membership_role', 'role',
    'platform_role_assignment', 'session', 'session_activity', 'session_history', 'revocation_receipt', 'captured_mail'
  ] loop
    execute format('alter table public.%I enable row level security', name);
    execute format('alter table public.%I force row level security', name);
    -- Where a role has no grant its policy admits nothing.
    execute format('create policy platform on public.%I to gatehouse_platform using (true) with check (true)', name);
  end loop;
  foreach name in array array['platform', 'user', 'user_activity', 'account', 'verification', 'membership', 'session_activity', 'captured_mail'] loop
    execute format('create policy app on public.%I to gatehouse_app using (true) with check (true)', name);
  end loop;
  foreach name in array array[
    'platform', 'tenant', 'user', 'user_activity', 'account', 'membership', 'membership_role', 'role', 'platform_role_assignment',
    'session', 'session_activity', 'session_history'
  ] loop
    execute format('create policy definer on public.%I to gatehouse_definer using (true) with check (true)', name);
  end loop;
  -- Built-in roles are written by the owner after each migration.
  execute format('create policy owner on public.role to %I using (true) with check (true)', current_user);
end
$$;

-- The scheduled sweep, and nothing else, removes proofs that have run out.
drop policy platform on verification;
create policy platform_sweeps on verification to gatehouse_platform using (expires_at < now());

-- For Better Auth a dead session does not exist: it can be neither read, refreshed nor deleted. (Its end is the mover's.)
create policy app_starts on session for insert to gatehouse_app with check (true);
create policy app_reads_the_living on session for select to gatehouse_app using (gatehouse.session_is_alive(session));
create policy app_refreshes_the_living on session for update to gatehouse_app
  using (gatehouse.session_is_alive(session)) with check (gatehouse.session_is_alive(session));
create policy app_ends_the_living on session for delete to gatehouse_app using (gatehouse.session_is_alive(session));

create policy tenant_reads on platform for select to gatehouse_tenant using (true);

create policy isolation on tenant as restrictive to gatehouse_tenant using (id = (select gatehouse.current_tenant_id()));
create policy tenant_reads on tenant for select to gatehouse_tenant using (true);

-- A user is read by the home tenant and by every tenant of a membership, and changed by the home tenant alone. The
-- membership is asked for by a scalar subselect: an EXISTS would be hashed, which reads every member of the tenant to
-- show one page (140 ms at 300,000 members). A list of a small tenant should start from its memberships.
create policy isolation on "user" as restrictive to gatehouse_tenant
  using (
    home_tenant_id = (select gatehouse.current_tenant_id())
    or (select true from membership m where m.user_id = "user".id and m.tenant_id = (select gatehouse.current_tenant_id()))
  )
  with check (home_tenant_id = (select gatehouse.current_tenant_id()));
create policy tenant_reads on "user" for select to gatehouse_tenant using (true);
create policy tenant_creates on "user" for insert to gatehouse_tenant
  with check (home_tenant_id = (select gatehouse.current_tenant_id()));
create policy tenant_changes on "user" for update to gatehouse_tenant using (gatehouse.manages_user(id));
create policy tenant_deletes on "user" for delete to gatehouse_tenant using (gatehouse.manages_user(id));

create policy isolation on user_activity as restrictive to gatehouse_tenant
  using (exists (select from "user" u where u.id = user_activity.user_id));
create policy tenant_reads on user_activity for select to gatehouse_tenant using (true);

-- A tenant adds whom it manages; somebody else's user comes by an invitation, which that person accepts.
create policy isolation on membership as restrictive to gatehouse_tenant using (tenant_id = (select gatehouse.current_tenant_id()));
create policy tenant_reads on membership for select to gatehouse_tenant using (true);
create policy tenant_adds on membership for insert to gatehouse_tenant with check (gatehouse.is_at_home(user_id));
create policy tenant_changes on membership for update to gatehouse_tenant using (true);
create policy tenant_removes on membership for delete to gatehouse_tenant using (true);

create policy isolation on membership_role as restrictive to gatehouse_tenant using (tenant_id = (select gatehouse.current_tenant_id()));
create policy tenant_reads on membership_role for select to gatehouse_tenant using (true);
create policy tenant_assigns on membership_role for insert to gatehouse_tenant with check (true);
create policy tenant_withdraws on membership_role for delete to gatehouse_tenant using (true);

create policy isolation on role as restrictive to gatehouse_tenant
  using (tenant_id = (select gatehouse.current_tenant_id()) or (built_in and scope = 'tenant'));
create policy tenant_reads on role for select to gatehouse_tenant using (true);

-- A session is read and ended where it is active and where its user is at home.
create policy isolation on session as restrictive to gatehouse_tenant
  using (
    active_tenant_id = (select gatehouse.current_tenant_id()) or home_tenant_id = (select gatehouse.current_tenant_id())
  );
create policy tenant_reads on session for select to gatehouse_tenant using (true);
create policy tenant_ends on session for delete to gatehouse_tenant using (true);

create policy isolation on session_activity as restrictive to gatehouse_tenant
  using (exists (select from session s where s.id = session_activity.session_id));
create policy tenant_reads on session_activity for select to gatehouse_tenant using (true);

create policy isolation on session_history as restrictive to gatehouse_tenant
  using (
    active_tenant_id = (select gatehouse.current_tenant_id()) or home_tenant_id = (select gatehouse.current_tenant_id())
  );
create policy tenant_reads on session_history for select to gatehouse_tenant using (true);

create policy isolation on revocation_receipt as restrictive to gatehouse_tenant
  using (tenant_id = (select gatehouse.current_tenant_id()));
create policy tenant_reads on revocation_receipt for select to gatehouse_tenant using (true);
create policy tenant_requests on revocation_receipt for insert to gatehouse_tenant with check (true);
create policy tenant_completes on revocation_receipt for update to gatehouse_tenant using (true);

-- `ready` compares the applied migrations with the code's. Absent where a tool replays the migrations elsewhere.
do $$
begin
  if to_regclass('public._prisma_migrations') is not null then
    grant select on public._prisma_migrations to gatehouse_app, gatehouse_platform;
  end if;
end
$$;
