-- Rules of sessions for whoever holds a role; "remember me", fresh proofs and the keeping of the history as rules; and an
-- answer, for whoever holds the token of a session that has ended, to why it ended.

alter table policy
  add column remember_me_allowed boolean,
  add column reauthentication_seconds integer,
  add column session_history_days integer,
  add constraint policy_reauthentication_is_bounded check (reauthentication_seconds between 60 and 300) not valid,
  add constraint policy_history_is_bounded check (session_history_days between 30 and 3650) not valid;
alter table policy validate constraint policy_reauthentication_is_bounded;
alter table policy validate constraint policy_history_is_bounded;

grant update (remember_me_allowed, reauthentication_seconds, session_history_days) on policy to gatehouse_tenant, gatehouse_platform;

-- What one scope says about the sessions of those who hold a role; the platform also about the built-in roles of tenants.
create table role_session_limit (
  id uuid not null,
  tenant_id uuid default gatehouse.current_tenant_id(),
  role_id uuid not null,
  session_idle_seconds integer,
  session_absolute_seconds integer,
  concurrent_sessions_max integer,
  updated_at timestamptz(3) not null default current_timestamp,
  constraint role_session_limit_pkey primary key (id),
  constraint role_session_limit_says_something check (
    coalesce(session_idle_seconds, session_absolute_seconds, concurrent_sessions_max) is not null),
  constraint role_session_limit_numbers_are_positive check (
    session_idle_seconds > 0 and session_absolute_seconds > 0 and concurrent_sessions_max > 0)
);

create unique index role_session_limit_tenant_id_role_id_key on role_session_limit(tenant_id, role_id) nulls not distinct;
create index role_session_limit_role_id_idx on role_session_limit(role_id);
alter table role_session_limit
  add constraint role_session_limit_tenant_id_fkey foreign key (tenant_id) references tenant(id) on delete cascade on update cascade,
  add constraint role_session_limit_role_id_fkey foreign key (role_id) references role(id) on delete cascade on update cascade;

-- Limits are stated where a role belongs; those of built-in roles of tenants by the platform as well. A role of another
-- tenant and one that does not exist are refused alike.
create function gatehouse.refuse_misplaced_limit() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (
    select from public.role r
    where r.id = new.role_id and (
      (new.tenant_id is null and r.tenant_id is null)
      or (new.tenant_id is not null and r.scope = 'tenant' and (r.tenant_id = new.tenant_id or r.built_in)))
  ) then
    raise exception 'There is no such role here.' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create trigger refuse_misplaced_limit before insert or update on role_session_limit
  for each row execute function gatehouse.refuse_misplaced_limit();

alter table role_session_limit enable row level security;
alter table role_session_limit force row level security;
create policy platform on role_session_limit to gatehouse_platform using (true) with check (true);
create policy definer on role_session_limit to gatehouse_definer using (true) with check (true);
-- A tenant reads what the platform says about its roles, because that bounds what it may choose.
create policy isolation on role_session_limit as restrictive to gatehouse_tenant
  using (
    tenant_id = (select gatehouse.current_tenant_id())
    or (tenant_id is null and exists (select from role r where r.id = role_session_limit.role_id and r.scope = 'tenant'))
  )
  with check (tenant_id = (select gatehouse.current_tenant_id()));
create policy tenant_reads on role_session_limit for select to gatehouse_tenant using (true);
create policy tenant_adds on role_session_limit for insert to gatehouse_tenant with check (true);
create policy tenant_changes on role_session_limit for update to gatehouse_tenant
  using (tenant_id = (select gatehouse.current_tenant_id()));
create policy tenant_takes_back on role_session_limit for delete to gatehouse_tenant
  using (tenant_id = (select gatehouse.current_tenant_id()));

grant select, insert, delete on role_session_limit to gatehouse_tenant, gatehouse_platform;
grant update (session_idle_seconds, session_absolute_seconds, concurrent_sessions_max, updated_at)
  on role_session_limit to gatehouse_tenant, gatehouse_platform;
grant select on role_session_limit to gatehouse_definer;

-- What the history keeps of a session besides: by which token (long dead) it was known, and how long it might stay unused.
alter table session_history add column token_hash text, add column idle_seconds integer;
alter table session_history
  add constraint session_history_token_is_a_sha256 check (token_hash ~ '^[0-9a-f]{64}$') not valid;
alter table session_history validate constraint session_history_token_is_a_sha256;
grant select, delete on session_history to gatehouse_definer;
grant select on revocation_receipt to gatehouse_definer;
create policy definer on revocation_receipt to gatehouse_definer using (true) with check (true);

-- The rules for a session of this user: the strictest of the platform, the home tenant, the tenant it is active in, and of
-- every role held on the platform and in those two. Null: no limit.
create function gatehouse.session_rules(of_user uuid, home uuid, active uuid) returns table (
  idle_seconds integer, absolute_seconds integer, sessions_max integer, remember_me boolean
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with held as (
    select a.role_id, null::uuid as place from public.platform_role_assignment a where a.user_id = of_user
    union all
    select mr.role_id, m.tenant_id from public.membership m
    join public.membership_role mr on mr.membership_id = m.id
    where m.user_id = of_user and m.tenant_id in (home, active)
  ), rule as (
    select p.session_idle_seconds, p.session_absolute_seconds, p.concurrent_sessions_max, p.remember_me_allowed
    from public.policy p where p.tenant_id is null or p.tenant_id in (home, active)
    union all
    select l.session_idle_seconds, l.session_absolute_seconds, l.concurrent_sessions_max, null
    from held h join public.role_session_limit l on l.role_id = h.role_id and (l.tenant_id is null or l.tenant_id = h.place)
  )
  select min(r.session_idle_seconds), min(r.session_absolute_seconds), min(r.concurrent_sessions_max),
    coalesce(bool_and(r.remember_me_allowed), true)
  from rule r
$$;

-- The same for somebody who signs in or enters. The memberships are shared until the end, so that whoever gives a role
-- there meanwhile comes before or after: here the role is seen, or there the session is.
create function gatehouse.hold_session_rules(of_user uuid, home uuid, active uuid) returns table (
  idle_seconds integer, absolute_seconds integer, sessions_max integer, remember_me boolean
)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from public.membership m where m.user_id = of_user and m.tenant_id in (home, active) order by m.id for share;
  return query select * from gatehouse.session_rules(of_user, home, active);
end
$$;

-- How old a proof of identity may be for acts that ask for a fresh one: what the platform, the acting person's home and
-- the tenant in which they act say, and 300 seconds at most.
create function gatehouse.reauthentication_seconds(of_user uuid, in_tenant uuid) returns integer
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select least(300, min(p.reauthentication_seconds)) from public.policy p
  where p.tenant_id is null or p.tenant_id = in_tenant
    or p.tenant_id = (select u.home_tenant_id from public."user" u where u.id = of_user)
$$;

-- Shortens up to `most` of the sessions of those who hold a role, in one tenant or (null) wherever it is held.
create function gatehouse.tighten_holders(of_role uuid, in_tenant uuid, idle integer, absolute integer, most integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  changed integer;
begin
  update public.session s
    set idle_seconds = least(s.idle_seconds, idle),
      expires_at = least(s.expires_at, s.created_at + absolute * interval '1 second')
    where s.id in (
      select t.id from (
        select a.user_id, null::uuid as place from public.platform_role_assignment a where a.role_id = of_role
        union all
        select m.user_id, m.tenant_id from public.membership_role mr
        join public.membership m on m.id = mr.membership_id
        where mr.role_id = of_role and (in_tenant is null or mr.tenant_id = in_tenant)
      ) holder
      join public.session t on t.user_id = holder.user_id
        and (holder.place is null or holder.place in (t.home_tenant_id, t.active_tenant_id))
      where t.idle_seconds > idle or t.expires_at > t.created_at + absolute * interval '1 second'
      limit most);
  get diagnostics changed = row_count;
  return changed;
end
$$;

-- Whoever gets a role comes under its limits with the sessions that they have, whichever door it came through. Whoever
-- becomes an administrator (holds a platform role, or one of rank 30 or more anywhere) comes under the bounds that the
-- code sets for them: 30 minutes idle, 12 hours in all.
create function gatehouse.tighten_to_new_roles() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  given jsonb;
begin
  if tg_table_name = 'platform_role_assignment' then
    select jsonb_agg(jsonb_build_object('user_id', a.user_id, 'role_id', a.role_id)) into given from added a;
  else
    select jsonb_agg(jsonb_build_object('user_id', m.user_id, 'role_id', a.role_id, 'place', a.tenant_id)) into given
    from added a
    join public.membership m on m.id = a.membership_id
    join public.role r on r.id = a.role_id
    where r.rank >= 30 or exists (select from public.role_session_limit l where l.role_id = a.role_id);
  end if;
  if given is null then return null; end if;
  update public.session s
    set idle_seconds = least(s.idle_seconds, t.idle),
      expires_at = least(s.expires_at, s.created_at + t.absolute * interval '1 second')
    from (
      select o.id, min(rule.idle) as idle, min(rule.absolute) as absolute
      from jsonb_to_recordset(given) as g (user_id uuid, role_id uuid, place uuid)
      join public.session o on o.user_id = g.user_id
      cross join lateral (
        select 1800 as idle, 43200 as absolute
        from public.role r where r.id = g.role_id and (r.scope = 'platform' or r.rank >= 30)
        union all
        select l.session_idle_seconds, l.session_absolute_seconds
        from public.role_session_limit l
        where l.role_id = g.role_id and (l.tenant_id is null or l.tenant_id = g.place)
          and (g.place is null or g.place in (o.home_tenant_id, o.active_tenant_id))
      ) rule
      group by o.id
    ) t
    where s.id = t.id and (s.idle_seconds > t.idle or s.expires_at > s.created_at + t.absolute * interval '1 second');
  return null;
end
$$;

create trigger tighten_to_new_roles after insert on membership_role
  referencing new table as added for each statement execute function gatehouse.tighten_to_new_roles();
create trigger tighten_to_new_roles after insert on platform_role_assignment
  referencing new table as added for each statement execute function gatehouse.tighten_to_new_roles();

-- Removes up to `most` ended sessions that have been kept long enough: as long as the home tenant of their user says, or
-- else as the platform does, or a year. Returns how many went. Receipts of revocations stay.
create function gatehouse.sweep_session_history(most integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  rule record;
  removed integer := 0;
  step integer;
begin
  for rule in
    select p.tenant_id, p.session_history_days as days from public.policy p
    where p.tenant_id is not null and p.session_history_days is not null order by p.tenant_id
  loop
    delete from public.session_history h where h.id in (
      select o.id from public.session_history o
      where o.home_tenant_id = rule.tenant_id and o.ended_at < now() - rule.days * interval '1 day'
      limit most - removed);
    get diagnostics step = row_count;
    removed := removed + step;
    if removed >= most then return removed; end if;
  end loop;
  delete from public.session_history h where h.id in (
    select o.id from public.session_history o
    where o.ended_at < now()
        - coalesce((select p.session_history_days from public.policy p where p.tenant_id is null), 365) * interval '1 day'
      and not exists (
        select from public.policy p where p.tenant_id = o.home_tenant_id and p.session_history_days is not null)
    limit most - removed);
  get diagnostics step = row_count;
  return removed + step;
end
$$;

-- Why the session that this token once opened is over; no row for one that lives or never was. For whoever holds the token,
-- so it tells what concerns them alone: who ended it is `self`, `administrator`, or null for nobody.
create function gatehouse.find_session_end(token_hash text) returns table (
  reason text, ended_at timestamptz, ended_by text, idle_seconds integer, lasted_seconds integer, sessions_max integer
)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  own public.session;
  receipt record;
  facts record;
begin
  select * into own from public.session s where s.token_hash = find_session_end.token_hash;
  if not found then
    return query
      select h.end_reason, h.ended_at,
        case when h.ended_by_id = h.user_id::text then 'self' when h.ended_by_type is not null then 'administrator' end,
        h.idle_seconds, extract(epoch from h.expires_at - h.created_at)::integer,
        (select r.sessions_max from gatehouse.session_rules(h.user_id, h.home_tenant_id, h.active_tenant_id) r where h.end_reason = 'cap')
      from public.session_history h where h.token_hash = find_session_end.token_hash
      order by h.ended_at desc limit 1;
    return;
  end if;
  if gatehouse.session_is_alive(own) then return; end if;
  idle_seconds := own.idle_seconds;
  lasted_seconds := extract(epoch from own.expires_at - own.created_at)::integer;
  select p.session_epoch as platform_epoch, u.session_epoch as user_epoch, m.session_epoch as membership_epoch,
      t.session_epoch as tenant_epoch, h.session_epoch as home_epoch, t.suspended_at, h.suspended_at as home_suspended_at,
      case when u.locked_until is null or u.locked_until > now() then u.locked_at end as locked_at,
      gatehouse.idle_deadline(own.created_at, a.last_seen_at, own.idle_seconds, p.activity_lost_at, p.activity_resumed_at) as idle_at
    into facts
    from public.platform p
    join public."user" u on u.id = own.user_id
    left join public.session_activity a on a.session_id = own.id
    left join public.membership m on m.tenant_id = own.active_tenant_id and m.user_id = own.user_id
    left join public.tenant t on t.id = own.active_tenant_id
    left join public.tenant h on h.id = own.home_tenant_id;
  -- A revocation whose job has not come to this row yet.
  select coalesce(r.request ->> 'endReason', 'revoked') as end_reason, coalesce(r.committed_at, r.requested_at) as moment,
      case when r.actor_id = own.user_id::text then 'self' else 'administrator' end as author
    into receipt
    from public.revocation_receipt r
    where r.id in (select e.receipt_id from public.session_ending e where e.session_id = own.id)
      or (r.ended is null and coalesce(r.committed_at, r.requested_at) >= own.created_at and (
        (r.kind = 'user' and r.target_id = own.user_id::text and (facts.user_epoch <> own.user_epoch
          or facts.membership_epoch is distinct from own.membership_epoch))
        or (r.kind = 'tenant' and r.target_id = own.active_tenant_id::text and facts.tenant_epoch <> own.tenant_epoch)
        or (r.kind = 'tenant' and r.target_id = own.home_tenant_id::text and facts.home_epoch <> own.home_tenant_epoch)
        or (r.kind = 'platform' and facts.platform_epoch <> own.platform_epoch)))
    order by r.requested_at limit 1;
  if own.expires_at <= least(now(), receipt.moment) then
    reason := 'expired';
    ended_at := own.expires_at;
  elsif facts.idle_at <= least(now(), receipt.moment) then
    reason := 'idle';
    ended_at := facts.idle_at;
  elsif receipt.end_reason is not null then
    reason := receipt.end_reason;
    ended_at := receipt.moment;
    ended_by := receipt.author;
  elsif facts.locked_at is not null then
    reason := 'lock';
    ended_at := facts.locked_at;
    ended_by := 'administrator';
  elsif facts.user_epoch <> own.user_epoch then
    reason := 'password_change';
  elsif facts.suspended_at is not null or facts.home_suspended_at is not null then
    reason := 'suspended';
    ended_at := coalesce(facts.suspended_at, facts.home_suspended_at);
    ended_by := 'administrator';
  elsif own.impersonator_session_id is not null then
    reason := 'impersonation_ended';
  else
    reason := 'revoked';
    ended_by := 'administrator';
  end if;
  return next;
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

-- Holds a session to the rules of the platform, of its user's home, of the tenant it enters and of the roles held there:
-- limits only shrink. Their names put the triggers behind admit_session and change_tenant, whose locks keep a change of
-- the rules waiting. The home's addresses are no matter here: the person may have business elsewhere.
create or replace function gatehouse.hold_to_policies() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  address inet := coalesce(nullif(current_setting('app.client_address', true), '')::inet, new.ip_address);
  rules record;
begin
  if not gatehouse.address_is_allowed(new.active_tenant_id, address) then
    raise exception 'This address is outside the ranges from which sign-ins are accepted here.' using errcode = 'GH005';
  end if;
  select * into rules from gatehouse.hold_session_rules(new.user_id, new.home_tenant_id, new.active_tenant_id);
  new.idle_seconds := least(new.idle_seconds, rules.idle_seconds);
  new.expires_at := least(new.expires_at, new.created_at + rules.absolute_seconds * interval '1 second');
  if not rules.remember_me then
    new.remember_me := false;
    new.idle_seconds := least(new.idle_seconds, 86400);
    new.expires_at := least(new.expires_at, new.created_at + interval '1 day');
  end if;
  if new.active_tenant_id is not null and exists (
    select from public.policy p
    where p.second_factor_required and (p.tenant_id is null or p.tenant_id = new.active_tenant_id))
  then
    raise exception 'A second factor is required here, and this sign-in had none.' using errcode = 'GH006';
  end if;
  if tg_op = 'UPDATE' and new.expires_at <= now() then
    raise exception 'This sign-in is older than is accepted here. Sign in again.' using errcode = 'GH008';
  end if;
  return new;
end
$$;

-- Shortens up to `most` sessions that exist to the rules of the caller's scope; returns how many it changed.
create or replace function gatehouse.tighten_sessions(most integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  tenant uuid := gatehouse.current_tenant_id();
  idle integer;
  absolute interval;
  rule record;
  changed integer;
begin
  if tenant is null and current_setting('role') = 'gatehouse_tenant' then return 0; end if;
  select least(p.session_idle_seconds, case when not p.remember_me_allowed then 86400 end),
    least(p.session_absolute_seconds, case when not p.remember_me_allowed then 86400 end) * interval '1 second'
    into idle, absolute
    from public.policy p where p.tenant_id is not distinct from tenant;
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
  for rule in
    select l.role_id, l.session_idle_seconds, l.session_absolute_seconds from public.role_session_limit l
    where l.tenant_id is not distinct from tenant
      and coalesce(l.session_idle_seconds, l.session_absolute_seconds) is not null
    order by l.role_id
  loop
    exit when changed >= most;
    changed := changed + gatehouse.tighten_holders(
      rule.role_id, tenant, rule.session_idle_seconds, rule.session_absolute_seconds, most - changed);
  end loop;
  return changed;
end
$$;

-- A session that goes leaves its history, whichever statement or cascade removes it. A BEFORE trigger: behind a
-- cascade an AFTER trigger runs as another role on Postgres 18 than on 15.
create or replace function gatehouse.keep_session_history() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into public.session_history (
    id, user_id, token_hash, created_at, expires_at, idle_seconds, last_seen_at, ended_at, end_reason, ended_by_type, ended_by_id,
    ended_by_name, receipt_id, ip_address, user_agent, browser, os, device, country, method, authentication_level, active_tenant_id,
    home_tenant_id, impersonated_by_id
  ) values (
    old.id, old.user_id, old.token_hash, old.created_at, old.expires_at, old.idle_seconds,
    (select a.last_seen_at from public.session_activity a where a.session_id = old.id),
    coalesce(nullif(current_setting('app.ended_at', true), '')::timestamptz, now()),
    coalesce(nullif(current_setting('app.end_reason', true), ''), 'unknown'),
    nullif(current_setting('app.ended_by_type', true), ''),
    nullif(current_setting('app.ended_by_id', true), ''),
    nullif(current_setting('app.ended_by_name', true), ''),
    nullif(current_setting('app.receipt_id', true), '')::uuid,
    old.ip_address, old.user_agent, old.browser, old.os, old.device, old.country, old.method,
    old.authentication_level, old.active_tenant_id, old.home_tenant_id, old.impersonated_by_id
  );
  return old;
end
$$;
reset role;

grant execute on function gatehouse.session_rules(uuid, uuid, uuid) to gatehouse_app;
grant execute on function gatehouse.hold_session_rules(uuid, uuid, uuid) to gatehouse_app;
grant execute on function gatehouse.reauthentication_seconds(uuid, uuid) to gatehouse_app;
grant execute on function gatehouse.sweep_session_history(integer) to gatehouse_platform;
grant execute on function gatehouse.find_session_end(text) to gatehouse_app;
call gatehouse.hand_over_functions();
