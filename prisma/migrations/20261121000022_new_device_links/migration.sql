-- The link in the mail about a sign-in from a browser that was not known: whoever reads the mail can end what that browser
-- signed in, and start a reset, without signing in first.

create table new_device_link (
  token_hash text not null,
  user_id uuid not null,
  device_id text not null,
  session_ids uuid[],
  created_at timestamptz(3) not null default current_timestamp,
  expires_at timestamptz(3) not null,
  redeemed_at timestamptz(3),
  constraint new_device_link_pkey primary key (token_hash)
);

create index new_device_link_user_id_created_at_idx on new_device_link(user_id, created_at desc);
create index new_device_link_expires_at_idx on new_device_link(expires_at);

alter table new_device_link
  add constraint new_device_link_user_id_fkey foreign key (user_id) references "user"(id) on delete cascade on update cascade,
  -- Only hashes may be at rest; a token in clear does not fit.
  add constraint new_device_link_token_is_a_sha256 check (token_hash ~ '^[0-9a-f]{64}$'),
  add constraint new_device_link_names_a_session check (coalesce(cardinality(session_ids), 0) between 1 and 1000),
  add constraint new_device_link_device_is_short check (length(device_id) between 1 and 64);

alter table new_device_link enable row level security;
alter table new_device_link force row level security;
create policy definer on new_device_link to gatehouse_definer using (true) with check (true);
create policy platform_sweeps on new_device_link to gatehouse_platform using (true);

-- The platform removes what has run out; everything else is the functions' alone.
grant select (token_hash, expires_at, redeemed_at), delete on new_device_link to gatehouse_platform;
grant select, insert, update (session_ids, redeemed_at) on new_device_link to gatehouse_definer;
grant select on session_history, user_activity to gatehouse_definer;

-- Told of every sign-in. One from a browser that has not proved itself, by somebody who has been here before, gets a link
-- with this hash, and the answer says to whom it is to be mailed and about what; any other gets no row. What the same
-- browser signs in later hangs on the links that are open already: an intruder who signs in again is not rid of them.
-- `known_since` is when the browser's proof was made; one from before its user disowned a sign-in proves nothing.
create function gatehouse.note_sign_in(session_id uuid, device_id text, known_since timestamptz, token_hash text, days integer)
returns table (
  email text, name text, browser text, os text, device text, country text, ip_address text, signed_in_at timestamptz
)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  made public.session;
begin
  select * into made from public.session s where s.id = note_sign_in.session_id and s.impersonated_by_id is null;
  if not found then return; end if;
  update public.new_device_link l set session_ids = l.session_ids || made.id
    where l.user_id = made.user_id and l.device_id = note_sign_in.device_id and l.redeemed_at is null and l.expires_at > now()
      and cardinality(l.session_ids) < 1000 and not made.id = any (l.session_ids);
  if note_sign_in.known_since is not null and not exists (
    select from public.new_device_link l
    where l.user_id = made.user_id and l.redeemed_at >= note_sign_in.known_since)
  then
    return;
  end if;
  if not exists (select from public.session s where s.user_id = made.user_id and s.id <> made.id and s.impersonated_by_id is null)
    and not exists (select from public.session_history h where h.user_id = made.user_id and h.impersonated_by_id is null)
    and not exists (select from public.user_activity a where a.user_id = made.user_id and a.last_seen_at < made.created_at)
  then
    return;
  end if;
  -- Enough to alarm, too few to bury a mailbox by signing in again and again.
  if (select count(*) from public.new_device_link l where l.user_id = made.user_id and l.created_at > now() - interval '1 hour') >= 10 then
    return;
  end if;
  insert into public.new_device_link (token_hash, user_id, device_id, session_ids, expires_at)
    values (note_sign_in.token_hash, made.user_id, note_sign_in.device_id, array[made.id], now() + days * interval '1 day');
  return query
    select u.email, u.name, made.browser, made.os, made.device, made.country, host(made.ip_address), made.created_at::timestamptz
    from public."user" u where u.id = made.user_id;
end
$$;

-- What a link shows whoever holds it, before anybody is signed in. The sign-in is the one that the mail was about; it may
-- have ended, and then the history tells of it.
create function gatehouse.find_new_device_link(token_hash text) returns table (
  user_id uuid, email text, name text, session_id uuid, state text, browser text, os text, device text, country text,
  ip_address text, signed_in_at timestamptz
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select u.id, u.email, u.name, l.session_ids[1],
    case when l.redeemed_at is not null then 'used' when l.expires_at <= now() then 'expired' else 'open' end,
    coalesce(s.browser, h.browser), coalesce(s.os, h.os), coalesce(s.device, h.device), coalesce(s.country, h.country),
    host(coalesce(s.ip_address, h.ip_address)), l.created_at
  from public.new_device_link l
  join public."user" u on u.id = l.user_id
  left join public.session s on s.id = l.session_ids[1]
  left join public.session_history h on h.id = l.session_ids[1]
  where l.token_hash = find_new_device_link.token_hash
$$;

-- Redeems a link, once: of several at the same time one gets the row. The sessions may have ended already.
create function gatehouse.redeem_new_device_link(token_hash text) returns table (user_id uuid, session_ids uuid[])
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update public.new_device_link l set redeemed_at = now()
  where l.token_hash = redeem_new_device_link.token_hash and l.redeemed_at is null and l.expires_at > now()
  returning l.user_id, l.session_ids
$$;

grant execute on function gatehouse.note_sign_in(uuid, text, timestamptz, text, integer) to gatehouse_app;
grant execute on function gatehouse.find_new_device_link(text) to gatehouse_app;
grant execute on function gatehouse.redeem_new_device_link(text) to gatehouse_platform;
call gatehouse.hand_over_functions();
