-- Partial: most sessions begin with a password, and a page of those is filled in passing.
create index concurrently session_method on session (method, created_at desc, id desc) where method <> 'password';
