-- Bounds what a search costs. A text of 0.3 to 2 in a hundred users was the dearest: too rare to fill a page in passing, too
-- common to be fetched match by match. In the list's own order the function now reads nothing but an index
-- (user_list_text), five rows for the price of one match fetched, and it asks the trigram index for whole words, the
-- rarest of the text: single trigrams of a word brought up ten times as many rows as the word.

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
-- How common a text is cannot be known beforehand, so the function looks: it reads the next 600 rows in order. A
-- common text fills its page there. For a rarer one it takes what is cheapest by what it has seen: to read on in
-- order, to fetch every match by the trigram index, or to go through the tenant.
create or replace function gatehouse.search_users(
  search text, sort text default 'created_at', descending boolean default true, after_value text default null, after_id uuid default null,
  page_size integer default 50
) returns table (id uuid, value text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set jit = off as $$
declare
  wanted constant integer := least(greatest(coalesce(page_size, 50), 1), 1000);
  tenant constant uuid := gatehouse.current_tenant_id();
  needle constant text := lower(search);
  escaped constant text := regexp_replace(needle, '([\\%_])', '\\\1', 'g');
  by_prefix constant boolean := length(needle) < 3 or needle !~ '[[:alnum:]]';
  pattern constant text := case when by_prefix then escaped || '%' else '%' || escaped || '%' end;
  matches constant text := format('(u.email like %1$L or lower(u.name) like %1$L)', pattern);
  sort_key constant text := case
    when sort = 'created_at' then 'to_char(u.created_at at time zone ''UTC'', ''YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'')'
    when sort in ('email', 'name') then format('u.%I', sort)
  end;
  in_order constant text := format('order by u.%1$I %2$s, u.id %2$s', sort, case when descending then 'desc' else 'asc' end);
  -- Rows in order for the price of one match fetched by the index: more where the index in that order holds all it takes.
  walk_rows constant real := case when sort = 'created_at' then 5 else 1 end;
  in_scope text := 'true';
  behind text := 'true';
  narrowed text;
  candidates text;
  verified text := 'true';
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
    select nullif(count(*), 3000) into members from (select from public.membership m where m.tenant_id = tenant limit 3000) m;
  end if;
  select greatest(c.reltuples, 1) into total from pg_class c where c.oid = 'public.user'::regclass;

  while members is null or members > reading loop
    execute format('
      select array_agg(u.id %1$s) filter (where u.hit) as ids, array_agg(%2$s %1$s) filter (where u.hit) as sort_keys,
        count(*)::int as rows, count(*) filter (where u.text_hit)::int as hits,
        %8$s as sample
      from (
        select u.*, case when u.text_hit then %4$s end as hit
        from (
          select u.id, u.created_at, u.name, u.email, u.home_tenant_id, %3$s as text_hit from public."user" u
          where %5$s %1$s limit %6$s offset %7$s
        ) u
      ) u', in_order, sort_key, matches, in_scope, behind, reading, looked_at,
      case when sample is null and not by_prefix then '(array_agg(lower(u.name) || E''\n'' || u.email))[1:300]' else 'null::text[]' end)
      into found;
    ids := ids || found.ids;
    sort_keys := sort_keys || found.sort_keys;
    if cardinality(ids) >= wanted or found.rows < reading then
      return query select page.id, page.key from unnest(ids, sort_keys) as page (id, key) limit wanted;
      return;
    end if;
    looked_at := looked_at + found.rows;
    hits := hits + found.hits;
    sample := coalesce(sample, found.sample);
    matching := total * greatest(hits, 1) / looked_at;
    remaining := 1.2 * looked_at * (wanted - cardinality(ids)) / greatest(cardinality(ids), 0.5);
    -- A large tenant may still be smaller than what else would have to be read.
    if tenant is not null and members is null and least(remaining, matching) > 10000 then
      select nullif(count(*), ceil(least(remaining, matching) / 2)) into members
        from (select from public.membership m where m.tenant_id = tenant limit ceil(least(remaining, matching) / 2)) m;
    end if;
    exit when remaining > matching * walk_rows or remaining > members;
    reading := greatest(remaining, 600);
  end loop;

  if members <= coalesce(matching, members) then
    candidates := format('u.id in (
      select m.user_id from public.membership m where m.tenant_id = %1$L union all select h.id from public."user" h where h.home_tenant_id = %1$L)', tenant);
    verified := matches;
  elsif by_prefix then
    candidates := format('(lower(u.email) like %1$L or lower(u.name) like %1$L)', pattern);
  else
    -- The rarest words of the text, as the sample has them: the index is not asked for trigrams that everybody has.
    select '%' || coalesce(string_agg(word, '%' order by at), escaped) || '%' into narrowed
      from (
        select word, at, seen, min(seen) over () as least_seen, row_number() over (order by seen, length(word) desc) as rank
        from (
          select word, at, (select count(*) from unnest(sample) as looked (text) where strpos(looked.text, word) > 0) as seen
          from regexp_matches(needle, '[[:alnum:]]{3,}', 'g') with ordinality as words (parts, at), unnest(parts) as word
        ) counted
      ) ranked
      where rank <= 3 and seen <= 10 * least_seen + 5;
    -- A literal, not a parameter: only then may the planner take the index for the pattern.
    candidates := format('lower(u.name) || E''\n'' || u.email like %L', narrowed);
    if narrowed <> pattern then verified := matches; end if;
  end if;
  return query execute format('
    select u.id, %s from (
      select * from (select u.id, u.created_at, u.name, u.email, u.home_tenant_id from public."user" u where %s offset 0) u
      where %s and %s and (%s) %s limit %s) u %s',
    sort_key, candidates, verified, behind, in_scope, in_order, wanted, in_order);
end
$$;

reset role;
call gatehouse.hand_over_functions();
