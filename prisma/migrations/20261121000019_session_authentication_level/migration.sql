-- Partial: most sessions have the first level, and a page of those is filled in passing.
create index concurrently session_authentication_level on session (authentication_level, created_at desc, id desc) where authentication_level > 1;
