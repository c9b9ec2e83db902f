-- What the lists and the search of users stand on: guests told apart from a tenant's own people, and what a text is found by.

-- A tenant's people are those at home in it and its guests: marked, the two sets are disjoint and each has an index in
-- the list's order. Before, every membership had to be read to find the few guests of a tenant.
alter table membership add column guest_account_at timestamptz(3);
create index membership_guests on membership (tenant_id, guest_account_at desc, user_id desc) where guest_account_at is not null;

update membership m set guest_account_at = u.created_at
  from "user" u where u.id = m.user_id and u.home_tenant_id is distinct from m.tenant_id;

grant update (guest_account_at) on membership to gatehouse_definer;

create function gatehouse.mark_guest() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  account record;
begin
  -- Held against a move to another home that is being committed.
  select u.home_tenant_id, u.created_at into account from public."user" u where u.id = new.user_id for share;
  new.guest_account_at := case when account.home_tenant_id is distinct from new.tenant_id then account.created_at end;
  return new;
end
$$;

create trigger mark_guest before insert on membership for each row execute function gatehouse.mark_guest();

create function gatehouse.mark_guests_of_user() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.membership m
    set guest_account_at = case when new.home_tenant_id is distinct from m.tenant_id then new.created_at end
    where m.user_id = new.id
      and m.guest_account_at is distinct from case when new.home_tenant_id is distinct from m.tenant_id then new.created_at end;
  return null;
end
$$;

-- Not within another trigger: the one that empties a home does so because the membership is being deleted, and a row
-- that is being deleted must not be changed.
create trigger mark_guests_of_user after update of home_tenant_id, created_at on "user" for each row
  when (pg_trigger_depth() = 0 and (old.home_tenant_id is distinct from new.home_tenant_id or old.created_at <> new.created_at))
  execute function gatehouse.mark_guests_of_user();

-- By what a text is found: every three characters in a row of a name and an address, the first one and the first two of
-- either (behind a line break), and the home tenant; all of them led by the quarter in which the account was made. A
-- search goes through the quarters in the order of its list and stops when its page is full; single trigrams of all users
-- brought up thousands of rows to be fetched and sorted for the same page. Characters of every kind count: no address
-- contains "@example", although all have each word of it.
create function gatehouse.text_keys(created_at timestamptz, name text, email text, home_tenant_id uuid) returns text[]
language plpgsql immutable parallel safe cost 1000 set search_path = pg_catalog, pg_temp as $$
declare
  at constant timestamp := created_at at time zone 'UTC';
  quarter constant text := to_hex(extract(year from at)::int * 4 + extract(quarter from at)::int - 8001);
  letters constant text[] := regexp_split_to_array(E'\n' || lower(name) || E'\n' || email, '');
  keys text[] := array[quarter || E'\n' || left(lower(name), 1), quarter || E'\n' || left(email, 1)];
begin
  if home_tenant_id is not null then keys := keys || (quarter || home_tenant_id); end if;
  for i in 1..cardinality(letters) - 2 loop
    if letters[i + 1] <> E'\n' and letters[i + 2] <> E'\n' then
      keys := keys || (quarter || letters[i] || letters[i + 1] || letters[i + 2]);
    end if;
  end loop;
  return keys;
end
$$;

-- An index asks whoever writes a row for the right to execute its function.
grant execute on function gatehouse.text_keys(timestamptz, text, text, uuid)
  to gatehouse_app, gatehouse_tenant, gatehouse_platform, gatehouse_definer;
call gatehouse.hand_over_functions();
