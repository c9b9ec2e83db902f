-- The accounts that are locked out now, for the list of blocks. In the order of the time until which they are; one without
-- an end is behind every other (the beginning of the year 9999).
create index account_lockout_locked_idx on account_lockout ((case when locked_for_good then to_timestamp(253370764800) else locked_until end), user_id)
  where user_id is not null and (locked_until is not null or locked_for_good);

-- A page of them, from a position on: of the platform all, of a tenant those that are at home in it.
create function gatehouse.find_account_lockouts(descending boolean, after_at timestamptz, after_user_id uuid, most integer) returns table (
  user_id uuid, email text, name text, home_tenant_id uuid, failures integer, locked_until timestamptz, last_tried_at timestamptz, at timestamptz
)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query execute format(
    'select u.id, u.email, u.name, u.home_tenant_id, a.stranger_claims - a.stranger_cleared + a.carried, (case when not a.locked_for_good then a.locked_until end)::timestamptz,
       a.last_tried_at::timestamptz, (case when a.locked_for_good then to_timestamp(253370764800) else a.locked_until end)::timestamptz
     from public.account_lockout a join public."user" u on u.id = a.user_id
     where a.user_id is not null and (a.locked_until is not null or a.locked_for_good)
       and (case when a.locked_for_good then to_timestamp(253370764800) else a.locked_until end) > now()
       and ($1 is null or ((case when a.locked_for_good then to_timestamp(253370764800) else a.locked_until end), a.user_id) %1$s ($1, $2))
       and a.account_digest = sha256(convert_to(u.email, ''UTF8''))
       and (current_setting(''role'') <> ''gatehouse_tenant'' or u.home_tenant_id = gatehouse.current_tenant_id())
     order by (case when a.locked_for_good then to_timestamp(253370764800) else a.locked_until end) %2$s, a.user_id %2$s limit $3',
    case when descending then '<' else '>' end, case when descending then 'desc' else 'asc' end)
  using after_at, after_user_id, most;
end
$$;

grant execute on function gatehouse.find_account_lockouts(boolean, timestamptz, uuid, integer) to gatehouse_tenant, gatehouse_platform;
call gatehouse.hand_over_functions();
