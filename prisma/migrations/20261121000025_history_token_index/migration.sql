-- For whoever still holds the token of a session that has ended, and asks why.
create index concurrently session_history_token_hash_idx on session_history (token_hash) where token_hash is not null;
