-- Ended sessions of a user by created_at.
create index concurrently session_history_user_id_created_at_id_idx on session_history (user_id, created_at desc, id desc);
