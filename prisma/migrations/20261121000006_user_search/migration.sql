-- Text search over users. Under row-level security LIKE loses its index, because it is not leakproof (0.4 ms became
-- 400 ms at a million users); a function whose owner every row is open to keeps it, and applies the scope itself.

-- Name and address as one text, so that one index scan covers both; the line break keeps a match within either.
create index user_text_trigrams on "user" using gin ((lower(name) || E'\n' || email) gin_trgm_ops);
create index user_email_prefix on "user" (lower(email) text_pattern_ops);
create index user_name_prefix on "user" (lower(name) text_pattern_ops);

-- A page of users whose name or address contains the text (from three characters on) or starts with it (below), in
-- the order of `sort` (created_at, email or name) and then of the id, behind (after_value, after_id). Returns each id
-- with its sort key as text, at most 1,000 of them. The scope is the transaction's, never an argument. Stable, so that
-- all its steps see the same rows.
--
-- How common a text is cannot be known beforehand, so the function looks: it reads the next 600 rows in order. A
-- common text fills its page there. For a rarer one it takes what is cheapest by what it has seen: to read on in
-- order, to fetch every match by the index, or to go through the tenant. The index is asked for the rarest trigrams
-- only: going through the long lists of common ones took 180 ms for a whole address, these take 1 ms.
create function gatehouse.search_users(
  search text, sort text default 'created_at', descending boolean default true, after_value text default null, after_id uuid default null,
  page_size integer default 50
) returns table (id uuid, value text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  wanted constant integer := least(greatest(coalesce(page_size, 50), 1), 1000);
  tenant constant uuid := gatehouse.current_tenant_id();
  needle constant text := lower(search);
  escaped constant text := regexp_replace(needle, '([\\%_])', '\\\1', 'g');
  by_prefix constant boolean := length(needle) < 3 or needle !~ '[[:alnum:]]';
  matches constant text := case
    when by_prefix then format('(starts_with(u.text, %L) or strpos(u.text, %L) > 0)', needle, E'\n' || needle)
    else format('strpos(u.text, %L) > 0', needle)
  end;
  columns constant text := 'u.id, u.created_at, u.name, u.email, u.home_tenant_id, lower(u.name) || E''\n'' || u.email as text';
  sort_key constant text := case
    when sort = 'created_at' then 'to_char(u.created_at at time zone ''UTC'', ''YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'')'
    when sort in ('email', 'name') then format('u.%I', sort)
  end;
  in_order constant text := format('order by u.%1$I %2$s, u.id %2$s', sort, case when descending then 'desc' else 'asc' end);
  in_scope text := 'true';
  behind text := 'true';
  candidates text;
  members integer;
  total real;
  matching real;
  reading integer := 600;
  remaining real;
  looked_at integer := 0;
  hits integer := 0;
  ids uuid[] := '{}';
  sort_keys text[] := '{}';
  sample text[];
  found record;
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
    -- A scalar subselect, because an EXISTS would be hashed: every member read to judge a few rows.
    in_scope := format('coalesce(u.home_tenant_id = %1$L, false) or
      (select true from public.membership m where m.user_id = u.id and m.tenant_id = %1$L)', tenant);
    -- Null for a tenant so large that going through it is out of the question.
    select nullif(count(*), 5000) into members from (select from public.membership m where m.tenant_id = tenant limit 5000) m;
  end if;
  select greatest(c.reltuples, 1) into total from pg_class c where c.oid = 'public.user'::regclass;

  while members is null or members > reading loop
    execute format('
      select array_agg(u.id %1$s) filter (where u.hit) as ids, array_agg(%2$s %1$s) filter (where u.hit) as sort_keys,
        count(*)::int as rows, count(*) filter (where u.text_hit)::int as hits, coalesce($1, array_agg(u.text)) as sample
      from (
        select u.*, case when u.text_hit then %4$s end as hit
        from (
          select u.*, %3$s as text_hit
          from (select %5$s from (select u.* from public."user" u where %6$s %1$s limit %7$s offset %8$s) u offset 0) u
          offset 0
        ) u
      ) u', in_order, sort_key, matches, in_scope, columns, behind, reading, looked_at)
      into found using sample;
    ids := ids || found.ids;
    sort_keys := sort_keys || found.sort_keys;
    if cardinality(ids) >= wanted or found.rows < reading then
      return query select page.id, page.key from unnest(ids, sort_keys) as page (id, key) limit wanted;
      return;
    end if;
    looked_at := looked_at + found.rows;
    hits := hits + found.hits;
    sample := found.sample;
    matching := total * greatest(hits, 1) / looked_at;
    remaining := 1.2 * looked_at * (wanted - cardinality(ids)) / greatest(cardinality(ids), 0.5);
    -- A large tenant may still be smaller than what else would have to be read.
    if tenant is not null and members is null and least(remaining, matching) > 10000 then
      select nullif(count(*), ceil(least(remaining, matching) / 2)) into members
        from (select from public.membership m where m.tenant_id = tenant limit ceil(least(remaining, matching) / 2)) m;
    end if;
    exit when remaining > matching or remaining > members;
    reading := greatest(remaining, 600);
  end loop;

  if members <= coalesce(matching, members) then
    candidates := format('select %2$s from public."user" u where u.id in (
      select m.user_id from public.membership m where m.tenant_id = %1$L union all select h.id from public."user" h where h.home_tenant_id = %1$L)',
      tenant, columns);
  elsif by_prefix then
    candidates := format('select %2$s from public."user" u where lower(u.email) like %1$L or lower(u.name) like %1$L',
      escaped || '%', columns);
  else
    -- A literal, not a parameter: only then may the planner take the index for the pattern.
    select format('select %s from public."user" u where lower(u.name) || E''\n'' || u.email like %L',
        columns, '%' || coalesce(string_agg(part, '%' order by at), escaped) || '%')
      into candidates
      from (
        -- The rarest of each third of the text, so that they do not all come from one word. Beside the rarest of all,
        -- only such as are at most ten times as common: a longer list costs more to go through than it sorts out.
        select part, at, at >= lag(at, 1, -2) over (order by at) + 3 as is_apart
        from (
          select distinct on (third) part, at, seen, min(seen) over () as least_seen
          from (
            select part, at, third, (select count(*) from unnest(sample[1:300]) as looked (text) where strpos(looked.text, part) > 0) as seen
            from (
              select substr(needle, at, 3) as part, at, at * 3 / (length(needle) - 1) as third from generate_series(1, length(needle) - 2) as at
            ) parts
            where part ~ '^[[:alnum:]]{3}$'
          ) counted
          order by third, seen
        ) rarest
        where seen <= 10 * least_seen + 5
      ) chosen
      where is_apart;
  end if;
  return query execute format('
    select u.id, %s from (select * from (%s offset 0) u where %s and %s and (%s) %s limit %s) u %s',
    sort_key, candidates, matches, behind, in_scope, in_order, wanted, in_order);
end
$$;

grant execute on function gatehouse.search_users(text, text, boolean, text, uuid, integer) to gatehouse_tenant, gatehouse_platform;
call gatehouse.hand_over_functions();
