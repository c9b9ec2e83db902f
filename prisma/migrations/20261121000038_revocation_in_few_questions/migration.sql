-- The end of a user's sessions, and the look for a repeated request, as one question each: each of these used to be several,
-- and asking is what takes the time of a small revocation.

-- Ends every session of a user that the scope reaches, by the epoch: everywhere for the platform and the home tenant; for
-- any other tenant, and wherever it is asked for, what is active in the tenant. Returns a row for each living session, one
-- without any where there is none, and no row where the scope knows no such user; for one who is not within the caller's
-- reach a row without an epoch, and nothing ends. Of more candidates than `at_once` only
-- `asked_beyond` are asked whether they live: to count them would take as long as to end them.
--
-- As the caller: row-level security stands. Volatile, so that each statement sees what was committed before it began: those
-- that were being made when the lock was asked for are seen once it is held.
create function gatehouse.raise_user_epoch(
  of_user uuid, within_reach boolean, only_in_tenant boolean, at_once integer, asked_beyond integer
)
returns table (
  email text, name text, limited_to uuid, epoch integer, beyond boolean, id uuid, token_hash text, device text, browser text,
  os text, ip_address text
)
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  here uuid := gatehouse.current_tenant_id();
  person record;
  bound uuid;
  raised integer;
  candidates uuid[];
  too_many boolean;
begin
  select u.email, u.name, u.home_tenant_id into person from public."user" u where u.id = of_user;
  if not found then return; end if;
  if not within_reach then
    return query select person.email, person.name, bound, raised, false, bound, null, null, null, null, null;
    return;
  end if;
  if only_in_tenant or person.home_tenant_id is distinct from here then bound := here; end if;
  -- The row that new sessions of these must share: from here on none can be made before this transaction ends.
  if bound is null then
    perform from public."user" u where u.id = of_user for update;
    if not found then return; end if;
    candidates := array(select s.id from public.session s where s.user_id = of_user limit at_once + 1);
  else
    perform from public.membership m where m.user_id = of_user and m.tenant_id = bound for update;
    if not found then return; end if;
    candidates := array(
      select s.id from public.session s where s.user_id = of_user and s.active_tenant_id = bound limit at_once + 1);
  end if;
  too_many := cardinality(candidates) > at_once;
  candidates := array(
    select l.id from gatehouse.living_sessions(case when too_many then candidates[1:asked_beyond] else candidates end) l(id));
  if bound is null then
    update public."user" u set session_epoch = u.session_epoch + 1 where u.id = of_user returning u.session_epoch into raised;
  else
    update public.membership m set session_epoch = m.session_epoch + 1
    where m.user_id = of_user and m.tenant_id = bound returning m.session_epoch into raised;
  end if;
  return query
    select person.email, person.name, bound, raised, too_many, s.id, s.token_hash, s.device, s.browser, s.os, host(s.ip_address)
    from (values (true)) one left join public.session s on s.id = any (candidates);
end
$$;

-- The receipt that answers an actor's request under this key in the scope, if it has been made. Whoever asks for the same
-- meanwhile waits for the end of this transaction, and then sees what it has left.
create function gatehouse.hold_request(waiting_name text, by_type text, by_id text, key text)
returns table (id uuid, request_hash text)
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
begin
  perform pg_advisory_xact_lock(hashtextextended(waiting_name, 0));
  return query
    select r.id, r.request_hash from public.revocation_receipt r
    -- In the words of the index that lets there be one of them only.
    where r.actor_type = by_type and coalesce(r.actor_id, '') = coalesce(by_id, '')
      and coalesce(r.tenant_id, nobody) = coalesce(gatehouse.current_tenant_id(), nobody) and r.idempotency_key = key;
end
$$;

grant execute on function gatehouse.raise_user_epoch(uuid, boolean, boolean, integer, integer) to gatehouse_tenant, gatehouse_platform;
grant execute on function gatehouse.hold_request(text, text, text, text) to gatehouse_tenant, gatehouse_platform;
call gatehouse.hand_over_functions();
