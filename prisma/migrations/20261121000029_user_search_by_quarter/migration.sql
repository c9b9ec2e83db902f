-- Finds a text quarter by quarter (user_text_quarters). A text of some users in a hundred was the dearest (16 ms at a
-- million): too rare to fill a page in passing, too common for all its matches to be fetched and sorted. And what no user
-- has, but of what every user has each word, took two seconds. In tenants the function reads the tenant's own people
-- where it read everybody and asked each whether the tenant may see them.

-- The function belongs to gatehouse_definer, which the owner is for this moment only.
do $$
begin
  execute format('grant gatehouse_definer to %I%s', current_user,
    case when current_setting('server_version_num')::int >= 160000 then ' with inherit false, set true' else '' end);
end
$$;
grant create on schema gatehouse to gatehouse_definer;
set role gatehouse_definer;

-- A page of users whose name or address contains the text (from three characters on) or starts with it (below), in
-- the order of `sort` (created_at, email or name) and then of the id, behind (after_value, after_id). Returns each id
-- with its sort key as text, at most 1,000 of them. The scope is the transaction's, never an argument. Stable, so that
-- all its steps see the same rows.
--
-- How common a text is cannot be known beforehand, so the function looks: it reads the next 600 rows in order. A common
-- text fills its page there or in some thousand rows more. Whatever is rarer is fetched by the index, from quarter to
-- quarter. Of a small tenant all people are gone through.
create or replace function gatehouse.search_users(
  search text, sort text default 'created_at', descending boolean default true, after_value text default null, after_id uuid default null,
  page_size integer default 50
) returns table (id uuid, value text)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set jit = off set max_parallel_workers_per_gather = 0 as $$
declare
  wanted constant integer := least(greatest(coalesce(page_size, 50), 1), 1000);
  tenant constant uuid := gatehouse.current_tenant_id();
  needle constant text := lower(search);
  escaped constant text := regexp_replace(needle, '([\\%_])', '\\\1', 'g');
  by_prefix constant boolean := length(needle) < 3;
  matches constant text := format('(u.email like %1$L or lower(u.name) like %1$L)', case when by_prefix then '' else '%' end || escaped || '%');
  direction constant text := case when descending then 'desc' else 'asc' end;
  sort_key constant text := case
    when sort = 'created_at' then 'to_char(u.created_at at time zone ''UTC'', ''YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'')'
    when sort in ('email', 'name') then format('u.%I', sort)
  end;
  in_order constant text := format('order by u.%1$I %2$s, u.id %2$s', sort, direction);
  columns constant text := 'u.id, u.created_at, u.name, u.email, u.home_tenant_id';
  behind text := 'true';
  in_scope text := 'true';
  people_max constant integer := 1000;
  guests text;
  looked record;
  reading integer := 600;
  total constant real := (select greatest(c.reltuples, 1) from pg_class c where c.oid = 'public.user'::regclass);
  quarter_seconds constant real := 7.9e6;
  share real;
  matching real;
  remaining real;
  sample text;
  keys text[];
  home_key text;
  found_by text;
begin
  if current_setting('role') not in ('gatehouse_tenant', 'gatehouse_platform') then
    raise exception 'Users are searched within a scope.' using errcode = 'insufficient_privilege';
  end if;
  if sort_key is null then
    raise exception 'Users are sorted by created_at, email or name.' using errcode = 'invalid_parameter_value';
  end if;
  if coalesce(search, '') = '' or strpos(search, E'\n') > 0 or (tenant is null and current_setting('role') = 'gatehouse_tenant') then return; end if;

  if after_id is not null then
    behind := format('(u.%I, u.id) %s (%L::%s, %L::uuid)', sort, case when descending then '<' else '>' end, after_value,
      case sort when 'created_at' then 'timestamptz' else 'text' end, after_id);
  end if;

  if tenant is not null then
    guests := format('
      select %1$s from public.membership m cross join lateral (select * from public."user" u where u.id = m.user_id offset 0) u
      where m.tenant_id = %2$L and m.guest_account_at is not null and %3$s and %4$s %5$s limit %6$s', columns, tenant, matches, behind, in_order, wanted);
    if (select count(*) from (select from public.membership m where m.tenant_id = tenant and m.guest_account_at is not null limit people_max) m) = people_max then
      -- Too many guests to be gone through beside those at home. A scalar subselect, because an EXISTS would be hashed.
      guests := null;
      in_scope := format('(coalesce(u.home_tenant_id = %1$L, false) or
        (select true from public.membership m where m.user_id = u.id and m.tenant_id = %1$L))', tenant);
    elsif (select count(*) from (select from public."user" u where u.home_tenant_id = tenant limit people_max) u) < people_max then
      -- All of a small tenant.
      return query execute format('
        select u.id, %1$s from (
          (select %2$s from public."user" u where u.home_tenant_id = %3$L and %4$s and %5$s) union all (%6$s)) u %7$s limit %8$s',
        sort_key, columns, tenant, matches, behind, guests, in_order, wanted);
      return;
    else
      in_scope := format('u.home_tenant_id = %L', tenant);
      home_key := tenant::text;
    end if;
  end if;

  -- The next rows in order: perhaps they fill the page; if not, they are a sample. Reading on is then weighed against
  -- fetching what the index finds in a quarter, in microseconds: half a one for a row in order (three where the index in
  -- that order does not hold all it takes), three and a half for a match fetched.
  for attempt in 1..2 loop
    execute format('
      select array_agg(u.id %1$s) filter (where u.hit) as ids, count(*) as rows, count(*) filter (where u.text_hit) as text_hits,
        extract(epoch from max(u.created_at) - min(u.created_at)) as seconds,
        array_to_string((array_agg(u.name || E''\n'' || u.email))[1:25], E''\n'') as sample
      from (
        select u.*, case when u.text_hit then %3$s end as hit
        from (select %2$s, %4$s as text_hit from public."user" u where %5$s and %6$s %1$s limit %7$s) u
      ) u', in_order, columns, case when guests is null then in_scope else 'true' end, matches, behind,
      case when guests is null then 'true' else in_scope end, reading)
      into looked;
    if coalesce(cardinality(looked.ids), 0) >= wanted or looked.rows < reading then
      return query execute format('
        select u.id, %1$s from ((select %2$s from public."user" u where u.id = any($1)) %3$s) u %4$s limit %5$s',
        sort_key, columns, 'union all (' || guests || ')', in_order, wanted)
        using looked.ids;
      return;
    end if;
    exit when attempt = 2;
    share := greatest(looked.text_hits, 0.5) / looked.rows;
    matching := share * case
      when sort = 'created_at' then least(total, looked.rows * quarter_seconds / greatest(looked.seconds, 1)) else total end;
    remaining := 1.3 * looked.rows * wanted / greatest(coalesce(cardinality(looked.ids), 0), 0.5);
    exit when remaining * case when sort = 'created_at' then 0.5 else 3 end > 300 + 3.5 * matching;
    reading := ceil(remaining);
  end loop;

  -- The rarest key of each of four parts of the text, as the sample has them: the rarest of all might stem from one word.
  -- Each is a condition of its own, the rarest first: the index then asks for the next one only where this one is met.
  if by_prefix then
    keys := array[E'\n' || needle];
  else
    sample := lower(looked.sample);
    select array_agg(rarest.key order by seen) into keys from (
      select distinct on (part) counted.key, seen from (
        select parts.key, ntile(4) over (order by at) as part, length(sample) - length(replace(sample, parts.key, '')) as seen
        from (
          select substr(needle, at, 3) as key, min(at) as at from generate_series(1, length(needle) - 2) at group by 1
        ) parts
      ) counted order by part, seen
    ) rarest;
  end if;
  if home_key is not null then keys := keys || home_key; end if;
  select string_agg(format('gatehouse.text_keys(u.created_at, u.name, u.email, u.home_tenant_id) @> array[q.name || %L collate "C"]', key), ' and ' order by at)
    into found_by from unnest(keys) with ordinality as k (key, at);

  -- From quarter to quarter in the order of creation, as far as the page needs; for the other orders all of them.
  return query execute format('
    with recursive quarters (start) as (
      select date_trunc(''quarter'', %1$s(u.created_at) at time zone ''UTC'') from public."user" u where %2$s
      union all
      select (select date_trunc(''quarter'', %1$s(u.created_at) at time zone ''UTC'') from public."user" u where u.created_at %3$s at time zone ''UTC'')
      from quarters q where q.start is not null
    )
    select u.id, %4$s from ((
      select u.*
      from (select to_hex(extract(year from start)::int * 4 + extract(quarter from start)::int - 8001) as name from quarters offset 0) q
      cross join lateral (
        select * from (select %5$s from public."user" u where %14$s offset 0) u
        where %6$s and %7$s and %8$s %9$s) u
      %10$s) %11$s) u %12$s limit %13$s',
    case when descending then 'max' else 'min' end,
    case when sort = 'created_at' then behind else 'true' end,
    case when descending then '< q.start' else '>= (q.start + interval ''3 months'')' end,
    sort_key, columns, matches, behind, in_scope,
    case when sort = 'created_at' then format('%s limit %s', in_order, wanted) end,
    case when sort = 'created_at' then format('limit %s', wanted) end,
    'union all (' || guests || ')', in_order, wanted, found_by);
end
$$;

reset role;
call gatehouse.hand_over_functions();

-- Statistics of keys that each stand for one quarter estimate nothing, and to gather them costs a call for each row.
alter index user_text_quarters alter column 1 set statistics 0;

-- Nothing asks these any more.
drop index user_text_trigrams;
drop index user_email_prefix;
drop index user_name_prefix;
