-- What prisma/schema describes, and below it what Prisma cannot say. audit_event has a migration of its own.

create table role (
  id uuid not null,
  tenant_id uuid default gatehouse.current_tenant_id(),
  scope text not null,
  key text not null,
  name text not null,
  rank integer not null,
  permissions text[],
  built_in boolean not null default false,
  created_at timestamptz(3) not null default current_timestamp,
  updated_at timestamptz(3) not null default current_timestamp,
  constraint role_pkey primary key (id)
);

create table platform_role_assignment (
  user_id uuid not null,
  role_id uuid not null,
  created_at timestamptz(3) not null default current_timestamp,
  constraint platform_role_assignment_pkey primary key (user_id,role_id)
);

create table membership_role (
  tenant_id uuid not null default gatehouse.current_tenant_id(),
  membership_id uuid not null,
  role_id uuid not null,
  created_at timestamptz(3) not null default current_timestamp,
  constraint membership_role_pkey primary key (membership_id,role_id)
);

create table "user" (
  id uuid not null,
  name text not null,
  email text not null,
  email_verified boolean not null default false,
  image text,
  created_at timestamptz(3) not null default current_timestamp,
  updated_at timestamptz(3) not null default current_timestamp,
  home_tenant_id uuid,
  session_epoch integer not null default 0,
  locked_at timestamptz(3),
  locked_until timestamptz(3),
  locked_reason text,
  invited_at timestamptz(3),
  constraint user_pkey primary key (id)
);

create table user_activity (
  user_id uuid not null,
  last_seen_at timestamptz(3) not null,
  constraint user_activity_pkey primary key (user_id)
);

create table account (
  id uuid not null,
  account_id text not null,
  provider_id text not null,
  user_id uuid not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz(3),
  refresh_token_expires_at timestamptz(3),
  scope text,
  password text,
  created_at timestamptz(3) not null default current_timestamp,
  updated_at timestamptz(3) not null default current_timestamp,
  constraint account_pkey primary key (id)
);

create table verification (
  id uuid not null,
  identifier text not null,
  value text not null,
  expires_at timestamptz(3) not null,
  created_at timestamptz(3) not null default current_timestamp,
  updated_at timestamptz(3) not null default current_timestamp,
  constraint verification_pkey primary key (id)
);

create table captured_mail (
  id uuid not null,
  "to" text not null,
  subject text not null,
  text text not null,
  html text,
  created_at timestamptz(3) not null default current_timestamp,
  constraint captured_mail_pkey primary key (id)
);

create table session (
  id uuid not null,
  user_id uuid not null,
  token_hash text not null,
  expires_at timestamptz(3) not null,
  created_at timestamptz(3) not null default current_timestamp,
  updated_at timestamptz(3) not null default current_timestamp,
  idle_seconds integer not null,
  ip_address inet,
  user_agent text,
  browser text,
  os text,
  device text,
  country text,
  method text not null default 'password',
  remember_me boolean not null default true,
  active_tenant_id uuid,
  home_tenant_id uuid,
  impersonated_by_id uuid,
  platform_epoch integer not null,
  user_epoch integer not null,
  tenant_epoch integer,
  membership_epoch integer,
  home_tenant_epoch integer,
  constraint session_pkey primary key (id)
);

create table session_activity (
  session_id uuid not null,
  last_seen_at timestamptz(3) not null,
  constraint session_activity_pkey primary key (session_id)
);

create table session_history (
  id uuid not null,
  user_id uuid not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  last_seen_at timestamptz(3),
  ended_at timestamptz(3) not null,
  end_reason text not null,
  ended_by_type text,
  ended_by_id text,
  ended_by_name text,
  receipt_id uuid,
  ip_address inet,
  user_agent text,
  browser text,
  os text,
  device text,
  country text,
  method text not null,
  active_tenant_id uuid,
  home_tenant_id uuid,
  impersonated_by_id uuid,
  constraint session_history_pkey primary key (id)
);

create table revocation_receipt (
  id uuid not null,
  tenant_id uuid default gatehouse.current_tenant_id(),
  kind text not null,
  target_id text,
  target_name text,
  request jsonb not null,
  reason text,
  actor_type text not null,
  actor_id text,
  actor_name text not null,
  request_id text not null,
  requested_at timestamptz(3) not null default current_timestamp,
  effective_at timestamptz(3),
  completed_at timestamptz(3),
  committed_at timestamptz(3),
  redis_status text not null default 'pending',
  redis_fenced_at timestamptz(3),
  matched integer,
  ended integer,
  users integer,
  progress_done integer not null default 0,
  progress_total integer,
  worst_case_seconds integer not null default 0,
  verified_checked integer not null default 0,
  verified_still_accepted integer not null default 0,
  constraint revocation_receipt_pkey primary key (id)
);

create table platform (
  id boolean not null default true,
  session_epoch integer not null default 0,
  activity_seen_at timestamptz(3) not null default current_timestamp,
  activity_resumed_at timestamptz(3) not null default current_timestamp,
  activity_lost_at timestamptz(3) not null default current_timestamp,
  setup_token_hash text,
  setup_expires_at timestamptz(3),
  constraint platform_pkey primary key (id)
);

create table tenant (
  id uuid not null,
  slug text not null,
  name text not null,
  created_at timestamptz(3) not null default current_timestamp,
  updated_at timestamptz(3) not null default current_timestamp,
  session_epoch integer not null default 0,
  suspended_at timestamptz(3),
  suspended_reason text,
  constraint tenant_pkey primary key (id)
);

create table membership (
  id uuid not null,
  tenant_id uuid not null default gatehouse.current_tenant_id(),
  user_id uuid not null,
  session_epoch integer not null default 0,
  created_at timestamptz(3) not null default current_timestamp,
  constraint membership_pkey primary key (id)
);
create unique index role_tenant_id_scope_key_key on role(tenant_id, scope, key) nulls not distinct;

create index platform_role_assignment_role_id_idx on platform_role_assignment(role_id);
create index membership_role_role_id_idx on membership_role(role_id);

create unique index user_email_key on "user"(email);
create index user_created_at_id_idx on "user"(created_at desc, id desc);
create index user_home_tenant_id_created_at_id_idx on "user"(home_tenant_id, created_at desc, id desc);
create index user_name_id_idx on "user"(name, id);
create index user_activity_last_seen_at_user_id_idx on user_activity(last_seen_at desc, user_id desc);
create index account_user_id_idx on account(user_id);
create unique index account_provider_id_account_id_key on account(provider_id, account_id);
create index verification_identifier_idx on verification(identifier);
create index verification_expires_at_idx on verification(expires_at);
create index captured_mail_created_at_id_idx on captured_mail(created_at desc, id desc);
create unique index session_token_hash_key on session(token_hash);
create index session_created_at_id_idx on session(created_at desc, id desc);
create index session_user_id_created_at_id_idx on session(user_id, created_at desc, id desc);
create index session_active_tenant_id_created_at_id_idx on session(active_tenant_id, created_at desc, id desc);
create index session_home_tenant_id_created_at_id_idx on session(home_tenant_id, created_at desc, id desc);
create index session_expires_at_id_idx on session(expires_at, id);
create index session_ip_address_idx on session(ip_address);
create index session_activity_last_seen_at_session_id_idx on session_activity(last_seen_at desc, session_id desc);
create index session_history_ended_at_id_idx on session_history(ended_at desc, id desc);
create index session_history_user_id_ended_at_id_idx on session_history(user_id, ended_at desc, id desc);
create index session_history_active_tenant_id_ended_at_id_idx on session_history(active_tenant_id, ended_at desc, id desc);
create index session_history_home_tenant_id_ended_at_id_idx on session_history(home_tenant_id, ended_at desc, id desc);
create index session_history_created_at_id_idx on session_history(created_at desc, id desc);
create index revocation_receipt_requested_at_id_idx on revocation_receipt(requested_at desc, id desc);
create index revocation_receipt_tenant_id_requested_at_id_idx on revocation_receipt(tenant_id, requested_at desc, id desc);
create unique index tenant_slug_key on tenant(slug);
create index tenant_created_at_id_idx on tenant(created_at desc, id desc);
create index membership_user_id_idx on membership(user_id);
create index membership_tenant_id_created_at_id_idx on membership(tenant_id, created_at desc, id desc);
create unique index membership_tenant_id_user_id_key on membership(tenant_id, user_id);
create unique index membership_tenant_id_id_key on membership(tenant_id, id);

alter table role add constraint role_tenant_id_fkey foreign key (tenant_id) references tenant(id) on delete cascade on update cascade;
alter table platform_role_assignment add constraint platform_role_assignment_user_id_fkey foreign key (user_id) references "user"(id) on delete cascade on update cascade;
alter table platform_role_assignment add constraint platform_role_assignment_role_id_fkey foreign key (role_id) references role(id) on delete restrict on update cascade;
alter table membership_role add constraint membership_role_tenant_id_membership_id_fkey foreign key (tenant_id, membership_id) references membership(tenant_id, id) on delete cascade on update cascade;
alter table membership_role add constraint membership_role_role_id_fkey foreign key (role_id) references role(id) on delete restrict on update cascade;
alter table "user" add constraint user_home_tenant_id_fkey foreign key (home_tenant_id) references tenant(id) on delete restrict on update cascade;
alter table user_activity add constraint user_activity_user_id_fkey foreign key (user_id) references "user"(id) on delete cascade on update cascade;
alter table account add constraint account_user_id_fkey foreign key (user_id) references "user"(id) on delete cascade on update cascade;
alter table session add constraint session_user_id_fkey foreign key (user_id) references "user"(id) on delete cascade on update cascade;
alter table session add constraint session_active_tenant_id_fkey foreign key (active_tenant_id) references tenant(id) on delete restrict on update cascade;
alter table session add constraint session_home_tenant_id_fkey foreign key (home_tenant_id) references tenant(id) on delete restrict on update cascade;
alter table session_activity add constraint session_activity_session_id_fkey foreign key (session_id) references session(id) on delete cascade on update cascade;
alter table membership add constraint membership_tenant_id_fkey foreign key (tenant_id) references tenant(id) on delete cascade on update cascade;
alter table membership add constraint membership_user_id_fkey foreign key (user_id) references "user"(id) on delete cascade on update cascade;

-- The installation is one row.
alter table platform add constraint platform_is_one_row check (id);
insert into platform default values;

alter table "user"
  add constraint user_email_is_normal check (email = lower(email) and email is nfkc normalized and email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  add constraint user_lock_has_a_start check (locked_at is not null or (locked_until is null and locked_reason is null));

alter table tenant
  add constraint tenant_slug_fits_a_path check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  add constraint tenant_suspension_has_a_start check (suspended_at is not null or suspended_reason is null);

alter table role
  add constraint role_scope_is_known check (scope in ('platform', 'tenant')),
  add constraint role_rank_is_in_range check (rank between 1 and 100),
  add constraint role_key_is_not_empty check (key <> ''),
  add constraint role_of_platform_has_no_tenant check (scope = 'tenant' or tenant_id is null),
  add constraint role_built_in_has_no_tenant check (not built_in or tenant_id is null);

-- Only the hash of a token may be at rest (ASVS V7.2.3); a raw one does not fit.
alter table session
  add constraint session_token_is_a_sha256 check (token_hash ~ '^[0-9a-f]{64}$'),
  add constraint session_idle_is_positive check (idle_seconds > 0),
  add constraint session_tenant_has_epochs check (
    (active_tenant_id is null) = (tenant_epoch is null) and (active_tenant_id is null) = (membership_epoch is null)),
  add constraint session_home_has_an_epoch check ((home_tenant_id is null) = (home_tenant_epoch is null));

alter table session_history add constraint session_history_has_a_reason check (end_reason <> '');

alter table revocation_receipt
  add constraint revocation_receipt_kind_is_known check (kind in ('session', 'sessions', 'user', 'tenant', 'platform', 'filter')),
  add constraint revocation_receipt_redis_status_is_known check (redis_status in ('fenced', 'pending')),
  add constraint revocation_receipt_counts_are_sane check (
    coalesce(matched, 0) >= 0 and coalesce(ended, 0) >= 0 and coalesce(users, 0) >= 0 and progress_done >= 0);
