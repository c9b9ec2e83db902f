-- What the rate limits have decided: each recorded attempt for two days, what every minute, hour and day counted for
-- longer. Written by the collector alone, which takes it from Redis.
create table rate_limit_attempt (
  at timestamptz(3) not null,
  sequence integer not null,
  rule text not null,
  subject text not null,
  outcome text not null,
  cost integer not null,
  entry text,
  label text not null,
  user_id uuid,
  constraint rate_limit_attempt_pkey primary key (at, sequence),
  constraint rate_limit_attempt_outcome_is_known
    check (outcome in ('allowed', 'refused', 'observed', 'degraded', 'returned', 'cleared'))
);

-- A rule's attempts in the order of time, for the replay of a proposed rule.
create index rate_limit_attempt_rule_at_sequence_idx on rate_limit_attempt(rule, at, sequence);

create table rate_limit_tally (
  rule text not null,
  granularity text not null,
  bucket_at timestamptz(3) not null,
  allowed bigint not null,
  refused bigint not null,
  observed bigint not null,
  degraded bigint not null,
  unique_addresses integer not null,
  constraint rate_limit_tally_pkey primary key (rule, granularity, bucket_at),
  constraint rate_limit_tally_granularity_is_known check (granularity in ('minute', 'hour', 'day'))
);

create index rate_limit_tally_granularity_bucket_at_idx on rate_limit_tally(granularity, bucket_at);

create table rate_limit_tenant_tally (
  tenant_id uuid not null default gatehouse.current_tenant_id(),
  rule text not null,
  granularity text not null,
  bucket_at timestamptz(3) not null,
  allowed bigint not null,
  refused bigint not null,
  observed bigint not null,
  degraded bigint not null,
  constraint rate_limit_tenant_tally_pkey primary key (tenant_id, rule, granularity, bucket_at),
  constraint rate_limit_tenant_tally_granularity_is_known check (granularity in ('minute', 'hour', 'day'))
);

create index rate_limit_tenant_tally_granularity_bucket_at_idx on rate_limit_tenant_tally(granularity, bucket_at);

alter table rate_limit_tenant_tally
  add constraint rate_limit_tenant_tally_tenant_id_fkey foreign key (tenant_id) references tenant(id)
    on delete cascade on update cascade;

-- How far the collector has come. It moves in the transaction that writes what was taken, so that nothing is taken twice.
create table rate_limit_drain (
  name text not null,
  position text not null,
  updated_at timestamptz(3) not null default current_timestamp,
  constraint rate_limit_drain_pkey primary key (name),
  constraint rate_limit_drain_name_is_known check (name in ('attempts', 'tallies'))
);

alter table rate_limit_attempt enable row level security;
alter table rate_limit_attempt force row level security;
create policy platform on rate_limit_attempt to gatehouse_platform using (true) with check (true);

alter table rate_limit_tally enable row level security;
alter table rate_limit_tally force row level security;
create policy platform on rate_limit_tally to gatehouse_platform using (true) with check (true);

alter table rate_limit_tenant_tally enable row level security;
alter table rate_limit_tenant_tally force row level security;
create policy isolation on rate_limit_tenant_tally as restrictive to gatehouse_tenant
  using (tenant_id = (select gatehouse.current_tenant_id()));
create policy tenant_reads on rate_limit_tenant_tally for select to gatehouse_tenant using (true);
create policy platform on rate_limit_tenant_tally to gatehouse_platform using (true) with check (true);

alter table rate_limit_drain enable row level security;
alter table rate_limit_drain force row level security;
create policy platform on rate_limit_drain to gatehouse_platform using (true) with check (true);

grant select on rate_limit_tenant_tally to gatehouse_tenant;
grant select, insert, delete on rate_limit_attempt to gatehouse_platform;
grant select, insert, delete on rate_limit_tally, rate_limit_tenant_tally to gatehouse_platform;
grant update (allowed, refused, observed, degraded, unique_addresses) on rate_limit_tally to gatehouse_platform;
grant update (allowed, refused, observed, degraded) on rate_limit_tenant_tally to gatehouse_platform;
grant select, insert on rate_limit_drain to gatehouse_platform;
grant update (position, updated_at) on rate_limit_drain to gatehouse_platform;
