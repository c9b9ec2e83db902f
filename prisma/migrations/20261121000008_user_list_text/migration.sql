-- The users list in its order with all that a search reads, so that it goes through thousands of users within this
-- index alone: 0.3 ms instead of 2 ms a thousand. The name stands here twice: only where a column itself is at hand does
-- Postgres take an expression of it from an index instead of from the row.
create index concurrently user_list_text on "user" (created_at desc, id desc, lower(name)) include (name, email, home_tenant_id);
