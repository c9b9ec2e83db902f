-- Two minutes at a million users.
create index concurrently user_text_quarters on "user" using gin (gatehouse.text_keys(created_at, name, email, home_tenant_id) collate "C");
