-- Filters of a list under a name: one person's, or everybody's who may read the list in that scope.
create table saved_view (
  id uuid not null,
  tenant_id uuid default gatehouse.current_tenant_id(),
  owner_id uuid not null,
  list text not null,
  name text not null,
  query jsonb not null,
  shared boolean not null default false,
  created_at timestamptz(3) not null default current_timestamp,
  updated_at timestamptz(3) not null default current_timestamp,
  constraint saved_view_pkey primary key (id)
);

create unique index saved_view_tenant_id_owner_id_list_name_key on saved_view(tenant_id, owner_id, list, name) nulls not distinct;
create index saved_view_tenant_id_list_name_id_idx on saved_view(tenant_id, list, name, id);
create index saved_view_owner_id_idx on saved_view(owner_id);

alter table saved_view
  add constraint saved_view_tenant_id_fkey foreign key (tenant_id) references tenant(id) on delete cascade on update cascade,
  add constraint saved_view_owner_id_fkey foreign key (owner_id) references "user"(id) on delete cascade on update cascade,
  add constraint saved_view_list_is_known check (list in ('sessions')),
  add constraint saved_view_query_is_small check (jsonb_typeof(query) = 'object' and octet_length(query::text) <= 8192);

alter table saved_view enable row level security;
alter table saved_view force row level security;
create policy isolation on saved_view as restrictive to gatehouse_tenant using (tenant_id = (select gatehouse.current_tenant_id()));
create policy tenant_reads on saved_view for select to gatehouse_tenant using (true);
create policy tenant_creates on saved_view for insert to gatehouse_tenant with check (true);
create policy tenant_changes on saved_view for update to gatehouse_tenant using (true);
create policy tenant_deletes on saved_view for delete to gatehouse_tenant using (true);
create policy platform on saved_view to gatehouse_platform using (true) with check (true);

grant select, insert, delete on saved_view to gatehouse_tenant, gatehouse_platform;
grant update (name, query, shared, updated_at) on saved_view to gatehouse_tenant, gatehouse_platform;

-- A tenant's view belongs to a member of it, or to one of those who run the platform and act there. About another
-- tenant's rows this says nothing: row security refuses them all alike.
create function gatehouse.refuse_foreign_view() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.tenant_id = gatehouse.current_tenant_id()
    and not exists (select from public.membership m where m.tenant_id = new.tenant_id and m.user_id = new.owner_id)
    and not exists (select from public.platform_role_assignment a where a.user_id = new.owner_id)
  then
    raise exception 'This view would belong to somebody from elsewhere.' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create trigger refuse_foreign_view before insert on saved_view for each row execute function gatehouse.refuse_foreign_view();
call gatehouse.hand_over_functions();
