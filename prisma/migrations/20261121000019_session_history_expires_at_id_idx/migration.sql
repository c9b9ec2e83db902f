-- Ended sessions by expires_at.
create index concurrently session_history_expires_at_id_idx on session_history (expires_at desc, id desc);
