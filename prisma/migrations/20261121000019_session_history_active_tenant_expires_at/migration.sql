-- Ended sessions of a tenant by expires_at.
create index concurrently session_history_active_tenant_expires_at on session_history (active_tenant_id, expires_at desc, id desc) where active_tenant_id is not null;
