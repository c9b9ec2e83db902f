-- As user_list_text, for the people at home in one tenant: a search goes through them within this index alone.
create index concurrently user_home_text on "user" (home_tenant_id, created_at desc, id desc, lower(name)) include (name, email)
  where home_tenant_id is not null;
