-- Fills what the migration before has added, in batches that each commit: on a large installation nobody waits for more
-- than a moment, and started again it does no harm. Like an index that is built concurrently it is no part of a
-- transaction, and therefore the only statement of its file.
do $$
declare
  batch constant integer := 5000;
  bookmark uuid;
  ids uuid[];
begin
  execute format('grant gatehouse_definer to %I%s', current_user,
    case when current_setting('server_version_num')::int >= 160000 then ' with inherit false, set true' else '' end);
  set role gatehouse_definer;

  bookmark := '00000000-0000-0000-0000-000000000000';
  loop
    select array_agg(b.id order by b.id) into ids
      from (select s.id from public.session s where s.id > bookmark order by s.id limit batch) b;
    exit when ids is null;
    update public.session s set browser_name = gatehouse.without_version(s.browser), os_name = gatehouse.without_version(s.os)
      where s.id = any(ids) and (s.browser is not null or s.os is not null);
    insert into public.session_activity as a (session_id, last_seen_at, active_tenant_id, home_tenant_id)
      select s.id, s.created_at, s.active_tenant_id, s.home_tenant_id from public.session s where s.id = any(ids) order by s.id for share
      on conflict (session_id) do update set active_tenant_id = excluded.active_tenant_id, home_tenant_id = excluded.home_tenant_id;
    bookmark := ids[cardinality(ids)];
    commit;
  end loop;

  bookmark := '00000000-0000-0000-0000-000000000000';
  loop
    select array_agg(b.id order by b.id) into ids
      from (select h.id from public.session_history h where h.id > bookmark order by h.id limit batch) b;
    exit when ids is null;
    update public.session_history h set browser_name = gatehouse.without_version(h.browser), os_name = gatehouse.without_version(h.os),
        last_seen_at = coalesce(h.last_seen_at, h.created_at)
      where h.id = any(ids);
    bookmark := ids[cardinality(ids)];
    commit;
  end loop;

  reset role;
  revoke update (browser_name, os_name) on public.session from gatehouse_definer;
  revoke select, update (browser_name, os_name, last_seen_at) on public.session_history from gatehouse_definer;
  execute format('revoke gatehouse_definer from %I', current_user);
end
$$;
