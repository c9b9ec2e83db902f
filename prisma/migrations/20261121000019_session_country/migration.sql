-- A value that few sessions have must not be looked for among all. In the list's order, because one that many have fills its page in passing.
create index concurrently session_country on session (country, created_at desc, id desc) where country is not null;
