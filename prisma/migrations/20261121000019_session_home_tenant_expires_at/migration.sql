-- The list of a tenant: sessions elsewhere of people who are at home in it. Partial, so that no session is met twice. By expires_at.
create index concurrently session_home_tenant_expires_at on session (home_tenant_id, expires_at desc, id desc) where home_tenant_id is not null and active_tenant_id is distinct from home_tenant_id;
