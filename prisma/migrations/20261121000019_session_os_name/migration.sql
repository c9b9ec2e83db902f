-- A value that few sessions have must not be looked for among all. In the list's order, because one that many have fills its page in passing.
create index concurrently session_os_name on session (os_name, created_at desc, id desc) where os_name is not null;
