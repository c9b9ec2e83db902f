-- For the list and the number of locked accounts. Partial: hardly any account is.
create index concurrently user_locked_at_idx on "user" (locked_at) where locked_at is not null;
