-- Ended sessions by last_seen_at.
create index concurrently session_history_last_seen_at_id_idx on session_history (last_seen_at desc, id desc);
