-- Invitations: how somebody comes into a tenant that does not manage their account. Addresses are global, so a tenant
-- never learns whether one has an account; the person who holds the link decides, and nobody else can.

create table invitation (
  id uuid not null,
  tenant_id uuid not null default gatehouse.current_tenant_id(),
  email text not null,
  name text,
  token_hash text not null,
  invited_by_type text not null,
  invited_by_id uuid,
  invited_by_name text not null,
  created_at timestamptz(3) not null default current_timestamp,
  sent_at timestamptz(3),
  expires_at timestamptz(3) not null,
  accepted_at timestamptz(3),
  accepted_by_id uuid,
  revoked_at timestamptz(3),
  constraint invitation_pkey primary key (id)
);

create table invitation_role (
  tenant_id uuid not null default gatehouse.current_tenant_id(),
  invitation_id uuid not null,
  role_id uuid not null,
  constraint invitation_role_pkey primary key (invitation_id,role_id)
);

create unique index invitation_token_hash_key on invitation(token_hash);
create unique index invitation_tenant_id_id_key on invitation(tenant_id, id);
create index invitation_tenant_id_created_at_id_idx on invitation(tenant_id, created_at desc, id desc);
create index invitation_role_role_id_idx on invitation_role(role_id);
-- Of two invitations to one address the older one is withdrawn: a link says once and for all what it gives.
create unique index invitation_is_pending_once on invitation(tenant_id, email) where accepted_at is null and revoked_at is null;

alter table invitation add constraint invitation_tenant_id_fkey foreign key (tenant_id) references tenant(id) on delete cascade on update cascade;
alter table invitation_role add constraint invitation_role_tenant_id_invitation_id_fkey foreign key (tenant_id, invitation_id) references invitation(tenant_id, id) on delete cascade on update cascade;
-- A role that is deleted is no longer given; the invitation stays.
alter table invitation_role add constraint invitation_role_role_id_fkey foreign key (role_id) references role(id) on delete cascade on update cascade;

alter table invitation
  add constraint invitation_email_is_normal check (email = lower(email) and email is nfkc normalized and email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  add constraint invitation_token_is_a_sha256 check (token_hash ~ '^[0-9a-f]{64}$'),
  add constraint invitation_ends_once check (accepted_at is null or revoked_at is null),
  add constraint invitation_acceptance_is_whole check ((accepted_at is null) = (accepted_by_id is null));

-- Who holds a role in a tenant, without going through the holders of a built-in role everywhere.
create index membership_role_tenant_id_role_id_membership_id_idx on membership_role(tenant_id, role_id, membership_id);

create function gatehouse.refuse_misplaced_invitation_role() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (
    select from public.role r
    where r.id = new.role_id and (r.scope <> 'tenant' or (r.tenant_id is not null and r.tenant_id <> new.tenant_id)))
  then
    raise exception 'This role does not belong here.' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create trigger refuse_misplaced_invitation_role before insert or update on invitation_role
  for each row execute function gatehouse.refuse_misplaced_invitation_role();

-- What a link shows whoever holds it, before anybody is signed in. `has_account` tells the owner of the mailbox, who
-- could ask for a reset mail as well, and nobody else.
create function gatehouse.find_invitation(token_hash text) returns table (
  id uuid, tenant_id uuid, tenant_slug text, tenant_name text, is_suspended boolean, email text, name text,
  invited_by_type text, invited_by_id uuid, invited_by_name text, state text, has_account boolean
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select i.id, t.id, t.slug, t.name, t.suspended_at is not null, i.email, i.name,
    i.invited_by_type, i.invited_by_id, i.invited_by_name,
    case
      when i.accepted_at is not null then 'accepted'
      when i.revoked_at is not null then 'revoked'
      when i.expires_at <= now() then 'expired'
      else 'pending'
    end,
    exists (select from public."user" u where u.email = i.email)
  from public.invitation i
  join public.tenant t on t.id = i.tenant_id
  where i.token_hash = find_invitation.token_hash
$$;

-- Redeems a link of the current tenant for the user whose address it was sent to: the one way in which a tenant gains a
-- member whom it does not manage. No row: used, withdrawn, run out, another's, or the tenant is suspended. 23505: a
-- member already. `is_guest`: at home in another tenant. `inviter_stands`: the inviter's account may still be used.
create function gatehouse.accept_invitation(token_hash text, user_id uuid, membership_id uuid)
returns table (is_guest boolean, inviter_stands boolean)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  tenant uuid := gatehouse.current_tenant_id();
  invited record;
begin
  -- Held against a suspension that is being committed.
  perform from public.tenant t where t.id = tenant and t.suspended_at is null for share;
  if not found then return; end if;
  select i.id, i.invited_by_id, u.home_tenant_id into invited
    from public.invitation i join public."user" u on u.email = i.email and u.id = accept_invitation.user_id
    where i.token_hash = accept_invitation.token_hash and i.tenant_id = tenant
      and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()
    for update of i;
  if not found then return; end if;
  update public.invitation i set accepted_at = now(), accepted_by_id = accept_invitation.user_id where i.id = invited.id;
  insert into public.membership (id, tenant_id, user_id) values (membership_id, tenant, accept_invitation.user_id);
  return query select
    coalesce(invited.home_tenant_id <> tenant, false),
    invited.invited_by_id is null or exists (
      select from public."user" u
      where u.id = invited.invited_by_id and (u.locked_at is null or u.locked_until <= now()));
end
$$;

-- Whoever leaves a home takes the account along: a former tenant keeps no power over it, and the platform manages it.
create function gatehouse.release_removed_member() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public."user" u set home_tenant_id = null where u.id = old.user_id and u.home_tenant_id = old.tenant_id;
  return old;
end
$$;

create trigger release_removed_member before delete on membership
  for each row execute function gatehouse.release_removed_member();

-- A session is active only where its user is a member; the removal of a member ends those sessions first.
alter table session add constraint session_active_tenant_id_user_id_fkey
  foreign key (active_tenant_id, user_id) references membership(tenant_id, user_id) not valid;
alter table session validate constraint session_active_tenant_id_user_id_fkey;

-- The hash of a link is written and compared, never read. Acceptance is the functions' alone.
grant select (id, tenant_id, email, name, invited_by_type, invited_by_id, invited_by_name, created_at, sent_at, expires_at,
  accepted_at, accepted_by_id, revoked_at) on invitation to gatehouse_tenant;
grant insert (id, tenant_id, email, name, token_hash, invited_by_type, invited_by_id, invited_by_name, created_at, expires_at)
  on invitation to gatehouse_tenant;
grant update (token_hash, invited_by_type, invited_by_id, invited_by_name, sent_at, expires_at, revoked_at) on invitation to gatehouse_tenant;
grant select, insert on invitation_role to gatehouse_tenant;
grant select, update (accepted_at, accepted_by_id) on invitation to gatehouse_definer;
grant select on invitation_role to gatehouse_definer;
grant insert on membership to gatehouse_definer;
grant update (home_tenant_id) on "user" to gatehouse_definer;

do $$
declare
  name text;
begin
  foreach name in array array['invitation', 'invitation_role'] loop
    execute format('alter table public.%I enable row level security', name);
    execute format('alter table public.%I force row level security', name);
    execute format('create policy definer on public.%I to gatehouse_definer using (true) with check (true)', name);
    execute format('create policy isolation on public.%I as restrictive to gatehouse_tenant
      using (tenant_id = (select gatehouse.current_tenant_id()))', name);
    execute format('create policy tenant_reads on public.%I for select to gatehouse_tenant using (true)', name);
    execute format('create policy tenant_invites on public.%I for insert to gatehouse_tenant with check (true)', name);
  end loop;
end
$$;
-- What is over stays as it ended: no link comes back to life.
create policy tenant_changes on invitation for update to gatehouse_tenant
  using (accepted_at is null and revoked_at is null) with check (true);

grant execute on function gatehouse.find_invitation(text) to gatehouse_app;
grant execute on function gatehouse.accept_invitation(text, uuid, uuid) to gatehouse_tenant;
call gatehouse.hand_over_functions();
