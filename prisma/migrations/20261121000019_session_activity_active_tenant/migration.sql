-- The list of a tenant by last_seen_at.
create index concurrently session_activity_active_tenant on session_activity (active_tenant_id, last_seen_at desc, session_id desc) where active_tenant_id is not null;
