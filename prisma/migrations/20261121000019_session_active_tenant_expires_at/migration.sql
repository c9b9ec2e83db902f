-- The list of a tenant by expires_at.
create index concurrently session_active_tenant_expires_at on session (active_tenant_id, expires_at desc, id desc) where active_tenant_id is not null;
