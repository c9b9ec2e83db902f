-- Ended sessions elsewhere of people who are at home in a tenant, by last_seen_at.
create index concurrently session_history_home_tenant_last_seen_at on session_history (home_tenant_id, last_seen_at desc, id desc) where home_tenant_id is not null and active_tenant_id is distinct from home_tenant_id;
