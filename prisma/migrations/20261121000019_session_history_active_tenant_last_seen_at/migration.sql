-- Ended sessions of a tenant by last_seen_at.
create index concurrently session_history_active_tenant_last_seen_at on session_history (active_tenant_id, last_seen_at desc, id desc) where active_tenant_id is not null;
