-- The list of a tenant: sessions elsewhere of people who are at home in it. Partial, so that no session is met twice. By last_seen_at.
create index concurrently session_activity_home_tenant on session_activity (home_tenant_id, last_seen_at desc, session_id desc) where home_tenant_id is not null and active_tenant_id is distinct from home_tenant_id;
