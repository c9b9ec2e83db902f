-- Account lockout: how often in a row the password of an address was wrong, and until when nobody is asked for it again.
-- Kept here and not in Redis, so that the bound holds whatever happens there: never more than a hundred failures in a
-- row (NIST SP 800-63B-4, 3.2.2), ninety by browsers that the account does not know and ten by those that it knows.

-- One row for an address that somebody tried, whether or not there is an account behind it: a limit that known addresses
-- alone have would tell which they are. The address itself is not kept: people type passwords into its field.
-- Failures are those attempts that were claimed and not cleared. Attempts are numbered, and a success clears those up to
-- its own number: what was begun after it goes on counting, in whichever order the answers come.
create table account_lockout (
  account_digest bytea not null,
  user_id uuid,
  stranger_claims integer not null default 0,
  stranger_cleared integer not null default 0,
  device_claims integer not null default 0,
  device_cleared integer not null default 0,
  carried integer not null default 0,
  locked_until timestamptz(3),
  locked_for_good boolean not null default false,
  last_tried_at timestamptz(3),
  constraint account_lockout_pkey primary key (account_digest)
);

create index account_lockout_last_tried_at_idx on account_lockout(last_tried_at);

alter table account_lockout
  add constraint account_lockout_digest_is_a_sha256 check (length(account_digest) = 32),
  add constraint account_lockout_strangers_are_bounded check (
    stranger_cleared between 0 and stranger_claims and carried >= 0
    and stranger_claims - stranger_cleared + carried <= 90),
  add constraint account_lockout_devices_are_bounded check (
    device_cleared between 0 and device_claims and device_claims - device_cleared <= 10);

-- The link in the mail about a lock: whoever reads the mail can lift it without signing in first.
create table unlock_link (
  token_hash text not null,
  user_id uuid not null,
  browser text,
  os text,
  device text,
  country text,
  ip_address inet,
  created_at timestamptz(3) not null default current_timestamp,
  expires_at timestamptz(3) not null,
  redeemed_at timestamptz(3),
  constraint unlock_link_pkey primary key (token_hash)
);

create index unlock_link_user_id_created_at_idx on unlock_link(user_id, created_at desc);
create index unlock_link_expires_at_idx on unlock_link(expires_at);

alter table unlock_link
  add constraint unlock_link_user_id_fkey foreign key (user_id) references "user"(id) on delete cascade on update cascade,
  -- Only hashes may be at rest; a token in clear does not fit.
  add constraint unlock_link_token_is_a_sha256 check (token_hash ~ '^[0-9a-f]{64}$');

alter table account_lockout enable row level security;
alter table account_lockout force row level security;
create policy definer on account_lockout to gatehouse_definer using (true) with check (true);
alter table unlock_link enable row level security;
alter table unlock_link force row level security;
create policy definer on unlock_link to gatehouse_definer using (true) with check (true);

-- Everything is the functions' alone.
grant select, insert, update, delete on account_lockout, unlock_link to gatehouse_definer;

-- What is known of an address before its password is tried, always one row: the user and the home tenant if there are
-- any, and until when strangers are kept out.
create function gatehouse.find_sign_in_account(email text) returns table (
  user_id uuid, home_tenant_id uuid, locked_until timestamptz, locked_for_good boolean
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select u.id, u.home_tenant_id, a.locked_until, coalesce(a.locked_for_good, false)
  from (select) always
  left join public."user" u on u.email = find_sign_in_account.email
  left join public.account_lockout a on a.account_digest = sha256(convert_to(find_sign_in_account.email, 'UTF8'))
$$;

-- Whether a proof of a known device counts no more: it is older than the last sign-in that its user has disowned.
create function gatehouse.device_is_disowned(user_id uuid, proved_at timestamptz) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from public.new_device_link l
    where l.user_id = device_is_disowned.user_id and l.redeemed_at >= device_is_disowned.proved_at)
$$;

-- Takes a place among the failures before a password is tried, or says how long there is none. A browser that proved
-- itself as `proved_by` at `proved_at` has ten places of its own, and then the strangers'. `failures` are the strangers'
-- with this one; `fills` says that strangers are kept out for a minute, until lock_account has been told that this attempt
-- failed, too.
create function gatehouse.claim_sign_in_attempt(email text, proved_by uuid, proved_at timestamptz) returns table (
  admitted boolean, by_device boolean, stranger_claim integer, device_claim integer, failures integer, fills boolean,
  retry_after_seconds integer, for_good boolean
)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  digest bytea := sha256(convert_to(claim_sign_in_attempt.email, 'UTF8'));
  known public."user";
  kept public.account_lockout;
  at timestamptz;
begin
  select * into known from public."user" u where u.email = claim_sign_in_attempt.email;
  loop
    select * into kept from public.account_lockout a where a.account_digest = digest for update;
    exit when found;
    insert into public.account_lockout (account_digest) values (digest) on conflict do nothing;
  end loop;
  at := clock_timestamp();
  failures := kept.stranger_claims - kept.stranger_cleared;
  fills := false;
  by_device := false;
  if known.id = proved_by and proved_at is not null and kept.device_claims - kept.device_cleared < 10 then
    by_device := not gatehouse.device_is_disowned(known.id, proved_at);
  end if;
  admitted := by_device or not (kept.locked_for_good or coalesce(kept.locked_until > at, false));
  for_good := kept.locked_for_good and not admitted;
  -- A week stands for "not by itself".
  retry_after_seconds := case when admitted then 0 when for_good then 604800
    else greatest(1, ceil(extract(epoch from kept.locked_until - at)))::integer end;
  if admitted and by_device then
    kept.device_claims := kept.device_claims + 1;
  elsif admitted then
    kept.stranger_claims := kept.stranger_claims + 1;
    failures := failures + 1;
    kept.locked_for_good := failures + kept.carried >= 90;
    fills := failures % 10 = 0 or kept.locked_for_good;
    kept.locked_until := case when fills then at + interval '1 minute' end;
  end if;
  stranger_claim := kept.stranger_claims;
  device_claim := kept.device_claims;
  if admitted then
    update public.account_lockout a set user_id = known.id, stranger_claims = kept.stranger_claims, device_claims = kept.device_claims,
        locked_until = kept.locked_until, locked_for_good = kept.locked_for_good, last_tried_at = at
      where a.account_digest = digest;
  end if;
  return next;
end
$$;

-- The attempt with these numbers was right: nothing counts any more that was begun before it. One from a known device
-- lifts no lock that strangers are under, and leaves their count: somebody is trying the password, and it is not the
-- holder.
create function gatehouse.clear_sign_in_attempts(email text, by_device boolean, stranger_claim integer, device_claim integer)
returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update public.account_lockout a set
    device_cleared = greatest(a.device_cleared, least(clear_sign_in_attempts.device_claim, a.device_claims)),
    stranger_cleared = case when kept.stays then a.stranger_cleared
      else greatest(a.stranger_cleared, least(clear_sign_in_attempts.stranger_claim, a.stranger_claims)) end,
    carried = case when kept.stays then a.carried else 0 end,
    locked_until = case when kept.stays then a.locked_until end,
    locked_for_good = kept.stays and a.locked_for_good
  from (
    select k.account_digest,
      clear_sign_in_attempts.by_device and (k.locked_for_good or coalesce(k.locked_until > clock_timestamp(), false)) as stays
    from public.account_lockout k
    where k.account_digest = sha256(convert_to(clear_sign_in_attempts.email, 'UTF8')) for update
  ) kept
  where a.account_digest = kept.account_digest
$$;

-- The attempt with these numbers was neither right nor wrong: its place is given back.
create function gatehouse.withdraw_sign_in_attempt(
  email text, by_device boolean, stranger_claim integer, device_claim integer, fills boolean
) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update public.account_lockout a set
    device_cleared = a.device_cleared
      + (withdraw_sign_in_attempt.by_device and a.device_cleared < withdraw_sign_in_attempt.device_claim)::integer,
    stranger_cleared = a.stranger_cleared
      + (not withdraw_sign_in_attempt.by_device and a.stranger_cleared < withdraw_sign_in_attempt.stranger_claim)::integer,
    locked_until = case when not withdraw_sign_in_attempt.fills then a.locked_until end,
    locked_for_good = a.locked_for_good and not withdraw_sign_in_attempt.fills
  where a.account_digest = sha256(convert_to(withdraw_sign_in_attempt.email, 'UTF8'))
$$;

-- The attempt that filled up a step of the strangers' has failed: keeps them out for so many seconds. No row: something
-- has been cleared in the meantime, and nobody is locked out.
create function gatehouse.lock_account(email text, stranger_claim integer, seconds integer) returns table (
  failures integer, locked_until timestamptz, locked_for_good boolean, first_in_row boolean
)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update public.account_lockout a set
    locked_until = case when not a.locked_for_good then clock_timestamp() + lock_account.seconds * interval '1 second' end
  where a.account_digest = sha256(convert_to(lock_account.email, 'UTF8'))
    and a.stranger_cleared < lock_account.stranger_claim
    and (a.locked_for_good or (lock_account.stranger_claim - a.stranger_cleared) % 10 = 0)
  returning a.stranger_claims - a.stranger_cleared + a.carried, a.locked_until, a.locked_for_good,
    lock_account.stranger_claim - a.stranger_cleared <= 10
$$;

-- Forgets the failures of an address and lifts its lock; the row says what there was, none that there was nothing. A
-- tenant does so for accounts that it manages; any other is absent to it.
create function gatehouse.forget_sign_in_failures(email text) returns table (
  failures integer, device_failures integer, locked_until timestamptz, locked_for_good boolean
)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  kept public.account_lockout;
begin
  if current_setting('role') = 'gatehouse_tenant' and not exists (
    select from public."user" u
    where u.email = forget_sign_in_failures.email and gatehouse.manages_user(u.id))
  then
    return;
  end if;
  select * into kept from public.account_lockout a
    where a.account_digest = sha256(convert_to(forget_sign_in_failures.email, 'UTF8')) for update;
  if not found then return; end if;
  failures := kept.stranger_claims - kept.stranger_cleared + kept.carried;
  device_failures := kept.device_claims - kept.device_cleared;
  locked_until := case when kept.locked_until > clock_timestamp() then kept.locked_until end;
  locked_for_good := kept.locked_for_good;
  if failures = 0 and device_failures = 0 and locked_until is null and not locked_for_good then return; end if;
  update public.account_lockout a set stranger_cleared = a.stranger_claims, device_cleared = a.device_claims, carried = 0,
      locked_until = null, locked_for_good = false
    where a.account_digest = kept.account_digest;
  return next;
end
$$;

-- What is remembered of the failures of one user's address; no row where there is nothing, and for a tenant where the
-- account is managed elsewhere.
create function gatehouse.find_account_lockout(user_id uuid) returns table (
  failures integer, device_failures integer, locked_until timestamptz, locked_for_good boolean, last_tried_at timestamptz
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select f.*
  from public."user" u
  join public.account_lockout a on a.account_digest = sha256(convert_to(u.email, 'UTF8'))
  cross join lateral (
    select a.stranger_claims - a.stranger_cleared + a.carried as failures, a.device_claims - a.device_cleared as device_failures,
      case when a.locked_until > now() then a.locked_until end::timestamptz as locked_until, a.locked_for_good, a.last_tried_at::timestamptz
  ) f
  where u.id = find_account_lockout.user_id
    and (current_setting('role') <> 'gatehouse_tenant' or gatehouse.manages_user(u.id))
    and (f.failures > 0 or f.device_failures > 0 or f.locked_until is not null or f.locked_for_good)
$$;

-- A link for the mail about a lock, and whom to send it to. No row: the person has had three within a day, or is locked
-- by an administrator, and no link would help.
create function gatehouse.create_unlock_link(
  user_id uuid, token_hash text, hours integer, browser text, os text, device text, country text, ip_address text
) returns table (email text, name text, created_at timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  holder public."user";
begin
  select * into holder from public."user" u
    where u.id = create_unlock_link.user_id and (u.locked_at is null or u.locked_until <= now()) for no key update;
  if not found then return; end if;
  if (select count(*) from public.unlock_link l where l.user_id = holder.id and l.created_at > now() - interval '1 day') >= 3 then
    return;
  end if;
  return query
    insert into public.unlock_link as l (token_hash, user_id, browser, os, device, country, ip_address, expires_at)
    values (create_unlock_link.token_hash, holder.id, create_unlock_link.browser, create_unlock_link.os, create_unlock_link.device,
      create_unlock_link.country, create_unlock_link.ip_address::inet, now() + create_unlock_link.hours * interval '1 hour')
    returning holder.email, holder.name, l.created_at::timestamptz;
end
$$;

-- What a link shows whoever holds it, before anybody is signed in.
create function gatehouse.find_unlock_link(token_hash text) returns table (
  user_id uuid, email text, name text, state text, browser text, os text, device text, country text, ip_address text,
  failed_at timestamptz
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select u.id, u.email, u.name,
    case when l.redeemed_at is not null then 'used' when l.expires_at <= now() then 'expired' else 'open' end,
    l.browser, l.os, l.device, l.country, host(l.ip_address), l.created_at
  from public.unlock_link l join public."user" u on u.id = l.user_id
  where l.token_hash = find_unlock_link.token_hash
$$;

-- Redeems a link, once: of several at the same time one gets the row.
create function gatehouse.redeem_unlock_link(token_hash text) returns table (user_id uuid, email text)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update public.unlock_link l set redeemed_at = now()
  from public."user" u
  where l.token_hash = redeem_unlock_link.token_hash and l.redeemed_at is null and l.expires_at > now() and u.id = l.user_id
  returning l.user_id, u.email
$$;

-- Thirty days after the last attempt the delays begin anew, for every address alike, and what is not an account's is
-- forgotten. An account's failures are carried on towards the bound, which is on failures in a row however slow. What is
-- locked for good stays so, known or not. Returns how many rows it dealt with; zero: nothing is left.
create function gatehouse.sweep_account_lockouts(batch integer) returns integer
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  with old as (
    select a.account_digest, a.user_id from public.account_lockout a
    where a.last_tried_at < now() - interval '30 days' and not a.locked_for_good
    limit batch for update skip locked
  ), known as (
    select o.account_digest from old o join public."user" u on u.id = o.user_id and sha256(convert_to(u.email, 'UTF8')) = o.account_digest
  ), carried_on as (
    update public.account_lockout a set carried = a.carried + a.stranger_claims - a.stranger_cleared, stranger_cleared = a.stranger_claims,
      locked_until = null, last_tried_at = null
    from known k
    where a.account_digest = k.account_digest
      and (a.stranger_claims > a.stranger_cleared or a.device_claims > a.device_cleared or a.carried > 0)
    returning a.account_digest
  ), removed as (
    delete from public.account_lockout a using old o
    where a.account_digest = o.account_digest and not exists (select from carried_on c where c.account_digest = o.account_digest)
    returning a.account_digest
  ), links as (
    delete from public.unlock_link l where l.token_hash in (
      select d.token_hash from public.unlock_link d where d.expires_at < now() - interval '30 days' limit batch)
    returning l.token_hash
  )
  select (select count(*) from carried_on)::integer + (select count(*) from removed)::integer + (select count(*) from links)::integer
$$;

grant execute on function gatehouse.find_sign_in_account(text) to gatehouse_app;
grant execute on function gatehouse.device_is_disowned(uuid, timestamptz) to gatehouse_app;
grant execute on function gatehouse.claim_sign_in_attempt(text, uuid, timestamptz) to gatehouse_app;
grant execute on function gatehouse.clear_sign_in_attempts(text, boolean, integer, integer) to gatehouse_app;
grant execute on function gatehouse.withdraw_sign_in_attempt(text, boolean, integer, integer, boolean) to gatehouse_app;
grant execute on function gatehouse.lock_account(text, integer, integer) to gatehouse_app;
grant execute on function gatehouse.forget_sign_in_failures(text) to gatehouse_app, gatehouse_tenant, gatehouse_platform;
grant execute on function gatehouse.find_account_lockout(uuid) to gatehouse_tenant, gatehouse_platform;
grant execute on function gatehouse.create_unlock_link(uuid, text, integer, text, text, text, text, text) to gatehouse_app;
grant execute on function gatehouse.find_unlock_link(text) to gatehouse_app;
grant execute on function gatehouse.redeem_unlock_link(text) to gatehouse_platform;
grant execute on function gatehouse.sweep_account_lockouts(integer) to gatehouse_platform;
call gatehouse.hand_over_functions();
