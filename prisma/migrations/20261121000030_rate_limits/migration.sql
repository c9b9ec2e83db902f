-- What people decide about rate limits: other bounds for a rule, keys that are refused until a time, and who is let through.
-- What the limiter itself counts and refuses stands in Redis.

-- A rule without a row is as the code's catalogue has it.
create table rate_limit_rule (
  rule text not null,
  limit_count integer not null,
  window_seconds integer not null,
  mode text not null default 'enforce',
  version integer not null default 1,
  updated_at timestamptz(3) not null default current_timestamp,
  updated_by_type text not null,
  updated_by_id text,
  updated_by_name text not null,
  constraint rate_limit_rule_pkey primary key (rule)
);

alter table rate_limit_rule
  add constraint rate_limit_rule_admits_somebody check (limit_count between 1 and 100000),
  add constraint rate_limit_rule_window_is_at_most_a_day check (window_seconds between 1 and 86400),
  add constraint rate_limit_rule_mode_is_known check (mode in ('enforce', 'observe'));

-- `subject` is the hash by which Redis knows the key as well; `label` is what people read.
create table rate_limit_block (
  id uuid not null,
  tenant_id uuid default gatehouse.current_tenant_id(),
  dimension text not null,
  subject text not null,
  label text not null,
  user_id uuid,
  reason text not null,
  blocked_until timestamptz(3) not null,
  created_at timestamptz(3) not null default current_timestamp,
  created_by_type text not null,
  created_by_id text,
  created_by_name text not null,
  constraint rate_limit_block_pkey primary key (id)
);

create index rate_limit_block_blocked_until_id_idx on rate_limit_block(blocked_until desc, id desc);
create index rate_limit_block_tenant_id_blocked_until_id_idx on rate_limit_block(tenant_id, blocked_until desc, id desc);
create index rate_limit_block_user_id_idx on rate_limit_block(user_id);

alter table rate_limit_block
  add constraint rate_limit_block_tenant_id_fkey foreign key (tenant_id) references tenant(id) on delete cascade on update cascade,
  add constraint rate_limit_block_user_id_fkey foreign key (user_id) references "user"(id) on delete cascade on update cascade,
  add constraint rate_limit_block_dimension_is_known check (dimension in ('account', 'address', 'tenant', 'caller')),
  add constraint rate_limit_block_subject_is_a_hash check (subject ~ '^[A-Za-z0-9_-]{16}$'),
  add constraint rate_limit_block_label_is_short check (length(label) between 1 and 320),
  add constraint rate_limit_block_ends check (blocked_until > created_at and blocked_until <= created_at + interval '366 days');

-- Either a network or an account, never both and never neither.
create table rate_limit_exemption (
  id uuid not null,
  tenant_id uuid default gatehouse.current_tenant_id(),
  network inet,
  user_id uuid,
  reason text not null,
  expires_at timestamptz(3) not null,
  created_at timestamptz(3) not null default current_timestamp,
  created_by_type text not null,
  created_by_id text,
  created_by_name text not null,
  constraint rate_limit_exemption_pkey primary key (id)
);

create index rate_limit_exemption_expires_at_id_idx on rate_limit_exemption(expires_at desc, id desc);
create index rate_limit_exemption_tenant_id_expires_at_id_idx on rate_limit_exemption(tenant_id, expires_at desc, id desc);
create index rate_limit_exemption_user_id_idx on rate_limit_exemption(user_id);

alter table rate_limit_exemption
  add constraint rate_limit_exemption_tenant_id_fkey foreign key (tenant_id) references tenant(id) on delete cascade on update cascade,
  add constraint rate_limit_exemption_user_id_fkey foreign key (user_id) references "user"(id) on delete cascade on update cascade,
  add constraint rate_limit_exemption_is_of_one_kind check ((network is null) <> (user_id is null)),
  -- An address within a network is no name of that network; and nobody lets through the whole Internet by a slip.
  add constraint rate_limit_exemption_network_is_one check (network is null or (network = network(network) and masklen(network) >= 8)),
  add constraint rate_limit_exemption_ends check (expires_at > created_at and expires_at <= created_at + interval '366 days');

-- One number that moves with every change of the three: a process that knows it knows all of them.
create table rate_limit_version (
  id boolean not null default true,
  version bigint not null default 1,
  constraint rate_limit_version_pkey primary key (id)
);
alter table rate_limit_version add constraint rate_limit_version_is_one_row check (id);
insert into rate_limit_version default values;

alter table rate_limit_rule enable row level security;
alter table rate_limit_rule force row level security;
create policy tenant_reads on rate_limit_rule for select to gatehouse_tenant using (true);
create policy platform on rate_limit_rule to gatehouse_platform using (true) with check (true);
create policy definer on rate_limit_rule to gatehouse_definer using (true) with check (true);

alter table rate_limit_block enable row level security;
alter table rate_limit_block force row level security;
create policy isolation on rate_limit_block as restrictive to gatehouse_tenant using (tenant_id = (select gatehouse.current_tenant_id()));
create policy tenant_reads on rate_limit_block for select to gatehouse_tenant using (true);
create policy tenant_creates on rate_limit_block for insert to gatehouse_tenant with check (true);
create policy tenant_deletes on rate_limit_block for delete to gatehouse_tenant using (true);
create policy platform on rate_limit_block to gatehouse_platform using (true) with check (true);
create policy definer on rate_limit_block to gatehouse_definer using (true) with check (true);

alter table rate_limit_exemption enable row level security;
alter table rate_limit_exemption force row level security;
create policy isolation on rate_limit_exemption as restrictive to gatehouse_tenant using (tenant_id = (select gatehouse.current_tenant_id()));
create policy tenant_reads on rate_limit_exemption for select to gatehouse_tenant using (true);
create policy tenant_creates on rate_limit_exemption for insert to gatehouse_tenant with check (true);
create policy tenant_deletes on rate_limit_exemption for delete to gatehouse_tenant using (true);
create policy platform on rate_limit_exemption to gatehouse_platform using (true) with check (true);
create policy definer on rate_limit_exemption to gatehouse_definer using (true) with check (true);

alter table rate_limit_version enable row level security;
alter table rate_limit_version force row level security;
create policy definer on rate_limit_version to gatehouse_definer using (true) with check (true);

-- A tenant reads by which rules it is held; who of the platform set them is not its business.
grant select (rule, limit_count, window_seconds, mode, version, updated_at) on rate_limit_rule to gatehouse_tenant;
grant select, insert, delete on rate_limit_rule to gatehouse_platform;
grant update (limit_count, window_seconds, mode, version, updated_at, updated_by_type, updated_by_id, updated_by_name)
  on rate_limit_rule to gatehouse_platform;
grant select, insert, delete on rate_limit_block, rate_limit_exemption to gatehouse_tenant, gatehouse_platform;
grant select on rate_limit_rule, rate_limit_block, rate_limit_exemption, rate_limit_version to gatehouse_definer;
grant update (version) on rate_limit_version to gatehouse_definer;

-- Rules, blocks and exemptions for a process that last saw `known_version`: null where nothing has moved since, which is
-- nearly always. Times are what is left of them, by this clock, in milliseconds.
create function gatehouse.find_limit_settings(known_version bigint) returns table (version bigint, settings json)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select v.version,
    case when v.version is distinct from known_version then json_build_object(
      'rules', (
        select coalesce(json_agg(json_build_object(
          'rule', r.rule, 'limit', r.limit_count, 'windowSeconds', r.window_seconds, 'mode', r.mode)), '[]')
        from public.rate_limit_rule r),
      'blocks', (
        select coalesce(json_agg(json_build_object(
          'id', b.id, 'dimension', b.dimension, 'subject', b.subject,
          'milliseconds', floor(extract(epoch from b.blocked_until - now()) * 1000))), '[]')
        from (
          select * from public.rate_limit_block where blocked_until > now() order by blocked_until desc, id desc limit 10000) b),
      'exemptions', (
        select coalesce(json_agg(json_build_object(
          'id', e.id, 'network', text(e.network), 'userId', e.user_id,
          'milliseconds', floor(extract(epoch from e.expires_at - now()) * 1000))), '[]')
        from (
          select * from public.rate_limit_exemption where expires_at > now() order by expires_at desc, id desc limit 1000) e)
    ) end
  from public.rate_limit_version v
$$;

create function gatehouse.raise_limit_version() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.rate_limit_version v set version = v.version + 1;
  return null;
end
$$;

create trigger raise_limit_version after insert or update or delete on rate_limit_rule
  for each statement execute function gatehouse.raise_limit_version();
create trigger raise_limit_version after insert or update or delete on rate_limit_block
  for each statement execute function gatehouse.raise_limit_version();
create trigger raise_limit_version after insert or update or delete on rate_limit_exemption
  for each statement execute function gatehouse.raise_limit_version();

-- A tenant blocks and lets through the accounts that are at home in it, and nothing else: an address is everybody's. The
-- hash must be that account's own, for nobody looks at anything but the hash afterwards. About another tenant's rows this
-- says nothing: row security refuses them all alike.
create function gatehouse.refuse_foreign_block() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.tenant_id = gatehouse.current_tenant_id() and not exists (
    select from public."user" u
    where u.id = new.user_id and u.home_tenant_id = new.tenant_id and new.dimension = 'account'
      and new.subject = left(translate(encode(sha256(convert_to('account:' || u.email, 'UTF8')), 'base64'), '+/', '-_'), 16))
  then
    raise exception 'A tenant blocks its own accounts only.' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create trigger refuse_foreign_block before insert on rate_limit_block
  for each row execute function gatehouse.refuse_foreign_block();

create function gatehouse.refuse_foreign_exemption() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.tenant_id = gatehouse.current_tenant_id()
    and not exists (select from public."user" u where u.id = new.user_id and u.home_tenant_id = new.tenant_id)
  then
    raise exception 'A tenant lets its own accounts through only.' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create trigger refuse_foreign_exemption before insert on rate_limit_exemption
  for each row execute function gatehouse.refuse_foreign_exemption();

grant execute on function gatehouse.find_limit_settings(bigint) to gatehouse_app;
call gatehouse.hand_over_functions();
