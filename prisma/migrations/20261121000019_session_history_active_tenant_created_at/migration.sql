-- Ended sessions of a tenant by created_at.
create index concurrently session_history_active_tenant_created_at on session_history (active_tenant_id, created_at desc, id desc) where active_tenant_id is not null;
